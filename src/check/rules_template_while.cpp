// SPDX-License-Identifier: MIT
#include <algorithm>

#include "condition_syntax.hpp"
#include "fields.hpp"
#include "template_rules.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

bool namesResult(const Operand& operand) {
    if (operand.kind == OperandKind::Path)
        return true;
    return std::any_of(operand.operands.begin(), operand.operands.end(), namesResult);
}

}  // namespace

bool neverChanges(std::string_view whileCondition) {
    if (nextTemplate(whileCondition, 0).empty())
        return false;
    const ConditionSyntax syntax = parseCondition(whileCondition);
    return !namesResult(syntax.left) && !namesResult(syntax.right) && !namesResult(syntax.upper);
}

void checkWhileCondition(const StepContext& context, Reporter& reporter) {
    if (context.type != "while_loop")
        return;
    const yaml::NodeRef entry = valueBehind(
        context.pipeline.forest, entryOf(context.pipeline.forest, context.step, "condition"));
    const auto text = textOf(context.pipeline.forest, entry);
    if (!text || !neverChanges(*text))
        return;
    Diagnostic& found =
        reporter.onValue("template.while-once", entry,
                         "The templates of a while condition are expanded once, before the loop; "
                         "the condition never changes.");
    found.why = "The loop runs no round, or as many as max_iterations allows.";
}

}  // namespace pe::check
