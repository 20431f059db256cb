// SPDX-License-Identifier: MIT
// Blank lines between the steps of a merged list. They belong to places rather than to steps:
// whoever moves the first step leaves a blank line above it and takes the one above the next away.
// Two such edits together would leave a list spaced as on no side.
#pragma once

#include "pe/yaml/edit.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {

// Lists that are evenly spaced in all three texts, and alike, are so in the merged one.
yaml::Edit evenGaps(const yaml::Forest& merged, const yaml::Tree& base, const yaml::Tree& ours,
                    const yaml::Tree& theirs);

}  // namespace pe::document
