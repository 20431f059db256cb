// SPDX-License-Identifier: MIT
// LayoutPlan: the tree behind a layout. Every visible node is an item of its scope (the container
// around it, or the sheet); the items of a scope stand in blocks from top to bottom: a spine of
// steps, or rows of lanes side by side. The sheet is scope 0, node i is scope i + 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pe/format/layout.hpp"

namespace pe::format {

using ScopeIndex = std::uint32_t;
inline ScopeIndex scopeOf(GraphIndex node) {
    return node == kNoGraphNode ? 0 : node + 1;
}

// The side channels of a scope, in tracks: data flows right of the steps, control left of them.
struct Channel {
    int right = 0;
    int left = 0;
};

class LayoutPlan {
public:
    static constexpr int kTrackGap = 8;        // between two tracks
    static constexpr int kChannelMargin = 12;  // between boxes and the first track

    LayoutPlan(const Graph& graph, const LayoutOptions& options);

    const std::vector<GraphIndex>& childrenOf() const { return children_; }
    const GraphIndex* begin(ScopeIndex scope) const { return children_.data() + first_[scope]; }
    const GraphIndex* end(ScopeIndex scope) const { return children_.data() + first_[scope + 1]; }
    std::size_t count(ScopeIndex scope) const { return first_[scope + 1] - first_[scope]; }
    std::uint32_t position(GraphIndex node) const { return position_[node]; }  // among its siblings
    bool visible(GraphIndex node) const { return visible_[node]; }
    bool closed(GraphIndex node) const { return closed_[node]; }
    // The node itself or the closed container that hides it.
    GraphIndex shown(GraphIndex node) const;
    bool isLane(GraphIndex node) const { return graph_.nodes[node].kind != NodeKind::Step; }

    // Places all boxes; `channels` by scope says how much room edges need beside the items.
    void place(const std::vector<Channel>& channels, Layout& layout) const;

private:
    struct Size {
        int width = 0;
        int height = 0;
    };
    struct Row {
        const GraphIndex* begin;
        const GraphIndex* end;
        Size size;
    };
    // Walks the rows of a scope: one step, or as many lanes as stand side by side.
    template <class Visit>
    void forEachRow(ScopeIndex scope, const std::vector<Size>& sizes, Visit visit) const;
    Size contentSize(ScopeIndex scope, const std::vector<Size>& sizes) const;
    Size sizeOf(GraphIndex node, const std::vector<Size>& sizes, Channel channel) const;
    void placeItems(ScopeIndex scope, int center, int top, const std::vector<Size>& sizes,
                    Layout& layout) const;
    int rowGap(const GraphIndex* next) const;

    const Graph& graph_;
    const LayoutOptions& options_;
    std::vector<std::uint32_t> first_;
    std::vector<GraphIndex> children_;
    std::vector<std::uint32_t> position_;
    std::vector<bool> visible_;
    std::vector<bool> closed_;
};

}  // namespace pe::format
