// SPDX-License-Identifier: MIT
// CallerPlaces: the places of another file that name steps of a pipeline file: what a step that
// runs it hands back, and the paths that lead through such a step. By the scalar that holds them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "name_index.hpp"
#include "pe/format/references.hpp"

namespace pe::language {

using CallerPlaces = std::map<yaml::NodeRef, std::vector<format::Reference>>;

CallerPlaces placesInCaller(const yaml::Forest& forest, const NameIndex& index,
                            const std::string& caller, const std::string& called);

}  // namespace pe::language
