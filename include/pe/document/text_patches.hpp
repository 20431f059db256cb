// SPDX-License-Identifier: MIT
// Text patches: the smallest replacements that turn one shown text into another. Views keep their
// cursors and scroll positions by them, so lines that are equal are never replaced.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/document/change_set.hpp"

namespace pe::document {

// One replacement, between whole characters and line breaks; none if the texts are equal.
std::optional<TextPatch> patchBetween(std::string_view from, std::string_view to);

// One for each run of lines that differs; each counts in the text as those before it left it.
std::vector<TextPatch> patchesBetween(std::string_view from, std::string_view to);

// Lines with their breaks (LF, CRLF, CR); the last may have none.
std::vector<std::string_view> linesOf(std::string_view text);

// In their order; one that begins beyond the end is left out.
std::string patched(std::string text, const std::vector<TextPatch>& patches);

}  // namespace pe::document
