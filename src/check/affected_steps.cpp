// SPDX-License-Identifier: MIT
#include "affected_steps.hpp"

#include <algorithm>

#include "fields.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

// Whether others may know of what changed in the step.
bool tells(const yaml::Forest& forest, NodeRef step, const std::unordered_set<NodeRef>& changed) {
    const NodeRef mapping = mappingBehind(forest, step);
    if (mapping == yaml::kNoNode)
        return false;
    bool own = false;
    for (const NodeRef field : forest.children(mapping)) {
        if (changed.count(field) == 0)
            continue;
        own = true;
        if (!keyIs(forest, field, "prompt") && !keyIs(forest, field, "steps") &&
            !keyIs(forest, field, "pipeline"))
            return true;
    }
    return !own;
}

}  // namespace

std::vector<bool> affectedSteps(const yaml::Forest& forest, const format::Graph& graph,
                                const std::unordered_set<NodeRef>& changed) {
    const auto& nodes = graph.nodes;
    std::vector<bool> affected(nodes.size());
    bool any = false;
    for (GraphIndex i = 0; i < nodes.size(); ++i)
        if (changed.count(nodes[i].ref) != 0 && tells(forest, nodes[i].ref, changed))
            affected[i] = any = true;
    // Those that are named stand before those that name them, nearly always.
    while (any) {
        any = false;
        const auto reach = [&](GraphIndex from, GraphIndex to) {
            if (affected[from] && !affected[to])
                affected[to] = any = true;
        };
        for (GraphIndex i = 0; i < nodes.size(); ++i)
            if (nodes[i].parent != format::kNoGraphNode)
                reach(nodes[i].parent, i);
        for (const format::GraphEdge& edge : graph.edges)
            if (edge.kind != format::EdgeKind::Sequence)
                reach(edge.from, edge.to);
    }
    return affected;
}

}  // namespace pe::check
