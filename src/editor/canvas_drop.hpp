// SPDX-License-Identifier: MIT
// Where something that is dragged over the canvas would go. Pure functions of the scene.
#pragma once

#include <QLineF>
#include <QPointF>
#include <optional>
#include <unordered_set>

#include "step_commands.hpp"

namespace pe::editor {

struct DropTarget {
    StepPlace place;
    QLineF bar;              // the insertion bar, in scene coordinates
    bool samePlace = false;  // what is dragged stands there already
};

// The innermost open container under the point that takes nodes of the kind, and the gap in it that
// is nearest; nothing that lies in `dragged`. None: it cannot be dropped here.
std::optional<DropTarget> dropTargetAt(const SceneValue& scene, const QPointF& point,
                                       format::NodeKind kind,
                                       const std::unordered_set<yaml::NodeRef>& dragged);

}  // namespace pe::editor
