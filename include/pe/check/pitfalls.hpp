// SPDX-License-Identifier: MIT
// Pitfalls: fields and prompt parts that the format has and that do not do what they say where they
// stand. Rules report them; completion offers them last.
#pragma once

#include <array>
#include <string_view>

namespace pe::check {

// Loops run their steps themselves and do not look at these, whatever the type of the step does.
inline constexpr std::array<std::string_view, 3> kIgnoredInLoops = {"condition", "output_to_file",
                                                                    "streaming"};
// One of them that a step of this type does not read itself either.
bool isIgnoredInLoop(std::string_view type, std::string_view key);

// A live step of this type fails when the field is set.
bool failsLive(std::string_view type, std::string_view key);

// Prompt parts of any other type are refused when the file is loaded.
bool isKnownPart(std::string_view type);

}  // namespace pe::check
