// SPDX-License-Identifier: MIT
// What a pipeline step hands back out of its nested pipeline.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "fixes.hpp"
#include "nearest.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::NodeRef;

constexpr std::size_t kNone = std::string_view::npos;

void reportOutputText(NodeRef entry, const std::string& text, Reporter& reporter) {
    Diagnostic& found =
        reporter.onValue("reference.output-missing", entry,
                         "An output that is a text names a step, and none is called " +
                             quoted(text) + "; a part of a result needs `path`.");
    found.why = "An output that is not found fails the step.";
    found.fixes.push_back(outputPathFix(entry, text));
}

void checkOutput(const StepContext& context, GraphIndex pipeline, NodeRef entry,
                 Reporter& reporter) {
    const auto path = textOf(context.pipeline.forest, entry);
    if (!path || path->empty() || path->find("{{") != kNone)
        return;
    if (holdsIndex(*path)) {
        reporter.onValue("reference.path-index", entry,
                         "Outputs know dotted keys only, neither indexes nor JSONPath.");
        return;
    }
    if (pipeline == kNoGraphNode)
        return;
    // An output that is a text is looked up as a whole.
    const bool part = keyIs(context.pipeline.forest, entry, "path");
    if (!part && context.pipeline.scope.childNamed(*path, pipeline))
        return;
    const TextRange name{0, std::min(path->find('.'), path->size())};
    if (context.pipeline.scope.childNamed(name.in(*path), pipeline)) {
        if (!part)
            reportOutputText(entry, *path, reporter);
        return;
    }
    Diagnostic& found =
        reporter.onPart("reference.output-missing", entry, name.begin, name.end,
                        "The nested pipeline has no step called " + quoted(name.in(*path)) + ".");
    found.why = "An output that is not found fails the step.";
    constexpr std::string_view kScope = "steps.";
    const std::size_t after = std::min(path->find('.', kScope.size()), path->size());
    if (path->starts_with(kScope) &&
        context.pipeline.scope.childNamed(path->substr(kScope.size(), after - kScope.size()),
                                          pipeline)) {
        found.fixes.push_back(fixPart(entry, *path, {0, kScope.size()}, "", Safety::Safe));
        return;
    }
    std::vector<std::string_view> names;
    for (const format::GraphNode& node : context.pipeline.graph.nodes)
        if (node.parent == pipeline)
            names.push_back(node.name);
    const std::string_view meant = nearest(name.in(*path), names);
    if (!meant.empty())
        found.fixes.push_back(fixPart(entry, *path, name, std::string(meant), Safety::Choice));
}

}  // namespace

std::string_view headOf(std::string_view path) {
    return path.substr(0, path.find('.'));
}

bool holdsIndex(std::string_view path) {
    return path.find_first_of("[]*") != kNone || path.starts_with('$');
}

void forEachOutput(const StepContext& context, const std::function<void(NodeRef)>& visit) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef outputs = valueBehind(forest, entryOf(forest, context.step, "outputs"));
    if (outputs == yaml::kNoNode || !yaml::isSequence(forest.style(outputs)))
        return;
    for (const NodeRef item : forest.children(outputs)) {
        const NodeRef mapping = mappingBehind(forest, item);
        const NodeRef entry = mapping == yaml::kNoNode ? item : entryOf(forest, mapping, "path");
        if (entry != yaml::kNoNode)
            visit(entry);
    }
}

void checkOutputs(const StepContext& context, Reporter& reporter) {
    if (context.type != "pipeline")
        return;
    const GraphIndex pipeline = inlinePipelineOf(context.pipeline.graph, context.index);
    forEachOutput(context, [&](NodeRef entry) { checkOutput(context, pipeline, entry, reporter); });
}

}  // namespace pe::check
