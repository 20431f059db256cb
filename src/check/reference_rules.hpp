// SPDX-License-Identifier: MIT
// The parts of the reference rules that stand in files of their own. Private to these rules.
#pragma once

#include "rule.hpp"

namespace pe::check {

// What depends on fields of the step that is referred to, not only on its name and type.
void checkTargets(const PipelineContext& context, Reporter& reporter);

}  // namespace pe::check
