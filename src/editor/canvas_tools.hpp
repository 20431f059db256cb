// SPDX-License-Identifier: MIT
// Canvas tools: one object a gesture, alive from press to release. A tool changes view state only;
// what it leads to is requested from the canvas at the end. Escape cancels and leaves no trace. UI
// thread.
#pragma once

#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <optional>

#include "canvas_drop.hpp"

class QMouseEvent;
class QPainter;

namespace pe::editor {

class Canvas;

class CanvasTool {
public:
    explicit CanvasTool(Canvas& canvas) : canvas_(canvas) {}
    virtual ~CanvasTool() = default;
    virtual void move(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) = 0;
    virtual void release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) = 0;
    virtual void cancel() {}
    // Over everything, in scene coordinates.
    virtual void paint(QPainter&) const {}

protected:
    Canvas& canvas_;
};

// Moves the view.
class PanTool final : public CanvasTool {
public:
    PanTool(Canvas& canvas, const QPointF& start);
    ~PanTool() override;
    void move(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;

private:
    QPoint last_;
};

// Selects what a rectangle touches; with Ctrl or Shift in addition to what is selected.
class BandTool final : public CanvasTool {
public:
    BandTool(Canvas& canvas, const QPointF& start, Qt::KeyboardModifiers modifiers);
    void move(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    void paint(QPainter& painter) const override;

private:
    void select(const QRectF& band);

    QPointF start_;
    QRectF band_;
    std::vector<yaml::NodeRef> before_;
    yaml::NodeRef currentBefore_;
    bool add_;
};

// Clicks a step, or drags the selected steps to another place.
class DragTool final : public CanvasTool {
public:
    DragTool(Canvas& canvas, const QPointF& start, yaml::NodeRef step,
             Qt::KeyboardModifiers modifiers);
    ~DragTool() override;
    void move(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    void paint(QPainter& painter) const override;

private:
    void begin();
    void aim(const QPointF& scenePosition);

    QPointF start_;
    QPointF pointer_;  // in the scene
    yaml::NodeRef step_;
    bool pickOnRelease_ = false;
    bool dragging_ = false;
    format::NodeKind kind_ = format::NodeKind::Step;
    std::optional<DropTarget> target_;
};

}  // namespace pe::editor
