// SPDX-License-Identifier: MIT
// Properties: the text in front of a value or a key that names it or says its type.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pe::yaml {

// The names in `&name` and `!tag` of a properties text; empty if there is none. Views the text.
std::string_view anchorOf(std::string_view props);
std::string_view tagOf(std::string_view props);

// The properties in front of a key that is a scalar; nothing if it is a collection, an alias or
// written with `? `.
std::optional<std::string_view> propsOfKey(std::string_view key);

// The word that begins at an offset, up to white space.
std::string_view wordAt(std::string_view text, std::size_t at);

}  // namespace pe::yaml
