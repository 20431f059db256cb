// SPDX-License-Identifier: MIT
// Line breaks as YAML has them: LF, CRLF and CR.
#pragma once

#include <cstddef>
#include <string_view>

namespace pe::yaml {

constexpr bool isLineBreak(char c) {
    return c == '\n' || c == '\r';
}

// Where the first break begins; npos if there is none. Most texts are short, so that a plain loop
// beats the library's searches.
constexpr std::size_t findBreak(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (isLineBreak(text[i]))
            return i;
    return std::string_view::npos;
}

constexpr bool hasBreak(std::string_view text) {
    return findBreak(text) != std::string_view::npos;
}

constexpr bool endsWithBreak(std::string_view text) {
    return !text.empty() && isLineBreak(text.back());
}

}  // namespace pe::yaml
