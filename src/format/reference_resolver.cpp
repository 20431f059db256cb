// SPDX-License-Identifier: MIT
#include "reference_resolver.hpp"

#include <algorithm>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/value.hpp"

namespace pe::format {

ReferenceResolver::ReferenceResolver(const yaml::Forest& forest, const Graph& graph)
    : forest_(forest), graph_(graph), anchors_(forest), scope_(graph) {
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        if (isLoop(node))
            readLoop(i);
        if (node.type == "set_variable")
            readVariables(i);
        if (isInlinePipeline(node))
            pipelines_[node.parent] = i;
    }
}

void ReferenceResolver::readLoop(GraphIndex index) {
    const GraphNode& loop = graph_.nodes[index];
    const yaml::NodeRef iterator = entryOf(forest_, loop.ref, "iterator");
    if (iterator != yaml::kNoNode && loop.type == "for_loop")
        iterators_[index] = yaml::DecodedText::ofScalar(forest_, iterator).string();
    const yaml::NodeRef body = entryOf(forest_, loop.ref, "steps");
    if (body == yaml::kNoNode || forest_.style(body) != yaml::Style::Alias)
        return;
    const yaml::NodeRef list = anchors_.target(forest_.lexeme(body).raw);
    const auto owner =
        std::find_if(graph_.nodes.begin(), graph_.nodes.end(), [&](const GraphNode& each) {
            return list != yaml::kNoNode && forest_.parent(each.ref) == list;
        });
    if (owner != graph_.nodes.end())
        shared_[index] = owner->parent;
}

GraphIndex ReferenceResolver::bodyOf(GraphIndex loop) const {
    const auto found = shared_.find(loop);
    return found == shared_.end() ? loop : found->second;
}

void ReferenceResolver::readVariables(GraphIndex index) {
    const yaml::NodeRef variables = entryOf(forest_, graph_.nodes[index].ref, "variables");
    if (variables == yaml::kNoNode || !yaml::isMapping(forest_.style(variables)))
        return;
    forEachEntry(forest_, variables, [&](yaml::NodeRef, const yaml::Lexeme&, std::string_view key) {
        setters_[std::string(key)].push_back(index);
    });
}

bool ReferenceResolver::isLoopItem(std::string_view name, GraphIndex holder) const {
    if (iterators_.empty())
        return false;
    for (GraphIndex at = graph_.nodes[holder].parent; at != kNoGraphNode;
         at = graph_.nodes[at].parent) {
        const auto found = iterators_.find(at);
        if (found != iterators_.end() && found->second == name)
            return true;
    }
    return false;
}

// Each run of a pipeline has variables of its own, but the templates of an inline pipeline are
// filled in by the file's own run first.
std::optional<GraphIndex> ReferenceResolver::variable(const Reference& reference,
                                                      GraphIndex holder) const {
    const auto found = setters_.find(reference.name);
    if (found == setters_.end())
        return std::nullopt;
    const auto nearest = [&](GraphIndex pipeline) {
        std::optional<GraphIndex> last;
        for (const GraphIndex setter : found->second)
            if (pipelineAround(graph_, setter) == pipeline && (!last || setter < holder))
                last = setter;
        return last;
    };
    const auto outer = reference.scoped ? nearest(kNoGraphNode) : std::nullopt;
    return outer ? outer : nearest(pipelineAround(graph_, holder));
}

std::optional<GraphIndex> ReferenceResolver::stepOfPipeline(std::string_view name,
                                                            GraphIndex step) const {
    const auto found = pipelines_.find(step);
    return found == pipelines_.end() ? std::nullopt : scope_.childNamed(name, found->second);
}

std::optional<GraphIndex> ReferenceResolver::step(std::string_view name, GraphIndex holder) const {
    const auto resolved = scope_.resolve(name, holder);
    if (shared_.contains(holder) && (!resolved || resolved->reach != Reach::Earlier))
        if (const auto shared = scope_.childNamed(name, bodyOf(holder)))
            return shared;
    return resolved ? std::optional(resolved->step) : std::nullopt;
}

std::optional<GraphIndex> ReferenceResolver::alsoInBody(const Reference& reference,
                                                        GraphIndex holder) const {
    const GraphNode& loop = graph_.nodes[holder];
    if (!isLoop(loop) || reference.scoped || reference.role != ReferenceRole::Condition ||
        reference.target != ReferenceTarget::Step)
        return std::nullopt;
    yaml::NodeRef field = reference.at;
    while (forest_.parent(field) != loop.ref && forest_.parent(field) != yaml::kNoNode)
        field = forest_.parent(field);
    // That of a for_loop is asked once, before it runs.
    if (loop.type == "for_loop" && yaml::keyText(forest_, field) == "condition")
        return std::nullopt;
    return scope_.childNamed(reference.name, bodyOf(holder));
}

std::optional<GraphIndex> ReferenceResolver::resolve(const Reference& reference,
                                                     GraphIndex holder) const {
    switch (reference.target) {
        case ReferenceTarget::Step:
            if (reference.role == ReferenceRole::Output)
                return stepOfPipeline(reference.name, holder);
            if (!reference.scoped && reference.role != ReferenceRole::PromptStep &&
                reference.role != ReferenceRole::StepName && isLoopItem(reference.name, holder))
                return std::nullopt;
            return step(reference.name, holder);
        case ReferenceTarget::VariableOrStep: {
            if (isLoopItem(reference.name, holder))
                return std::nullopt;
            const auto found = variable(reference, holder);
            if (found && *found < holder)
                return found;
            const auto named = step(reference.name, holder);
            return named ? named : found;
        }
        case ReferenceTarget::Variable:
            return !reference.scoped && isLoopItem(reference.name, holder)
                       ? std::nullopt
                       : variable(reference, holder);
        case ReferenceTarget::Function:
        case ReferenceTarget::File:
            return holder;
        default:
            return std::nullopt;
    }
}

}  // namespace pe::format
