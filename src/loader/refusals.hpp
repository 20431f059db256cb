// SPDX-License-Identifier: MIT
// Refusals: YAML without an error that the engine's YAML reader does not take.
#pragma once

#include <optional>

#include "pe/loader/verdict.hpp"

namespace pe::loader {

// The first entry that the engine's reader does not take, by its form; values are not looked at.
std::optional<Refusal> entryRefusal(const yaml::Forest& forest);

}  // namespace pe::loader
