// SPDX-License-Identifier: MIT
#include "canvas_tools.hpp"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "canvas.hpp"

namespace pe::editor {

PanTool::PanTool(Canvas& canvas, const QPointF& start)
    : CanvasTool(canvas), last_(start.toPoint()) {
    canvas_.viewport()->setCursor(Qt::ClosedHandCursor);
}

PanTool::~PanTool() {
    canvas_.viewport()->unsetCursor();
}

void PanTool::move(const QPointF& viewPosition, Qt::KeyboardModifiers) {
    canvas_.scrollBy(last_ - viewPosition.toPoint());
    last_ = viewPosition.toPoint();
}

void PanTool::release(const QPointF&, Qt::KeyboardModifiers) {}

BandTool::BandTool(Canvas& canvas, const QPointF& start, Qt::KeyboardModifiers modifiers)
    : CanvasTool(canvas),
      start_(canvas.mapToScene(start.toPoint())),
      before_(canvas.selectedSteps()),
      currentBefore_(canvas.currentStep()),
      add_(modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) {}

void BandTool::move(const QPointF& viewPosition, Qt::KeyboardModifiers) {
    band_ = QRectF(start_, canvas_.mapToScene(viewPosition.toPoint())).normalized();
    select(band_);
    canvas_.startAutoScroll(true);
    canvas_.viewport()->update();
}

void BandTool::select(const QRectF& band) {
    const SceneValue& scene = canvas_.value();
    std::vector<yaml::NodeRef> steps;
    if (add_)
        steps = before_;
    for (const auto index : scene.stepIndex.touching(band)) {
        const SceneStep& step = scene.steps[index];
        // A container is meant only when all of it lies in the rectangle.
        if (!step.container || step.collapsed || band.contains(step.box))
            steps.push_back(step.ref);
    }
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    canvas_.setSelection(steps, steps.empty() ? yaml::kNoNode : steps.back());
}

void BandTool::release(const QPointF&, Qt::KeyboardModifiers) {
    canvas_.viewport()->update();
    std::vector<yaml::NodeRef> steps = canvas_.selectedSteps();
    if (band_.isNull() && !add_)
        steps.clear();
    const yaml::NodeRef current = canvas_.currentStep();
    const bool kept = std::find(steps.begin(), steps.end(), current) != steps.end();
    Q_EMIT canvas_.selectionRequested(
        steps, kept ? current : (steps.empty() ? yaml::kNoNode : steps.front()));
}

void BandTool::cancel() {
    canvas_.setSelection(before_, currentBefore_);
    canvas_.viewport()->update();
}

void BandTool::paint(QPainter& painter) const {
    if (band_.isNull())
        return;
    QColor fill = canvas_.state().theme->accent;
    QPen pen(fill, 1);
    pen.setCosmetic(true);
    fill.setAlpha(28);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRect(band_);
}

DragTool::DragTool(Canvas& canvas, const QPointF& start, yaml::NodeRef step,
                   Qt::KeyboardModifiers modifiers)
    : CanvasTool(canvas), start_(start), step_(step) {
    // A press on one of several selected steps may begin a drag of them all.
    pickOnRelease_ = canvas.state().isSelected(step) && modifiers == Qt::NoModifier;
    if (!pickOnRelease_)
        canvas_.pick(step, modifiers);
}

DragTool::~DragTool() {
    DragTool::cancel();
}

void DragTool::begin() {
    const SceneValue& scene = canvas_.value();
    const auto steps = outermost(scene, canvas_.selectedSteps());
    const SceneStep* first = scene.find(step_);
    const bool fixed = first && first->kind == format::NodeKind::Branch && !isCase(*first);
    if (!first || fixed || steps.empty())
        return;
    dragging_ = true;
    kind_ = first->kind;
    canvas_.state().dragged = {steps.begin(), steps.end()};
    canvas_.viewport()->setCursor(Qt::ClosedHandCursor);
    canvas_.startAutoScroll(true);
}

void DragTool::move(const QPointF& viewPosition, Qt::KeyboardModifiers) {
    const double moved = (viewPosition - start_).manhattanLength();
    if (!dragging_ && moved < QApplication::startDragDistance())
        return;
    if (!dragging_)
        begin();
    if (dragging_)
        aim(canvas_.mapToScene(viewPosition.toPoint()));
}

void DragTool::aim(const QPointF& scenePosition) {
    CanvasState& state = canvas_.state();
    pointer_ = scenePosition;
    target_ = dropTargetAt(canvas_.value(), scenePosition, kind_, state.dragged);
    const bool useful = target_ && !target_->samePlace;
    state.dropBar = useful ? target_->bar : QLineF();
    state.dropContainer = useful ? target_->place.container : yaml::kNoNode;
    canvas_.hoverWhileDragging(scenePosition);
    canvas_.viewport()->update();
}

void DragTool::release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) {
    if (!dragging_) {
        if (pickOnRelease_)
            canvas_.pick(step_, modifiers);
        return;
    }
    aim(canvas_.mapToScene(viewPosition.toPoint()));
    const std::optional<DropTarget> target = target_;
    cancel();
    if (target && !target->samePlace)
        Q_EMIT canvas_.moveRequested(canvas_.selectedSteps(), target->place);
}

void DragTool::cancel() {
    if (!dragging_)
        return;
    dragging_ = false;
    canvas_.stopHovering();
    CanvasState& state = canvas_.state();
    state.dragged.clear();
    state.dropBar = {};
    state.dropContainer = yaml::kNoNode;
    canvas_.viewport()->unsetCursor();
    canvas_.viewport()->update();
}

// A card under the pointer says what is being carried.
void DragTool::paint(QPainter& painter) const {
    if (!dragging_)
        return;
    const CanvasState& state = canvas_.state();
    const SceneStep* step = canvas_.value().find(step_);
    if (!step)
        return;
    const std::size_t count = state.dragged.size();
    const QString text =
        count > 1 ? QObject::tr("%1 steps").arg(count) : QString::fromStdString(shownName(*step));
    painter.save();
    painter.translate(pointer_);
    painter.scale(1 / canvas_.zoom(), 1 / canvas_.zoom());
    painter.setFont(Theme::uiFont());
    const int width = painter.fontMetrics().horizontalAdvance(text) + 24;
    const QRectF chip(14, 10, width, 28);
    painter.setPen(QPen(state.theme->accent, 1.5));
    painter.setBrush(state.theme->surface);
    painter.drawRoundedRect(chip, 6, 6);
    painter.setPen(state.theme->text);
    painter.drawText(chip, Qt::AlignCenter, text);
    painter.restore();
}

}  // namespace pe::editor
