// SPDX-License-Identifier: MIT
// The texts of a step's conditions that the engine looks at, found below the mappings and lists
// that combine them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rule.hpp"

namespace pe::check {

// One of `condition`, `break_condition`, `continue_condition` of a step, or a field that a team has
// described as a condition.
struct ConditionEntry {
    yaml::NodeRef entry = yaml::kNoNode;
    bool textOnly = false;   // the condition of a while_loop
    bool afterBody = false;  // break_condition and continue_condition see the steps of the body
    bool skips = false;      // decides whether the executor skips the step, and is told there
};

// Those that have an effect at the step's place.
std::vector<ConditionEntry> conditionEntries(const StepContext& context);

// Calls `visit(node, text)` for every text in a condition, in the order of the file.
void forEachConditionText(const yaml::Forest& forest, yaml::NodeRef condition,
                          const std::function<void(yaml::NodeRef, const std::string&)>& visit);

}  // namespace pe::check
