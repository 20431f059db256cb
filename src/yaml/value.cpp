// SPDX-License-Identifier: MIT
#include "pe/yaml/value.hpp"

#include <algorithm>
#include <unordered_map>

namespace pe::yaml {
namespace {

Value withText(Value::Kind kind, std::string text) {
    Value value;
    value.kind = kind;
    value.text = std::move(text);
    return value;
}

bool equalEntries(const Value& left, const Value& right) {
    constexpr std::size_t kFew = 16;
    if (left.entries.size() <= kFew)
        return std::all_of(left.entries.begin(), left.entries.end(), [&](const auto& entry) {
            return std::any_of(right.entries.begin(), right.entries.end(),
                               [&](const auto& other) { return other == entry; });
        });
    std::unordered_map<std::string, const Value*> byKey;
    for (const auto& [key, value] : right.entries)
        byKey.emplace(toJson(key), &value);
    return std::all_of(left.entries.begin(), left.entries.end(), [&](const auto& entry) {
        const auto found = byKey.find(toJson(entry.first));
        return found != byKey.end() && *found->second == entry.second;
    });
}

}  // namespace

Value Value::ofBoolean(bool value) {
    Value result;
    result.kind = Kind::Boolean;
    result.boolean = value;
    return result;
}

Value Value::ofInteger(std::string digits) {
    return withText(Kind::Integer, std::move(digits));
}
Value Value::ofFloat(std::string number) {
    return withText(Kind::Float, std::move(number));
}
Value Value::ofString(std::string text) {
    return withText(Kind::String, std::move(text));
}

Value Value::sequence(std::vector<Value> items) {
    Value result;
    result.kind = Kind::Sequence;
    result.items = std::move(items);
    return result;
}

Value Value::mapping(std::vector<std::pair<Value, Value>> entries) {
    Value result;
    result.kind = Kind::Mapping;
    result.entries = std::move(entries);
    return result;
}

const Value* Value::find(std::string_view key) const {
    for (const auto& [name, value] : entries)
        if (name.kind == Kind::String && name.text == key)
            return &value;
    return nullptr;
}

bool Value::operator==(const Value& other) const {
    if (kind != other.kind || boolean != other.boolean || text != other.text ||
        entries.size() != other.entries.size())
        return false;
    return items == other.items && equalEntries(*this, other);
}

}  // namespace pe::yaml
