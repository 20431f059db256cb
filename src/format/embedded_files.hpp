// SPDX-License-Identifier: MIT
// Files of the repository as they were when the program was built; see schemas.cmake.
#pragma once

#include <string>
#include <vector>

#include "pe/format/catalogue.hpp"

namespace pe::format {

std::vector<SchemaFile> embeddedSchemas();  // schemas/, sorted by name
std::vector<SchemaFile> embeddedIcons();    // resources/icons/*.svg, sorted by name

}  // namespace pe::format
