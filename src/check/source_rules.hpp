// SPDX-License-Identifier: MIT
// The rules for data_source, input_source and right_source; part of templateRules().
#pragma once

#include "rule.hpp"

namespace pe::check {

void checkSources(const StepContext& context, Reporter& reporter);

}  // namespace pe::check
