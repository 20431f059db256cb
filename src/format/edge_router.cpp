// SPDX-License-Identifier: MIT
#include "edge_router.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace pe::format {
namespace {

constexpr int kMaxTracks = 12;  // further edges share the outermost tracks
constexpr int kLoopReach = 10;  // how far the edge of a step to itself leaves it
// Between items farther apart than this, a track runs beside the whole scope.
constexpr std::uint32_t kNearItems = 64;

void push(std::vector<Point>& points, Point point) {
    if (!points.empty() && points.back() == point)
        return;
    const std::size_t count = points.size();
    if (count >= 2) {
        const Point& before = points[count - 2];
        const Point& last = points[count - 1];
        const bool straight =
            (before.x == last.x && last.x == point.x) || (before.y == last.y && last.y == point.y);
        if (straight) {
            points.back() = point;
            return;
        }
    }
    points.push_back(point);
}

bool isControl(EdgeKind kind) {
    return kind == EdgeKind::Condition;
}

}  // namespace

EdgeRouter::EdgeRouter(const Graph& graph, const LayoutOptions& options, const LayoutPlan& plan)
    : graph_(graph), options_(options), layoutPlan_(plan), channels_(graph.nodes.size() + 1) {
    plans_.reserve(graph.edges.size());
    for (const GraphEdge& edge : graph.edges)
        plans_.push_back(planOf(edge));
    assignTracks();
}

EdgeRouter::Plan EdgeRouter::planOf(const GraphEdge& edge) const {
    Plan plan;
    plan.from = layoutPlan_.shown(edge.from);
    plan.to = layoutPlan_.shown(edge.to);
    plan.left = isControl(edge.kind);
    // The two climb to siblings, or one of them meets the other: then that one is the scope.
    GraphIndex a = plan.from;
    GraphIndex b = plan.to;
    const auto depth = [&](GraphIndex node) { return graph_.nodes[node].depth; };
    const auto parent = [&](GraphIndex node) { return graph_.nodes[node].parent; };
    if (a == b)
        return plan;
    GraphIndex belowA = kNoGraphNode;
    GraphIndex belowB = kNoGraphNode;
    while (depth(a) > depth(b))
        belowA = std::exchange(a, parent(a));
    while (depth(b) > depth(a))
        belowB = std::exchange(b, parent(b));
    if (a == b) {
        plan.scope = scopeOf(a);
        plan.fromItem = belowA;
        plan.toItem = belowB;
        return plan;
    }
    while (parent(a) != parent(b)) {
        a = parent(a);
        b = parent(b);
    }
    plan.scope = scopeOf(parent(a));
    plan.fromItem = a;
    plan.toItem = b;
    return plan;
}

void EdgeRouter::assignTracks() {
    std::vector<Claim> claims;
    for (std::uint32_t i = 0; i < plans_.size(); ++i) {
        const Plan& plan = plans_[i];
        if (graph_.edges[i].kind == EdgeKind::Sequence || plan.from == plan.to)
            continue;
        const auto position = [&](GraphIndex item) {
            return item == kNoGraphNode ? 0 : layoutPlan_.position(item) + 1;
        };
        const auto [begin, end] = std::minmax({position(plan.fromItem), position(plan.toItem)});
        claims.push_back({plan.scope, plan.left, begin, end, i});
    }
    const auto order = [this](const Claim& claim) {
        const Plan& plan = plans_[claim.edge];
        return std::tuple(claim.scope, claim.left, claim.end - claim.begin, claim.begin, plan.from,
                          plan.to, claim.edge);
    };
    std::sort(claims.begin(), claims.end(),
              [&](const Claim& a, const Claim& b) { return order(a) < order(b); });
    for (std::size_t at = 0; at < claims.size();) {
        std::size_t end = at;
        while (end < claims.size() && claims[end].scope == claims[at].scope &&
               claims[end].left == claims[at].left)
            ++end;
        assign(claims.data() + at, claims.data() + end);
        at = end;
    }
}

// Gives each claim, shortest first, the innermost track that is free between its items, so that
// long edges run outside of short ones. Edges between the same two nodes share one.
void EdgeRouter::assign(Claim* begin, Claim* end) {
    std::array<std::map<std::uint32_t, std::uint32_t>, kMaxTracks> taken;  // begin -> end
    const auto isFree = [&](int track, const Claim& claim) {
        const auto next = taken[track].lower_bound(claim.begin);
        if (next != taken[track].end() && next->first < claim.end)
            return false;
        return next == taken[track].begin() || std::prev(next)->second <= claim.begin;
    };
    int used = 0;
    for (Claim* claim = begin; claim != end; ++claim) {
        Plan& plan = plans_[claim->edge];
        const Plan* last = claim == begin ? nullptr : &plans_[(claim - 1)->edge];
        if (last != nullptr && last->from == plan.from && last->to == plan.to) {
            plan.track = last->track;
            continue;
        }
        int track = 0;
        while (track < kMaxTracks - 1 && !isFree(track, *claim))
            ++track;
        taken[track].emplace(claim->begin, claim->end);
        plan.track = track;
        used = std::max(used, track + 1);
    }
    Channel& channel = channels_[begin->scope];
    (begin->left ? channel.left : channel.right) = used;
}

void EdgeRouter::route(Layout& layout) {
    measure(layout);
    layout.routes.assign(graph_.edges.size(), {});
    for (std::size_t i = 0; i < plans_.size(); ++i) {
        const GraphEdge& edge = graph_.edges[i];
        const Plan& plan = plans_[i];
        const bool hidden = plan.from != edge.from || plan.to != edge.to;
        // What leads to a function or another file has no end in this picture.
        const bool leadsOut =
            edge.kind == EdgeKind::Function || edge.kind == EdgeKind::PipelineFile;
        if (plan.from == plan.to) {
            if (!hidden && !leadsOut)
                layout.routes[i] = loop(plan, layout);
        } else if (edge.kind == EdgeKind::Sequence) {
            layout.routes[i] = straight(plan, layout);
        } else {
            layout.routes[i] = around(plan, layout);
        }
    }
}

std::vector<Point> EdgeRouter::straight(const Plan& plan, const Layout& layout) const {
    const Box& from = layout.boxes[plan.from];
    const Box& to = layout.boxes[plan.to];
    const int x = from.x + from.width / 2;
    return {{x, from.y + from.height}, {x, to.y}};
}

std::vector<Point> EdgeRouter::loop(const Plan& plan, const Layout& layout) const {
    const Box& box = layout.boxes[plan.from];
    const int x = plan.left ? box.x : box.x + box.width;
    const int out = plan.left ? x - kLoopReach : x + kLoopReach;
    const int top = portY(plan.from, false, layout);
    const int bottom = portY(plan.from, true, layout);
    return {{x, bottom}, {out, bottom}, {out, top}, {x, top}};
}

// Results leave in the lower part of a step (or of a container's header) and arrive in the upper
// part.
int EdgeRouter::portY(GraphIndex node, bool outgoing, const Layout& layout) const {
    const Box& box = layout.boxes[node];
    const bool open = graph_.nodes[node].container && !layoutPlan_.closed(node);
    const int height = open ? options_.headerHeight : box.height;
    return box.y + (outgoing ? height * 2 / 3 : height / 3);
}

// How far the items of each scope reach to the left and to the right.
void EdgeRouter::measure(const Layout& layout) {
    extents_.assign(channels_.size(), Extent{});
    for (ScopeIndex scope = 0; scope < extents_.size(); ++scope)
        extents_[scope] = extentOf(layoutPlan_.begin(scope), layoutPlan_.end(scope), layout);
}

EdgeRouter::Extent EdgeRouter::extentOf(const GraphIndex* begin, const GraphIndex* end,
                                        const Layout& layout) {
    if (begin == end)
        return {};
    Extent extent{layout.boxes[*begin].x, layout.boxes[*begin].x};
    for (const GraphIndex* each = begin; each != end; ++each) {
        const Box& box = layout.boxes[*each];
        extent.left = std::min(extent.left, box.x);
        extent.right = std::max(extent.right, box.x + box.width);
    }
    return extent;
}

// Beside the items between the two ends; beside the whole scope if they are far apart or lanes.
int EdgeRouter::trackX(const Plan& plan, const Layout& layout) const {
    const auto position = [&](GraphIndex item) {
        return item == kNoGraphNode ? 0 : layoutPlan_.position(item);
    };
    const auto [first, last] = std::minmax({position(plan.fromItem), position(plan.toItem)});
    const GraphIndex* items = layoutPlan_.begin(plan.scope);
    const bool whole = last - first > kNearItems || layoutPlan_.isLane(items[first]) ||
                       layoutPlan_.isLane(items[last]);
    const Extent extent =
        whole ? extents_[plan.scope] : extentOf(items + first, items + last + 1, layout);
    const int reach = LayoutPlan::kChannelMargin + plan.track * LayoutPlan::kTrackGap;
    return plan.left ? extent.left - reach : extent.right + reach;
}

bool EdgeRouter::laneBeyond(GraphIndex lane, bool left, const Layout& layout) const {
    const ScopeIndex scope = scopeOf(graph_.nodes[lane].parent);
    const std::uint32_t at = layoutPlan_.position(lane);
    if (left ? at == 0 : at + 1 == layoutPlan_.count(scope))
        return false;
    const GraphIndex other = layoutPlan_.begin(scope)[left ? at - 1 : at + 1];
    return layoutPlan_.isLane(other) && layout.boxes[other].y == layout.boxes[lane].y;
}

void EdgeRouter::leave(GraphIndex node, const Plan& plan, int y, const Layout& layout,
                       std::vector<Point>& points) const {
    const Box& start = layout.boxes[node];
    push(points, {plan.left ? start.x : start.x + start.width, y});
    for (GraphIndex at = node; at != kNoGraphNode && scopeOf(at) != plan.scope;
         at = graph_.nodes[at].parent) {
        if (!layoutPlan_.isLane(at) || !laneBeyond(at, plan.left, layout))
            continue;
        const Box& lane = layout.boxes[at];
        const int gap = options_.laneGap / 2;
        const int x = plan.left ? lane.x - gap : lane.x + lane.width + gap;
        push(points, {x, y});
        y = lane.y - std::min(gap, options_.padding) / 2 - 1;
        push(points, {x, y});
    }
    push(points, {trackX(plan, layout), y});
}

std::vector<Point> EdgeRouter::around(const Plan& plan, const Layout& layout) const {
    std::vector<Point> points;
    const int x = trackX(plan, layout);
    if (plan.fromItem == kNoGraphNode) {  // out of the header of the scope itself
        const Box& box = layout.boxes[plan.from];
        push(points, {x, box.y + options_.headerHeight});
    } else {
        leave(plan.from, plan, portY(plan.from, true, layout), layout, points);
    }
    std::vector<Point> back;
    if (plan.toItem == kNoGraphNode) {
        const Box& box = layout.boxes[plan.to];
        push(back, {x, box.y + options_.headerHeight});
    } else {
        leave(plan.to, plan, portY(plan.to, false, layout), layout, back);
    }
    for (auto each = back.rbegin(); each != back.rend(); ++each)
        push(points, *each);
    return points;
}

}  // namespace pe::format
