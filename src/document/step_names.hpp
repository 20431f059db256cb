// SPDX-License-Identifier: MIT
// Names of steps: which are taken, a free one, and what a rename has to rewrite.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

std::set<std::string> stepNames(const yaml::Forest& forest);

// True for the `name` entry of a step, a task or a step of a nested list: an item of a list.
bool isStepName(const yaml::Forest& forest, yaml::NodeRef nameEntry);

// `name` if it is free, else name_2, name_3, ...; a number at the end counts on.
std::string uniqueName(const std::string& name, const std::set<std::string>& taken);

// The scalars that change when a step gets another name, each with its new text: the name itself
// and every reference to it. Conflict if the name is taken.
Result<std::vector<std::pair<yaml::NodeRef, std::string>>> stepRenames(
    const yaml::Forest& forest, const format::Catalogue& types, yaml::NodeRef step,
    const std::string& name);

}  // namespace pe::document
