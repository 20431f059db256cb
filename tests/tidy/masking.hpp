// SPDX-License-Identifier: MIT
// Masking: C++ text with everything blanked that is no code: comments, string literals (raw ones
// too) and character literals. Line breaks stay, so every offset and line number stays.
#pragma once

#include <string>
#include <string_view>

namespace pe::tidy {

std::string masked(std::string_view text);
// Also blanks preprocessor directives with their continuation lines; takes masked code.
std::string withoutDirectives(std::string_view code);

}  // namespace pe::tidy
