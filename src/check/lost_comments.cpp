// SPDX-License-Identifier: MIT
#include "lost_comments.hpp"

#include <algorithm>

namespace pe::check {
namespace {

using yaml::NodeRef;

bool isComment(std::string_view layout) {
    return layout.find('#') != std::string_view::npos;
}

// Above, beside or below what stands in an entry.
bool holdsComments(const yaml::Forest& forest, NodeRef node);

bool holdsCommentsInside(const yaml::Forest& forest, NodeRef node) {
    const yaml::Lexeme lexeme = forest.lexeme(node);
    const auto children = forest.children(node);
    return isComment(lexeme.open) || isComment(lexeme.footer) ||
           std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsComments(forest, child); });
}

bool holdsComments(const yaml::Forest& forest, NodeRef node) {
    const yaml::Lexeme lexeme = forest.lexeme(node);
    return isComment(lexeme.prefix) || isComment(lexeme.colon) || isComment(lexeme.suffix) ||
           holdsCommentsInside(forest, node);
}

bool bringsText(const document::Command& command) {
    return std::holds_alternative<document::InsertText>(command.what);
}

}  // namespace

bool losesComments(const yaml::Forest& forest, const document::Command& command) {
    // What stands behind the header of a block scalar stays with its entry.
    if (const auto* set = std::get_if<document::SetValue>(&command.what))
        return !isBlockScalar(forest.style(set->node)) && holdsCommentsInside(forest, set->node);
    if (const auto* remove = std::get_if<document::Remove>(&command.what))
        return holdsComments(forest, remove->node);
    const auto* batch = std::get_if<document::Batch>(&command.what);
    // Text that is inserted holds the comments of what it was made from.
    return batch != nullptr &&
           std::none_of(batch->commands.begin(), batch->commands.end(), bringsText) &&
           std::any_of(batch->commands.begin(), batch->commands.end(),
                       [&](const document::Command& each) { return losesComments(forest, each); });
}

}  // namespace pe::check
