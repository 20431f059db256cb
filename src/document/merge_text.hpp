// SPDX-License-Identifier: MIT
// Texts of entries as a merge compares them: whatever their indentation and layout.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// Lines moved by `delta` columns; the first only if it starts at the start of a line.
std::string shiftedLines(std::string_view text, int delta, bool startsLine);

// Where the first line with something in it begins.
std::size_t blankLinesOf(std::string_view text);

// The lines of a block scalar at another column. White lines keep the blanks that they have.
std::string blockAt(std::string_view raw, int from, int to);

// The scalar of an entry, decoded; of a collection, what it is.
std::string valueText(const yaml::Lexeme& lexeme);

// Equal in all that a reader would notice: keys, values, comments.
bool sameEntry(const yaml::Entry& left, const yaml::Entry& right);

// What a person would call an entry among its siblings: its key, or the name of an item.
std::string identityOf(const yaml::Entry& entry);

enum class ValueClass { Scalar, Mapping, Sequence };
ValueClass classOf(yaml::Style style);

}  // namespace pe::document
