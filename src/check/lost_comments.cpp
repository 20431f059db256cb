// SPDX-License-Identifier: MIT
#include "lost_comments.hpp"

#include <algorithm>

#include "pe/yaml/entries.hpp"

namespace pe::check {
namespace {

bool bringsText(const document::Command& command) {
    return std::holds_alternative<document::InsertText>(command.what);
}

}  // namespace

bool losesComments(const yaml::Forest& forest, const document::Command& command) {
    // What stands behind the header of a block scalar stays with its entry.
    if (const auto* set = std::get_if<document::SetValue>(&command.what))
        return !isBlockScalar(forest.style(set->node)) &&
               yaml::holdsCommentsInside(forest, set->node);
    if (const auto* remove = std::get_if<document::Remove>(&command.what))
        return yaml::holdsComments(forest, remove->node);
    const auto* batch = std::get_if<document::Batch>(&command.what);
    // Text that is inserted holds the comments of what it was made from.
    return batch != nullptr &&
           std::none_of(batch->commands.begin(), batch->commands.end(), bringsText) &&
           std::any_of(batch->commands.begin(), batch->commands.end(),
                       [&](const document::Command& each) { return losesComments(forest, each); });
}

}  // namespace pe::check
