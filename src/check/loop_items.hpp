// SPDX-License-Identifier: MIT
// LoopItems: what a for_loop runs over, as far as the pipeline says it: a list that a variable or
// a transformation holds, or a part of a result whose items are of one kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule.hpp"

namespace pe::check {

struct LoopItems {
    format::ResultKind kind = format::ResultKind::Any;  // of each; Any if they differ
    // Where the pipeline writes them, those too that a filter may leave out; empty if it does not.
    std::vector<yaml::NodeRef> written;
    std::vector<std::string> keys = {};  // of what it does not write; none: not known
};

// Nothing where only the run decides.
std::optional<LoopItems> loopItems(const PipelineContext& context, format::GraphIndex loop);

// What stands below a key in those of the items that have it.
std::optional<LoopItems> partsOf(const yaml::Forest& forest, const LoopItems& items,
                                 std::string_view key);

// The name of the item, if the conditions, prompts and sources of a round find it below that.
std::optional<std::string> itemOf(const PipelineContext& context, format::GraphIndex loop);

}  // namespace pe::check
