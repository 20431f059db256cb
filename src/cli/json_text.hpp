// SPDX-License-Identifier: MIT
// A text as JSON, for commands that print what machines read.
#pragma once

#include <string>
#include <string_view>

#include "pe/base/utf8.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {

// A name as people and JSON can read it: bytes that are no UTF-8 become U+FFFD.
inline std::string readableName(std::string_view name) {
    std::string out;
    for (std::string_view rest = name; !rest.empty();) {
        const utf8::CodePoint point = utf8::decode(rest);
        utf8::append(out, point.value);
        rest.remove_prefix(point.length);
    }
    return out;
}

inline std::string jsonText(std::string_view text) {
    std::string out;
    yaml::appendJson(out, text);
    return out;
}

}  // namespace pe::cli
