// SPDX-License-Identifier: MIT
// CalledName: a name that means a step of the pipeline file which a step of this file runs: an
// output of that step, or the second name of a path that leads through it.
#pragma once

#include <string>
#include <vector>

#include "name_index.hpp"
#include "pe/format/references.hpp"

namespace pe::language {

struct CalledName {
    format::Reference reference;
    std::string file;  // as written; may hold templates
};

std::vector<CalledName> calledNames(const yaml::Forest& forest, const NameIndex& index);

}  // namespace pe::language
