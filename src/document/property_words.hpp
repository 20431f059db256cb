// SPDX-License-Identifier: MIT
// The words in front of a value, changed one at a time: `&anchor !tag`.
#pragma once

#include <string>
#include <string_view>

namespace pe::document {

// The properties with another anchor; without one where `name` is empty.
std::string withAnchor(std::string_view props, std::string_view name);
std::string withoutTag(std::string_view props);

}  // namespace pe::document
