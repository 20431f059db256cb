// SPDX-License-Identifier: MIT
#include "pe/format/graph.hpp"

#include "entry_references.hpp"
#include "graph_builder.hpp"
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

void addReferenceEdges(const yaml::Forest& forest, Graph& graph) {
    const ReferenceResolver resolver(forest, graph);
    std::vector<Reference> found;
    EntryReferences entries(forest, found);
    for (GraphIndex holder = 0; holder < graph.nodes.size(); ++holder) {
        found.clear();
        entries.scan(graph, graph.nodes[holder]);
        const std::size_t first = graph.edges.size();
        for (const Reference& each : found) {
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

}  // namespace

Graph deriveGraph(const yaml::Forest& forest, const Catalogue& catalogue) {
    Graph graph = GraphBuilder(forest, catalogue).build();
    graph.catalogue = &catalogue;
    addReferenceEdges(forest, graph);
    return graph;
}

}  // namespace pe::format
