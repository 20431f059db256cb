// SPDX-License-Identifier: MIT
#include "given_names.hpp"

#include "fields.hpp"
#include "pe/format/scope.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::NodeRef;

// The step that runs an inline pipeline.
NodeRef runnerOf(const PipelineContext& context, GraphIndex pipeline) {
    const format::Graph& graph = context.graph;
    return mappingBehind(context.forest, graph.nodes[graph.nodes[pipeline].parent].ref);
}

NodeRef inheritance(const PipelineContext& context, GraphIndex pipeline) {
    const yaml::Forest& forest = context.forest;
    const NodeRef step = runnerOf(context, pipeline);
    return entryOf(forest, mappingBehind(forest, entryOf(forest, step, "config")),
                   "inherit_context");
}

bool inherits(const PipelineContext& context, GraphIndex pipeline) {
    return isTrue(context.forest, inheritance(context, pipeline));
}

bool holdsEntries(const yaml::Forest& forest, NodeRef mapping) {
    return mapping != yaml::kNoNode && !forest.children(mapping).empty();
}

// What a pipeline hands down; `pipeline` may be the file's own.
bool hasConstants(const PipelineContext& context, GraphIndex pipeline) {
    const yaml::Forest& forest = context.forest;
    if (pipeline == kNoGraphNode)
        return holdsEntries(
            forest, mappingBehind(forest, entryOf(forest, context.workflow, "global_vars")));
    return holdsEntries(forest, ownConstants(forest, context.graph.nodes[pipeline].ref)) ||
           (inherits(context, pipeline) &&
            hasConstants(context, pipelineAround(context.graph, pipeline)));
}

// The entries of such an input, the outermost first.
std::vector<NodeRef> inputsCalled(const PipelineContext& context, std::string_view name,
                                  GraphIndex from) {
    const yaml::Forest& forest = context.forest;
    std::vector<NodeRef> found;
    for (GraphIndex pipeline = pipelineAround(context.graph, from); pipeline != kNoGraphNode;
         pipeline = pipelineAround(context.graph, pipeline)) {
        const NodeRef inputs = entryOf(forest, runnerOf(context, pipeline), "inputs");
        const NodeRef entry = entryOf(forest, mappingBehind(forest, inputs), name);
        if (entry != yaml::kNoNode)
            found.insert(found.begin(), entry);
    }
    return found;
}

}  // namespace

NodeRef ownConstants(const yaml::Forest& forest, NodeRef pipeline) {
    return mappingBehind(forest, entryOf(forest, workflowBehind(forest, pipeline), "global_vars"));
}

std::optional<std::vector<std::string>> inputsAround(const PipelineContext& context,
                                                     GraphIndex from) {
    const yaml::Forest& forest = context.forest;
    GraphIndex pipeline = pipelineAround(context.graph, from);
    if (pipeline == kNoGraphNode)
        return std::nullopt;
    std::vector<std::string> names;
    for (; pipeline != kNoGraphNode; pipeline = pipelineAround(context.graph, pipeline)) {
        const NodeRef given = entryOf(forest, runnerOf(context, pipeline), "inputs");
        const NodeRef inputs = mappingBehind(forest, given);
        if (inputs == yaml::kNoNode &&
            (!isNull(forest, given) || !isNull(forest, inheritance(context, pipeline))))
            return std::nullopt;
        if (inputs != yaml::kNoNode)
            for (const NodeRef entry : forest.children(inputs))
                names.push_back(keyOf(forest, entry));
    }
    return names;
}

std::optional<FilledInput> filledIn(const PipelineContext& context, std::string_view name,
                                    std::string_view path, GraphIndex from) {
    const yaml::Forest& forest = context.forest;
    FilledInput filled;
    for (const NodeRef input : inputsCalled(context, name, from)) {
        if (isNull(forest, input))
            continue;
        const auto part = partAt(forest, input, path);
        if (!part)
            return std::nullopt;
        filled.given = input;
        if (isNull(forest, *part) || (!path.empty() && isFalse(forest, *part)))
            continue;
        filled.value = *part;
        break;
    }
    return filled;
}

NodeRef inputOfPipeline(const PipelineContext& context, std::string_view name, GraphIndex from) {
    const yaml::Forest& forest = context.forest;
    const GraphIndex pipeline = pipelineAround(context.graph, from);
    if (pipeline == kNoGraphNode)
        return yaml::kNoNode;
    const NodeRef given = entryOf(forest, runnerOf(context, pipeline), "inputs");
    return entryOf(forest, mappingBehind(forest, given), name);
}

NodeRef constantOfPipeline(const PipelineContext& context, std::string_view name, GraphIndex from) {
    const yaml::Forest& forest = context.forest;
    for (GraphIndex pipeline = pipelineAround(context.graph, from); pipeline != kNoGraphNode;
         pipeline = pipelineAround(context.graph, pipeline)) {
        const NodeRef entry =
            entryOf(forest, ownConstants(forest, context.graph.nodes[pipeline].ref), name);
        if (entry != yaml::kNoNode &&
            !(inherits(context, pipeline) &&
              hasConstants(context, pipelineAround(context.graph, pipeline))))
            return entry;
    }
    return yaml::kNoNode;
}

}  // namespace pe::check
