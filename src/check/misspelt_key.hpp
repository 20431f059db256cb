// SPDX-License-Identifier: MIT
// MisspeltKey: the entry that was to be the field that a mapping lacks.
#pragma once

#include <string_view>

#include "fixes.hpp"

namespace pe::check {

// The first entry whose key is `key` with a slip, or another word for it. kNoNode if there is none,
// or if the mapping has the key.
yaml::NodeRef misspeltKey(const yaml::Forest& forest, yaml::NodeRef mapping, std::string_view key);

// "Rename `typ` to `type`": safe unless it is another word.
Fix misspeltKeyFix(const yaml::Forest& forest, yaml::NodeRef entry, std::string_view key);

}  // namespace pe::check
