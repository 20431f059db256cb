// SPDX-License-Identifier: MIT
// What the characters of a text allow: in which styles it can be written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pe::yaml {

// One code point of a UTF-8 text; bytes that are no UTF-8 read as U+FFFD, one by one.
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;  // bytes taken from the text
};
CodePoint codePointAt(std::string_view text, std::size_t at);
void appendUtf8(std::string& out, char32_t value);

struct TextTraits {
    bool hasBreak = false;  // a line feed
    bool hasTab = false;
    bool hasSpecial =
        false;  // must be escaped: controls, other line breaks, non-characters, bad UTF-8
    bool hasVisible = false;  // anything but blanks and breaks
};
TextTraits traitsOf(std::string_view text);

// The text in double quotes, with the escapes that every reader knows.
std::string doubleQuoted(std::string_view text);
// The text in single quotes; it must be one line without special characters.
std::string singleQuoted(std::string_view text);

}  // namespace pe::yaml
