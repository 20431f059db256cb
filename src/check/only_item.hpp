// SPDX-License-Identifier: MIT
// OnlyItem: a mapping that stands where a list of such mappings belongs becomes the only item of
// that list, with its comments.
#pragma once

#include <optional>
#include <string>

#include "rule.hpp"

namespace pe::check {

// Nothing for a value that cannot be read.
std::optional<Fix> onlyItemFix(std::string title, const PipelineContext& context,
                               yaml::NodeRef entry);

}  // namespace pe::check
