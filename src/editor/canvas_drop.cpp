// SPDX-License-Identifier: MIT
#include "canvas_drop.hpp"

#include <algorithm>

namespace pe::editor {

namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr double kReach = 18;  // of the bar from the outermost node

bool insideDragged(const SceneValue& scene, GraphIndex index,
                   const std::unordered_set<NodeRef>& dragged) {
    for (; index != kNoGraphNode; index = scene.steps[index].parent)
        if (dragged.contains(scene.steps[index].ref))
            return true;
    return false;
}

GraphIndex containerAt(const SceneValue& scene, const QPointF& point, format::NodeKind kind,
                       const std::unordered_set<NodeRef>& dragged) {
    GraphIndex index = scene.at(point);
    while (index != kNoGraphNode) {
        const SceneStep& step = scene.steps[index];
        if (step.container && !step.collapsed && accepts(scene, step.ref, kind) &&
            !insideDragged(scene, index, dragged))
            return index;
        index = step.parent;
    }
    return kNoGraphNode;
}

// Tasks and branches stand beside each other and wrap; steps stand below each other.
bool isPast(const QRectF& box, const QPointF& point, bool sideways) {
    if (!sideways)
        return box.center().y() < point.y();
    if (box.bottom() < point.y())
        return true;
    return box.top() <= point.y() && box.center().x() < point.x();
}

QLineF barBetween(const QRectF& before, const QRectF& after, const QRectF& around, bool sideways) {
    const QRectF& known = before.isNull() ? after : before;
    if (known.isNull()) {
        const double y = around.isNull() ? 0 : around.bottom() - kReach;
        return around.isNull() ? QLineF(-120, 0, 120, 0)
                               : QLineF(around.left() + kReach, y, around.right() - kReach, y);
    }
    if (sideways) {
        const double x = before.isNull() ? after.left() - 10 : before.right() + 10;
        return {x, known.top(), x, known.bottom()};
    }
    const double left = std::min(known.left(), after.isNull() ? known.left() : after.left());
    const double right = std::max(known.right(), after.isNull() ? known.right() : after.right());
    double y = 0;
    if (before.isNull())
        y = after.top() - kReach;
    else if (after.isNull())
        y = before.bottom() + kReach;
    else
        y = (before.bottom() + after.top()) / 2;
    return {left, y, right, y};
}

}  // namespace

std::optional<DropTarget> dropTargetAt(const SceneValue& scene, const QPointF& point,
                                       format::NodeKind kind,
                                       const std::unordered_set<NodeRef>& dragged) {
    const GraphIndex container = containerAt(scene, point, kind, dragged);
    const NodeRef containerRef = container == kNoGraphNode ? kNoNode : scene.steps[container].ref;
    if (!accepts(scene, containerRef, kind))
        return std::nullopt;
    const bool sideways = kind != format::NodeKind::Step;
    const std::vector<GraphIndex> children = scene.childrenOf(container);
    const auto next = std::find_if_not(children.begin(), children.end(), [&](GraphIndex child) {
        return isPast(scene.steps[child].box, point, sideways);
    });
    const bool first = next == children.begin();
    const QRectF before = first ? QRectF() : scene.steps[*(next - 1)].box;
    const QRectF after = next == children.end() ? QRectF() : scene.steps[*next].box;
    DropTarget target;
    target.place = {containerRef, first ? kNoNode : scene.steps[*(next - 1)].ref};
    target.bar = barBetween(
        before, after, container == kNoGraphNode ? QRectF() : scene.steps[container].box, sideways);
    const bool besideItself = (!first && dragged.contains(scene.steps[*(next - 1)].ref)) ||
                              (next != children.end() && dragged.contains(scene.steps[*next].ref));
    target.samePlace = dragged.size() == 1 && besideItself;
    return target;
}

}  // namespace pe::editor
