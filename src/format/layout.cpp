// SPDX-License-Identifier: MIT
#include "pe/format/layout.hpp"

#include <algorithm>

#include "edge_router.hpp"
#include "layout_plan.hpp"

namespace pe::format {
namespace {

Box boundsOf(const Layout& layout) {
    if (layout.boxes.empty())
        return {};
    int left = layout.boxes.front().x;
    int top = layout.boxes.front().y;
    int right = left;
    int bottom = top;
    const auto include = [&](int x, int y) {
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
    };
    for (const Box& box : layout.boxes) {
        include(box.x, box.y);
        include(box.x + box.width, box.y + box.height);
    }
    for (const auto& route : layout.routes)
        for (const Point& point : route)
            include(point.x, point.y);
    return {left, top, right - left, bottom - top};
}

}  // namespace

Layout layOut(const Graph& graph, const LayoutOptions& options) {
    const LayoutPlan plan(graph, options);
    EdgeRouter router(graph, options, plan);
    Layout layout;
    plan.place(router.channels(), layout);
    router.route(layout);
    layout.bounds = boundsOf(layout);
    return layout;
}

}  // namespace pe::format
