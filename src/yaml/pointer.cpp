// SPDX-License-Identifier: MIT
#include "pe/yaml/pointer.hpp"

#include <algorithm>
#include <charconv>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

Result<std::string> unescape(std::string_view token) {
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            text += token[i];
            continue;
        }
        const char next = i + 1 < token.size() ? token[i + 1] : '\0';
        if (next != '0' && next != '1')
            return fail(ErrorCode::InvalidArgument,
                        "In a JSON pointer ~ is written ~0 and / is written ~1.",
                        std::string(token));
        text += next == '0' ? '~' : '/';
        ++i;
    }
    return text;
}

// Digits without leading zeros; the count of items if it is no index at all.
std::size_t indexOf(std::string_view token, std::size_t count) {
    std::size_t index = 0;
    const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool valid = read.ec == std::errc() && read.ptr == token.data() + token.size() &&
                       (token == "0" || token.front() != '0');
    return valid ? index : count;
}

void appendToken(std::string& pointer, std::string_view token) {
    const auto isEscaped = [](char c) { return c == '~' || c == '/'; };
    if (std::none_of(token.begin(), token.end(), isEscaped)) {
        pointer += token;
        return;
    }
    for (const char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

}  // namespace

Result<std::vector<std::string>> parsePointer(std::string_view pointer) {
    std::vector<std::string> tokens;
    if (pointer.empty())
        return tokens;
    if (pointer.front() != '/')
        return fail(ErrorCode::InvalidArgument, "A JSON pointer is empty or begins with /.",
                    std::string(pointer));
    for (std::size_t begin = 1;;) {
        const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
        PE_TRY_ASSIGN(std::string token, unescape(pointer.substr(begin, end - begin)));
        tokens.push_back(std::move(token));
        if (end == pointer.size())
            return tokens;
        begin = end + 1;
    }
}

std::string escapePointerToken(std::string_view token) {
    std::string text;
    appendToken(text, token);
    return text;
}

NodeRef rootDocument(const Forest& forest) {
    const auto documents = forest.children(kStream);
    return documents.empty() ? kNoNode : documents.back();
}

NodeRef child(const Forest& forest, NodeRef collection, std::string_view token) {
    const Style style = forest.style(collection);
    if (isSequence(style)) {
        const auto children = forest.children(collection);
        const std::size_t index = indexOf(token, children.size());
        return index < children.size() ? children[index] : kNoNode;
    }
    return entryOf(forest, collection, token);
}

Result<NodeRef> resolve(const Forest& forest, std::string_view pointer) {
    PE_TRY_ASSIGN(const std::vector<std::string> tokens, parsePointer(pointer));
    NodeRef node = rootDocument(forest);
    if (node == kNoNode)
        return fail(ErrorCode::NotFound, "The text has no document.", std::string(pointer));
    for (const std::string& token : tokens) {
        node = child(forest, node, token);
        if (node == kNoNode)
            return fail(ErrorCode::NotFound, "There is no \"" + token + "\" at this place.",
                        std::string(pointer));
    }
    return node;
}

std::string pointerTo(const Forest& forest, NodeRef node) {
    std::vector<NodeRef> path;
    for (; forest.parent(node) != kStream && forest.parent(node) != kNoNode;
         node = forest.parent(node))
        path.push_back(node);
    std::string pointer;
    for (auto at = path.rbegin(); at != path.rend(); ++at) {
        const NodeRef each = *at;
        const NodeRef parent = forest.parent(each);
        pointer += '/';
        if (isSequence(forest.style(parent))) {
            const auto siblings = forest.children(parent);
            const auto place = std::find(siblings.begin(), siblings.end(), each);
            pointer += std::to_string(place - siblings.begin());
        } else {
            appendToken(pointer, DecodedText::ofKey(forest, each));
        }
    }
    return pointer;
}

}  // namespace pe::yaml
