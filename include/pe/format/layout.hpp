// SPDX-License-Identifier: MIT
// Layout: where the nodes of a Graph stand. Layered, top to bottom in YAML order, containers laid
// out recursively, branches of a switch and parallel tasks side by side. Deterministic and stable:
// a pure function in whole units (1 unit = 1 pixel at zoom 1), and a small edit moves little.
// O(nodes + edges).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "pe/format/graph.hpp"

namespace pe::format {

struct Box {
    int x = 0;  // left, in scene coordinates
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const Box&) const = default;
};

struct Point {
    int x = 0;
    int y = 0;
    bool operator==(const Point&) const = default;
};

struct LayoutOptions {
    int stepWidth = 240;
    int stepHeight = 64;
    int gap = 36;           // between layers
    int laneGap = 24;       // between branches and tasks
    int headerHeight = 44;  // of a container
    int padding = 16;       // inside a container
    // True for containers that are drawn closed; their nested nodes get hidden boxes.
    std::function<bool(const GraphNode&)> collapsed;
};

struct Layout {
    std::vector<Box> boxes;     // by graph index
    std::vector<bool> visible;  // false inside a collapsed container
    // By edge index: the points of its path, orthogonal with at least two points, clear of step
    // boxes where that is possible; empty where an end is hidden and the visible ends are the same.
    std::vector<std::vector<Point>> routes;
    Box bounds;
};

Layout layOut(const Graph& graph, const LayoutOptions& options = {});

}  // namespace pe::format
