// SPDX-License-Identifier: MIT
// WorkingFolder: where the agent of a Claude step works, and may leave files.
#pragma once

#include <optional>
#include <string>

#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::check {

// `claude_options.cwd` of a step or task; nothing if it names none.
std::optional<std::string> workingFolder(const yaml::Forest& forest, const format::GraphNode& step);

}  // namespace pe::check
