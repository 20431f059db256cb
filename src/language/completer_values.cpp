// SPDX-License-Identifier: MIT
#include <charconv>

#include "completer.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/language/hover.hpp"

namespace pe::language {
namespace {

using format::FieldKind;
using format::FieldSpec;

// Some defaults are a sentence, because the engine has several.
bool isNumber(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

// A loop cannot run over a text or a mapping; what a template becomes is not known.
bool mayBeList(const yaml::Forest& forest, yaml::NodeRef variable) {
    const yaml::Style style = forest.style(variable);
    return yaml::isCollection(style)
               ? yaml::isSequence(style)
               : yaml::scalarText(forest, variable).find("{{") != std::string::npos;
}

}  // namespace

bool isOutput(const Context& context) {
    return context.shape == Shape::Fields && context.spec != nullptr &&
           context.spec->key == "outputs";
}

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
    } else if (field.choices.empty() && isNumber(field.defaultText) &&
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

// Of a path, what comes behind its last folder.
void Completer::addPaths(const FieldSpec& field) {
    if (files_ == nullptr)
        return;
    const std::string_view typed = place_.before;
    const std::string_view folder = typed.substr(0, typed.rfind('/') + 1);
    const std::string_view text = subject_.text();
    replaced_ = {offset_ - (typed.size() - folder.size()),
                 std::min(text.find_first_of("/\r\n\"' ,]}", offset_), text.size())};
    inside_ = true;
    const bool more = replaced_.end < text.size() && text[replaced_.end] == '/';
    for (const std::string& name : files_->names(folder)) {
        if (name.ends_with('/'))
            add(name, CompletionKind::Folder, more ? name.substr(0, name.size() - 1) : name);
        else if (field.key != "pipeline_file" || name.ends_with(".yaml") || name.ends_with(".yml"))
            add(name, CompletionKind::File, name);
    }
}

void Completer::addStepTypes() {
    for (const format::StepType* each : typesToOffer()) {
        CompletionItem& item = add(each->id, CompletionKind::StepType, each->id);
        item.detail = wordsFor(*each);
        item.documentation = documentationOf(*each);
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
// path, which may be that of a loop's item; and a variable.
void Completer::addDataSources() {
    const bool path = key_ == "data_source";
    std::vector<Name> steps = scope_.of(NameKind::Step);
    if (path)
        std::erase_if(steps, [](const Name& each) { return check::storesHiddenKeys(each.type); });
    addSteps(steps, format::ReferenceRole::DataSource);
    if (path)
        addNames(scope_.loopItem());
    for (CompletionItem& each : items_)
        if (path)
            each.insert += ":";
        else
            each.insert = each.label = "previous_response:" + each.label;
    for (const Name& each : scope_.sourceVariables())
        if (!path || mayBeList(subject_.forest(), each.node))
            add(each.name, CompletionKind::Variable, each.name).detail = "variable";
}

// Prompt parts find every part of a result.
void Completer::addExtracts() {
    const std::string step = valueOf(place_.keys, "step");
    for (const Name& each : scope_.of(NameKind::Step))
        if (each.name == step)
            for (const format::ResultField& field :
                 resultsOf(subject_.forest(), catalogue_, each.node, files_))
                addResult(field, field.path);
}

void Completer::addOutputs() {
    addSteps(scope_.nestedSteps(), format::ReferenceRole::Output);
}

void Completer::addValues() {
    if (place_.kind == PlaceKind::Text)
        return;
    if (!place_.path.empty() && !place_.path.back().item) {
        const Context above = finder_.at({place_.path.begin(), place_.path.end() - 1});
        if (key_ == "type" && above.shape == Shape::Step)
            return addStepTypes();
        if (key_ == "type" && above.part)
            return addPromptParts();
        if (key_ == "extract" && above.part)
            return addExtracts();
        if (key_ == "path" && isOutput(above))
            return addOutputs();
    }
    if (isOutput(context_))
        return addOutputs();
    if (context_.spec == nullptr)
        return;
    if (key_ == "data_source" || key_ == "input_source" || key_ == "right_source")
        return addDataSources();
    switch (context_.spec->kind) {
        case FieldKind::StepReference:
            return addSteps(scope_.of(NameKind::Step), format::ReferenceRole::StepName);
        case FieldKind::Condition:
            return addConditionNames();
        case FieldKind::FilePath:
            return addPaths(*context_.spec);
        default:
            addChoices(*context_.spec);
    }
    // A value right behind the key of a list makes the list as well.
    if (context_.shape != Shape::TextList)
        return;
    if (place_.quoted)
        items_.clear();
    before_ = "[";
    behind_ = "]";
}

}  // namespace pe::language
