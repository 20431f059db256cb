// SPDX-License-Identifier: MIT
// Access: reading fields as the engine's language does, where a field of nothing is nothing, and a
// field of a text or a list is an error.
#pragma once

#include <string_view>

#include "complaint.hpp"

namespace pe::loader {

// The value of a field; null where there is none.
const yaml::Value& field(const yaml::Value& map, std::string_view key);
// The field if it is written, else the mapping: what a sentence about the field is about.
const yaml::Value& fieldOr(const yaml::Value& map, std::string_view key);

// How the sentences about a step begin.
Message about(const yaml::Value& step);

// The crash of asking `container` for a field; nothing for mappings and null.
Check accessCrash(const yaml::Value& container, std::string_view key);
// The crash of walking through the items of `value`; nothing for collections.
Check walkCrash(const yaml::Value& value);

inline bool isMap(const yaml::Value& value) {
    return value.kind == yaml::Value::Kind::Mapping;
}
inline bool isList(const yaml::Value& value) {
    return value.kind == yaml::Value::Kind::Sequence;
}
inline bool isText(const yaml::Value& value, std::string_view text) {
    return value.isString() && value.text == text;
}
// Null and false, which `||` passes over.
inline bool isFalsy(const yaml::Value& value) {
    return value.isNull() || (value.kind == yaml::Value::Kind::Boolean && !value.boolean);
}

// The first complaint of a rule about the items of a list.
template <class Rule>
Check firstOf(const yaml::Value& list, Rule rule) {
    for (const yaml::Value& item : list.items)
        if (Check complaint = rule(item))
            return complaint;
    return std::nullopt;
}

}  // namespace pe::loader
