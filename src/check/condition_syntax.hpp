// SPDX-License-Identifier: MIT
// Conditions in text form as the engine reads them: not a grammar but a sequence of tests on the
// whole text, quotes notwithstanding. Pure functions of one decoded text; templates in it are
// expanded before the engine reads it, so that here they are single unknown values.
//
//  1. it holds `word(`: a call; or, with one of > < == != between, a comparison of expressions
//  2. it holds one of + - * / % and a comparison word: a comparison of arithmetic
//  3. it holds a comparison word: a comparison of values
//  4. it holds one of + - * / %: arithmetic, true unless it gives nothing
//  5. otherwise: a path, true unless what stands there is empty
// An operator counts only between blanks. What has none is read as one path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text_range.hpp"

namespace pe::check {

enum class OperandKind : std::uint8_t {
    Empty,
    Text,  // quoted
    Number,
    Boolean,
    Null,
    Template,  // nothing but one template
    Path,      // whatever is none of the others
    Call,
    Arithmetic,
};

struct Operand {
    OperandKind kind = OperandKind::Empty;
    TextRange range;                // trimmed
    TextRange name;                 // Call: of the function; Path: up to the first dot
    char symbol = '\0';             // Arithmetic
    std::vector<Operand> operands;  // Call: its arguments; Arithmetic: both sides
};

enum class ConditionForm : std::uint8_t { Truth, Comparison, Between };

struct ConditionSyntax {
    ConditionForm form = ConditionForm::Truth;
    TextRange operation;  // the operator, without its blanks
    Operand left;
    Operand right;  // Between: the lower bound
    Operand upper;
    bool padded = false;  // a path with blanks around it, which are part of its name
};

ConditionSyntax parseCondition(std::string_view text);

struct ConditionFunction {
    std::string_view name;
    std::size_t fewest;
    std::size_t most;
};
// Sorted by name.
const std::vector<ConditionFunction>& conditionFunctions();
const ConditionFunction* conditionFunction(std::string_view name);
// any, all and count: the second argument is a condition on each item.
bool takesInnerCondition(std::string_view function);

// The text with every template replaced by as many bytes that mean nothing to the grammar.
inline constexpr char kTemplateByte = '\x01';
std::string withoutTemplates(std::string_view text);

// `word (` and its arguments up to the first `)`, as the engine finds calls.
struct CallRange {
    TextRange name;
    TextRange arguments;  // between the parentheses; to the end if nothing closes them
    std::size_t end = 0;  // behind the closing parenthesis
    bool closed = false;
};
std::vector<CallRange> callsIn(std::string_view text);

}  // namespace pe::check
