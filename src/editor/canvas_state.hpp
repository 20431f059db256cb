// SPDX-License-Identifier: MIT
// CanvasState: what the layers of a canvas paint: the scene and the view state over it (selection,
// hover, what is being dragged where). Owned by the Canvas; the layers read it. UI thread.
#pragma once

#include <QLineF>
#include <QRectF>
#include <memory>
#include <unordered_set>

#include "node_badges.hpp"
#include "scene_value.hpp"
#include "theme.hpp"

namespace pe::editor {

struct CanvasState {
    std::shared_ptr<const SceneValue> scene = std::make_shared<SceneValue>();
    const Theme* theme = &Theme::light();
    std::unordered_set<yaml::NodeRef> selected;
    std::unordered_set<yaml::NodeRef> dragged;
    yaml::NodeRef current = yaml::kNoNode;
    yaml::NodeRef hovered = yaml::kNoNode;
    yaml::NodeRef dropContainer = yaml::kNoNode;  // highlighted while something is dragged over it
    QLineF dropBar;                               // where it would go; null: nowhere
    // The selected edge, by the entry that holds its reference; kNoNode: none.
    yaml::NodeRef edgeAt = yaml::kNoNode;
    yaml::NodeRef edgeFrom = yaml::kNoNode;
    bool focused = false;
    NodeBadges badges;

    bool isSelected(const SceneEdge& edge) const {
        return edgeAt != yaml::kNoNode && edge.at == edgeAt &&
               scene->steps[edge.from].ref == edgeFrom;
    }

    // Null: there is nothing to say about the step.
    const NodeBadge* badge(yaml::NodeRef step) const {
        const auto found = badges.find(step);
        return found == badges.end() ? nullptr : &found->second;
    }
    bool hasError(const SceneStep& step) const {
        const NodeBadge* found = badge(step.ref);
        return step.mark == Mark::Error || (found && found->worst == check::Severity::Error);
    }

    bool isSelected(yaml::NodeRef ref) const { return selected.contains(ref); }
};

}  // namespace pe::editor
