// SPDX-License-Identifier: MIT
// The texts of one step in which the engine expands templates: all but its keys, its type, and what
// belongs to the steps and tasks nested in it.
#pragma once

#include <vector>

#include "rule.hpp"

namespace pe::check {

// Those that hold `{{` or `${`.
std::vector<StepText> templatedTexts(const StepContext& context);

}  // namespace pe::check
