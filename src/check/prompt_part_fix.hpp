// SPDX-License-Identifier: MIT
// Fixes that write another prompt part, or several, in the place of one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fixes.hpp"
#include "text_range.hpp"

namespace pe::check {

// A part whose text stands under `new_prompt`, as a static one. Nothing if it has no such text.
std::optional<Fix> staticPartFix(const yaml::Forest& forest, yaml::NodeRef part);

// `content` is the text of a static part in a list of parts, and `range` a template in it for the
// result of `step`: that becomes a previous_response part, with what stands before and behind it
// in parts of its own. An empty `extract` means the whole result. Nothing for other texts.
std::optional<Fix> resultPartFix(const yaml::Forest& forest, yaml::NodeRef content,
                                 std::string_view text, TextRange range, std::string_view step,
                                 std::string_view extract);

// The part of a result that is the answer of such a step; empty if it has none.
std::string_view answerOf(std::string_view stepType);

}  // namespace pe::check
