// SPDX-License-Identifier: MIT
#include "pe/format/graph.hpp"

#include "entry_references.hpp"
#include "entry_summary.hpp"
#include "graph_builder.hpp"
#include "pe/format/graph_memory.hpp"
#include "reference_resolver.hpp"

namespace pe::format {
namespace {

bool same(const GraphEdge& a, const GraphEdge& b) {
    return a.from == b.from && a.to == b.to && a.kind == b.kind && a.at == b.at;
}

// A variable that a step reads while setting it anew is no edge; a step that wants its own result
// is one, so that the mistake is seen.
bool drawn(const GraphEdge& edge) {
    return edge.kind != EdgeKind::Variable || edge.from != edge.to;
}

class HeldReferences {
public:
    // `memory` may be null.
    HeldReferences(const yaml::Forest& forest, const Graph& graph, EntrySummaries* memory)
        : memory_(memory), scan_(forest, unusualNames(graph), found_) {
        if (memory_ == nullptr)
            return;
        // What the scanner finds depends on them.
        std::vector<std::string> unusual = unusualNames(graph);
        if (memory_->unusual != unusual)
            memory_->references.clear();
        memory_->unusual = std::move(unusual);
    }

    // Until the next question.
    const std::vector<Reference>& of(const Graph& graph, const GraphNode& node) {
        if (memory_ != nullptr)
            if (const auto known = memory_->references.find(node.ref);
                known != memory_->references.end())
                return known->second;
        found_.clear();
        const bool alone = scan_.scan(graph, node);
        if (memory_ == nullptr || !alone)
            return found_;
        return memory_->references[node.ref] = found_;
    }

private:
    EntrySummaries* memory_;
    std::vector<Reference> found_;
    EntryReferences scan_;
};

void addReferenceEdges(const yaml::Forest& forest, Graph& graph, EntrySummaries* memory) {
    const ReferenceResolver resolver(forest, graph);
    HeldReferences held(forest, graph, memory);
    for (GraphIndex holder = 0; holder < graph.nodes.size(); ++holder) {
        const std::size_t first = graph.edges.size();
        for (const Reference& each : held.of(graph, graph.nodes[holder])) {
            const auto from = resolver.resolve(each, holder);
            if (!from)
                continue;
            const GraphEdge edge{*from, holder, each.kind, each.at};
            bool fresh = drawn(edge);
            // One text may name a step many times; texts stand one after another.
            for (std::size_t i = graph.edges.size(); fresh && i > first; --i) {
                if (graph.edges[i - 1].at != edge.at)
                    break;
                fresh = !same(graph.edges[i - 1], edge);
            }
            if (fresh)
                graph.edges.push_back(edge);
        }
    }
}

Graph derived(const yaml::Forest& forest, const Catalogue& catalogue, EntrySummaries* memory) {
    Graph graph = GraphBuilder(forest, catalogue, memory).build();
    graph.catalogue = &catalogue;
    addReferenceEdges(forest, graph, memory);
    return graph;
}

}  // namespace

Graph deriveGraph(const yaml::Forest& forest, const Catalogue& catalogue) {
    return derived(forest, catalogue, nullptr);
}

Graph deriveGraph(const yaml::Forest& forest, const Catalogue& catalogue, GraphMemory& memory) {
    return derived(forest, catalogue, &memory.summaries());
}

}  // namespace pe::format
