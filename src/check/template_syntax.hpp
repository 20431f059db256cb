// SPDX-License-Identifier: MIT
// Templates `{{...}}` as the engine reads them: which texts are templates at all, and which of its
// seven ways it takes for each. Pure functions of one decoded text.
//
// A template is `{{`, at least one character that is no `}`, and `}}`. Its trimmed expression is
// tried in this order: function call, inputs., global_vars., steps., arithmetic (it holds one of
// + - * /), state., and otherwise a variable with exactly this name, odd characters included.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text_range.hpp"

namespace pe::check {

enum class TemplateKind : std::uint8_t {
    Call,
    Input,
    Constant,  // global_vars
    Step,
    Arithmetic,
    State,
    Variable,
};

struct TemplateSyntax {
    TemplateKind kind = TemplateKind::Variable;
    TextRange range;       // with the braces
    TextRange expression;  // between them, trimmed
    TextRange name;        // Call: of the function; else the first segment after the scope
    TextRange path;        // after the name and its dot
    std::vector<TextRange> arguments;  // of a Call that is complete; split at every comma
    bool complete = true;              // false: a Call without its closing parenthesis at the end
};

std::vector<TemplateSyntax> templatesIn(std::string_view text);

// Each `{{` with a path in a scope behind it (`steps.NAME` and the like) that nothing closes before
// the next one: up to the end of the path, or of the one brace behind it. None of them is a
// template, and all stay in the text. A name alone and the call of a function of templates are
// among them only with one brace behind; whether something has the name is not known here.
std::vector<TextRange> unclosedTemplatesIn(std::string_view text);

// `steps.NAME.path` as an argument of a call; nothing if it is something else.
struct StepArgument {
    TextRange name;
    TextRange path;  // after the name and its dot
};
std::optional<StepArgument> stepArgument(std::string_view text, TextRange argument);

// The range of the next template from `from`; empty if there is none.
TextRange nextTemplate(std::string_view text, std::size_t from);

// It compares, chooses or combines, which templates cannot.
bool holdsComparison(std::string_view expression);

// True if the engine can compute the expression: one + - or *, whole numbers, variables, state.x.
bool isComputable(std::string_view arithmetic);

std::span<const std::string_view> templateFunctions();
bool isTemplateFunction(std::string_view name);

// The call of such a function that computes `a + b` and the like, two values with blanks around a
// sign; empty for anything else.
std::string callFor(std::string_view arithmetic);

}  // namespace pe::check
