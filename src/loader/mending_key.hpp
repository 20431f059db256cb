// SPDX-License-Identifier: MIT
// Keys over several lines, which the engine's YAML reader takes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace pe::loader {

// A plain word begins at `begin`, where a key is expected: up to the next colon it is one key, over
// as many lines as stand deeper than the collection around. The text with that key on one line.
std::optional<std::string> withPlainKey(const std::string& text, std::size_t begin);

// The same for a key in quotes.
std::optional<std::string> withQuotedKey(const std::string& text, std::size_t begin);

}  // namespace pe::loader
