// SPDX-License-Identifier: MIT
// The comment lines directly above an entry.
#include <algorithm>

#include "edit_builder.hpp"
#include "encode.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/render.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

// The entry whose line the node begins on: comments above `- name: x` belong to the item.
NodeRef lineOwner(const Forest& forest, NodeRef node) {
    while (node != kStream && isInlineFirst(forest, node))
        node = forest.parent(node);
    return node;
}

// Where the comment lines begin that a prefix ends with.
std::size_t commentBegin(std::string_view prefix) {
    std::size_t begin = 0;
    std::size_t at = 0;
    for (std::string_view rest = prefix; !rest.empty();) {
        const Line line = takeLine(rest);
        at += line.whole().size();
        if (!isComment(line.body))
            begin = at;
    }
    return begin;
}

}  // namespace

std::string commentAbove(const Forest& forest, NodeRef node) {
    if (node == kStream)
        return {};
    const Lexeme lexeme = forest.lexeme(lineOwner(forest, node));
    std::string_view rest = lexeme.prefix.substr(commentBegin(lexeme.prefix));
    std::string comment;
    bool first = true;
    while (!rest.empty()) {
        std::string_view body = takeLine(rest).body;
        body.remove_prefix(body.find('#') + 1);
        if (body.starts_with(' '))
            body.remove_prefix(1);
        if (!first)
            comment += '\n';
        first = false;
        comment += body;
    }
    return comment;
}

Result<Edit> setCommentAbove(const Forest& forest, NodeRef node, std::string_view comment) {
    EditBuilder builder(forest);
    if (node == kStream || builder.isDocument(node) || builder.inFlow(node))
        return fail(ErrorCode::Refused, "A comment can only stand above a line of its own.");
    if (traitsOf(comment).hasSpecial)
        return fail(ErrorCode::InvalidArgument, "A comment cannot hold control characters.");
    const NodeRef owner = lineOwner(forest, node);
    const Lexeme lexeme = forest.lexeme(owner);
    if (commentAbove(forest, node) == comment)
        return Edit{};
    std::string prefix(lexeme.prefix.substr(0, commentBegin(lexeme.prefix)));
    const auto indent = static_cast<std::size_t>(std::max(0, lexeme.column));
    while (!comment.empty()) {
        const std::size_t end = std::min(comment.find('\n'), comment.size());
        prefix.append(indent, ' ').append(end > 0 ? "# " : "#").append(comment.substr(0, end));
        prefix += lineBreakOf(forest);
        comment.remove_prefix(std::min(end + 1, comment.size()));
    }
    builder.patch(owner, Field::Prefix).prefix = prefix;
    return builder.take();
}

}  // namespace pe::yaml
