// SPDX-License-Identifier: MIT
#include "step_place.hpp"

namespace pe::check {

using format::GraphIndex;
using format::kNoGraphNode;

bool isWithin(const format::Graph& graph, GraphIndex inner, GraphIndex outer) {
    for (GraphIndex at = graph.nodes[inner].parent; at != kNoGraphNode; at = graph.nodes[at].parent)
        if (at == outer)
            return true;
    return false;
}

format::GraphIndex inlinePipelineOf(const format::Graph& graph, format::GraphIndex step) {
    // What a step holds follows it.
    const format::GraphIndex inner = step + 1;
    const bool holds = inner < graph.nodes.size() && graph.nodes[inner].parent == step;
    return holds && isInlinePipeline(graph.nodes[inner]) ? inner : format::kNoGraphNode;
}

bool isBatch(const format::Graph& graph, GraphIndex step) {
    const format::GraphNode& node = graph.nodes[step];
    return (node.kind == format::NodeKind::Task ? graph.nodes[node.parent] : node).type ==
           "claude_batch";
}

bool isUnread(const format::Graph& graph, GraphIndex step) {
    for (GraphIndex at = step; at != kNoGraphNode; at = graph.nodes[at].parent) {
        const format::GraphNode& around = graph.nodes[at];
        if (around.kind == format::NodeKind::Branch &&
            (around.type == "on_error" || around.type == "error_handler"))
            return true;
    }
    return false;
}

StepPlace placeOf(const format::Graph& graph, GraphIndex step) {
    StepPlace place;
    place.expandedWith = step;
    place.task = graph.nodes[step].kind == format::NodeKind::Task;
    for (GraphIndex at = graph.nodes[step].parent; at != kNoGraphNode;
         at = graph.nodes[at].parent) {
        const format::GraphNode& around = graph.nodes[at];
        if (isInlinePipeline(around)) {
            place.pipeline = at;
            return place;
        }
        if (isLoop(around) && place.loop == kNoGraphNode)
            place.loop = at;
        if (around.kind == format::NodeKind::Step)
            place.expandedWith = at;
    }
    return place;
}

}  // namespace pe::check
