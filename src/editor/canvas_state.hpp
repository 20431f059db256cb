// SPDX-License-Identifier: MIT
// CanvasState: what the layers of a canvas paint: the scene and the view state over it (selection,
// hover, what is being dragged where). Owned by the Canvas; the layers read it. UI thread.
#pragma once

#include <QLineF>
#include <QRectF>
#include <memory>
#include <unordered_set>

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
    bool focused = false;

    bool isSelected(yaml::NodeRef ref) const { return selected.contains(ref); }
};

}  // namespace pe::editor
