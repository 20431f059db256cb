// SPDX-License-Identifier: MIT
#include "edge_item.hpp"

#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <array>
#include <cmath>

namespace pe::editor {

namespace {

constexpr double kPathsFrom = 0.27;  // zoom; below it edges are plain lines
constexpr double kReferencesFrom =
    0.08;  // below it only the spine and the selected step's are drawn
constexpr std::size_t kMostPaths = 400;  // more than this at once are drawn as plain lines
constexpr double kCorner = 10;

QPointF toPoint(const format::Point& point) {
    return {double(point.x), double(point.y)};
}

// An orthogonal path with rounded corners.
QPainterPath rounded(const std::vector<format::Point>& route) {
    QPainterPath path(toPoint(route.front()));
    for (std::size_t i = 1; i + 1 < route.size(); ++i) {
        const QPointF before = toPoint(route[i - 1]);
        const QPointF corner = toPoint(route[i]);
        const QPointF after = toPoint(route[i + 1]);
        const double in = QLineF(before, corner).length();
        const double out = QLineF(corner, after).length();
        const double radius = std::min({kCorner, in / 2, out / 2});
        if (radius < 0.5)
            continue;
        path.lineTo(corner + (before - corner) * (radius / in));
        path.quadTo(corner, corner + (after - corner) * (radius / out));
    }
    path.lineTo(toPoint(route.back()));
    return path;
}

void paintArrow(QPainter& painter, const SceneEdge& edge, const QColor& color, double size) {
    const QPointF tip = toPoint(edge.route.back());
    QLineF line(toPoint(edge.route[edge.route.size() - 2]), tip);
    if (line.length() < 1)
        return;
    const QPointF along = (line.p2() - line.p1()) / line.length();
    const QPointF across(-along.y(), along.x());
    const QPointF base = tip - along * size;
    const QPointF points[] = {tip, base + across * size * 0.6, base - across * size * 0.6};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(points, 3);
}

}  // namespace

EdgeLayer::EdgeLayer(const CanvasState& state) : state_(state) {
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(1);
}

void EdgeLayer::sceneChanged() {
    paths_.clear();
    const QRectF bounds = state_.scene->bounds.adjusted(-64, -64, 64, 64);
    if (bounds != bounds_) {
        prepareGeometryChange();
        bounds_ = bounds;
    }
}

QColor EdgeLayer::color(format::EdgeKind kind) const {
    const Theme& theme = *state_.theme;
    switch (kind) {
        case format::EdgeKind::PreviousResponse:
            return theme.edgePreviousResponse;
        case format::EdgeKind::Variable:
        case format::EdgeKind::Template:
            return theme.edgeTemplate;
        case format::EdgeKind::Condition:
            return theme.edgeCondition;
        case format::EdgeKind::DataSource:
            return theme.edgeDataSource;
        case format::EdgeKind::Sequence:
        case format::EdgeKind::Function:
        case format::EdgeKind::PipelineFile:
            break;
    }
    return theme.edge;
}

bool EdgeLayer::isLit(const SceneEdge& edge) const {
    if (state_.isSelected(edge))
        return true;
    if (edge.kind == format::EdgeKind::Sequence || state_.selected.empty())
        return false;
    return state_.isSelected(state_.scene->steps[edge.from].ref) ||
           state_.isSelected(state_.scene->steps[edge.to].ref);
}

void EdgeLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = painter->worldTransform().m11();
    std::vector<std::uint32_t> ids = state_.scene->edgeIndex.touching(option->exposedRect);
    if (zoom < kReferencesFrom)
        std::erase_if(ids, [this](std::uint32_t id) {
            const SceneEdge& edge = state_.scene->edges[id];
            return edge.kind != format::EdgeKind::Sequence && !isLit(edge);
        });
    if (zoom < kPathsFrom || ids.size() > kMostPaths)
        paintLines(*painter, ids);
    else
        paintPaths(*painter, ids, zoom);
}

void EdgeLayer::paintLines(QPainter& painter, const std::vector<std::uint32_t>& ids) const {
    painter.setRenderHint(QPainter::Antialiasing, false);
    std::array<std::vector<QLineF>, format::kEdgeKindCount> lines;
    std::vector<QLineF> lit;
    for (const std::uint32_t id : ids) {
        const SceneEdge& edge = state_.scene->edges[id];
        auto& target = isLit(edge) ? lit : lines[std::size_t(edge.kind)];
        for (std::size_t i = 1; i < edge.route.size(); ++i)
            target.emplace_back(toPoint(edge.route[i - 1]), toPoint(edge.route[i]));
    }
    for (std::size_t kind = 0; kind < lines.size(); ++kind) {
        if (lines[kind].empty())
            continue;
        const QColor full = color(format::EdgeKind(kind));
        QPen pen(kind == 0 ? full : mixed(state_.theme->canvas, full, 0.4), 1);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawLines(lines[kind].data(), int(lines[kind].size()));
    }
    if (lit.empty())
        return;
    QPen pen(state_.theme->accent, 2);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(lit.data(), int(lit.size()));
}

void EdgeLayer::paintPaths(QPainter& painter, const std::vector<std::uint32_t>& ids, double zoom) {
    painter.setRenderHint(QPainter::Antialiasing, true);
    const bool anyLit = std::any_of(ids.begin(), ids.end(), [this](std::uint32_t id) {
        return isLit(state_.scene->edges[id]);
    });
    const double thin = std::max(1.2, 0.8 / zoom);
    for (const std::uint32_t id : ids) {
        const SceneEdge& edge = state_.scene->edges[id];
        const bool spine = edge.kind == format::EdgeKind::Sequence;
        const QColor full = color(edge.kind);
        if (spine)
            paintEdge(painter, edge, id, std::max(1.6, 1.0 / zoom), full, zoom);
        else if (!isLit(edge))
            paintEdge(painter, edge, id, thin,
                      mixed(state_.theme->canvas, full, anyLit ? 0.22 : 0.5), zoom);
    }
    for (const std::uint32_t id : ids) {
        const SceneEdge& edge = state_.scene->edges[id];
        if (isLit(edge))
            paintEdge(painter, edge, id, std::max(state_.isSelected(edge) ? 3.4 : 2.2, 1.4 / zoom),
                      color(edge.kind), zoom);
    }
}

void EdgeLayer::paintEdge(QPainter& painter, const SceneEdge& edge, std::uint32_t id, double width,
                          const QColor& color, double zoom) {
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path(edge, id));
    paintArrow(painter, edge, color, std::clamp(5.0 / zoom, 7.0, 12.0));
}

const QPainterPath& EdgeLayer::path(const SceneEdge& edge, std::uint32_t id) {
    const auto [it, added] = paths_.try_emplace(id);
    if (added)
        it->second = rounded(edge.route);
    return it->second;
}

}  // namespace pe::editor
