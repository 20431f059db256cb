// SPDX-License-Identifier: MIT
// Place: where in the structure of a pipeline a byte of its text stands, told by indentation and
// brackets, so that it is known while the line is still being typed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "line.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

// One step down from the root: a key, or an item of a list.
struct PathStep {
    bool item = false;
    std::string key;        // empty for an item
    std::size_t begin = 0;  // byte of the key or of the dash (flow: of the item)
    std::string type;       // of an item that is a mapping: the text of its `type`
};

enum class PlaceKind {
    Key,      // where a key, or an item of a list, may begin
    Value,    // behind `key:` or a dash, on its line
    Text,     // inside a block text or a text of several lines
    Comment,  // nothing can be completed here
};

struct Place {
    PlaceKind kind = PlaceKind::Comment;
    std::vector<PathStep> path;  // Value and Text: the last is the entry whose value it is
    yaml::Span word;             // what completion replaces
    std::string_view before;     // the value's or key's text on this line up to the offset
    std::size_t column = 0;      // Key: where the entry begins
    bool afterDash = false;      // Key: a dash stands before it on its line
    bool beforeItem = false;     // Key: right before the dash of another item
    bool flow = false;           // between brackets
    bool quoted = false;         // between quotes, on one line or between brackets
    // Of the text that holds the place: Plain, SingleQuoted, DoubleQuoted, or Literal for both
    // kinds of block text.
    yaml::Style style = yaml::Style::Plain;
    // Those of the mapping that holds the key or value, other than its own.
    std::vector<KeyLine> keys;
};

Place placeAt(std::string_view text, std::size_t offset);

}  // namespace pe::language
