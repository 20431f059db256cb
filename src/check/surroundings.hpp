// SPDX-License-Identifier: MIT
// Surroundings: what step rules may read beyond their own step. While it stays the same, what was
// found in an unchanged step stays true.
#pragma once

#include <cstdint>

#include "rule.hpp"

namespace pe::check {

// A hash of: the names, types and places of all steps and tasks; the names that loops and
// set_variable give; everything of the file that stands beside the steps.
std::uint64_t surroundingsOf(const PipelineContext& context);

}  // namespace pe::check
