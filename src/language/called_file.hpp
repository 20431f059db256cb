// SPDX-License-Identifier: MIT
// The pipeline file that a step runs, as far as a name in this file can mean something in it.
#pragma once

#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/language/scope.hpp"

namespace pe::language {

// The steps of its top level, without results and without nodes, which would be those of another
// forest. Nothing if `path` is empty or leads nowhere, or `files` is null.
std::vector<Name> stepsOfFile(const std::string& path, const format::Catalogue& catalogue,
                              const check::FileLookup* files);

}  // namespace pe::language
