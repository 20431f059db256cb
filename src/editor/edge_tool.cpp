// SPDX-License-Identifier: MIT
#include "edge_tool.hpp"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "canvas.hpp"

namespace pe::editor {

namespace {

constexpr double kPort = 6;
constexpr double kHeaderMiddle = 22;

}  // namespace

QRectF portRect(const SceneStep& step) {
    const double y = step.box.top() + (step.container ? std::min(kHeaderMiddle, step.box.height())
                                                      : step.box.height() / 2);
    return QRectF(step.box.right() - kPort, y - kPort, 2 * kPort, 2 * kPort);
}

bool hasPort(const SceneStep& step) {
    return step.kind == format::NodeKind::Step && step.visible && !step.name.empty();
}

void paintPort(QPainter& painter, const SceneStep& step, const Theme& theme, bool pointed) {
    painter.setPen(QPen(theme.accent, 1.6));
    painter.setBrush(pointed ? theme.accent : theme.surface);
    painter.drawEllipse(portRect(step).adjusted(1, 1, -1, -1));
}

EdgeTool::EdgeTool(Canvas& canvas, yaml::NodeRef from) : CanvasTool(canvas), from_(from) {
    if (const SceneStep* step = canvas_.value().find(from))
        pointer_ = portRect(*step).center();
    canvas_.viewport()->setCursor(Qt::CrossCursor);
    canvas_.startAutoScroll(true);
}

EdgeTool::~EdgeTool() {
    canvas_.viewport()->unsetCursor();
    canvas_.viewport()->update();
}

void EdgeTool::move(const QPointF& viewPosition, Qt::KeyboardModifiers) {
    pointer_ = canvas_.mapToScene(viewPosition.toPoint());
    const SceneValue& scene = canvas_.value();
    const auto index = scene.at(pointer_);
    const bool takes = index != format::kNoGraphNode && scene.steps[index].ref != from_ &&
                       scene.steps[index].kind != format::NodeKind::Branch;
    target_ = takes ? scene.steps[index].ref : yaml::kNoNode;
    canvas_.viewport()->update();
}

void EdgeTool::release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) {
    move(viewPosition, modifiers);
    if (target_ != yaml::kNoNode)
        Q_EMIT canvas_.connectRequested(from_, target_,
                                        canvas_.viewport()->mapToGlobal(viewPosition.toPoint()));
}

void EdgeTool::paint(QPainter& painter) const {
    const SceneValue& scene = canvas_.value();
    const SceneStep* from = scene.find(from_);
    if (!from)
        return;
    const Theme& theme = *canvas_.state().theme;
    const QPointF start = portRect(*from).center();
    const double reach = std::clamp(std::abs(pointer_.y() - start.y()) / 2, 24.0, 120.0);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(reach, 0), pointer_ + QPointF(reach, 0), pointer_);
    painter.setPen(QPen(theme.accent, 2, target_ == yaml::kNoNode ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    if (const SceneStep* target = scene.find(target_))
        painter.drawRoundedRect(target->box.adjusted(-3, -3, 3, 3), 12, 12);
    paintPort(painter, *from, theme, true);
}

}  // namespace pe::editor
