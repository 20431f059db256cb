// SPDX-License-Identifier: MIT
#include "layout_plan.hpp"

#include <algorithm>

namespace pe::format {
namespace {

// Up to this many lanes stand in one row; more are wrapped into a block about twice as wide as
// high.
constexpr std::size_t kLanesInRow = 6;

std::size_t lanesPerRow(std::size_t lanes) {
    std::size_t columns = kLanesInRow;
    while (columns * columns < 2 * lanes)
        ++columns;
    return columns;
}

}  // namespace

LayoutPlan::LayoutPlan(const Graph& graph, const LayoutOptions& options)
    : graph_(graph),
      options_(options),
      first_(graph.nodes.size() + 2, 0),
      children_(graph.nodes.size()),
      position_(graph.nodes.size(), 0),
      visible_(graph.nodes.size(), true),
      closed_(graph.nodes.size(), false) {
    const std::size_t count = graph.nodes.size();
    for (const GraphNode& node : graph.nodes)
        ++first_[scopeOf(node.parent) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i)
        first_[i] += first_[i - 1];
    std::vector<std::uint32_t> filled(count + 1, 0);
    for (GraphIndex i = 0; i < count; ++i) {
        const GraphNode& node = graph.nodes[i];
        const ScopeIndex scope = scopeOf(node.parent);
        position_[i] = filled[scope]++;
        children_[first_[scope] + position_[i]] = i;
        if (node.parent != kNoGraphNode)
            visible_[i] = visible_[node.parent] && !closed_[node.parent];
        closed_[i] = node.container && options.collapsed && options.collapsed(node);
    }
}

GraphIndex LayoutPlan::shown(GraphIndex node) const {
    while (!visible_[node])
        node = graph_.nodes[node].parent;
    return node;
}

int LayoutPlan::rowGap(const GraphIndex* next) const {
    return isLane(*next) ? options_.laneGap : options_.gap;
}

template <class Visit>
void LayoutPlan::forEachRow(ScopeIndex scope, const std::vector<Size>& sizes, Visit visit) const {
    const GraphIndex* at = begin(scope);
    const GraphIndex* last = end(scope);
    while (at != last) {
        if (!isLane(*at)) {
            visit(Row{at, at + 1, sizes[*at]});
            ++at;
            continue;
        }
        const GraphIndex* lanesEnd =
            std::find_if(at, last, [&](GraphIndex each) { return !isLane(each); });
        const auto columns = lanesPerRow(static_cast<std::size_t>(lanesEnd - at));
        while (at != lanesEnd) {
            const auto left = static_cast<std::size_t>(lanesEnd - at);
            const GraphIndex* rowEnd = at + std::min(columns, left);
            Row row{at, rowEnd, {static_cast<int>(rowEnd - at - 1) * options_.laneGap, 0}};
            for (; at != rowEnd; ++at) {
                row.size.width += sizes[*at].width;
                row.size.height = std::max(row.size.height, sizes[*at].height);
            }
            visit(row);
        }
    }
}

LayoutPlan::Size LayoutPlan::contentSize(ScopeIndex scope, const std::vector<Size>& sizes) const {
    Size content;
    forEachRow(scope, sizes, [&](const Row& row) {
        content.width = std::max(content.width, row.size.width);
        if (content.height > 0)
            content.height += rowGap(row.begin);
        content.height += row.size.height;
    });
    return content;
}

LayoutPlan::Size LayoutPlan::sizeOf(GraphIndex node, const std::vector<Size>& sizes,
                                    Channel channel) const {
    const ScopeIndex scope = scopeOf(node);
    const bool open = graph_.nodes[node].container && !closed_[node];
    if (!open)
        return {options_.stepWidth, options_.stepHeight};
    Size content = contentSize(scope, sizes);
    // An empty container keeps room for the first step to be dropped.
    if (content.height == 0)
        content = {options_.stepWidth, options_.stepHeight / 2};
    const int tracks = std::max(channel.left, channel.right);
    const int beside = tracks == 0 ? 0 : kChannelMargin + tracks * kTrackGap;
    return {content.width + 2 * (options_.padding + beside),
            options_.headerHeight + content.height + 2 * options_.padding};
}

void LayoutPlan::placeItems(ScopeIndex scope, int center, int top, const std::vector<Size>& sizes,
                            Layout& layout) const {
    int y = top;
    forEachRow(scope, sizes, [&](const Row& row) {
        if (y != top)
            y += rowGap(row.begin);
        int x = center - row.size.width / 2;
        for (const GraphIndex* each = row.begin; each != row.end; ++each) {
            // Lanes of a row end at one line, so that the block reads as one.
            const bool stretched =
                isLane(*each) && graph_.nodes[*each].container && !closed_[*each];
            const int height = stretched ? row.size.height : sizes[*each].height;
            layout.boxes[*each] = {x, y, sizes[*each].width, height};
            x += sizes[*each].width + options_.laneGap;
        }
        y += row.size.height;
    });
}

void LayoutPlan::place(const std::vector<Channel>& channels, Layout& layout) const {
    const std::size_t count = graph_.nodes.size();
    std::vector<Size> sizes(count);
    for (std::size_t i = count; i-- > 0;)
        sizes[i] = sizeOf(static_cast<GraphIndex>(i), sizes, channels[i + 1]);
    layout.boxes.assign(count, {});
    layout.visible.assign(visible_.begin(), visible_.end());
    placeItems(0, 0, 0, sizes, layout);
    for (GraphIndex i = 0; i < count; ++i) {
        const GraphNode& node = graph_.nodes[i];
        if (!visible_[i]) {
            layout.boxes[i] = layout.boxes[node.parent];
        } else if (node.container && !closed_[i]) {
            const Box& box = layout.boxes[i];
            placeItems(scopeOf(i), box.x + box.width / 2,
                       box.y + options_.headerHeight + options_.padding, sizes, layout);
        }
    }
}

}  // namespace pe::format
