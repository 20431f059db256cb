// SPDX-License-Identifier: MIT
// Previews: one line that shows how a text begins.
#pragma once

#include <string>
#include <string_view>

#include "pe/yaml/entries.hpp"

namespace pe::format {

// White space collapsed, at most `limit` code points, then an ellipsis. Only as much of the text is
// read as that takes.
std::string previewOf(std::string_view text, std::size_t limit);
std::string previewOf(const yaml::Forest& forest, yaml::NodeRef node, std::size_t limit);

}  // namespace pe::format
