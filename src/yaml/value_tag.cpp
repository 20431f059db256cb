// SPDX-License-Identifier: MIT
#include "value_tag.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include "resolve.hpp"

namespace pe::yaml {
namespace {

constexpr std::string_view kCore = "tag:yaml.org,2002:";

// The full name of a tag; `!` alone stays.
std::string fullName(std::string_view tag) {
    if (tag.starts_with("!<") && tag.ends_with('>'))
        return std::string(tag.substr(2, tag.size() - 3));
    if (tag.starts_with("!!"))
        return std::string(kCore) + std::string(tag.substr(2));
    return std::string(tag);
}

// Nothing if the text, white space left out, is no whole number of padded groups.
std::optional<std::string> decodeBase64(std::string_view text) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int count = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        const auto value = kAlphabet.find(c);
        if (c == '=')
            ++padding;
        else if (value == std::string_view::npos || padding > 0)
            return std::nullopt;
        if (c == '=')
            continue;
        ++digits;
        bits = ((bits << 6) | static_cast<unsigned>(value)) & 0xFFFFu;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xFF);
        }
    }
    const bool isWhole = (digits + padding) % 4 == 0 && padding <= 2;
    return isWhole ? std::optional(std::move(out)) : std::nullopt;
}

Result<Value> taggedFloat(const std::string& text, Schema schema) {
    const Value plain = resolvePlain(text, schema);
    if (plain.kind == Value::Kind::Float || plain.kind == Value::Kind::Atom)
        return plain;
    if (auto number = schema == Schema::Core ? floatText(text) : std::nullopt)
        return Value::ofFloat(std::move(*number));
    return fail(ErrorCode::Unreadable, "Invalid float number");
}

}  // namespace

bool isCollectionTag(std::string_view tag, bool isMapping) {
    const std::string name = fullName(tag);
    return name == "!" || name == std::string(kCore) + (isMapping ? "map" : "seq");
}

bool isScalarTag(std::string_view tag) {
    const std::string name = fullName(tag);
    if (name == "!")
        return true;
    if (!name.starts_with(kCore))
        return false;
    const std::string_view kind = std::string_view(name).substr(kCore.size());
    return kind == "str" || kind == "int" || kind == "float" || kind == "bool" || kind == "null" ||
           kind == "binary";
}

std::string unknownTagMessage(std::string_view tag) {
    return "Tag \"" + fullName(tag) + "\" unrecognized by any module";
}

Result<Value> taggedScalar(std::string_view tag, const std::string& text, Schema schema) {
    const std::string name = fullName(tag);
    const std::string_view kind = name == "!" ? "str" : std::string_view(name).substr(kCore.size());
    if (kind == "int") {
        Value value = resolvePlain(text, schema);
        if (value.kind == Value::Kind::Integer)
            return value;
        return fail(ErrorCode::Unreadable, "Invalid integer");
    }
    if (kind == "bool") {
        Value value = resolvePlain(text, schema);
        if (value.kind == Value::Kind::Boolean)
            return value;
        return fail(ErrorCode::Unreadable, "Invalid boolean");
    }
    if (kind == "null")
        return Value::null();  // whatever the text
    if (kind == "float")
        return taggedFloat(text, schema);
    if (kind != "binary")
        return Value::ofString(text);
    if (auto bytes = decodeBase64(text))
        return Value::ofString(std::move(*bytes));
    return fail(ErrorCode::Unreadable, "Invalid binary/Not base64");
}

}  // namespace pe::yaml
