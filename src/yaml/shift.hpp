// SPDX-License-Identifier: MIT
// Lines of lexeme texts and how they move sideways. A text is written as if its entry stood at one
// column; these functions write it for another one. Breaks are LF, CRLF and CR, each kept as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/line_breaks.hpp"

namespace pe::yaml {

// One line of a text: what stands before the break, and the break (empty at the end of the text).
struct Line {
    std::string_view body;
    std::string_view lineBreak;
    std::string_view whole() const { return {body.data(), body.size() + lineBreak.size()}; }
};

// Takes the first line off `rest`.
Line takeLine(std::string_view& rest);

std::string_view withoutFinalBreak(std::string_view text);
std::string_view withoutTrailingBlanks(std::string_view text);
// The break that `text` ends with, or empty.
std::string_view finalBreak(std::string_view text);
// The first break in `text`, or empty.
std::string_view firstBreak(std::string_view text);

inline std::size_t leadingSpaces(std::string_view line) {
    const std::size_t count = line.find_first_not_of(' ');
    return count == std::string_view::npos ? line.size() : count;
}
inline bool isWhite(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}
// Of a text between entries and values, where nothing else has the sign.
inline bool hasComment(std::string_view layout) {
    return layout.find('#') != std::string_view::npos;
}
inline bool isComment(std::string_view line) {
    const std::size_t at = line.find_first_not_of(" \t");
    return at != std::string_view::npos && line[at] == '#';
}

// Writes a text that begins in the middle of a line: every later line moves by `delta` columns, not
// beyond the left margin. White lines stay; blanks that end the text are the indent of what follows
// and move.
void appendShifted(std::string& out, std::string_view text, int delta);

// Writes one line moved by `delta`, white lines unchanged.
void appendShiftedLine(std::string& out, Line line, int delta);

// Writes the lines of a block scalar whose text stands at `textColumn`. White lines that are longer
// than the text's indent hold text and move; shorter ones are cut where they would become text.
void appendShiftedBlock(std::string& out, std::string_view raw, int textColumn, int delta);

// The `raw` of a scalar for a place that stands `delta` columns further right.
std::string shiftedScalar(const Lexeme& scalar, int delta);

}  // namespace pe::yaml
