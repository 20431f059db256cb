// SPDX-License-Identifier: MIT
// The paths of a condition that begin with the name of a step.
#pragma once

#include <string_view>

#include "condition_syntax.hpp"

namespace pe::check {

// Calls `visit(operand)` for each of them, in calls as well.
template <class Visit>
void forEachPath(const Operand& operand, std::string_view text, Visit visit) {
    if (operand.kind == OperandKind::Path)
        return visit(operand);
    const bool inner =
        operand.kind == OperandKind::Call && takesInnerCondition(operand.name.in(text));
    for (std::size_t i = 0; i < operand.operands.size(); ++i)
        if (!inner || i == 0)
            forEachPath(operand.operands[i], text, visit);
}

template <class Visit>
void forEachPath(const ConditionSyntax& syntax, std::string_view text, Visit visit) {
    for (const Operand* each : {&syntax.left, &syntax.right, &syntax.upper})
        forEachPath(*each, text, visit);
}

}  // namespace pe::check
