// SPDX-License-Identifier: MIT
// ConditionFault: what in the text of a condition the engine reads otherwise than its author means.
// Pure functions of one decoded text; which names exist is not known here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "condition_syntax.hpp"
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
    MissingTerm,         // `a.b > - 1`, `a.b > 5%`: computed of nothing
    NumberForm,          // `a.b > .5`: a name
    OuterBlanks,         // `a.b` and a line break: not trimmed where nothing is compared
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
    CallInText,          // `a.b == 'note (c)'`: calls note
    CallEndsInText,      // `matches(a.b, '^(c|d)$')`: the arguments end behind the d
    Now,                 // `now()`: a time is comparable with nothing
    Chained,             // `1 < a.b < 5`
    BetweenWithoutAnd,   // `a.b between 5`, `a.b between 5 and`
    NumberAlone,         // `length(a.b)`, `a.b % 2`: a number is true, 0 too
    LengthAlone,         // `a.b.length`: counts beside an operator only
    ArithmeticInCall,    // `abs(a.b - 5)`: arguments are not computed
    BareTemplate,        // `{{steps.a.b}} == 'x'`: what is filled in is read as a path
};

struct ConditionProblem {
    ConditionFault fault = ConditionFault::Empty;
    TextRange range;
    bool inner = false;  // in the condition of any, all or count
    friend bool operator==(const ConditionProblem&, const ConditionProblem&) = default;
};

// In the order of the text, the first of very many. Of what follows from another problem only that
// one is reported.
std::vector<ConditionProblem> conditionProblems(std::string_view text);

// Whether what stands for paths in the text are the paths that the engine looks for.
bool hasReadablePaths(std::string_view text);

// A word that is an operator in other languages: `in`, `startswith`, `gt`.
bool isForeignOperator(std::string_view word);

// The text with templates and quoted words replaced by bytes that mean nothing to the grammar.
inline constexpr char kQuotedByte = '\x02';
std::string withoutQuotes(std::string_view masked);
// What may stand beside a word that is an operator: a quote right behind a word opens none.
bool boundsWord(char c);

// The signs that mathematics writes for >= <= !=; operators of nothing.
inline constexpr std::array<std::string_view, 3> kMathSigns = {"≥", "≤", "≠"};
// A sign of arithmetic between blanks; within a word it may belong to a name.
bool computes(std::string_view text);
// `length(a.b)`, `a.b.length`: how much there is of something, which is true for nothing too.
bool isCount(const Operand& operand, std::string_view text);

// What decides nothing but the text itself: `1 > 2`, a lone literal, nothing at all.
enum class Decided : std::uint8_t { No, AlwaysFalse, AlwaysTrue };
Decided decidedBy(std::string_view text);

}  // namespace pe::check
