// SPDX-License-Identifier: MIT
// The two validators of the engine, each as one rule about what its YAML reader returned.
#pragma once

#include "complaint.hpp"

namespace pe::loader {

Check checkConfig(const yaml::Value& root);
Check checkEnhanced(const yaml::Value& root);

// What they say of one step, but for the steps that it names. `available`: gemini_functions.
Check checkConfigStep(const yaml::Value& step, const yaml::Value& available);
Check checkEnhancedStep(const yaml::Value& step);
// What they say of a workflow before they look at the steps.
Check checkConfigHeader(const yaml::Value& root);
Check checkEnhancedHeader(const yaml::Value& root);

// The defaults that the second validator merges into the steps of an accepted workflow, as far as
// that can crash.
Check checkDefaultsMerge(const yaml::Value& step, const yaml::Value& defaults);

}  // namespace pe::loader
