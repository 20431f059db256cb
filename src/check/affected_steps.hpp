// SPDX-License-Identifier: MIT
// AffectedSteps: the steps whose findings may change because another step did: those inside of it,
// those that name it, and those that name these. What stands in prompts nobody else knows, and
// steps nested in one are changes of their own.
#pragma once

#include <unordered_set>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::check {

// By the index in the graph. `changed`: the entries that changed and all around them.
std::vector<bool> affectedSteps(const yaml::Forest& forest, const format::Graph& graph,
                                const std::unordered_set<yaml::NodeRef>& changed);

}  // namespace pe::check
