// SPDX-License-Identifier: MIT
// New words in a scalar of several lines: where only words change, the line breaks, the escapes and
// all other words stay as they are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"

namespace pe::yaml {

// The raw text of a folded, quoted or plain scalar that is read as `after` instead of `before`;
// nothing if more than words differ, or if a word cannot be written there as it is.
std::optional<std::string> rawWithWords(const Lexeme& lexeme, std::string_view before,
                                        std::string_view after);

}  // namespace pe::yaml
