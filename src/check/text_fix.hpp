// SPDX-License-Identifier: MIT
// Fixes of texts, with titles that show what they write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fixes.hpp"
#include "text_range.hpp"

namespace pe::check {

// "Write `text`"
Fix fixText(yaml::NodeRef node, std::string text, Safety safety);
// `written`, a range of the decoded text `whole`, becomes `meant`.
Fix fixPart(yaml::NodeRef node, std::string_view whole, TextRange written, std::string meant,
            Safety safety);

// Between backticks, for messages.
std::string quoted(std::string_view text);
// "a, b and c"
std::string listed(const std::vector<std::string>& words);

}  // namespace pe::check
