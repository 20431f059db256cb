// SPDX-License-Identifier: MIT
// What a plain scalar is for the engine: the forms of each type.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/value.hpp"

namespace pe::yaml {

// Canonical decimal digits of an integer as the engine writes them (`+1`, `017`, `0x1F`, `-0o17`);
// nothing if it is none.
std::optional<std::string> integerText(std::string_view text);
// Canonical text of a float; nothing if it is none or too large for one.
std::optional<std::string> floatText(std::string_view text);
std::optional<bool> booleanOf(std::string_view text);
bool isNullText(std::string_view text);

}  // namespace pe::yaml
