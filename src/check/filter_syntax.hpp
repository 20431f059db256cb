// SPDX-License-Identifier: MIT
// Filters of data_transform (`operation: filter`): a small language of their own. Pure functions.
//
// The text is split at the first of == != >= <= > < contains that it holds anywhere, tried in this
// order; blanks do not matter. Left stands a field of the item or the word value, right a literal:
// quoted text, digits, true, false, null, nil; anything else is text as it stands. Without an
// operator the text is a field that must not be empty.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text_range.hpp"

namespace pe::check {

struct FilterSyntax {
    TextRange operation;  // empty: none
    TextRange left;
    TextRange right;
};

FilterSyntax parseFilter(std::string_view text);

enum class FilterFault : std::uint8_t {
    Empty,
    Combined,        // and, or, not, &&, ||
    Call,            // functions and parentheses
    NegativeNumber,  // `> -5`: a text
    UnknownOperator,
    OperatorInText,  // `a contains 'b >= c'`: split at the >=
    Operand,         // `5 < x`, `x + 1 > 5`: the left side names a field, nothing else
    Lazy,  // with lazy evaluation: only == != > with blanks; everything else keeps every item
};

struct FilterProblem {
    FilterFault fault = FilterFault::Empty;
    TextRange range;
};

std::vector<FilterProblem> filterProblems(std::string_view text, bool lazy);

}  // namespace pe::check
