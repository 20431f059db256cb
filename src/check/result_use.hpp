// SPDX-License-Identifier: MIT
// ResultUse: a place where one step names a part of the result of another: prompt parts,
// conditions, templates and sources; and outputs, by which a pipeline step names its own steps.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "rule.hpp"
#include "step_sight.hpp"
#include "text_range.hpp"

namespace pe::check {

enum class UsePlace : std::uint8_t { Prompt, Condition, Template, Source, Output };

struct ResultUse {
    UsePlace place = UsePlace::Prompt;
    format::GraphIndex target = format::kNoGraphNode;  // whose result can be seen from there
    yaml::NodeRef node = yaml::kNoNode;
    const std::string& text;  // decoded
    TextRange whole;          // with the name of the step, where that stands in the text
    TextRange path;           // without; not empty, unless the target is inside another step
    // The pipeline step that the text names, where the target is one of the steps that it runs;
    // else the target.
    format::GraphIndex named = target;
    std::string way = {};      // from the result of that to the result of the target
    bool inCondition = false;  // a template in the text of a condition
    bool unwrapped = false;    // without the `result` that the target stores its parts below

    bool isInner() const { return named != target; }
};

// Parts that may be missing, with `strict: false`, are none, nor are those that templates name.
void forEachResultUse(const StepContext& context,
                      const std::function<void(const ResultUse&)>& visit);

}  // namespace pe::check
