// SPDX-License-Identifier: MIT
// Interpolation: the text that stands for a value inside the engine's sentences ("#{value}").
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "pe/yaml/value.hpp"

namespace pe::loader {

// The error is what the engine's language raises for a value that has no text.
tl::expected<std::string, std::string> interpolated(const yaml::Value& value);

// A floating point number with the fewest characters that read back as the same number.
std::string shortFloat(const std::string& number);

}  // namespace pe::loader
