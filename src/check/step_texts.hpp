// SPDX-License-Identifier: MIT
// The texts of one step in which the engine expands templates: all but its keys, its type, and what
// belongs to the steps and tasks nested in it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "rule.hpp"

namespace pe::check {

struct StepText {
    yaml::NodeRef node = yaml::kNoNode;
    std::string_view field;   // the key of the step below which it stands
    std::string_view key;     // the nearest key; empty in a list
    std::string text;         // decoded
    bool quotesText = false;  // content of a prompt: may show templates to the model on purpose
    bool condition = false;   // below a condition of whatever key
};

// Calls `visit` for those that hold `{{` or `${`.
void forEachTemplateText(const StepContext& context,
                         const std::function<void(const StepText&)>& visit);

}  // namespace pe::check
