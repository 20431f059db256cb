// SPDX-License-Identifier: MIT
// KnownData: what the results of steps hold that do not depend on an answer or on files, typed as
// far as the pipeline says it: `data_transform` of a list that a variable holds, and the like.
#pragma once

#include <string_view>

#include "rule.hpp"

namespace pe::check {

struct KnownData {
    format::ResultKind kind = format::ResultKind::Any;
    bool filled = false;  // a list that has items
    // So few items that the operations take the list as a whole; what they make of a longer one is
    // always a list.
    bool few = false;
};

// What a transformation makes of its input, before its `output_format`.
KnownData transformed(const PipelineContext& context, format::GraphIndex step);

// A part of the result of a step of any type, when it has run.
format::ResultKind partKind(const PipelineContext& context, format::GraphIndex step,
                            std::string_view path);

// Of a path in a condition of `from`, its step in front. Any where a live answer may stand.
format::ResultKind pathKind(const PipelineContext& context, std::string_view path,
                            format::GraphIndex from);

}  // namespace pe::check
