// SPDX-License-Identifier: MIT
// StepExtraction: which of the selected steps can become a pipeline of their own, and its name.
// Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"
#include "scene_value.hpp"

namespace pe::editor {

// Steps that follow one another in one list.
struct StepRun {
    std::vector<yaml::NodeRef> steps;  // in the order of the text, at least one
    std::string list;                  // pointer to it
    std::size_t first = 0;             // place of the first in the list
};

// Refused, with the reason, where the selected steps are no such run.
Result<StepRun> runOfSteps(const SceneValue& scene, const yaml::Forest& forest,
                           std::vector<yaml::NodeRef> selected);

// A name for the step that takes their place, which can be referred to and is free.
std::string nameForRun(const SceneValue& scene, const StepRun& run);

struct ExtractionChoice {
    std::string name;  // of the new step
    std::string path;  // of the new file, as the step is to name it; empty: into this file
};

}  // namespace pe::editor
