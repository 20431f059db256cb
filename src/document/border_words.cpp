// SPDX-License-Identifier: MIT
#include "border_words.hpp"

#include <algorithm>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {
namespace {

using format::ReferenceRole;

// Of these the engine stores the answer where templates do not look.
bool hidesItsAnswer(std::string_view type) {
    return type == "claude" || type == "gemini" || type == "parallel_claude";
}

// In the order of the text, each line once.
std::vector<std::pair<std::size_t, std::string>> linesOf(const yaml::Forest& forest,
                                                         const std::vector<Error>& all) {
    const yaml::Tree tree = yaml::parse(yaml::renderText(forest));
    const yaml::LineIndex lines(tree.text());
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const Error& each : all) {
        const auto node = yaml::resolve(tree, each.where);
        const std::size_t line =
            node ? lines.position(tree.valueSpan(*node).begin).line : std::size_t{0};
        found.emplace_back(line, "Line " + std::to_string(line) + ": " + each.message);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace

std::string whyNotFromOutside(const format::Graph& graph,
                              const format::ResolvedReference& reference) {
    const std::string& name = reference.reference.name;
    const std::string holder = "'" + graph.nodes[reference.holder].name + "'";
    const std::string along = "Move '" + name + "' too";
    const std::string asTemplate = "{{steps." + name + "...}}";
    const format::ReferenceTarget target = reference.reference.target;
    if (target == format::ReferenceTarget::Input || target == format::ReferenceTarget::Constant)
        return holder + " reads '" + name +
               "' without braces, where the engine does not look for it; write it as a template.";
    if (reference.variable)
        return holder + " reads the variable '" + name +
               "', which is set outside; only templates are handed in. Write it as {{state." +
               name + "}}, or move the step that sets it too.";
    switch (reference.reference.role) {
        case ReferenceRole::PromptStep:
            if (hidesItsAnswer(graph.nodes[reference.target].type))
                return holder + " inserts the answer of '" + name +
                       "', and prompt parts see only steps of their own pipeline. " + along +
                       ", or let it save its answer (`output_to_file`) and insert that file.";
            return holder + " inserts the result of '" + name +
                   "', and prompt parts see only steps of their own pipeline. " + along +
                   ", or write a static part with " + asTemplate + ".";
        case ReferenceRole::Condition:
            return holder + " looks at '" + name +
                   "' in a condition, which sees only steps of its own pipeline. " + along +
                   ", or write " + asTemplate + " in the condition.";
        case ReferenceRole::DataSource:
            return holder + " takes its data from '" + name +
                   "'; only texts are handed in, and no lists. " + along + ".";
        default:
            return holder + " names '" + name +
                   "', which only steps of its own pipeline can be asked for. " + along + ".";
    }
}

bool isWithinOneOf(const yaml::Forest& forest, yaml::NodeRef node,
                   const std::vector<yaml::NodeRef>& steps) {
    return std::any_of(steps.begin(), steps.end(),
                       [&](yaml::NodeRef step) { return yaml::isWithin(forest, node, step); });
}

tl::unexpected<Error> refusedTogether(const yaml::Forest& forest, const std::vector<Error>& all) {
    std::string message;
    for (const auto& [line, reason] : linesOf(forest, all))
        message += (message.empty() ? "" : "\n") + reason;
    return fail(ErrorCode::Refused, message, all.front().where);
}

}  // namespace pe::document
