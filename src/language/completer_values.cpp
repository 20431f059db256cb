// SPDX-License-Identifier: MIT
#include <algorithm>

#include "completer.hpp"
#include "pe/language/hover.hpp"

namespace pe::language {
namespace {

using format::FieldKind;
using format::FieldSpec;

}  // namespace

void Completer::addChoices(const FieldSpec& field) {
    const auto addValue = [&](const std::string& value) {
        CompletionItem& item = add(value, CompletionKind::Value, value);
        item.documentation = documentationOf(field);
        if (value == field.defaultText)
            item.detail = "default";
    };
    for (const std::string& each : field.choices)
        addValue(each);
    if (field.kind == FieldKind::Boolean) {
        addValue("true");
        addValue("false");
    } else if (field.choices.empty() && !field.defaultText.empty() &&
               (field.kind == FieldKind::Integer || field.kind == FieldKind::Number)) {
        addValue(field.defaultText);
    }
    if (field.key == "functions")
        addFunctionNames();
}

void Completer::addFunctionNames() {
    for (const Name& each : scope_.of(NameKind::Function))
        add(each.name, CompletionKind::Function, each.name);
}

void Completer::addStepTypes() {
    for (const format::StepType& each : catalogue_.stepTypes()) {
        CompletionItem& item = add(each.id, CompletionKind::StepType, each.id);
        item.detail = each.title;
        item.documentation = documentationOf(each);
    }
}

void Completer::addPromptParts() {
    for (const FieldSpec& each : catalogue_.promptParts()) {
        CompletionItem& item = add(each.key, CompletionKind::PromptPart, each.key);
        item.detail = each.title;
        item.documentation = documentationOf(each);
    }
}

// The forms that the engine reads: previous_response:STEP for input_source, else STEP: and then a
// path; and a variable.
void Completer::addDataSources() {
    const std::string prefix = key_ == "data_source" ? "" : "previous_response:";
    for (const Name& each : steps()) {
        CompletionItem& item = add(prefix + each.name, CompletionKind::Step,
                                   prefix + each.name + (prefix.empty() ? ":" : ""));
        item.detail = each.type;
        item.documentation = each.documentation;
    }
    for (const Name& each : scope_.of(NameKind::Variable))
        add(each.name, CompletionKind::Variable, each.name).detail = "variable";
}

void Completer::addValues() {
    if (place_.kind == PlaceKind::Text)
        return;
    if (key_ == "type" && !place_.path.empty() && !place_.path.back().item) {
        const std::vector<PathStep> above(place_.path.begin(), place_.path.end() - 1);
        const Context holder = finder_.at(above);
        if (holder.shape == Shape::Step)
            return addStepTypes();
        if (holder.part)
            return addPromptParts();
    }
    if (context_.spec == nullptr)
        return;
    if (key_ == "data_source" || key_ == "input_source" || key_ == "right_source")
        return addDataSources();
    switch (context_.spec->kind) {
        case FieldKind::StepReference:
            return addStepNames("");
        case FieldKind::Condition:
            return addConditionNames();
        default:
            return addChoices(*context_.spec);
    }
}

}  // namespace pe::language
