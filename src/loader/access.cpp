// SPDX-License-Identifier: MIT
#include "access.hpp"

#include <string>

namespace pe::loader {
namespace {

using yaml::Value;

std::string_view typeName(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::String:
            return "BitString";
        case Value::Kind::Integer:
            return "Integer";
        case Value::Kind::Float:
            return "Float";
        default:
            return "Atom";
    }
}

}  // namespace

const Value& field(const Value& map, std::string_view key) {
    static const Value kNull;
    const Value* found = isMap(map) ? map.find(key) : nullptr;
    return found ? *found : kNull;
}

const Value& fieldOr(const Value& map, std::string_view key) {
    const Value* found = isMap(map) ? map.find(key) : nullptr;
    return found ? *found : map;
}

Message about(const Value& step) {
    Message message;
    message << "Step '" << field(step, "name") << "' ";
    return message;
}

Check accessCrash(const Value& container, std::string_view key) {
    if (isMap(container) || container.isNull())
        return std::nullopt;
    if (!isList(container))
        return crash("FunctionClauseError: no function clause matching in Access.get/3", container);
    return crash(
        "ArgumentError: the Access module supports only keyword lists (with atom keys), "
        "got: \"" +
            std::string(key) + '"',
        container);
}

Check walkCrash(const Value& value) {
    if (isMap(value) || isList(value))
        return std::nullopt;
    return crash("Protocol.UndefinedError: protocol Enumerable not implemented for type " +
                     std::string(typeName(value.kind)),
                 value);
}

}  // namespace pe::loader
