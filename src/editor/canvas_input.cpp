// SPDX-License-Identifier: MIT
// What the user does on a Canvas: pointer, wheel, keys and drops.
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "canvas.hpp"
#include "canvas_tools.hpp"
#include "edge_tool.hpp"
#include "step_item.hpp"

namespace pe::editor {

yaml::NodeRef Canvas::stepAt(const QPointF& viewPosition) const {
    const auto index = state_.scene->at(viewportTransform().inverted().map(viewPosition));
    return index == format::kNoGraphNode ? yaml::kNoNode : state_.scene->steps[index].ref;
}

void Canvas::setHovered(yaml::NodeRef step) {
    if (step == state_.hovered)
        return;
    const yaml::NodeRef before = std::exchange(state_.hovered, step);
    repaintSteps({before, step});
}

void Canvas::pick(yaml::NodeRef step, Qt::KeyboardModifiers modifiers) {
    std::vector<yaml::NodeRef> steps{step};
    if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) {
        steps = selectedSteps();
        if (std::erase(steps, step) == 0)
            steps.push_back(step);
        else if (!steps.empty())
            step = steps.back();
        else
            step = yaml::kNoNode;
    }
    setSelection(steps, step);
    Q_EMIT selectionRequested(steps, step);
}

void Canvas::wheelEvent(QWheelEvent* event) {
    event->accept();
    touched_ = true;
    const bool trackpad = !event->pixelDelta().isNull() || event->phase() != Qt::NoScrollPhase;
    const bool zooms = event->modifiers() & Qt::ControlModifier;
    if (event->modifiers() & Qt::ShiftModifier) {
        scrollBy({-event->angleDelta().y(), 0});
    } else if (trackpad && !zooms) {
        const QPoint delta =
            event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
        scrollBy(-delta);
    } else {
        setZoom(zoom() * std::pow(1.0016, event->angleDelta().y()), event->position());
    }
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    touched_ = true;
    if (!tool_)
        beginTool(event);
    event->accept();
}

void Canvas::beginTool(QMouseEvent* event) {
    const bool pans =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && spaceHeld_);
    if (pans) {
        tool_ = std::make_unique<PanTool>(*this, event->position());
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (isOverPort(event->position())) {
        tool_ = std::make_unique<EdgeTool>(*this, state_.hovered);
        return;
    }
    const yaml::NodeRef ref = stepAt(event->position());
    const SceneStep* step = state_.scene->find(ref);
    const SceneEdge* edge = !step || step->container ? edgeNear(event->position()) : nullptr;
    selectEdge(edge);
    if (edge)
        return;
    if (!step) {
        tool_ = std::make_unique<BandTool>(*this, event->position(), event->modifiers());
        return;
    }
    const QPointF point = mapToScene(event->position().toPoint());
    if (step->container && chevronRect(*step).contains(point)) {
        Q_EMIT collapseRequested(ref);
        return;
    }
    tool_ = std::make_unique<DragTool>(*this, event->position(), ref, event->modifiers());
}

void Canvas::endTool() {
    tool_.reset();
    startAutoScroll(false);
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    pointer_ = event->position().toPoint();
    if (tool_)
        tool_->move(event->position(), event->modifiers());
    else if (!isOverPort(event->position()))
        setHovered(stepAt(event->position()));
    else
        repaintSteps({state_.hovered});
    event->accept();
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (tool_) {
        // The tool leaves the canvas before its result arrives, which may be another scene.
        const auto tool = std::move(tool_);
        startAutoScroll(false);
        tool->release(event->position(), event->modifiers());
        setHovered(stepAt(event->position()));
    }
    event->accept();
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() != Qt::LeftButton)
        return;
    const yaml::NodeRef ref = stepAt(event->position());
    const SceneStep* step = state_.scene->find(ref);
    const QPointF point = mapToScene(event->position().toPoint());
    if (step && step->container && !chevronRect(*step).contains(point) &&
        point.y() < step->box.top() + 44)
        Q_EMIT collapseRequested(ref);
    else if (step && !step->container)
        Q_EMIT openRequested(ref);
    else if (const auto target = dropTargetAt(value(), point, format::NodeKind::Step, {}))
        Q_EMIT quickAddRequested(target->place, event->globalPosition().toPoint());
}

void Canvas::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Mouse) {
        const yaml::NodeRef ref = stepAt(event->pos());
        if (ref != yaml::kNoNode && !state_.isSelected(ref))
            pick(ref, Qt::NoModifier);
    }
    Q_EMIT menuRequested(event->globalPos());
}

bool Canvas::walk(int key, bool extend) {
    const SceneValue& scene = *state_.scene;
    if (scene.steps.empty())
        return false;
    auto index = scene.indexOf(state_.current);
    yaml::NodeRef target = yaml::kNoNode;
    if (index == format::kNoGraphNode) {
        target = scene.steps.front().ref;
    } else if (key == Qt::Key_Left) {
        const auto parent = scene.steps[index].parent;
        if (parent != format::kNoGraphNode)
            target = scene.steps[parent].ref;
    } else if (key == Qt::Key_Right) {
        if (scene.steps[index].collapsed)
            Q_EMIT collapseRequested(state_.current);
        const auto inside = scene.childrenOf(index);
        if (!inside.empty())
            target = scene.steps[inside.front()].ref;
    } else {
        const auto row = scene.childrenOf(scene.steps[index].parent);
        const auto at = std::find(row.begin(), row.end(), index);
        if (key == Qt::Key_Home)
            target = scene.steps[row.front()].ref;
        else if (key == Qt::Key_End)
            target = scene.steps[row.back()].ref;
        else if (key == Qt::Key_Up && at != row.begin())
            target = scene.steps[*(at - 1)].ref;
        else if (key == Qt::Key_Down && at + 1 != row.end())
            target = scene.steps[*(at + 1)].ref;
    }
    if (target == yaml::kNoNode)
        return true;
    std::vector<yaml::NodeRef> steps{target};
    if (extend) {
        steps = selectedSteps();
        steps.push_back(target);
    }
    setSelection(steps, target);
    Q_EMIT selectionRequested(steps, target);
    reveal(target);
    return true;
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    switch (event->key()) {
        case Qt::Key_Space:
            spaceHeld_ = true;
            if (!tool_)
                viewport()->setCursor(Qt::OpenHandCursor);
            return;
        case Qt::Key_Escape:
            if (tool_) {
                tool_->cancel();
                endTool();
            } else {
                Q_EMIT selectionRequested({}, yaml::kNoNode);
            }
            return;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
            if (plain && walk(event->key(), event->modifiers() & Qt::ShiftModifier))
                return;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (state_.current != yaml::kNoNode)
                Q_EMIT openRequested(state_.current);
            else
                Q_EMIT quickAddRequested(placeAfter(value(), yaml::kNoNode),
                                         viewport()->mapToGlobal(viewport()->rect().center()));
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            if (removeSelectedEdge())
                return;
            break;
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: {
            const int page = viewport()->height() * 4 / 5;
            scrollBy({0, event->key() == Qt::Key_PageUp ? -page : page});
            return;
        }
        default:
            break;
    }
    event->ignore();  // the view would scroll
}

void Canvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceHeld_ = false;
        if (!tool_)
            viewport()->unsetCursor();
    }
    event->ignore();
}

void Canvas::focusInEvent(QFocusEvent* event) {
    state_.focused = true;
    QGraphicsView::focusInEvent(event);
}

void Canvas::focusOutEvent(QFocusEvent* event) {
    state_.focused = false;
    spaceHeld_ = false;
    QGraphicsView::focusOutEvent(event);
}

void Canvas::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    updateSceneRect();
    if (!touched_)
        showStart();
    Q_EMIT viewChanged();
}

void Canvas::scrollContentsBy(int dx, int dy) {
    QGraphicsView::scrollContentsBy(dx, dy);
    Q_EMIT viewChanged();
}

void Canvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        state_.theme = &Theme::of(*this);
        viewport()->update();
    }
    QGraphicsView::changeEvent(event);
}

bool Canvas::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        setHovered(yaml::kNoNode);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showToolTip(help->pos(), help->globalPos());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

void Canvas::showDrop(const QPointF& scenePosition) {
    const auto target = dropTargetAt(value(), scenePosition, format::NodeKind::Step, {});
    state_.dropBar = target ? target->bar : QLineF();
    state_.dropContainer = target ? target->place.container : yaml::kNoNode;
    hoverWhileDragging(scenePosition);
    viewport()->update();
}

void Canvas::hideDrop() {
    state_.dropBar = {};
    state_.dropContainer = yaml::kNoNode;
    stopHovering();
    startAutoScroll(false);
    viewport()->update();
}

void Canvas::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasFormat(QLatin1String(kStepTypeMime)))
        event->acceptProposedAction();
    else
        event->ignore();
}

void Canvas::dragMoveEvent(QDragMoveEvent* event) {
    if (!event->mimeData()->hasFormat(QLatin1String(kStepTypeMime)))
        return event->ignore();
    pointer_ = event->position().toPoint();
    showDrop(mapToScene(pointer_));
    startAutoScroll(true);
    event->acceptProposedAction();
}

void Canvas::dragLeaveEvent(QDragLeaveEvent*) {
    hideDrop();
}

void Canvas::dropEvent(QDropEvent* event) {
    const QByteArray type = event->mimeData()->data(QLatin1String(kStepTypeMime));
    const QPointF position = mapToScene(event->position().toPoint());
    const auto target = dropTargetAt(value(), position, format::NodeKind::Step, {});
    hideDrop();
    if (type.isEmpty() || !target)
        return event->ignore();
    event->acceptProposedAction();
    setFocus(Qt::MouseFocusReason);
    Q_EMIT typeDropped(QString::fromUtf8(type), target->place);
}

}  // namespace pe::editor
