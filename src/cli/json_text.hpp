// SPDX-License-Identifier: MIT
// A text as JSON, for commands that print what machines read.
#pragma once

#include <string>
#include <string_view>

#include "pe/yaml/value.hpp"

namespace pe::cli {

inline std::string jsonText(std::string_view text) {
    std::string out;
    yaml::appendJson(out, text);
    return out;
}

}  // namespace pe::cli
