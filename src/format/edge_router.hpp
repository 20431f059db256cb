// SPDX-License-Identifier: MIT
// EdgeRouter: the paths of edges. Sequence edges go straight down the spine. Reference edges leave
// a step at its side, run along a track in the channel of the scope that both ends share, and come
// back: data on the right, control on the left. From deeper levels they first go outwards; out of a
// lane through the gap beside it and over its row. Tracks are given out before boxes have sizes, by
// the order of the steps.
#pragma once

#include <optional>
#include <vector>

#include "layout_plan.hpp"
#include "pe/format/layout.hpp"

namespace pe::format {

class EdgeRouter {
public:
    EdgeRouter(const Graph& graph, const LayoutOptions& options, const LayoutPlan& plan);

    // How many tracks each scope needs.
    const std::vector<Channel>& channels() const { return channels_; }
    void route(Layout& layout);

private:
    struct Plan {
        GraphIndex from = kNoGraphNode;  // as shown
        GraphIndex to = kNoGraphNode;
        ScopeIndex scope = 0;
        GraphIndex fromItem =
            kNoGraphNode;  // the item of the scope that holds `from`; none: the scope itself
        GraphIndex toItem = kNoGraphNode;
        int track = -1;  // none for sequence edges and loops
        bool left = false;
    };
    struct Claim {
        ScopeIndex scope;
        bool left;
        std::uint32_t begin;  // positions of the items between which the track runs
        std::uint32_t end;
        std::uint32_t edge;
    };

    struct Extent {
        int left = 0;
        int right = 0;
    };

    Plan planOf(const GraphEdge& edge) const;
    void assignTracks();
    void assign(Claim* begin, Claim* end);
    std::vector<Point> straight(const Plan& plan, const Layout& layout) const;
    std::vector<Point> loop(const Plan& plan, const Layout& layout) const;
    std::vector<Point> around(const Plan& plan, const Layout& layout) const;
    // From the side of `node` out to the channel of `scope`, without the point on the track.
    void leave(GraphIndex node, const Plan& plan, int y, const Layout& layout,
               std::vector<Point>& points) const;
    void measure(const Layout& layout);
    static Extent extentOf(const GraphIndex* begin, const GraphIndex* end, const Layout& layout);
    int trackX(const Plan& plan, const Layout& layout) const;
    int portY(GraphIndex node, bool outgoing, const Layout& layout) const;
    bool laneBeyond(GraphIndex lane, bool left, const Layout& layout) const;

    const Graph& graph_;
    const LayoutOptions& options_;
    const LayoutPlan& layoutPlan_;
    std::vector<Plan> plans_;
    std::vector<Channel> channels_;
    std::vector<Extent> extents_;
};

}  // namespace pe::format
