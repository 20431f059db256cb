// SPDX-License-Identifier: MIT
#include "refusals.hpp"

#include <algorithm>
#include <string_view>

namespace pe::loader {
namespace {

using yaml::kNoNode;
using yaml::kStream;
using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;
using yaml::Tree;

bool isExplicit(std::string_view key) {
    return key.starts_with('?') &&
           (key.size() == 1 || key[1] == ' ' || key[1] == '\t' || key[1] == '\n' || key[1] == '\r');
}

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Siblings of a parse stand in the order of their numbers.
NodeRef nextSibling(const Tree& tree, NodeRef node) {
    const auto siblings = tree.children(tree.parent(node));
    const auto found = std::upper_bound(siblings.begin(), siblings.end(), node);
    return found == siblings.end() ? kNoNode : *found;
}

// The entry that follows a node and all that is in it; kNoNode at the end of its document.
NodeRef following(const Tree& tree, NodeRef node) {
    for (; tree.parent(node) != kStream && tree.parent(node) != kNoNode; node = tree.parent(node))
        if (const NodeRef next = nextSibling(tree, node); next != kNoNode)
            return next;
    return kNoNode;
}

bool isPlainKeyed(const Lexeme& lexeme) {
    return !lexeme.key.empty() && lexeme.key != "-" && !isExplicit(lexeme.key);
}

// `? key` without a colon, and then a key of another kind.
std::optional<std::string> loneKey(const Tree& tree, NodeRef node, const Lexeme& lexeme) {
    if (!isExplicit(lexeme.key))
        return std::nullopt;
    if (isBlank(lexeme.key.substr(1)))
        return "The engine does not read a key that is nothing; write one after the `?`.";
    if (lexeme.colon.find(':') != std::string_view::npos)
        return std::nullopt;
    const NodeRef next = nextSibling(tree, node);
    if (next == kNoNode || !isPlainKeyed(tree.lexeme(next)))
        return std::nullopt;
    return "The engine reads no `? key` without a value before other keys; add `: ` and the value.";
}

bool holdsNothing(const Tree& tree, NodeRef node) {
    const Lexeme lexeme = tree.lexeme(node);
    if (lexeme.style == Style::Empty && lexeme.props.empty())
        return true;
    const auto children = tree.children(node);
    return std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsNothing(tree, child); });
}

// A flow collection as the item of a list, with an empty value in it, before a key.
std::optional<std::string> emptyInFlow(const Tree& tree, NodeRef node, const Lexeme& lexeme) {
    if (lexeme.key != "-" || !yaml::isFlowCollection(lexeme.style) || !holdsNothing(tree, node))
        return std::nullopt;
    const NodeRef next = following(tree, node);
    if (next == kNoNode || !isPlainKeyed(tree.lexeme(next)))
        return std::nullopt;
    return "The engine does not read a list item in braces with an empty value in it before "
           "another key; write null.";
}

}  // namespace

std::optional<std::string> refusalOf(const Tree& tree) {
    for (NodeRef node = 1; node < tree.size(); ++node) {
        const Lexeme lexeme = tree.lexeme(node);
        if (lexeme.key.empty())
            continue;
        if (auto refusal = loneKey(tree, node, lexeme))
            return refusal;
        if (auto refusal = emptyInFlow(tree, node, lexeme))
            return refusal;
    }
    return std::nullopt;
}

}  // namespace pe::loader
