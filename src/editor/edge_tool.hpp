// SPDX-License-Identifier: MIT
// EdgeTool: draws a line from the port of a step to another step. What the line means is asked for
// when it is let go. UI thread.
#pragma once

#include "canvas_tools.hpp"
#include "theme.hpp"

namespace pe::editor {

class EdgeTool final : public CanvasTool {
public:
    EdgeTool(Canvas& canvas, yaml::NodeRef from);
    ~EdgeTool() override;
    void move(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void release(const QPointF& viewPosition, Qt::KeyboardModifiers modifiers) override;
    void paint(QPainter& painter) const override;

private:
    yaml::NodeRef from_;
    yaml::NodeRef target_ = yaml::kNoNode;
    QPointF pointer_;  // in the scene
};

// Where a line can be drawn from, on the right border of a step.
QRectF portRect(const SceneStep& step);
bool hasPort(const SceneStep& step);
void paintPort(QPainter& painter, const SceneStep& step, const Theme& theme, bool pointed);

}  // namespace pe::editor
