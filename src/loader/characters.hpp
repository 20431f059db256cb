// SPDX-License-Identifier: MIT
// Characters: code points and UTF-8 as the engine's language sees them.
#pragma once

#include <cstdint>
#include <string_view>

namespace pe::loader {

// A character that needs no escape to be read: letters, signs, spaces, and the usual control
// characters.
bool isPrintable(std::uint32_t code);

// Takes one character off the front of `text`; false if the bytes there are no UTF-8.
bool takeCharacter(std::string_view& text, std::uint32_t& code);

}  // namespace pe::loader
