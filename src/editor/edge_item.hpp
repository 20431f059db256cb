// SPDX-License-Identifier: MIT
// EdgeLayer: one graphics item that paints the edges of a scene that touch the exposed area,
// batched by kind. The order of execution is the spine; references are quiet until a step is
// selected, then its own stand out. UI thread.
#pragma once

#include <QGraphicsItem>
#include <QPainterPath>
#include <unordered_map>

#include "canvas_state.hpp"

namespace pe::editor {

class EdgeLayer final : public QGraphicsItem {
public:
    explicit EdgeLayer(const CanvasState& state);

    void sceneChanged();
    QRectF boundingRect() const override { return bounds_; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    void paintLines(QPainter& painter, const std::vector<std::uint32_t>& ids) const;
    void paintPaths(QPainter& painter, const std::vector<std::uint32_t>& ids, double zoom);
    void paintEdge(QPainter& painter, const SceneEdge& edge, std::uint32_t id, double width,
                   const QColor& color, double zoom);
    bool isLit(const SceneEdge& edge) const;
    QColor color(format::EdgeKind kind) const;
    const QPainterPath& path(const SceneEdge& edge, std::uint32_t id);

    const CanvasState& state_;
    QRectF bounds_;
    std::unordered_map<std::uint32_t, QPainterPath> paths_;
};

}  // namespace pe::editor
