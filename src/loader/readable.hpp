// SPDX-License-Identifier: MIT
// Readable: whether the engine's YAML reader takes a text, and what it then reads. It is not quite
// YAML's own opinion.
#pragma once

#include "pe/base/result.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::loader {

// The error says in our words what stands in the way.
Result<yaml::Value> readable(const yaml::Tree& tree);

}  // namespace pe::loader
