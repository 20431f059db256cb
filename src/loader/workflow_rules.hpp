// SPDX-License-Identifier: MIT
// Rules about a workflow that both validators of the engine share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "complaint.hpp"

namespace pe::loader {

// The workflow, its name and its list of steps are there.
Check checkRequired(const yaml::Value& root);

// The definitions below gemini_functions.
Check checkFunctions(const yaml::Value& workflow);

// The names of the steps, to be asked for many times. They stay where they are.
class StepNames {
public:
    explicit StepNames(const yaml::Value& steps);
    bool contains(const yaml::Value& name) const;

private:
    std::unordered_set<std::string_view> texts_;
    std::vector<const yaml::Value*> others_;
};

// Steps named by previous_response parts are steps of the workflow.
Check checkReferences(const yaml::Value& workflow);
Check checkStepReferences(const yaml::Value& step, const StepNames& names);

// The type names of a list, as sentences say them: with ", " between.
std::string listOf(std::span<const std::string_view> names);

}  // namespace pe::loader
