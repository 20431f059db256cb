// SPDX-License-Identifier: MIT
// Order: how the engine's language sorts values, and so walks the keys of a mapping.
#pragma once

#include "pe/yaml/value.hpp"

namespace pe::loader {

// Numbers, atoms, mappings, lists, texts; within a kind by value.
bool comesBefore(const yaml::Value& left, const yaml::Value& right);

}  // namespace pe::loader
