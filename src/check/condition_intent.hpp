// SPDX-License-Identifier: MIT
// ConditionIntent: what the author of a condition in text form means, written the way the engine
// reads it. Reads the usual language of conditions: and or not && || ! with parentheses,
// comparisons with or without blanks, `steps.` and templates around paths, starts_with, in, exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/value.hpp"

namespace pe::check {

struct ConditionIntent {
    yaml::Value value;  // a text, or a mapping of and, or, not
    bool exact = true;  // false: in rare cases it decides otherwise than its author means
    std::vector<std::string> flags;  // what it compares with true; who knows better may say no
};

// Nothing if the text means what the engine reads, or cannot be said in the engine's terms.
std::optional<ConditionIntent> intendedCondition(std::string_view text);

}  // namespace pe::check
