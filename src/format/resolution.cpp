// SPDX-License-Identifier: MIT
#include "pe/format/resolution.hpp"

#include <algorithm>
#include <utility>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/value.hpp"
#include "reference_resolver.hpp"

namespace pe::format {
namespace {

bool setsVariable(const yaml::Forest& forest, const GraphNode& node, const std::string& name) {
    return node.type == "set_variable" &&
           entryOf(forest, entryOf(forest, node.ref, "variables"), name) != yaml::kNoNode;
}

// The names that follow the last reference in its path, pipeline in pipeline.
void addChain(const yaml::Forest& forest, const Graph& graph, const ReferenceResolver& resolver,
              std::vector<ResolvedReference>& resolved) {
    for (;;) {
        const ResolvedReference last = resolved.back();
        if (!namesStep(last.reference.target) || last.variable || last.target == kNoGraphNode)
            return;
        if (answersUnderItsName(forest, graph.nodes[last.target].ref)) {
            if (auto key = repeatedName(forest, last.reference))
                resolved.push_back({std::move(*key), last.holder, last.target, false, true});
            return;
        }
        if (graph.nodes[last.target].type != "pipeline")
            return;
        auto chained = chainedReference(forest, last.reference, graph.nodes[last.target].ref);
        const auto inner =
            chained ? resolver.stepOfPipeline(chained->name, last.target) : std::nullopt;
        if (!inner)
            return;
        resolved.push_back({std::move(*chained), last.holder, *inner, false, true});
    }
}

}  // namespace

std::vector<ResolvedReference> resolvedReferences(const yaml::Forest& forest, const Graph& graph) {
    const ReferenceResolver resolver(forest, graph);
    std::vector<ResolvedReference> resolved;
    for (HeldReference& held : allReferences(forest, graph)) {
        const auto target = resolver.resolve(held.reference, held.holder);
        const ReferenceTarget kind = held.reference.target;
        const bool variable = kind == ReferenceTarget::Variable ||
                              (kind == ReferenceTarget::VariableOrStep && target &&
                               setsVariable(forest, graph.nodes[*target], held.reference.name));
        const auto body = resolver.alsoInBody(held.reference, held.holder);
        if (body && body != target)
            resolved.push_back({held.reference, held.holder, *body, false, false});
        resolved.push_back({std::move(held.reference), held.holder, target.value_or(kNoGraphNode),
                            variable, false});
        addChain(forest, graph, resolver, resolved);
    }
    return resolved;
}

std::vector<std::pair<std::string, yaml::NodeRef>> variablesSet(const yaml::Forest& forest,
                                                                const Graph& graph,
                                                                GraphIndex pipeline) {
    std::vector<std::pair<std::string, yaml::NodeRef>> found;
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        if (node.kind != NodeKind::Step || node.type != "set_variable" ||
            pipelineAround(graph, i) != pipeline)
            continue;
        const yaml::NodeRef variables = entryOf(forest, node.ref, "variables");
        if (variables != yaml::kNoNode && yaml::isMapping(forest.style(variables)))
            for (const yaml::NodeRef each : forest.children(variables))
                found.emplace_back(yaml::keyText(forest, each), each);
    }
    return found;
}

yaml::NodeRef changedMeaning(std::vector<ResolvedReference> before,
                             std::vector<ResolvedReference> after, yaml::NodeRef renamed) {
    for (auto* all : {&before, &after})
        std::erase_if(*all, [&](const auto& each) { return each.reference.at == renamed; });
    const std::size_t count = std::min(before.size(), after.size());
    for (std::size_t i = 0; i < count; ++i)
        if (before[i].holder != after[i].holder || before[i].target != after[i].target ||
            before[i].variable != after[i].variable)
            return after[i].reference.at;
    return before.size() == after.size() ? yaml::kNoNode : yaml::kStream;
}

}  // namespace pe::format
