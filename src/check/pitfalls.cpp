// SPDX-License-Identifier: MIT
#include "pe/check/pitfalls.hpp"

#include <algorithm>

#include "prompt_parts.hpp"

namespace pe::check {

bool isIgnoredInLoop(std::string_view type, std::string_view key) {
    if (key == "condition" && type == "while_loop")
        return false;
    if (key == "output_to_file" && (type == "parallel_claude" || type == "gemini_instructor"))
        return false;
    return std::find(kIgnoredInLoops.begin(), kIgnoredInLoops.end(), key) != kIgnoredInLoops.end();
}

bool failsLive(std::string_view type, std::string_view key) {
    return type == "gemini_instructor" && key == "functions";
}

bool isKnownPart(std::string_view type) {
    return std::any_of(kPromptParts.begin(), kPromptParts.end(),
                       [&](const PartField& each) { return each.type == type; });
}

}  // namespace pe::check
