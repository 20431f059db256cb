// SPDX-License-Identifier: MIT
// ConditionFault: what in the text of a condition the engine reads otherwise than its author means.
// Pure functions of one decoded text; which names exist is not known here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text_range.hpp"

namespace pe::check {

enum class ConditionFault : std::uint8_t {
    Empty,               // no text at all: false
    LoneLiteral,         // `true`: a step called true
    StepsPrefix,         // `steps.a.b`: a step called steps
    ScopePath,           // `state.x`, `inputs.x`: a step called state
    TemplateAlone,       // `{{steps.a.ok}}`: its text is read as a step's name
    TemplateComparison,  // `{{steps.a.b > 5}}`: compared nowhere
    OperatorBlanks,      // `a.b>5`: one long name
    MissingOperand,      // `a.b ==`
    BooleanWord,         // and, or, not, &&, ||, !
    UnknownOperator,     // in, starts_with, =, ?, ...
    Parenthesis,         // `(a.b > 5)`
    Bracket,             // `a.b[0]`, `[1, 2]`
    UnknownFunction,     // raises
    ArgumentCount,       // raises
    NestedCall,          // `length(trim(a.b))`
    CallWithWord,        // `trim(a.b) contains 'x'`
    OperatorInCall,      // `any(a.b, 'c == 1') == false`: split at the first ==
    ArithmeticInText,    // `a.b == 'in-progress'`: subtracted
    OperatorInText,      // `a.b == 'c >= d'`: split at the >=
    CallEndsInText,      // `matches(a.b, '^(c|d)$')`: the arguments end behind the d
    Now,                 // `now()`: a time is comparable with nothing
    Chained,             // `1 < a.b < 5`
    BetweenWithoutAnd,   // `a.b between 5`, `a.b between 5 and`
};

struct ConditionProblem {
    ConditionFault fault = ConditionFault::Empty;
    TextRange range;
    friend bool operator==(const ConditionProblem&, const ConditionProblem&) = default;
};

// In the order of the text. Of what follows from another problem only that one is reported.
std::vector<ConditionProblem> conditionProblems(std::string_view text);

// The text with templates and quoted words replaced by bytes that mean nothing to the grammar.
inline constexpr char kQuotedByte = '\x02';
std::string withoutQuotes(std::string_view masked);

// What decides nothing but the text itself: `1 > 2`, a lone literal, nothing at all.
enum class Decided : std::uint8_t { No, AlwaysFalse, AlwaysTrue };
Decided decidedBy(std::string_view text);

}  // namespace pe::check
