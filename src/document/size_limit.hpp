// SPDX-License-Identifier: MIT
// SizeLimit: what a replicated document can hold. Texts beyond it can be edited as text only.
#pragma once

#include <cstddef>
#include <optional>

#include "pe/crdt/change.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {

// A text with more entries stays text: one change could not hold their creation, nor the removal of
// those before.
inline constexpr std::size_t kEntriesMax = crdt::Limits::kOperations / 2;

// The first place of an editable text that is beyond the limits, with what to do; nothing if it is
// within them.
std::optional<yaml::Problem> beyondLimits(const yaml::Tree& tree);

}  // namespace pe::document
