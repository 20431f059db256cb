// SPDX-License-Identifier: MIT
#include "pe/format/layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace pe::format {
namespace {

using ::testing::IsEmpty;

// A graph as deriveGraph could make it: kinds by the parent, names unused.
Graph randomGraph(std::size_t maxNodes) {
    Graph graph;
    const auto count = *rc::gen::inRange<std::size_t>(0, maxNodes);
    std::map<GraphIndex, std::pair<GraphIndex, bool>> last;  // per scope: last step
    for (GraphIndex i = 0; i < count; ++i) {
        GraphNode node;
        std::vector<GraphIndex> parents{kNoGraphNode, kNoGraphNode, kNoGraphNode};
        for (GraphIndex j = 0; j < i; ++j)
            if (graph.nodes[j].container)
                parents.push_back(j);
        node.parent = *rc::gen::elementOf(parents);
        const bool inStep =
            node.parent != kNoGraphNode && graph.nodes[node.parent].kind == NodeKind::Step;
        node.kind = inStep
                        ? *rc::gen::elementOf(std::vector<NodeKind>{
                              NodeKind::Step, NodeKind::Branch, NodeKind::Branch, NodeKind::Task})
                        : NodeKind::Step;
        node.container = node.kind == NodeKind::Branch ||
                         (node.kind == NodeKind::Step && *rc::gen::inRange(0, 3) == 0);
        node.depth = node.parent == kNoGraphNode ? 0 : graph.nodes[node.parent].depth + 1;
        graph.nodes.push_back(node);
    }
    const auto edges = count == 0 ? 0 : *rc::gen::inRange<std::size_t>(0, 2 * count);
    for (std::size_t i = 0; i < edges; ++i)
        graph.edges.push_back(
            {*rc::gen::inRange<GraphIndex>(0, count), *rc::gen::inRange<GraphIndex>(0, count),
             *rc::gen::elementOf(std::vector<EdgeKind>{EdgeKind::PreviousResponse,
                                                       EdgeKind::Condition, EdgeKind::DataSource}),
             1});
    return graph;
}

bool overlap(const Box& a, const Box& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

bool inside(const Box& inner, const Box& outer) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

bool crosses(const Point& a, const Point& b, const Box& box) {
    return std::max(a.x, b.x) > box.x && std::min(a.x, b.x) < box.x + box.width &&
           std::max(a.y, b.y) > box.y && std::min(a.y, b.y) < box.y + box.height;
}

Graph chain(GraphIndex count) {
    Graph graph;
    graph.nodes.resize(count);
    for (GraphIndex i = 1; i < count; ++i)
        graph.edges.push_back({i - 1, i, EdgeKind::Sequence, 1});
    return graph;
}

RC_GTEST_PROP(LayoutLaws, SiblingsStandApartInOrderAndInsideTheirContainer, ()) {
    const Graph graph = randomGraph(40);
    RC_CLASSIFY(graph.nodes.size() >= 10, "ten nodes or more");
    const Layout layout = layOut(graph);
    RC_ASSERT(layout.boxes.size() == graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Box& box = layout.boxes[i];
        RC_ASSERT(box.width > 0 && box.height > 0);
        RC_ASSERT(inside(box, layout.bounds));
        if (graph.nodes[i].parent != kNoGraphNode) {
            RC_ASSERT(inside(box, layout.boxes[graph.nodes[i].parent]));
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (graph.nodes[i].parent != graph.nodes[j].parent)
                continue;
            RC_ASSERT(!overlap(box, layout.boxes[j]));
            RC_ASSERT(box.y >= layout.boxes[j].y);
        }
    }
}

RC_GTEST_PROP(LayoutLaws, RoutesAreOrthogonalStayInBoundsAndClearOfSteps, ()) {
    const Graph graph = randomGraph(25);
    const Layout layout = layOut(graph);
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const auto& route = layout.routes[i];
        RC_ASSERT(route.size() >= 2u);
        for (std::size_t k = 1; k < route.size(); ++k) {
            const Point& a = route[k - 1];
            const Point& b = route[k];
            RC_ASSERT(a.x == b.x || a.y == b.y);
            RC_ASSERT(inside({b.x, b.y, 0, 0}, layout.bounds));
            for (std::size_t n = 0; n < graph.nodes.size(); ++n)
                if (!graph.nodes[n].container) {
                    RC_ASSERT(!crosses(a, b, layout.boxes[n]));
                }
        }
    }
}

RC_GTEST_PROP(LayoutLaws, TheSameGraphGivesTheSameLayout, ()) {
    const Graph graph = randomGraph(30);
    const Layout first = layOut(graph);
    const Layout second = layOut(graph);
    RC_ASSERT(first.boxes == second.boxes);
    RC_ASSERT(first.routes == second.routes);
}

RC_GTEST_PROP(LayoutLaws, AStepAtTheEndMovesNothing, ()) {
    Graph graph = randomGraph(30);
    const Layout before = layOut(graph);
    graph.nodes.push_back({});
    const Layout after = layOut(graph);
    for (std::size_t i = 0; i < before.boxes.size(); ++i)
        RC_ASSERT(before.boxes[i] == after.boxes[i]);
    RC_ASSERT(before.routes == after.routes);
}

RC_GTEST_PROP(LayoutLaws, ClosedContainersHideWhatIsInThem, ()) {
    const Graph graph = randomGraph(30);
    LayoutOptions options;
    options.collapsed = [](const GraphNode& node) { return node.depth == 1; };
    const Layout layout = layOut(graph, options);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        RC_ASSERT(layout.visible[i] == (graph.nodes[i].depth <= 1));
        if (graph.nodes[i].depth == 1) {
            RC_ASSERT(layout.boxes[i].height == options.stepHeight);
        }
        if (!layout.visible[i]) {
            RC_ASSERT(inside(layout.boxes[i], layout.boxes[graph.nodes[i].parent]));
        }
    }
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const auto shown = [&](GraphIndex node) {
            while (!layout.visible[node])
                node = graph.nodes[node].parent;
            return node;
        };
        const GraphEdge& edge = graph.edges[i];
        const bool hidden = shown(edge.from) == shown(edge.to) && shown(edge.from) != edge.from;
        if (hidden) {
            RC_ASSERT(layout.routes[i].empty());
        }
        if (shown(edge.from) != shown(edge.to)) {
            RC_ASSERT(layout.routes[i].size() >= 2u);
        }
    }
}

TEST(Layout, TheSpineIsOneStraightLine) {
    const Graph graph = chain(5);
    const Layout layout = layOut(graph);
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        ASSERT_EQ(layout.routes[i].size(), 2u);
        EXPECT_EQ(layout.routes[i][0].x, 0);
        EXPECT_EQ(layout.routes[i][1].x, 0);
        EXPECT_EQ(layout.routes[i][1].y - layout.routes[i][0].y, LayoutOptions().gap);
    }
}

TEST(Layout, AnInsertedStepMovesOnlyWhatStandsBelow) {
    const Layout before = layOut(chain(6));
    const Layout after = layOut(chain(7));
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(before.boxes[i], after.boxes[i]);
}

TEST(Layout, ManyLanesAreWrappedIntoRows) {
    Graph graph;
    graph.nodes.push_back({});
    graph.nodes[0].container = true;
    for (int i = 0; i < 100; ++i) {
        GraphNode task;
        task.parent = 0;
        task.kind = NodeKind::Task;
        task.depth = 1;
        graph.nodes.push_back(task);
    }
    const Layout layout = layOut(graph);
    EXPECT_LT(layout.bounds.width, 20 * 264);
    EXPECT_LT(layout.bounds.height, 20 * 88);
}

TEST(Layout, WhatLeadsToAFunctionOrAnotherFileIsNoLine) {
    Graph graph;
    graph.nodes.resize(2);
    for (const EdgeKind kind : {EdgeKind::Condition, EdgeKind::Function, EdgeKind::PipelineFile})
        graph.edges.push_back({1, 1, kind, 1});
    const Layout layout = layOut(graph);
    EXPECT_GE(layout.routes[0].size(), 2U);
    EXPECT_THAT(layout.routes[1], IsEmpty());
    EXPECT_THAT(layout.routes[2], IsEmpty());
}

TEST(Layout, OfNothingIsEmpty) {
    const Layout layout = layOut(Graph());
    EXPECT_THAT(layout.boxes, IsEmpty());
    EXPECT_EQ(layout.bounds, Box());
}

}  // namespace
}  // namespace pe::format
