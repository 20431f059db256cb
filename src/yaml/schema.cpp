// SPDX-License-Identifier: MIT
#include "pe/yaml/schema.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "pe/yaml/entries.hpp"
#include "resolve.hpp"

namespace pe::yaml {
namespace {

// Converting takes quadratic time; nobody writes longer numbers than this.
constexpr std::size_t kMostDigits = 4096;

template <std::size_t size>
bool isOneOf(std::string_view text, const std::array<std::string_view, size>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<bool> oldBoolean(std::string_view text) {
    constexpr std::array<std::string_view, 8> kTrue{"y",   "Y",  "yes", "Yes",
                                                    "YES", "on", "On",  "ON"};
    constexpr std::array<std::string_view, 8> kFalse{"n",  "N",   "no",  "No",
                                                     "NO", "off", "Off", "OFF"};
    if (isOneOf(text, kTrue))
        return true;
    return isOneOf(text, kFalse) ? std::optional(false) : booleanOf(text);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool allOf(std::string_view text, std::string_view letters) {
    return text.find_first_not_of(letters) == std::string_view::npos;
}

std::string without(std::string_view text, char letter) {
    std::string kept(text);
    std::erase(kept, letter);
    return kept;
}

// digits (`:` one or two digits below 60)+
bool isSexagesimal(std::string_view text, bool mayBeginWithZero) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isDigit(text.front()) ||
        (text.front() == '0' && !mayBeginWithZero) || !allOf(text.substr(0, colon), "0123456789_"))
        return false;
    for (std::size_t at = colon; at < text.size();) {
        const std::size_t next = std::min(text.find(':', at + 1), text.size());
        const std::string_view group = text.substr(at + 1, next - at - 1);
        const bool good = (group.size() == 1 || (group.size() == 2 && group.front() < '6')) &&
                          allOf(group, "0123456789");
        if (!good)
            return false;
        at = next;
    }
    return true;
}

// The decimal digits of a whole number in groups of base 60; nothing if it is far too large.
std::optional<std::string> fromSexagesimal(std::string_view text) {
    constexpr std::uint64_t kMost = 0xffff'ffff'ffff;
    std::uint64_t total = 0;
    std::uint64_t group = 0;
    for (const char c : text) {
        if (c == ':') {
            total = (total + group) * 60;
            group = 0;
        } else if (c != '_') {
            group = group * 10 + static_cast<std::uint64_t>(c - '0');
        }
        if (total > kMost || group > kMost)
            return std::nullopt;
    }
    return std::to_string(total + group);
}

// No digits at all are zero, as the engine's reader has it.
std::optional<std::string> digitsOf(std::string_view digits, std::string_view letters,
                                    std::string_view prefix) {
    if (digits.size() > kMostDigits || !allOf(digits, letters))
        return std::nullopt;
    const std::string plain = without(digits, '_');
    return plain.empty() ? std::optional<std::string>("0")
                         : integerText(std::string(prefix) + plain);
}

std::optional<std::string> binaryDigits(std::string_view digits) {
    if (digits.size() > kMostDigits || !allOf(digits, "01_"))
        return std::nullopt;
    const std::string plain = without(digits, '_');
    std::string hex;
    for (std::size_t end = plain.size(); end > 0;) {
        const std::size_t begin = end > 4 ? end - 4 : 0;
        unsigned nibble = 0;
        for (std::size_t i = begin; i < end; ++i)
            nibble = nibble * 2 + (plain[i] == '1' ? 1 : 0);
        hex.insert(hex.begin(), "0123456789abcdef"[nibble]);
        end = begin;
    }
    return hex.empty() ? std::optional<std::string>("0") : integerText("0x" + hex);
}

std::optional<std::string> magnitude(std::string_view text) {
    if (text.starts_with("0b"))
        return binaryDigits(text.substr(2));
    if (text.starts_with("0x"))
        return digitsOf(text.substr(2), "0123456789abcdefABCDEF_", "0x");
    if (text.starts_with('0'))
        return digitsOf(text.substr(1), "01234567_", "0o");
    if (isSexagesimal(text, false))
        return fromSexagesimal(text);
    return digitsOf(text, "0123456789_", "");
}

std::optional<std::string> oldInteger(std::string_view text) {
    const bool negative = text.starts_with('-');
    auto digits = magnitude(negative || text.starts_with('+') ? text.substr(1) : text);
    if (digits && negative && *digits != "0")
        digits->insert(0, "-");
    return digits;
}

// digits? `.` digits? ( [eE] sign digits )?, the point needed. Underscores are allowed by the form,
// but the engine's language then refuses to read the number, so that it stays a text.
bool isOldFloat(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos || text == "." ||
        !allOf(text.substr(0, point), "0123456789"))
        return false;
    const std::size_t exponent = text.find_first_of("eE", point);
    if (!allOf(text.substr(point + 1, std::min(exponent, text.size()) - point - 1), "0123456789"))
        return false;
    if (exponent == std::string_view::npos)
        return true;
    const std::string_view rest = text.substr(exponent + 1);
    return rest.size() > 1 && (rest.front() == '-' || rest.front() == '+') &&
           allOf(rest.substr(1), "0123456789");
}

std::optional<std::string> oldFloat(std::string_view text) {
    const bool isSigned = text.starts_with('-') || text.starts_with('+');
    const std::string_view size = isSigned ? text.substr(1) : text;
    if (isOldFloat(size))
        return floatText(text);
    const std::size_t point = size.find('.');
    if (point == std::string_view::npos || !isSexagesimal(size.substr(0, point), true) ||
        !allOf(size.substr(point + 1), "0123456789"))
        return std::nullopt;
    const auto whole = fromSexagesimal(size.substr(0, point));
    if (!whole)
        return std::nullopt;
    return floatText((text.starts_with('-') ? "-" : "") + *whole + std::string(size.substr(point)));
}

Value resolveOld(std::string_view text) {
    if (isNullText(text))
        return Value::null();
    if (const auto boolean = oldBoolean(text))
        return Value::ofBoolean(*boolean);
    if (auto integer = oldInteger(text))
        return Value::ofInteger(std::move(*integer));
    if (auto number = oldFloat(text))
        return Value::ofFloat(std::move(*number));
    Value plain = resolvePlain(text);
    return plain.kind == Value::Kind::Atom ? plain : Value::ofString(std::string(text));
}

// The version of the last %YAML line of the lines before a document.
bool namesYaml11(std::string_view head) {
    const std::size_t line = head.rfind("%YAML");
    if (line == std::string_view::npos ||
        (line > 0 && head[line - 1] != '\n' && head[line - 1] != '\r'))
        return false;
    const std::size_t begin = head.find_first_not_of(" \t", line + 5);
    if (begin == std::string_view::npos || !head.substr(begin).starts_with("1.1"))
        return false;
    return begin + 3 == head.size() || !isDigit(head[begin + 3]);
}

bool startsWithOne(std::string_view text, std::string_view any) {
    return !text.empty() && any.find(text.front()) != std::string_view::npos;
}

}  // namespace

Schema schemaOf(const Forest& forest, NodeRef node) {
    if (node == kStream) {
        const auto documents = forest.children(kStream);
        if (documents.empty())
            return Schema::Core;
        node = documents.back();
    }
    return namesYaml11(forest.lexeme(documentOf(forest, node)).prefix) ? Schema::Yaml11
                                                                       : Schema::Core;
}

Value resolvePlain(std::string_view text, Schema schema) {
    return schema == Schema::Core ? resolvePlain(text) : resolveOld(text);
}

bool dependsOnSchema(std::string_view text) {
    constexpr std::string_view kNumbers = "0123456789+-._";
    constexpr std::string_view kWords = "yYnNoO";  // yes, no, on, off
    const bool candidate =
        startsWithOne(text, kNumbers) || (text.size() <= 3 && startsWithOne(text, kWords));
    return candidate && resolvePlain(text) != resolveOld(text);
}

}  // namespace pe::yaml
