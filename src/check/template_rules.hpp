// SPDX-License-Identifier: MIT
// The parts of the template rules that stand in files of their own. Private to these rules.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "pipeline_names.hpp"
#include "rule.hpp"
#include "template_syntax.hpp"

namespace pe::check {

// A scope of the guides that templates do not have.
bool isUnknownScope(std::string_view head);
// The code of a finding about a variable that cannot be seen, and the reason. Set: a part of one.
std::pair<std::string_view, std::string_view> variableMessage(VariableSight seen);

// rules_template_computed.cpp: calls of functions, and arithmetic that is no block of another
// language.
void checkComputed(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                   Reporter& reporter);
// `a / b` and the like as a call; functions also take results and fractions.
std::optional<Fix> callFix(const StepText& text, const TemplateSyntax& each);

// rules_template_unclosed.cpp: one of unclosedTemplatesIn(); `reachesOn`: the engine reads it up to
// the end of the next template.
void checkUnclosed(const StepContext& context, const StepText& text, TextRange open, bool reachesOn,
                   Reporter& reporter);

// rules_template_kept.cpp: a template alone in a field that must be a text, of a value that is none
// and keeps its type.
void checkKept(const StepContext& context, const StepText& text, const TemplateSyntax& each,
               ValueShape shape, Reporter& reporter);

// rules_template_source.cpp: data_source, input_source and right_source.
void checkSources(const StepContext& context, Reporter& reporter);

// rules_template_while.cpp: a while condition in which only templates could change.
void checkWhileCondition(const StepContext& context, Reporter& reporter);
bool neverChanges(std::string_view whileCondition);

}  // namespace pe::check
