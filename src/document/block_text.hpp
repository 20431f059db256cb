// SPDX-License-Identifier: MIT
// Block text: the lines of a literal or folded scalar as elements of a replicated text, without
// their indentation, so that moving the scalar touches none of them. An element is a code point or
// a mark that keeps a byte-level fact which the value does not have: how a line was broken, and how
// many blanks stand on a line that is shorter than the indentation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pe::document {

using Elements = std::u32string;

inline constexpr char32_t kCarriageReturnLineFeed = 0x110000;
inline constexpr char32_t kCarriageReturn = 0x110001;
// kShortBlanks + n: a white line of n blanks, fewer than the indentation.
inline constexpr char32_t kShortBlanks = 0x120000;
inline constexpr char32_t kShortBlanksEnd = 0x130000;

// `raw`: the lines as they stand in a text whose content column is `column`. Valid UTF-8.
Elements toElements(std::string_view raw, int column);
std::string toRaw(const Elements& elements, int column);

}  // namespace pe::document
