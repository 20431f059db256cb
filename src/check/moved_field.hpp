// SPDX-License-Identifier: MIT
// Fixes for fields whose value the engine reads at another place, or in another form.
#pragma once

#include <optional>
#include <string_view>

#include "fixes.hpp"
#include "rule.hpp"

namespace pe::check {

// The mapping that the engine reads the field in, beside or around the one it stands in; empty for
// other fields.
std::string_view otherPlaceOf(const yaml::Forest& forest, yaml::NodeRef entry);
// Moves it there. Nothing if a field of that name is there already.
std::optional<Fix> otherPlaceFix(const yaml::Forest& forest, yaml::NodeRef entry);

// {timeout_seconds: 30} of Claude's options becomes {timeout_ms: 30000}.
std::optional<Fix> millisecondsFix(const yaml::Forest& forest, yaml::NodeRef entry);

// {variable: x, value: y} of a step becomes {variables: {x: y}}, on the line that has a comment.
std::optional<Fix> variablesFix(const yaml::Forest& forest, yaml::NodeRef step);

// A default for Gemini steps moves into each of them that lacks the field.
std::optional<Fix> inheritFix(const PipelineContext& context, yaml::NodeRef entry);

}  // namespace pe::check
