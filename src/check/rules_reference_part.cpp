// SPDX-License-Identifier: MIT
// Parts that a result cannot have because of what its step is.
#include <algorithm>
#include <string>

#include "fields.hpp"
#include "reference_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

// The result of set_variable tells what was set; the values are elsewhere.
void checkVariablePart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                       const std::string& text, TextRange path, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::GraphNode& setter = context.pipeline.graph.nodes[step];
    const format::StepType* spec = context.pipeline.catalogue.find(setter.type);
    const TextRange part{path.begin, std::min(text.find_first_of(".: ", path.begin), path.end)};
    const std::string_view word = part.in(text);
    const auto isWord = [&](const format::ResultField& each) { return each.path == word; };
    if (spec == nullptr || std::any_of(spec->results.begin(), spec->results.end(), isWord) ||
        entryOf(
            forest,
            mappingBehind(forest, entryOf(forest, mappingBehind(forest, setter.ref), "variables")),
            word) == yaml::kNoNode)
        return;
    Diagnostic& found = reporter.onPart(
        "reference.variable-part", node, part.begin, part.end,
        quoted(word) + " is a variable that " + quoted(setter.name) +
            " sets, and no part of its result; write " +
            (keyIs(forest, node, "data_source") || keyIs(forest, node, "input_source")
                 ? quoted(word) + "."
                 : "`{{state." + std::string(word) + "}}`."));
    found.why = "The result of set_variable holds variables_set, scope and variable_count only.";
}

}  // namespace

void checkKnownPart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                    const std::string& text, TextRange path, Reporter& reporter) {
    if (path.empty())
        return;
    if (context.pipeline.graph.nodes[step].type == "set_variable")
        checkVariablePart(context, step, node, text, path, reporter);
    else
        checkLoopPart(context, step, node, text, path, reporter);
}

}  // namespace pe::check
