// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace pe::yaml {

// Appends a code point; what is none becomes U+FFFD.
void appendUtf8(std::uint32_t code, std::string& out);

}  // namespace pe::yaml
