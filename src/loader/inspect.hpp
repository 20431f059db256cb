// SPDX-License-Identifier: MIT
// Inspection: a value as a literal of the engine's language, as it stands in its sentences after
// "got:".
#pragma once

#include <string>

#include "pe/yaml/value.hpp"

namespace pe::loader {

std::string inspected(const yaml::Value& value);

}  // namespace pe::loader
