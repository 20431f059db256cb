// SPDX-License-Identifier: MIT
// TextRange: bytes of one text, and the small questions that the grammars of conditions, templates
// and sources ask of characters. Letters are ASCII here, as in the engine's own patterns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pe::check {

struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool empty() const { return begin >= end; }
    std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
    bool operator==(const TextRange&) const = default;
};

inline bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

inline bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
}

inline bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

inline TextRange trimmed(std::string_view text, TextRange range) {
    while (range.begin < range.end && isBlank(text[range.begin]))
        ++range.begin;
    while (range.end > range.begin && isBlank(text[range.end - 1]))
        --range.end;
    return range;
}

inline TextRange wholeOf(std::string_view text) {
    return trimmed(text, {0, text.size()});
}

// -12, 12 and, if `fraction`, 1.5: the numbers of the engine's literals.
inline bool isNumber(std::string_view text, bool fraction) {
    if (!text.empty() && text.front() == '-')
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), isDigit);
    };
    if (point == std::string_view::npos)
        return digits(text);
    return fraction && digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

inline bool sameButForCase(std::string_view a, std::string_view b) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return small(x) == small(y); });
}

// A letter or `_`, then letters, digits, `_`.
inline bool isIdentifier(std::string_view text) {
    return !text.empty() && !isDigit(text.front()) &&
           std::all_of(text.begin(), text.end(), isWordCharacter);
}

}  // namespace pe::check
