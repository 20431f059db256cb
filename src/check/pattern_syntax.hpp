// SPDX-License-Identifier: MIT
// Regular expressions of the engine (PCRE), as far as they are surely none. What takes another
// reading of the pattern - options, comments, verbs, quoted runs - is not judged.
#pragma once

#include <string_view>

namespace pe::check {

// Why the pattern cannot be compiled, as half a sentence; empty if it may be.
std::string_view patternFault(std::string_view pattern);

}  // namespace pe::check
