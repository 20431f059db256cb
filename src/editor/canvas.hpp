// SPDX-License-Identifier: MIT
// Canvas: the graph of a pipeline on a QGraphicsView. It shows a SceneValue, keeps the view state
// over it (zoom, hover, what is being dragged) and turns gestures into requests; it never writes.
// Three layer items paint everything, culled by the exposed area, so that cost follows what is
// visible. Owned by a FileView; UI thread.
#pragma once

#include <QGraphicsView>
#include <QTimer>
#include <memory>
#include <vector>

#include "canvas_state.hpp"
#include "step_commands.hpp"

class QLineEdit;

namespace pe::editor {

class CanvasTool;
class EdgeLayer;
class StepLayer;

inline constexpr const char* kStepTypeMime = "application/x-pipeline-step-type";

class Canvas final : public QGraphicsView {
    Q_OBJECT

public:
    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    void showScene(std::shared_ptr<const SceneValue> scene);
    const SceneValue& value() const { return *state_.scene; }
    void setSelection(const std::vector<yaml::NodeRef>& steps, yaml::NodeRef current);
    void setBadges(NodeBadges badges);
    std::vector<yaml::NodeRef> selectedSteps() const;
    yaml::NodeRef currentStep() const { return state_.current; }

    double zoom() const { return transform().m11(); }
    void setZoom(double zoom, const QPointF& anchor);  // anchor in the viewport
    void zoomBy(double factor);
    void fitAll();
    void zoomToSelection();
    void showStart();  // the beginning of the pipeline, at a readable size
    // Scrolls as little as needed; or centres what is not to be seen already.
    void reveal(yaml::NodeRef step, bool centre = false);
    void centerOnScene(const QPointF& point);
    void scrollBy(const QPoint& pixels);
    QRectF visibleScene() const;

    void startRename(yaml::NodeRef step);

    // For the tools of this canvas.
    CanvasState& state() { return state_; }
    void repaintSteps(const std::vector<yaml::NodeRef>& steps);
    void startAutoScroll(bool on);
    // Something is held over this point: a closed container opens after a moment.
    void hoverWhileDragging(const QPointF& scenePosition);
    void stopHovering();
    void pick(yaml::NodeRef step, Qt::KeyboardModifiers modifiers);

Q_SIGNALS:
    void selectionRequested(const std::vector<yaml::NodeRef>& steps, yaml::NodeRef current);
    void moveRequested(const std::vector<yaml::NodeRef>& steps, const StepPlace& place);
    void typeDropped(const QString& type, const StepPlace& place);
    void renameRequested(yaml::NodeRef step, const QString& name);
    void collapseRequested(yaml::NodeRef container);
    void quickAddRequested(const StepPlace& place, const QPoint& globalPosition);
    void menuRequested(const QPoint& globalPosition);
    void openRequested(yaml::NodeRef step);
    // A line was drawn from one step to another.
    void connectRequested(yaml::NodeRef from, yaml::NodeRef to, const QPoint& globalPosition);
    void disconnectRequested(const SceneEdge& edge);
    void viewChanged();  // zoom, scroll position or size
    void painted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    yaml::NodeRef stepAt(const QPointF& viewPosition) const;
    // The reference edge that runs nearest to a point, if one is near enough to be meant.
    const SceneEdge* edgeNear(const QPointF& viewPosition) const;
    void selectEdge(const SceneEdge* edge);
    bool removeSelectedEdge();
    bool isOverPort(const QPointF& viewPosition) const;
    void showToolTip(const QPoint& viewPosition, const QPoint& globalPosition);
    void setHovered(yaml::NodeRef step);
    void beginTool(QMouseEvent* event);
    void endTool();
    bool walk(int key, bool extend);
    void finishRename(bool accept);
    void updateSceneRect();
    double smallestZoom() const;
    void autoScroll();
    void announce();
    void showDrop(const QPointF& scenePosition);
    void hideDrop();

    CanvasState state_;
    StepLayer* containers_ = nullptr;
    EdgeLayer* edges_ = nullptr;
    StepLayer* cards_ = nullptr;
    std::unique_ptr<CanvasTool> tool_;
    QTimer autoScrollTimer_;
    QPoint pointer_;  // in the viewport, where the last event had it
    QTimer openTimer_;
    yaml::NodeRef openNext_ = yaml::kNoNode;
    QLineEdit* renameField_ = nullptr;
    yaml::NodeRef renamed_ = yaml::kNoNode;
    bool spaceHeld_ = false;
    bool touched_ = false;  // the user has moved the view; until then it shows the start
};

}  // namespace pe::editor
