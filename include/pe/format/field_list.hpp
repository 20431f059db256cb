// SPDX-License-Identifier: MIT
// Lists of fields: of a step type, a group, a prompt part.
#pragma once

#include <string_view>
#include <vector>

#include "pe/format/catalogue.hpp"

namespace pe::format {

// Null if the list has no field of that key.
const FieldSpec* fieldNamed(const std::vector<FieldSpec>& fields, std::string_view key);

}  // namespace pe::format
