// SPDX-License-Identifier: MIT
#include "field_rules.hpp"

#include <algorithm>
#include <string>

#include "access.hpp"
#include "inspect.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

bool isChoice(const Value& value, std::span<const std::string_view> choices) {
    return value.isString() &&
           std::find(choices.begin(), choices.end(), value.text) != choices.end();
}

std::string choiceComplaint(const Value& value, std::span<const std::string_view> choices) {
    Value list = Value::sequence();
    for (const std::string_view choice : choices)
        list.items.push_back(Value::ofString(std::string(choice)));
    return "must be one of " + inspected(list) + ", got: " + inspected(value);
}

// Empty if the value may stand there.
std::string complaintAbout(const Value& value, const FieldRule& rule) {
    const Value::Kind kind = value.kind;
    switch (rule.kind) {
        case FieldKind::Boolean:
            return kind == Value::Kind::Boolean ? "" : "must be a boolean";
        case FieldKind::Text:
            return kind == Value::Kind::String ? "" : "must be a string";
        case FieldKind::Number:
            return kind == Value::Kind::Integer || kind == Value::Kind::Float ? ""
                                                                              : "must be a number";
        case FieldKind::List:
            return kind == Value::Kind::Sequence ? "" : "must be a list";
        case FieldKind::PositiveInteger:
            if (kind != Value::Kind::Integer)
                return "must be a positive integer";
            return value.text == "0" || value.text.starts_with('-')
                       ? "must be positive, got: " + value.text
                       : "";
        case FieldKind::Choice:
            return isChoice(value, rule.choices) ? "" : choiceComplaint(value, rule.choices);
    }
    return {};
}

}  // namespace

Check checkFields(const Value& map, std::string_view prefix, std::span<const FieldRule> rules) {
    for (const FieldRule& rule : rules) {
        const Value& value = field(map, rule.key);
        if (value.isNull())
            continue;
        if (const std::string complaint = complaintAbout(value, rule); !complaint.empty())
            return (Message() << prefix << rule.key << " " << complaint).reject(value);
    }
    return std::nullopt;
}

}  // namespace pe::loader
