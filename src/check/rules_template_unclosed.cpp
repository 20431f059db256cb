// SPDX-License-Identifier: MIT
#include <string>

#include "step_sight.hpp"
#include "template_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

// Closed, it is filled in: a path into the result of a step that the place sees, or what is no
// result at all. A name may also hold a blank, so that it ends further on.
bool isWholePath(const StepContext& context, std::string_view path) {
    constexpr std::string_view kSteps = "steps.";
    if (!path.starts_with(kSteps))
        return true;
    const std::string_view result = path.substr(kSteps.size());
    const std::size_t dot = result.find('.');
    return dot != std::string_view::npos && result.substr(dot + 1) != "result" &&
           templateSeen(context.pipeline, result.substr(0, dot), context.index).sight ==
               Sight::Visible;
}

// A path in a scope, a call, or a variable that is set.
bool isMeant(const StepContext& context, std::string_view path) {
    return path.find_first_of(".(") != std::string_view::npos ||
           context.pipeline.names.variable(path, context.index) == VariableSight::Set;
}

}  // namespace

void checkUnclosed(const StepContext& context, const StepText& text, TextRange open, bool reachesOn,
                   Reporter& reporter) {
    const std::string_view whole = text.text;
    std::string_view path = open.in(whole).substr(2);
    path = path.substr(0, path.find_last_not_of(" }") + 1);
    if (!isMeant(context, wholeOf(path).in(path)))
        return;
    Diagnostic& found =
        reporter.onPart("template.unclosed", text.node, open.begin, open.end,
                        quoted(open.in(whole)) + " is not closed; end it with `}}`.");
    found.why = reachesOn ? "It is read up to the end of the next template, as one expression."
                          : "It is no template and stays in the text as it is written.";
    const bool spaced = path.starts_with(' ');
    if (isWholePath(context, wholeOf(path).in(path)))
        found.fixes.push_back(fixPart(text.node, whole, open,
                                      "{{" + std::string(path) + (spaced ? " }}" : "}}"),
                                      Safety::Choice));
}

}  // namespace pe::check
