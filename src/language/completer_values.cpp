// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>
#include <string>

#include "completer.hpp"
#include "nodes.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/pitfalls.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/field_list.hpp"
#include "pe/language/hover.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/properties.hpp"

namespace pe::language {
namespace {

using format::FieldKind;
using format::FieldSpec;
using format::ResultKind;

constexpr std::string_view kResponse = "previous_response:";

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
    // A schema may be a mere `true` or `false`.
    if (field.kind == FieldKind::Boolean || field.defaultText == "true") {
        addValue("true");
        addValue("false");
    } else if (field.choices.empty() && isNumber(field.defaultText) &&
               (field.kind == FieldKind::Integer || field.kind == FieldKind::Number)) {
        addValue(field.defaultText);
    }
    if (field.key == "functions")
        addFunctionNames();
    if (&field == format::fieldNamed(catalogue_.schemaKeywords(), "required"))
        addProperties();
}

// Of the schema that the place is in, those that are not listed yet.
void Completer::addProperties() {
    const auto list = std::find_if(place_.path.rbegin(), place_.path.rend(),
                                   [](const PathStep& each) { return !each.item; });
    const yaml::Forest& forest = subject_.forest();
    const yaml::NodeRef required = nodeAt(subject_, list->begin);
    const yaml::NodeRef properties = entryOf(forest, forest.parent(required), "properties");
    if (properties == yaml::kNoNode)
        return;
    std::set<std::string> listed;
    for (const yaml::NodeRef each : forest.children(required))
        if (!holds(subject_.entrySpan(each), offset_))
            listed.insert(textOf(forest, each));
    for (const yaml::NodeRef each : forest.children(properties))
        if (const std::string name = keyText(forest, each); !listed.contains(name))
            add(name, CompletionKind::Variable, name);
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

// Of the anchors above the place, the nearest first.
void Completer::addAliases() {
    const yaml::Forest& forest = subject_.forest();
    std::vector<std::string> names;
    std::vector<yaml::NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const yaml::NodeRef node = open.back();
        open.pop_back();
        const auto name = yaml::anchorOf(forest.lexeme(node).props);
        if (!name.empty() && subject_.valueSpan(node).begin < offset_) {
            std::erase(names, name);
            names.emplace_back(name);
        }
        const auto children = forest.children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    for (auto name = names.rbegin(); name != names.rend(); ++name)
        add("*" + *name, CompletionKind::Value, "*" + *name);
}

void Completer::addStepTypes() {
    for (const format::StepType* each : typesToOffer()) {
        CompletionItem& item = add(each->id, CompletionKind::StepType, each->id);
        item.detail = wordsFor(*each);
        item.documentation = documentationOf(*each);
    }
}

// The tasks of a batch run without any results.
bool Completer::canBePart(std::string_view part) const {
    return part != "previous_response" || context_.step == nullptr ||
           context_.step->id != "claude_batch" ||
           std::none_of(place_.path.begin(), place_.path.end(), [&](const PathStep& each) {
               return each.key == "tasks" && each.begin > context_.holder;
           });
}

// Those that add nothing come last, as types that are refused do.
std::vector<const FieldSpec*> Completer::partsToOffer() const {
    std::vector<const FieldSpec*> parts;
    for (const FieldSpec& each : catalogue_.promptParts())
        if (canBePart(each.key))
            parts.push_back(&each);
    std::stable_partition(parts.begin(), parts.end(),
                          [](const FieldSpec* each) { return each->effective; });
    return parts;
}

std::string Completer::wordsFor(const FieldSpec& part) const {
    if (!check::isKnownPart(part.key))
        return part.title + " (refused by the loader)";
    return part.title + (part.effective ? "" : " (no effect)");
}

void Completer::addPromptParts() {
    for (const FieldSpec* each : partsToOffer()) {
        CompletionItem& item = add(each->key, CompletionKind::PromptPart, each->key);
        item.detail = wordsFor(*each);
        item.documentation = documentationOf(*each);
    }
}

// The forms that the engine reads. STEP:path, where a colon leads on to the parts, and items of
// loops for data_source; previous_response:STEP for the others, and :path behind it for
// input_source. Joins take a step's name alone, the others a variable's, and of a result the list
// in it by way of the context.
void Completer::addDataSources() {
    if (addSourceParts())
        return;
    const bool join = key_ == "right_source";
    const bool data = key_ == "data_source";
    if (join)
        addResultLists();
    std::vector<Name> steps = scope_.of(NameKind::Step);
    if (data)
        std::erase_if(steps, [](const Name& each) { return check::storesHiddenKeys(each.type); });
    addSteps(steps, format::ReferenceRole::DataSource);
    if (data) {
        addNames(scope_.loopItem());
    } else {
        const auto first = std::find_if(items_.begin(), items_.end(), [](const auto& each) {
            return each.kind == CompletionKind::Step;
        });
        std::vector<CompletionItem> plain(first, items_.end());
        for (auto each = first; each != items_.end(); ++each)
            each->insert = each->label = std::string(kResponse) + each->label;
        if (join)
            std::move(plain.begin(), plain.end(), std::back_inserter(items_));
    }
    if (!join)
        for (const Name& each : scope_.sourceVariables())
            if (!data || mayBeList(subject_.forest(), each.node))
                add(each.name, CompletionKind::Variable, each.name).detail = "variable";
}

void Completer::addResultLists() {
    for (const Name& step : scope_.of(NameKind::Step))
        for (const format::ResultField& field :
             resultsOf(subject_.forest(), catalogue_, step.node, files_))
            if (field.kind == ResultKind::List || field.kind == ResultKind::MappingList ||
                (field.kind == ResultKind::Any && step.type == "data_transform"))
                addResult(field, "context:results." + step.name + "." + field.path);
}

// Behind the name of a step and a colon; false if none stands there.
bool Completer::addSourceParts() {
    std::string_view typed = place_.before;
    const bool data = key_ == "data_source";
    if (!data && !typed.starts_with(kResponse))
        return false;
    typed.remove_prefix(data ? 0 : kResponse.size());
    const std::size_t colon = typed.find(':');
    if (colon == std::string_view::npos)
        return false;
    const std::string_view name = typed.substr(0, colon);
    inside_ = true;
    replaceFrom(offset_ - (typed.size() - colon - 1));
    const auto called = [&](const Name& each) { return each.name == name; };
    const std::vector<Name> items = scope_.loopItem();
    const bool hidden = data && std::any_of(items.begin(), items.end(), called);
    if (key_ == "right_source" || hidden)
        return true;
    for (const Name& each : scope_.of(NameKind::Step))
        if (called(each) && !(data && check::storesHiddenKeys(each.type)))
            for (const format::ResultField& field :
                 resultsOf(subject_.forest(), catalogue_, each.node, files_))
                if (!data || !check::isNoList(field.kind))
                    addResult(field, field.path);
    return true;
}

// Prompt parts find every part of a result.
void Completer::addExtracts() {
    const std::string step = valueOf(place_.keys, "step");
    if (step == "loop" && addRound())
        return;
    for (const Name& each : scope_.of(NameKind::Step))
        if (each.name == step)
            addResults(each);
}

// What a loop stores as `loop` for its body; false if there is no loop around.
bool Completer::addRound() {
    if (scope_.loopNames(LoopSight::Own).empty())
        return false;
    inside_ = true;
    addLoopNames(place_.before);
    return true;
}

void Completer::addOutputs() {
    addSteps(scope_.nestedSteps(), format::ReferenceRole::Output);
}

// The name of a step, and behind a dot the parts of its result.
void Completer::addOutputPath() {
    const std::string_view typed = place_.before;
    const std::size_t dot = typed.find('.');
    if (dot == std::string_view::npos)
        return addOutputs();
    inside_ = true;
    replaceFrom(offset_ - (typed.size() - dot - 1));
    for (const Name& each : scope_.nestedSteps())
        if (each.name == typed.substr(0, dot) && each.node != yaml::kNoNode &&
            !check::storesHiddenKeys(each.type))
            addResults(each);
}

void Completer::addValues() {
    if (place_.kind == PlaceKind::Text)
        return;
    if (place_.before.starts_with('*') && !place_.quoted)
        return addAliases();
    if (!place_.path.empty() && !place_.path.back().item) {
        const Context above = finder_.at({place_.path.begin(), place_.path.end() - 1});
        if (key_ == "type" && above.shape == Shape::Step)
            return addStepTypes();
        if (key_ == "type" && above.part)
            return addPromptParts();
        if (key_ == "extract" && above.part)
            return addExtracts();
        if (key_ == "path" && isOutput(above))
            return addOutputPath();
    }
    if (isOutput(context_))
        return addOutputs();
    if (context_.spec == nullptr)
        return;
    const std::string_view key = context_.spec->key;
    if (key == "data_source" || key == "input_source" || key == "right_source")
        return addDataSources();
    switch (context_.spec->kind) {
        case FieldKind::StepReference:
            addSteps(scope_.of(NameKind::Step), format::ReferenceRole::StepName);
            if (!scope_.loopNames(LoopSight::Own).empty())
                add("loop", CompletionKind::Scope, "loop").detail = "round of the loop";
            return;
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
