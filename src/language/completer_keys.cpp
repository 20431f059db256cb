// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "completer.hpp"
#include "pe/check/pitfalls.hpp"
#include "pe/language/hover.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::Value;

std::string blanks(std::size_t count) {
    return std::string(count, ' ');
}

std::string scalarOf(const Value& value) {
    return value.kind == Value::Kind::String
               ? yaml::encodeString(value.text, yaml::naturalStyle(value.text, {}), {}).raw
               : yaml::encodeAtom(value).raw;
}

void writeEntries(const Value& mapping, std::size_t column, std::string& out);

// The value behind `key:` or a dash, from the blank or the line break on.
void writeValue(const Value& value, std::size_t column, std::string& out) {
    if (value.kind == Value::Kind::Mapping && !value.entries.empty()) {
        out += '\n' + blanks(column + 2);
        writeEntries(value, column + 2, out);
    } else if (value.kind == Value::Kind::Sequence && !value.items.empty()) {
        for (const Value& each : value.items) {
            out += '\n' + blanks(column + 2) + "-";
            if (each.kind == Value::Kind::Mapping && !each.entries.empty()) {
                out += ' ';
                writeEntries(each, column + 4, out);
            } else {
                writeValue(each, column + 2, out);
            }
        }
    } else {
        const bool list = value.kind == Value::Kind::Sequence;
        const bool map = value.kind == Value::Kind::Mapping;
        out += ' ' + (list ? "[]" : map ? "{}" : scalarOf(value));
    }
}

// The first key stands where `out` ends.
void writeEntries(const Value& mapping, std::size_t column, std::string& out) {
    bool first = true;
    for (const auto& [key, value] : mapping.entries) {
        if (!first)
            out += '\n' + blanks(column);
        first = false;
        out += key.text + ":";
        writeValue(value, column, out);
    }
}

std::string kindWord(const FieldSpec& field) {
    switch (field.kind) {
        case FieldKind::Integer:
            return "whole number";
        case FieldKind::Number:
            return "number";
        case FieldKind::Boolean:
            return "true or false";
        case FieldKind::TextList:
            return "list of texts";
        case FieldKind::Prompt:
            return "list of prompt parts";
        case FieldKind::StepList:
            return "list of steps";
        case FieldKind::GroupList:
        case FieldKind::TaskList:
        case FieldKind::SchemaList:
            return "list";
        case FieldKind::Group:
        case FieldKind::Map:
        case FieldKind::CaseMap:
        case FieldKind::Pipeline:
        case FieldKind::Schema:
        case FieldKind::SchemaMap:
            return "mapping";
        case FieldKind::Any:
            return field.list ? "list" : "any value";
        case FieldKind::StepReference:
            return "name of a step";
        case FieldKind::FilePath:
            return "path";
        case FieldKind::Condition:
            return "condition";
        default:
            return "text";
    }
}

}  // namespace

bool Completer::hasKey(std::string_view key) const {
    return std::any_of(place_.keys.begin(), place_.keys.end(),
                       [&](const KeyLine& each) { return each.key == key; });
}

// What stands behind a new key, so that typing can go on at once.
std::string Completer::emptyValue(const FieldSpec& field, std::size_t column) const {
    switch (field.kind) {
        case FieldKind::Prompt:
            return place_.flow ? " " : "\n" + blanks(column + 2) + "- type: ";
        case FieldKind::StepList:
            return place_.flow ? " " : "\n" + blanks(column + 2) + "- name: ";
        case FieldKind::TextList:
        case FieldKind::GroupList:
        case FieldKind::TaskList:
        case FieldKind::SchemaList:
            return place_.flow ? " " : "\n" + blanks(column + 2) + "- ";
        case FieldKind::Group:
        case FieldKind::Map:
        case FieldKind::CaseMap:
        case FieldKind::Pipeline:
        case FieldKind::SchemaMap:
        case FieldKind::Schema:
            return place_.flow ? " " : "\n" + blanks(column + 2);
        default:
            return field.list && !place_.flow ? "\n" + blanks(column + 2) + "- " : " ";
    }
}

// With the value `behind` it, unless a colon is there already. A quote that was opened is closed.
CompletionItem& Completer::addKey(const std::string& key, const std::string& behind) {
    CompletionItem& item = add(key, CompletionKind::Field, key);
    const std::string_view text = subject_.text();
    std::size_t& end = item.replaced.end;
    if (place_.quoted) {
        const char quote = text[place_.word.begin - 1];
        item.insert += quote;
        end += end < text.size() && text[end] == quote ? 1 : 0;
    }
    const std::size_t next = std::min(text.find_first_not_of(' ', end), text.size());
    if (text.substr(next, 1) != ":")
        item.insert += ":" + behind;
    return item;
}

void Completer::addWorkflow() {
    if (!hasKey("workflow"))
        addKey("workflow", place_.flow ? " " : "\n" + blanks(place_.column + 2) + "name: ")
            .required = true;
}

std::string_view Completer::pitfall(const FieldSpec& field) const {
    if (!field.effective)
        return ", no effect";
    if (context_.shape != Shape::Step || context_.step == nullptr)
        return "";
    if (context_.inLoop && check::isIgnoredInLoop(context_.step->id, field.key))
        return ", no effect in a loop";
    return check::failsLive(context_.step->id, field.key) ? ", fails when run" : "";
}

// Those that do not do what they say come last.
void Completer::addFields() {
    std::vector<const FieldSpec*> fields = finder_.fieldsOf(context_);
    std::stable_partition(fields.begin(), fields.end(), [&](const FieldSpec* each) {
        return each->required || pitfall(*each).empty();
    });
    for (const FieldSpec* each : fields)
        addField(*each, place_.column);
}

void Completer::addField(const FieldSpec& field, std::size_t column) {
    if (hasKey(field.key))
        return;
    CompletionItem& item = addKey(field.key, emptyValue(field, column));
    item.detail = kindWord(field);
    item.detail += field.required ? ", required" : pitfall(field);
    item.documentation = documentationOf(field);
    item.required = field.required;
}

void Completer::addItems(const Context& list) {
    if (place_.quoted && !place_.afterDash && !place_.flow)
        return;  // a dash would stand between the quotes
    const std::size_t column = place_.column;
    before_ = place_.afterDash || place_.flow ? "" : "- ";
    behind_ = place_.beforeItem ? "\n" + blanks(column) : "";
    const std::size_t inner = column + before_.size();
    const bool skeletons = !place_.flow && !place_.quoted;
    if (list.shape == Shape::StepList && skeletons)
        addTypeSkeletons(inner);
    else if (list.shape == Shape::PromptList && skeletons)
        addPartSkeletons();
    else if ((list.shape == Shape::TextList || list.shape == Shape::Scalar) && list.spec != nullptr)
        addChoices(*list.spec);
}

// Another step of the name would replace the result of the first.
std::string Completer::freeName(const std::string& base) const {
    std::string name = base;
    for (int number = 2; stepNames_.contains(name); ++number)
        name = base + "_" + std::to_string(number);
    return name;
}

std::string Completer::skeletonText(const format::StepType& type, std::size_t column) const {
    const auto skeleton = yaml::fromJson(type.skeleton);
    std::string out = "name: " + freeName(type.id + "_step") + "\n" + blanks(column);
    if (!skeleton || skeleton->kind != Value::Kind::Mapping)
        return out + "type: " + type.id;
    writeEntries(*skeleton, column, out);
    return out;
}

void Completer::addTypeSkeletons(std::size_t column) {
    stepNames_ = scope_.allStepNames();
    for (const format::StepType* each : typesToOffer()) {
        CompletionItem& item = add(each->id, CompletionKind::Skeleton, skeletonText(*each, column));
        item.detail = "new step: " + wordsFor(*each);
        item.documentation = documentationOf(*each);
    }
}

// Those that the loader refuses, and in a loop those that it cannot run, come last and say so.
std::vector<const format::StepType*> Completer::typesToOffer() const {
    std::vector<const format::StepType*> types;
    for (const format::StepType& each : catalogue_.stepTypes())
        types.push_back(&each);
    std::stable_partition(types.begin(), types.end(),
                          [&](const format::StepType* each) { return refusal(*each).empty(); });
    return types;
}

std::string_view Completer::refusal(const format::StepType& type) const {
    if (!type.loadable)
        return " (refused by the loader)";
    return context_.inLoop && !type.inLoops ? " (fails in a loop)" : "";
}

std::string Completer::wordsFor(const format::StepType& type) const {
    return type.title + std::string(refusal(type));
}

void Completer::addPartSkeletons() {
    const std::size_t column = place_.column + (place_.afterDash ? 0 : 2);
    for (const FieldSpec* each : partsToOffer()) {
        std::string insert = "type: " + each->key;
        for (const FieldSpec& field : each->fields)
            if (field.required)
                insert += "\n" + blanks(column) + field.key + ": ";
        CompletionItem& item = add(each->key, CompletionKind::Skeleton, insert);
        item.detail = "new part: " + wordsFor(*each);
        item.documentation = documentationOf(*each);
    }
}

// The engine reads one of them; as the condition of a step it cannot tell of them, and in a
// while_loop they fail.
void Completer::addConditionKeys() {
    static constexpr std::array kGroups = {"and", "or", "not"};
    if (std::none_of(kGroups.begin(), kGroups.end(),
                     [&](const char* each) { return hasKey(each); }))
        for (const char* each : kGroups)
            addKey(each, " ");
}

void Completer::addKeys() {
    const Shape shape = context_.shape;
    const bool list =
        shape == Shape::StepList || shape == Shape::PromptList || shape == Shape::TextList;
    if (place_.beforeItem && (place_.afterDash || !list))
        return;  // there another item can stand and nothing else
    if (list)
        return addItems(context_);
    if (shape == Shape::Scalar && place_.afterDash)
        return addValues();
    if (shape == Shape::Root)
        return addWorkflow();
    if (isOutput(context_) && place_.afterDash && place_.keys.empty())
        addOutputs();
    if (shape == Shape::Scalar && context_.spec != nullptr &&
        context_.spec->kind == FieldKind::Condition && context_.spec->key != "condition")
        addConditionKeys();
    if (shape == Shape::Fields && context_.part && context_.fields == nullptr && !hasKey("type"))
        addKey("type", " ").required = true;
    const bool newItem = place_.afterDash && place_.keys.empty() && !place_.quoted;
    if (shape == Shape::Step && newItem)
        addTypeSkeletons(place_.column);
    else if (context_.part && newItem)
        addPartSkeletons();
    if (context_.pipeline && place_.keys.empty())
        addWorkflow();
    if (shape == Shape::Step || shape == Shape::Fields)
        addFields();
}

}  // namespace pe::language
