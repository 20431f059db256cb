// SPDX-License-Identifier: MIT
// Scalars: from a value to the text that stands for it, so that every reader of YAML 1.1 and 1.2,
// and the engine, reads exactly that value back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

// Where the scalar will stand.
struct ScalarPlace {
    bool flow = false;   // inside [] or {}
    bool key = false;    // as a mapping key: one line, no block style
    int column = 0;      // of the entry that holds it; block text is indented from here
    int textOffset = 2;  // content column minus `column` for a new block scalar
    std::string_view lineBreak = "\n";
};

struct ScalarText {
    Style style = Style::Plain;
    std::string open;  // block header with its line break
    std::string raw;   // as in Lexeme
    int offset = 0;    // as in Lexeme
};

// True if a plain scalar of this text is that text for every reader (not a number, boolean, null,
// date, merge key ... of YAML 1.1, 1.2 or the engine) and is legal at the place.
bool plainIsSafe(std::string_view text, const ScalarPlace& place);

// A string in the preferred style where that is legal, else in the nearest that is: plain ->
// double; single -> double for control characters and line breaks; literal -> double where a
// literal cannot hold it (`|+` is never written). Quoted stays quoted.
ScalarText encodeString(std::string_view text, Style preferred, const ScalarPlace& place);

// Null, booleans and numbers as plain text.
ScalarText encodeAtom(const Value& value);

// The style a new string takes: plain if safe, literal for several lines, else double quotes.
Style naturalStyle(std::string_view text, const ScalarPlace& place);

// Decodes the raw text of one style (raw and open as in Lexeme). `textColumn` is the content column
// of a block scalar (lexeme.column + lexeme.offset).
std::string decodeScalar(Style style, std::string_view open, std::string_view raw, int textColumn);

}  // namespace pe::yaml
