// SPDX-License-Identifier: MIT
// KnownData: what the results of steps hold that do not depend on an answer or on files, typed as
// far as the pipeline says it: `data_transform` of a list that a variable holds, and the like.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule.hpp"

namespace pe::check {

struct KnownData {
    format::ResultKind kind = format::ResultKind::Any;
    bool filled = false;  // a list that has items
    // So few items that the operations take the list as a whole; what they make of a longer one is
    // always a list.
    bool few = false;
    // The list that the pipeline writes, of which a filter may leave items out, in whatever order.
    yaml::NodeRef list = yaml::kNoNode;
    format::ResultKind items = format::ResultKind::Any;  // of a list that it does not write
    std::vector<std::string> keys = {};                  // of those, if they are mappings
};

// What a transformation makes of its input, before its `output_format`.
KnownData transformed(const PipelineContext& context, format::GraphIndex step);

// A part of the result of a step of any type, when it has run; nothing where it is not known.
std::optional<format::ResultField> knownPart(const PipelineContext& context,
                                             format::GraphIndex step, std::string_view path);
format::ResultKind partKind(const PipelineContext& context, format::GraphIndex step,
                            std::string_view path);
// The same with what is known of its items.
KnownData knownData(const PipelineContext& context, format::GraphIndex step, std::string_view path);

// Of a path in a condition of `from`, its step in front. Any where a live answer may stand.
format::ResultKind pathKind(const PipelineContext& context, std::string_view path,
                            format::GraphIndex from);

}  // namespace pe::check
