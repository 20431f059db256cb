// SPDX-License-Identifier: MIT
#include "pe/yaml/entries.hpp"

#include <algorithm>

#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/value.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

// True for keys that stand for themselves.
bool isPlainKey(std::string_view key) {
    switch (key.front()) {
        case '"':
        case '\'':
        case '?':
        case '&':
        case '!':
        case '*':
        case '[':
        case '{':
            return false;
        default:
            return key.back() != ' ' && key.back() != '\t' && !hasBreak(key);
    }
}

// The text of a quoted scalar that needs no decoding; false if it does.
bool innerText(std::string_view raw, char quote, std::string_view& inner) {
    if (raw.size() < 2 || raw.front() != quote || raw.back() != quote)
        return false;
    inner = raw.substr(1, raw.size() - 2);
    const char escape = quote == '"' ? '\\' : '\'';
    for (const char c : inner)
        if (c == escape || isLineBreak(c))
            return false;
    return true;
}

// Most keys are told apart by their first letter, which a plain one has when read, too.
bool hasKey(const Forest& forest, NodeRef child, std::string_view key) {
    const std::string_view raw = forest.key(child);
    if (raw.empty())
        return false;
    const char first = raw.front();
    const bool plain = first >= 'a' && first <= 'z';
    if (plain && raw == key)
        return true;
    if (plain && (raw.size() <= key.size() || !key.starts_with(first)))
        return false;  // reading makes it shorter, if anything
    return DecodedText::ofKey(forest, child, raw).view() == key;
}

}  // namespace

DecodedText DecodedText::ofKey(const Forest& forest, NodeRef node, std::string_view key) {
    if (key.empty())
        return DecodedText(key);
    std::string_view inner;
    if (key.front() == '"' && innerText(key, '"', inner))
        return DecodedText(inner);
    if (isPlainKey(key))
        return DecodedText(key);
    return DecodedText(keyText(forest, node));
}

DecodedText DecodedText::ofScalar(const Forest& forest, NodeRef node, const Lexeme& lexeme) {
    if (!isScalar(lexeme.style))
        return DecodedText(std::string_view());
    std::string_view inner;
    if (lexeme.style == Style::Plain && !hasBreak(lexeme.raw))
        return DecodedText(lexeme.raw);
    if (lexeme.style == Style::DoubleQuoted && innerText(lexeme.raw, '"', inner))
        return DecodedText(inner);
    if (lexeme.style == Style::SingleQuoted && innerText(lexeme.raw, '\'', inner))
        return DecodedText(inner);
    return DecodedText(scalarText(forest, node));
}

NodeRef entryOf(const Forest& forest, NodeRef mapping, std::string_view key) {
    if (mapping == kNoNode || !isMapping(forest.style(mapping)))
        return kNoNode;
    for (const NodeRef child : forest.children(mapping))
        if (hasKey(forest, child, key))
            return child;
    return kNoNode;
}

bool holdsCommentsInside(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    const auto children = forest.children(node);
    return hasComment(lexeme.open) || hasComment(lexeme.footer) ||
           std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsComments(forest, child); });
}

bool holdsComments(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    return hasComment(lexeme.prefix) || hasComment(lexeme.colon) || hasComment(lexeme.props) ||
           hasComment(lexeme.suffix) || holdsCommentsInside(forest, node);
}

NodeRef documentOf(const Forest& forest, NodeRef node) {
    while (forest.parent(node) != kStream && forest.parent(node) != kNoNode)
        node = forest.parent(node);
    return node;
}

NodeRef previousOf(const Forest& forest, NodeRef node) {
    const auto siblings = forest.children(forest.parent(node));
    const auto at = std::find(siblings.begin(), siblings.end(), node);
    return at == siblings.begin() ? kNoNode : *(at - 1);
}

bool isWithin(const Forest& forest, NodeRef node, NodeRef ancestor) {
    while (node != kNoNode && node != ancestor)
        node = forest.parent(node);
    return node == ancestor;
}

}  // namespace pe::yaml
