// SPDX-License-Identifier: MIT
// Rules of the second validator about the prompt of a step.
#pragma once

#include "complaint.hpp"

namespace pe::loader {

Check checkEnhancedPrompt(const yaml::Value& step);

// The crash of joining a step's name that is no text to another text.
Check joinCrash(const yaml::Value& name, const yaml::Value& step);

}  // namespace pe::loader
