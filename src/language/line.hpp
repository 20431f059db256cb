// SPDX-License-Identifier: MIT
// Line: what one line of block YAML opens, read from its characters alone. Completion needs to know
// where it is while the text around is no YAML, so it does not ask the tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::language {

// A dash or a key on a line.
struct Level {
    std::size_t column = 0;
    std::size_t begin = 0;  // byte of the dash or of the key
    bool dash = false;
    std::string key;  // decoded; empty for a dash
};

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;     // without the line break
    std::size_t indent = 0;  // column of the first character that is no blank
    bool blank = false;      // nothing, or a comment, or a document marker
    bool comment = false;
    bool marker = false;         // `---` or `...`: another document begins behind it
    std::vector<Level> levels;   // outermost first; at most one key, the last
    std::size_t valueBegin = 0;  // behind the last level, blanks and properties
    std::string_view value;      // from there, without a comment and blanks at the end

    bool hasKey() const { return !levels.empty() && !levels.back().dash; }
};

Line lineAt(std::string_view text, std::size_t offset);
// False if there is no line above or below; then `line` stays.
bool lineAbove(std::string_view text, Line& line);
bool lineBelow(std::string_view text, Line& line);

bool isBlockHeader(std::string_view value);
// How a scalar is written that begins like this; Literal for both kinds of block text.
yaml::Style styleOf(std::string_view value);
// The text of a plain or quoted value on one line.
std::string unquoted(std::string_view value);

// A key of a mapping with what stands behind it on its line.
struct KeyLine {
    std::string key;
    std::string_view value;
    std::size_t begin = 0;
};

// The keys of the block mapping at `column` that holds the line.
std::vector<KeyLine> keysAround(std::string_view text, const Line& line, std::size_t column);
// The keys of the mapping that a dash opens; empty if it opens none.
std::vector<KeyLine> keysOfItem(std::string_view text, std::size_t dash);

std::string valueOf(const std::vector<KeyLine>& keys, std::string_view key);

}  // namespace pe::language
