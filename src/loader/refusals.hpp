// SPDX-License-Identifier: MIT
// Refusals: YAML without an error that the engine's YAML reader does not take.
#pragma once

#include <optional>
#include <string>

#include "pe/yaml/tree.hpp"

namespace pe::loader {

// Why the engine refuses the text, as a sentence for a person; nothing if it takes it.
std::optional<std::string> refusalOf(const yaml::Tree& tree);

}  // namespace pe::loader
