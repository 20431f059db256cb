// SPDX-License-Identifier: MIT
#include "canvas.hpp"

#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "canvas_accessible.hpp"
#include "canvas_tools.hpp"
#include "edge_item.hpp"
#include "edge_tool.hpp"
#include "step_item.hpp"

namespace pe::editor {

namespace {

constexpr double kLargestZoom = 4.0;
constexpr double kSmallestZoom = 0.05;
constexpr double kReadableZoom = 0.7;
constexpr double kDotSpacing = 24;
constexpr int kFitMargin = 40;
constexpr double kPortsFrom = 0.4;  // zoom, as in canvas_edges.cpp
constexpr double kHeadHeight = 64;  // of a step, or of the top of a container
constexpr int kOpenAfterMs = 600;

}  // namespace

Canvas::Canvas(QWidget* parent) : QGraphicsView(parent) {
    auto* graphics = new QGraphicsScene(this);
    graphics->setItemIndexMethod(QGraphicsScene::NoIndex);
    CanvasAccessible::install();  // before anything asks for the interface of this widget
    containers_ = new StepLayer(state_, StepLayer::What::Containers);
    edges_ = new EdgeLayer(state_);
    cards_ = new StepLayer(state_, StepLayer::What::Cards);
    graphics->addItem(containers_);
    graphics->addItem(edges_);
    graphics->addItem(cards_);
    setScene(graphics);
    state_.theme = &Theme::of(*this);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setViewportUpdateMode(SmartViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Pipeline graph"));
    connect(&autoScrollTimer_, &QTimer::timeout, this, &Canvas::autoScroll);
    openTimer_.setSingleShot(true);
    openTimer_.setInterval(kOpenAfterMs);
    connect(&openTimer_, &QTimer::timeout, this, [this] {
        if (const SceneStep* step = state_.scene->find(openNext_); step && step->collapsed)
            Q_EMIT collapseRequested(openNext_);
    });
}

Canvas::~Canvas() = default;

void Canvas::showScene(std::shared_ptr<const SceneValue> scene) {
    const std::vector<QRectF> changed = changedArea(*state_.scene, *scene);
    const bool sameEdges = scene->edges.size() == state_.scene->edges.size();
    state_.scene = std::move(scene);
    containers_->sceneChanged();
    cards_->sceneChanged();
    edges_->sceneChanged();
    if (!state_.scene->find(state_.hovered))
        state_.hovered = yaml::kNoNode;
    if (std::none_of(state_.scene->edges.begin(), state_.scene->edges.end(),
                     [this](const SceneEdge& edge) { return state_.isSelected(edge); }))
        state_.edgeAt = yaml::kNoNode;
    updateSceneRect();
    for (const QRectF& area : changed)
        this->scene()->update(area.adjusted(-24, -24, 24, 24));
    if (!sameEdges)
        viewport()->update();
    if (!touched_)
        showStart();
    Q_EMIT viewChanged();
}

void Canvas::setSelection(const std::vector<yaml::NodeRef>& steps, yaml::NodeRef current) {
    std::unordered_set<yaml::NodeRef> selected(steps.begin(), steps.end());
    if (selected == state_.selected && current == state_.current)
        return;
    const bool edgesChange = !(state_.selected.empty() && selected.empty());
    state_.selected = std::move(selected);
    state_.current = current;
    // References of the selection light up wherever they run.
    if (edgesChange)
        viewport()->update();
    announce();
}

void Canvas::setBadges(NodeBadges badges) {
    if (badges == state_.badges)
        return;
    state_.badges = std::move(badges);
    viewport()->update();
}

std::vector<yaml::NodeRef> Canvas::selectedSteps() const {
    return outermost(*state_.scene, {state_.selected.begin(), state_.selected.end()});
}

// Tells screen readers which step has the focus now.
void Canvas::announce() {
    const auto index = state_.scene->indexOf(state_.current);
    if (!QAccessible::isActive() || index == format::kNoGraphNode)
        return;
    QAccessibleEvent event(this, hasFocus() ? QAccessible::Focus : QAccessible::Selection);
    event.setChild(static_cast<int>(index));
    QAccessible::updateAccessibility(&event);
}

double Canvas::smallestZoom() const {
    const QRectF& bounds = state_.scene->bounds;
    if (bounds.isEmpty())
        return kSmallestZoom;
    const QSizeF room = viewport()->size() - QSize(kFitMargin, kFitMargin);
    const double fit = std::min(room.width() / bounds.width(), room.height() / bounds.height());
    return std::clamp(fit, 1e-4, kSmallestZoom);
}

// The pipeline may be pushed around freely, but never out of sight.
void Canvas::updateSceneRect() {
    const double margin = 0.75 / zoom();
    setSceneRect(
        state_.scene->bounds.adjusted(-viewport()->width() * margin, -viewport()->height() * margin,
                                      viewport()->width() * margin, viewport()->height() * margin));
}

void Canvas::setZoom(double wanted, const QPointF& anchor) {
    touched_ = touched_ || !anchor.isNull();
    const double zoomTo = std::clamp(wanted, smallestZoom(), kLargestZoom);
    if (std::abs(zoomTo - zoom()) < zoom() * 1e-6)
        return;
    finishRename(true);
    const QPointF fixed = viewportTransform().inverted().map(anchor);
    setTransform(QTransform::fromScale(zoomTo, zoomTo));
    updateSceneRect();
    const QPointF moved = viewportTransform().map(fixed) - anchor;
    scrollBy(moved.toPoint());
    Q_EMIT viewChanged();
}

void Canvas::zoomBy(double factor) {
    setZoom(zoom() * factor, viewport()->rect().center());
}

void Canvas::fitAll() {
    const QRectF bounds = state_.scene->bounds;
    if (bounds.isEmpty())
        return;
    const QSizeF room = viewport()->size() - QSize(2 * kFitMargin, 2 * kFitMargin);
    setZoom(std::min({1.0, room.width() / bounds.width(), room.height() / bounds.height()}),
            viewport()->rect().center());
    centerOnScene(bounds.center());
}

void Canvas::zoomToSelection() {
    QRectF area;
    for (const yaml::NodeRef ref : state_.selected)
        if (const SceneStep* step = state_.scene->find(ref); step && step->visible)
            area = area.united(step->box);
    if (area.isEmpty())
        return fitAll();
    const QSizeF room = viewport()->size() - QSize(4 * kFitMargin, 4 * kFitMargin);
    setZoom(std::min({1.5, room.width() / area.width(), room.height() / area.height()}),
            viewport()->rect().center());
    centerOnScene(area.center());
}

void Canvas::showStart() {
    const QRectF bounds = state_.scene->bounds;
    if (bounds.isEmpty())
        return;
    const QSizeF room = viewport()->size() - QSize(2 * kFitMargin, 2 * kFitMargin);
    const double across = room.width() / bounds.width();
    const double fit = std::min(across, room.height() / bounds.height());
    const double start = fit >= kReadableZoom ? fit : std::max(kReadableZoom, across);
    setZoom(std::min(1.0, start), QPointF(0, 0));
    if (fit >= kReadableZoom)
        return centerOnScene(bounds.center());
    const double half = viewport()->height() / zoom() / 2;
    centerOnScene(
        {state_.scene->steps.front().box.center().x(), bounds.top() + half - kFitMargin / zoom()});
}

void Canvas::reveal(yaml::NodeRef ref, bool centre) {
    touched_ = true;
    const SceneStep* step = state_.scene->find(ref);
    while (step && !step->visible && step->parent != format::kNoGraphNode)
        step = &state_.scene->steps[step->parent];
    if (!step)
        return;
    const QRectF head(step->box.topLeft(),
                      QSizeF(step->box.width(), std::min(step->box.height(), kHeadHeight)));
    if ((centre && !visibleScene().contains(head)) || zoom() < 0.2)
        return centerOnScene(head.center());
    // Of a container its header matters.
    const QRectF box(step->box.topLeft(),
                     QSizeF(step->box.width(), std::min(step->box.height(), 240.0)));
    const QRectF shown = viewportTransform().mapRect(box).adjusted(-24, -24, 24, 24);
    QPointF move;
    const auto nearest = [](double low, double high, double room) {
        if (low < 0)
            return low;
        return high > room ? std::min(high - room, low) : 0.0;
    };
    move.setX(nearest(shown.left(), shown.right(), viewport()->width()));
    move.setY(nearest(shown.top(), shown.bottom(), viewport()->height()));
    scrollBy(move.toPoint());
}

void Canvas::centerOnScene(const QPointF& point) {
    const QPointF at = viewportTransform().map(point);
    scrollBy((at - QRectF(viewport()->rect()).center()).toPoint());
}

void Canvas::scrollBy(const QPoint& pixels) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels.y());
}

QRectF Canvas::visibleScene() const {
    return viewportTransform().inverted().mapRect(QRectF(viewport()->rect()));
}

void Canvas::startRename(yaml::NodeRef ref) {
    const SceneStep* step = state_.scene->find(ref);
    if (!step || step->kind == format::NodeKind::Branch || !step->visible)
        return;
    finishRename(false);
    reveal(ref);
    if (zoom() < kReadableZoom) {
        setZoom(1.0, viewport()->rect().center());
        reveal(ref, true);
    }
    renamed_ = ref;
    renameField_ = new QLineEdit(QString::fromStdString(step->name), viewport());
    renameField_->setAccessibleName(tr("Step name"));
    const QRect rect = viewportTransform().mapRect(nameRect(*step)).toRect();
    renameField_->setGeometry(rect.x() - 6, rect.center().y() - 14, std::max(rect.width(), 140),
                              28);
    renameField_->selectAll();
    renameField_->show();
    renameField_->setFocus();
    renameField_->installEventFilter(this);
    connect(renameField_, &QLineEdit::editingFinished, this, [this] { finishRename(true); });
}

// The keys that end renaming end there; the canvas has its own use for them.
bool Canvas::eventFilter(QObject* watched, QEvent* event) {
    if (watched != renameField_ || event->type() != QEvent::KeyPress)
        return QGraphicsView::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool accept = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!accept && key != Qt::Key_Escape)
        return false;
    finishRename(accept);
    return true;
}

void Canvas::finishRename(bool accept) {
    if (!renameField_)
        return;
    QLineEdit* field = std::exchange(renameField_, nullptr);
    const yaml::NodeRef step = std::exchange(renamed_, yaml::kNoNode);
    const QString name = field->text().trimmed();
    const bool hadFocus = field->hasFocus();
    const bool changed = field->isModified();
    field->deleteLater();
    field->hide();
    if (hadFocus)
        setFocus();
    if (accept && changed && !name.isEmpty())
        Q_EMIT renameRequested(step, name);
}

void Canvas::repaintSteps(const std::vector<yaml::NodeRef>& steps) {
    for (const yaml::NodeRef ref : steps)
        if (const SceneStep* step = state_.scene->find(ref))
            scene()->update(step->box.adjusted(-8, -8, 8, 8));
}

void Canvas::paintEvent(QPaintEvent* event) {
    QGraphicsView::paintEvent(event);
    Q_EMIT painted();
}

void Canvas::drawBackground(QPainter* painter, const QRectF& rect) {
    const Theme& theme = *state_.theme;
    const QTransform toDevice = painter->worldTransform();
    const QRect area = toDevice.mapRect(rect).toAlignedRect().intersected(viewport()->rect());
    painter->save();
    painter->resetTransform();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(area, theme.canvas);
    double spacing = kDotSpacing * zoom();
    while (spacing < 13)
        spacing *= 2;
    const QPointF origin = toDevice.map(QPointF(0, 0));
    const auto first = [spacing](double edge, double start) {
        return start + std::ceil((edge - start) / spacing) * spacing;
    };
    const int size = zoom() > 1.4 ? 2 : 1;
    for (double y = first(area.top() - 2, origin.y()); y <= area.bottom(); y += spacing)
        for (double x = first(area.left() - 2, origin.x()); x <= area.right(); x += spacing)
            painter->fillRect(QRect(qRound(x), qRound(y), size, size), theme.canvasDot);
    painter->restore();
}

void Canvas::drawForeground(QPainter* painter, const QRectF&) {
    painter->setRenderHint(QPainter::Antialiasing, true);
    if (!state_.dropBar.isNull()) {
        QPen pen(state_.theme->accent, 4, Qt::SolidLine, Qt::RoundCap);
        pen.setCosmetic(true);
        painter->setPen(pen);
        painter->drawLine(state_.dropBar);
    }
    if (tool_)
        tool_->paint(*painter);
    else if (const SceneStep* step = state_.scene->find(state_.hovered);
             step && hasPort(*step) && zoom() >= kPortsFrom)
        paintPort(*painter, *step, *state_.theme, isOverPort(mapFromGlobal(QCursor::pos())));
    if (state_.scene->steps.empty()) {
        painter->resetTransform();
        painter->setPen(state_.theme->textMuted);
        painter->setFont(Theme::uiFont());
        painter->drawText(
            viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
            tr("No steps yet.\nDrag a step from the library, or press / to add one."));
    }
}

void Canvas::autoScroll() {
    constexpr int kEdge = 36;
    const QRect inner = viewport()->rect().adjusted(kEdge, kEdge, -kEdge, -kEdge);
    const auto speed = [](int position, int low, int high) {
        if (position < low)
            return std::max((position - low) / 2, -24);
        return position > high ? std::min((position - high) / 2, 24) : 0;
    };
    const QPoint step(speed(pointer_.x(), inner.left(), inner.right()),
                      speed(pointer_.y(), inner.top(), inner.bottom()));
    if (step.isNull())
        return;
    scrollBy(step);
    if (tool_)
        tool_->move(pointer_, Qt::NoModifier);
}

void Canvas::hoverWhileDragging(const QPointF& scenePosition) {
    const auto index = state_.scene->at(scenePosition);
    yaml::NodeRef next = yaml::kNoNode;
    if (index != format::kNoGraphNode && state_.scene->steps[index].collapsed &&
        !state_.dragged.contains(state_.scene->steps[index].ref))
        next = state_.scene->steps[index].ref;
    if (std::exchange(openNext_, next) == next)
        return;
    openTimer_.stop();
    if (next != yaml::kNoNode)
        openTimer_.start();
}

void Canvas::stopHovering() {
    openTimer_.stop();
    openNext_ = yaml::kNoNode;
}

void Canvas::startAutoScroll(bool on) {
    if (!on)
        autoScrollTimer_.stop();
    else if (!autoScrollTimer_.isActive())
        autoScrollTimer_.start(16);
}

}  // namespace pe::editor
