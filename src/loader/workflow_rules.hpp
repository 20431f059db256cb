// SPDX-License-Identifier: MIT
// Rules about a workflow that both validators of the engine share.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "complaint.hpp"

namespace pe::loader {

// The workflow, its name and its list of steps are there.
Check checkRequired(const yaml::Value& root);

// The definitions below gemini_functions.
Check checkFunctions(const yaml::Value& workflow);

// Steps named by previous_response parts are steps of the workflow.
Check checkReferences(const yaml::Value& workflow);

// The type names of a list, as sentences say them: with ", " between.
std::string listOf(std::span<const std::string_view> names);

}  // namespace pe::loader
