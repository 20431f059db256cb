// SPDX-License-Identifier: MIT
// Keys: the text of a mapping key as written, taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/properties.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

// A key that is one scalar on one line, maybe with properties.
struct SimpleKey {
    bool simple = false;  // false: `? `, a collection, an alias: the fields below say nothing
    std::string_view props;
    std::string_view raw;
    Style style = Style::Plain;
};
SimpleKey simpleKey(std::string_view key);

// Letters, digits and underscores only: nearly every key is such a word.
bool isBareWord(std::string_view key);

// Quoted or bracketed: in a flow collection a value may touch the colon behind such a key.
bool isClosedKey(std::string_view key);

// The name of a key's anchor, whatever the key is; empty if it has none.
std::string_view anchorOfKey(std::string_view key);

// What tells two keys apart for the engine: 1 and "1" differ, a and "a" do not. Views the key where
// no decoding is needed, else `buffer`.
std::string_view keyIdentity(std::string_view key, std::string& buffer);

// An explicit or collection key as a document of its own, its columns kept. Keys within keys take
// time by their depth, and so only a few levels are read.
// Nothing if it cannot be read.
std::optional<Tree> parseKey(std::string_view key, int column);

}  // namespace pe::yaml
