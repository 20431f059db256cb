// SPDX-License-Identifier: MIT
// ResultUse: a place where one step names a part of the result of another: prompt parts,
// conditions, templates and sources.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "rule.hpp"
#include "step_sight.hpp"
#include "text_range.hpp"

namespace pe::check {

enum class UsePlace : std::uint8_t { Prompt, Condition, Template, Source };

struct ResultUse {
    UsePlace place = UsePlace::Prompt;
    format::GraphIndex target = format::kNoGraphNode;  // whose result can be seen from there
    yaml::NodeRef node = yaml::kNoNode;
    const std::string& text;   // decoded
    TextRange whole;           // with the name of the step, where that stands in the text
    TextRange path;            // without; not empty
    bool inCondition = false;  // a template in the text of a condition
};

// Parts that may be missing, with `strict: false`, are none, nor are those that templates name.
void forEachResultUse(const StepContext& context,
                      const std::function<void(const ResultUse&)>& visit);

}  // namespace pe::check
