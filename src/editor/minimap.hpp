// SPDX-License-Identifier: MIT
// Minimap: a small picture of the pipeline around what the canvas shows, with a frame for the view.
// A click or a drag moves the view. Hidden while the whole pipeline is in sight. Child of the
// canvas; UI thread.
#pragma once

#include <QWidget>

class QToolButton;

namespace pe::editor {

class Canvas;

class Minimap final : public QWidget {
    Q_OBJECT

public:
    explicit Minimap(Canvas& canvas);

    // Takes its corner and decides whether it is needed.
    void follow();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Projection {
        double scale = 1;
        QPointF origin;  // of the map, in the scene
    };
    Projection projection() const;
    void goTo(const QPointF& position);

    Canvas& canvas_;
};

// The zoom of the canvas, with buttons; stands below the minimap.
class ZoomBar final : public QWidget {
    Q_OBJECT

public:
    explicit ZoomBar(Canvas& canvas);
    void follow();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Canvas& canvas_;
    QToolButton* level_ = nullptr;
};

}  // namespace pe::editor
