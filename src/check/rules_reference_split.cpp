// SPDX-License-Identifier: MIT
// Names of steps that are split where they are used.
#include <string>

#include "reference_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {

bool explainSplit(const StepContext& context, std::string_view text, Diagnostic& found) {
    const format::GraphIndex step = splitName(context.pipeline, text);
    if (step == format::kNoGraphNode)
        return false;
    const std::string& name = context.pipeline.graph.nodes[step].name;
    const bool dot = name.find('.') != std::string::npos;
    found.message += " The name " + quoted(name) + " ends at its " + (dot ? "dot" : "colon") +
                     " here; give the step a name without it.";
    return true;
}

}  // namespace pe::check
