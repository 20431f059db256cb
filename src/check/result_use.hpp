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

enum class UsePlace : std::uint8_t {
    Prompt,
    Condition,
    Template,
    Argument,  // of a function, in a template
    Source,
    Join,  // the right_source of one
    Output,
};

struct ResultUse {
    UsePlace place = UsePlace::Prompt;
    format::GraphIndex target = format::kNoGraphNode;  // whose result can be seen from there
    yaml::NodeRef node = yaml::kNoNode;
    const std::string& text;  // decoded
    TextRange whole;          // with the name of the step, where that stands in the text
    TextRange path;           // without; not empty, unless the target is inside another step
    format::GraphIndex named = target;  // the step that the text names
    // Where the target is one of the steps that a pipeline step runs: from the result of that to
    // the result of the target,
    std::string way = {};
    // the part of that which is handed out, empty for all of it; `path` goes on in there,
    std::string part = {};
    // and the pipeline that the target stands in; null: the same.
    const PipelineContext* inside = nullptr;
    bool inCondition = false;  // a template in the text of a condition
    bool unwrapped = false;    // without the `result` that the target stores its parts below

    bool isInner() const { return inside != nullptr; }
    bool isTemplate() const { return place == UsePlace::Template || place == UsePlace::Argument; }
    // Where the target stands, if the text stands in `own`.
    const PipelineContext& around(const PipelineContext& own) const {
        return inside == nullptr ? own : *inside;
    }
};

// Parts that may be missing, with `strict: false`, are none, nor are those that templates name.
void forEachResultUse(const StepContext& context,
                      const std::function<void(const ResultUse&)>& visit);

}  // namespace pe::check
