// SPDX-License-Identifier: MIT
#include "kept_types.hpp"

#include <algorithm>
#include <string_view>

#include "border_words.hpp"
#include "pe/format/resolution.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "template_spans.hpp"

namespace pe::document {
namespace {

using format::GraphNode;
using yaml::kNoNode;
using yaml::NodeRef;

// The expression of a text that is one template and nothing else; empty if it is not.
std::string loneExpression(std::string_view text) {
    const auto spans = templatesIn(text);
    if (spans.size() != 1)
        return {};
    std::string rest(text);
    rest.erase(spans.front().begin, spans.front().end - spans.front().begin);
    return rest.find_first_not_of(" \t\r\n") == std::string::npos ? spans.front().expression : "";
}

// Whether the engine is known to answer with a list or mapping there; an empty path means all of
// the result.
bool isCollection(const GraphNode& step, std::string_view path) {
    if (path.empty())
        return true;
    if (step.type == "file_ops")
        return path == ".files";
    return (format::isLoop(step) && path == ".iterations") ||
           (step.type == "data_transform" && path == ".metadata");
}

bool isCollectionOf(const yaml::Forest& forest, const format::ResolvedReference& reference,
                    const GraphNode& step, std::string_view expression) {
    const std::string& name = reference.reference.name;
    if (!reference.variable) {
        const std::string named = "steps." + name;
        return expression.starts_with(named) && isCollection(step, expression.substr(named.size()));
    }
    const NodeRef value = entryOf(forest, entryOf(forest, step.ref, "variables"), name);
    return (expression == name || expression == "state." + name) && value != kNoNode &&
           yaml::isCollection(forest.style(value));
}

}  // namespace

Result<void> typesStay(const yaml::Forest& forest, const format::Graph& graph,
                       const std::vector<NodeRef>& steps) {
    const auto first =
        std::find_if(graph.nodes.begin(), graph.nodes.end(),
                     [&](const GraphNode& each) { return each.ref == steps.front(); });
    const auto pipeline =
        format::pipelineAround(graph, static_cast<format::GraphIndex>(first - graph.nodes.begin()));
    std::vector<Error> complaints;
    for (const format::ResolvedReference& each : format::resolvedReferences(forest, graph)) {
        const NodeRef at = each.reference.at;
        // A pipeline in these steps keeps its types wherever they are.
        if (each.chained || each.target == format::kNoGraphNode ||
            format::pipelineAround(graph, each.holder) != pipeline ||
            !isWithinOneOf(forest, at, steps) ||
            !isWithinOneOf(forest, graph.nodes[each.target].ref, steps))
            continue;
        const GraphNode& holder = graph.nodes[each.holder];
        const NodeRef handsOn =
            entryOf(forest, holder.ref, holder.type == "set_variable" ? "variables" : "inputs");
        const std::string expression = loneExpression(yaml::scalarText(forest, at));
        if (handsOn != kNoNode && yaml::isWithin(forest, at, handsOn) &&
            isCollectionOf(forest, each, graph.nodes[each.target], expression))
            complaints.push_back(
                {ErrorCode::Refused,
                 "{{" + expression +
                     "}} is a list or mapping in a pipeline of its own, but text in the main one, "
                     "so that '" +
                     holder.name +
                     "' would hand on something else; name the result itself where it is needed.",
                 yaml::pointerTo(forest, at)});
    }
    if (complaints.empty())
        return {};
    return refusedTogether(forest, complaints);
}

}  // namespace pe::document
