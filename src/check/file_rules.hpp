// SPDX-License-Identifier: MIT
// The parts of the file rules that stand in files of their own. Private to these rules.
#pragma once

#include "rule.hpp"

namespace pe::check {

// rules_file_place.cpp: paths that lead to another place than they say.
void checkOutputFile(const StepContext& context, Reporter& reporter);
void checkWorkspacePaths(const PipelineContext& context, Reporter& reporter);

}  // namespace pe::check
