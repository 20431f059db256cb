// SPDX-License-Identifier: MIT
// What the characters of a text allow: in which styles it can be written.
#pragma once

#include <string>
#include <string_view>

namespace pe::yaml {

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
