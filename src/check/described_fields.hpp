// SPDX-License-Identifier: MIT
// What the description of a team's step type says of the fields of a step, beyond their keys.
#pragma once

#include <vector>

#include "rule.hpp"

namespace pe::check {

// The step is of a type that a team has described: the engine's own types say nothing about it.
bool isTeamStep(const StepContext& context);

// The fields of a team's step that are of this kind, at any depth of its groups; none of a step of
// the engine's own types.
std::vector<yaml::NodeRef> describedFields(const StepContext& context, format::FieldKind kind);

}  // namespace pe::check
