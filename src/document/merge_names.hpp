// SPDX-License-Identifier: MIT
// Names across a merge: a step that one side renamed is what the other side's new references mean.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// Old to new names of the steps that the edit renames.
std::map<std::string, std::string> renamedSteps(const yaml::Forest& base, const yaml::Edit& edit);

// `text` with its references to the old names turned to the new ones. Names that `text` itself has
// given to another step, or given up, stay.
std::string withRenamedReferences(const std::string& text,
                                  const std::map<std::string, std::string>& names);

// Something that only the two sides together made wrong.
struct NameProblem {
    yaml::NodeRef node = yaml::kNoNode;  // in the merged forest
    std::string what;
};

// References without a step, steps of one name in one list and fields of one name in one mapping
// that are in `merged`, but in neither side.
std::vector<NameProblem> newNameProblems(const yaml::Forest& merged, const yaml::Forest& ours,
                                         const yaml::Forest& theirs);

}  // namespace pe::document
