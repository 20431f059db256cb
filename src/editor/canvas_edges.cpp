// SPDX-License-Identifier: MIT
// What the user does with the lines of a Canvas: pointing at them, selecting and deleting them, and
// the ports that new ones are drawn from.
#include <QLineF>
#include <QToolTip>
#include <algorithm>
#include <limits>

#include "canvas.hpp"
#include "canvas_tools.hpp"
#include "edge_tool.hpp"

namespace pe::editor {

namespace {

constexpr double kReachPixels = 6;
constexpr double kPortReach = 3;
constexpr double kPortsFrom = 0.4;  // zoom

double distanceTo(const QLineF& line, const QPointF& point) {
    const QPointF along = line.p2() - line.p1();
    const double length = QPointF::dotProduct(along, along);
    const double share =
        length > 0 ? std::clamp(QPointF::dotProduct(point - line.p1(), along) / length, 0.0, 1.0)
                   : 0.0;
    return QLineF(point, line.p1() + along * share).length();
}

double distanceTo(const SceneEdge& edge, const QPointF& point) {
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t i = 1; i < edge.route.size(); ++i) {
        const QPointF from(edge.route[i - 1].x, edge.route[i - 1].y);
        const QPointF to(edge.route[i].x, edge.route[i].y);
        nearest = std::min(nearest, distanceTo(QLineF(from, to), point));
    }
    return nearest;
}

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped();
}

}  // namespace

const SceneEdge* Canvas::edgeNear(const QPointF& viewPosition) const {
    const QPointF point = viewportTransform().inverted().map(viewPosition);
    const double reach = kReachPixels / zoom();
    const QRectF area(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    const SceneEdge* found = nullptr;
    double nearest = reach;
    for (const std::uint32_t id : state_.scene->edgeIndex.touching(area)) {
        const SceneEdge& edge = state_.scene->edges[id];
        const double distance = distanceTo(edge, point);
        if (edge.kind == format::EdgeKind::Sequence || distance > nearest)
            continue;
        nearest = distance;
        found = &edge;
    }
    return found;
}

void Canvas::selectEdge(const SceneEdge* edge) {
    if (!edge && state_.edgeAt == yaml::kNoNode)
        return;
    state_.edgeAt = edge ? edge->at : yaml::kNoNode;
    state_.edgeFrom = edge ? state_.scene->steps[edge->from].ref : yaml::kNoNode;
    viewport()->update();
    if (edge)
        Q_EMIT selectionRequested({}, yaml::kNoNode);
}

bool Canvas::removeSelectedEdge() {
    for (const SceneEdge& edge : state_.scene->edges) {
        if (!state_.isSelected(edge))
            continue;
        // The request may bring another scene.
        const SceneEdge copy = edge;
        Q_EMIT disconnectRequested(copy);
        return true;
    }
    return false;
}

bool Canvas::isOverPort(const QPointF& viewPosition) const {
    const SceneStep* step = state_.scene->find(state_.hovered);
    if (!step || !hasPort(*step) || zoom() < kPortsFrom)
        return false;
    const QPointF point = viewportTransform().inverted().map(viewPosition);
    return portRect(*step)
        .adjusted(-kPortReach, -kPortReach, kPortReach, kPortReach)
        .contains(point);
}

void Canvas::showToolTip(const QPoint& viewPosition, const QPoint& globalPosition) {
    if (tool_)
        return QToolTip::hideText();
    if (isOverPort(viewPosition))
        return QToolTip::showText(
            globalPosition, tr("Draw from here to a step that is to use this answer"), viewport());
    const SceneStep* step = state_.scene->find(stepAt(viewPosition));
    const SceneEdge* edge = !step || step->container ? edgeNear(viewPosition) : nullptr;
    if (edge) {
        const QString text = tr("<b>%1</b> uses <b>%2</b><br>Click and press Delete to disconnect")
                                 .arg(escaped(shownName(state_.scene->steps[edge->to])),
                                      escaped(shownName(state_.scene->steps[edge->from])));
        return QToolTip::showText(globalPosition, text, viewport());
    }
    if (!step)
        return QToolTip::hideText();
    QString text =
        QStringLiteral("<b>%1</b><br>%2<br>%3")
            .arg(escaped(shownName(*step)), escaped(shownType(*step)), escaped(step->preview));
    if (const NodeBadge* badge = state_.badge(step->ref))
        text += QStringLiteral("<hr>") +
                badge->text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
    QToolTip::showText(globalPosition, text, viewport());
}

}  // namespace pe::editor
