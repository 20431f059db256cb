// SPDX-License-Identifier: MIT
// The two validators of the engine, each as one rule about what its YAML reader returned.
#pragma once

#include "complaint.hpp"

namespace pe::loader {

Check checkConfig(const yaml::Value& root);
Check checkEnhanced(const yaml::Value& root);

// The defaults that the second validator merges into an accepted workflow, as far as that can
// crash.
Check checkDefaultsMerge(const yaml::Value& workflow);

}  // namespace pe::loader
