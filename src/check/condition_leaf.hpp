// SPDX-License-Identifier: MIT
// ConditionLeaf: one comparison, or one thing that is true or not, out of a condition: rewritten
// the way the engine reads it. Used by condition_intent.cpp only.
#pragma once

#include <optional>
#include <string_view>

#include "condition_intent.hpp"

namespace pe::check {

// `text` holds no and, or, not, and no parentheses but those of calls.
std::optional<ConditionIntent> intendedLeaf(std::string_view text);

}  // namespace pe::check
