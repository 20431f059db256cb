// SPDX-License-Identifier: MIT
// Callers: the other files of a project that run a pipeline file and name its steps, asked before
// steps are taken out of its list. Pure functions of texts.
#pragma once

#include <map>
#include <string>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::language {

struct StepsTakenAway {
    std::string path;  // of the pipeline file
    std::string before;
    std::string after;
    std::map<std::string, std::string> others;  // other files of the project: path to text
};

// Refused where another file names a step that is gone afterwards: a line for each such line.
Result<void> callersKeepTheirSteps(const StepsTakenAway& change,
                                   const format::Catalogue& catalogue);

}  // namespace pe::language
