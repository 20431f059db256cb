// SPDX-License-Identifier: MIT
// trimmed: a text without what is white at its ends. Pure; views the text it is given.
#pragma once

#include <algorithm>
#include <string_view>

namespace pe {

// Leaves out every byte of `around` before the first and behind the last byte that is none.
constexpr std::string_view trimmed(std::string_view text, std::string_view around = " \t\r\n") {
    text.remove_prefix(std::min(text.find_first_not_of(around), text.size()));
    return text.substr(0, text.find_last_not_of(around) + 1);
}

}  // namespace pe
