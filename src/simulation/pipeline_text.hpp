// SPDX-License-Identifier: MIT
// Pipelines as people write them, drawn at random: steps of many kinds, comments, odd spacing,
// inline lists and long prompts.
#pragma once

#include <string>
#include <string_view>

#include "pe/base/random.hpp"

namespace pe::simulation {

// What every drawn pipeline ends with, and nobody edits.
extern const std::string_view kUntouched;

std::string drawPipeline(Random& random);

}  // namespace pe::simulation
