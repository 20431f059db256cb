// SPDX-License-Identifier: MIT
// Sample texts: pipelines of real shape and any size, for benchmarks.
#pragma once

#include <cstddef>
#include <string>

namespace pe::cli {

// About 1 KB and 25 lines a step: comments, prompts in block texts, references to earlier steps.
std::string samplePipeline(std::size_t steps);

}  // namespace pe::cli
