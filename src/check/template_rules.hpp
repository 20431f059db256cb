// SPDX-License-Identifier: MIT
// The parts of the template rules that stand in files of their own. Private to these rules.
#pragma once

#include "rule.hpp"

namespace pe::check {

// rules_template_source.cpp: data_source, input_source and right_source.
void checkSources(const StepContext& context, Reporter& reporter);

// rules_template_while.cpp: a while condition in which only templates could change.
void checkWhileCondition(const StepContext& context, Reporter& reporter);

}  // namespace pe::check
