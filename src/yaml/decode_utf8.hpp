// SPDX-License-Identifier: MIT
// Code points to UTF-8, for the escapes of double quoted scalars.
#pragma once

#include <cstdint>
#include <string>

namespace pe::yaml {

// Appends a code point; what is none becomes U+FFFD.
void appendUtf8(std::uint32_t code, std::string& out);

}  // namespace pe::yaml
