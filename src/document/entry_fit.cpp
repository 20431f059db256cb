// SPDX-License-Identifier: MIT
// How entries are shown that edits of several people together left in a form that does not fit.
// Nothing here applies to what one person wrote: a text that was parsed always fits.
#include <algorithm>

#include "replicated_forest.hpp"

namespace pe::document {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

bool isWhite(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool endsInBreak(std::string_view text) {
    return !text.empty() && (text.back() == '\n' || text.back() == '\r');
}

// A colon in a comment behind the dash is none of the entry's.
bool isItem(std::string_view key, std::string_view colon) {
    const std::size_t next = colon.find_first_not_of(" \t");
    return key == "-" && (next == std::string_view::npos || colon[next] != ':');
}

// A value that begins on the line of its key or on one of its own, but has one.
bool hasText(Style style) {
    return !yaml::isBlockCollection(style) && style != Style::Empty && style != Style::Stream &&
           style != Style::Opaque;
}

// The comment in what stands between a key and its value, with the blank before it.
std::string_view commentIn(std::string_view colon) {
    const std::size_t hash = colon.find(" #");
    if (hash == std::string_view::npos)
        return {};
    return colon.substr(hash, std::min(colon.find_first_of("\r\n", hash), colon.size()) - hash);
}

// From the key to a value on its line.
std::string inlineColon(std::string_view colon) {
    std::string_view text = colon.substr(0, colon.find(" #"));
    text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    return std::string(text) + ' ';
}

}  // namespace

Style ReplicatedForest::styleOf(NodeRef node) const {
    if (node == yaml::kStream)
        return Style::Stream;
    const std::string_view value = field(node, kValue);
    const auto style = value.empty() ? 0 : static_cast<unsigned char>(value.front());
    return style <= static_cast<unsigned char>(Style::Opaque) ? static_cast<Style>(style)
                                                              : Style::Opaque;
}

void ReplicatedForest::refitEntry(NodeRef node) {
    const NodeRef parent = tree_->parent(node);
    Fit fit;
    if (parent != yaml::kStream && parent != yaml::kNoNode) {
        const Style above = styleOf(parent);
        const Style style = styleOf(node);
        const std::string_view key = field(node, kKey);
        const std::string_view colon = field(node, kColon);
        const std::string_view suffix = field(node, kSuffix);
        const bool inBlock = yaml::isBlockCollection(above);
        if (above == Style::BlockSequence && key.empty() && style != Style::Opaque) {
            fit.key = "-";
            fit.colon = " ";
            fit.suffix = "";
        } else if (above == Style::FlowSequence && isItem(key, colon)) {
            fit.key = "";
            fit.colon = "";
            fit.suffix = "";
        } else if (inBlock && hasText(style) && endsInBreak(colon) && field(node, kProps).empty()) {
            fit.colon = inlineColon(colon);
            const std::string_view comment = commentIn(colon);
            if (!comment.empty() && isWhite(suffix) && !yaml::isBlockScalar(style))
                fit.suffix = std::string(comment) + std::string(suffix);
        } else if (inBlock && hasText(style) &&
                   (colon.ends_with(':') || (key == "-" && colon.empty()))) {
            fit.colon = std::string(colon) + ' ';
        }
        const bool ownLines = yaml::isBlockCollection(style) || yaml::isBlockScalar(style);
        if (ownLines && !suffix.empty() && isWhite(suffix))
            fit.suffix = "";
    }
    if (fit.any())
        fits_[node] = std::move(fit);
    else
        fits_.erase(node);
}

void ReplicatedForest::refitChildren(NodeRef node) {
    const auto children = tree_->children(node);
    const Style style = styleOf(node);
    const auto fits = [&](NodeRef child) {
        if (style == Style::Stream || style == Style::FlowSequence || style == Style::Opaque)
            return true;
        if (styleOf(child) == Style::Opaque)
            return yaml::isCollection(style);
        const std::string_view key = field(child, kKey);
        const bool item = isItem(key, field(child, kColon));
        if (style == Style::BlockSequence)
            return item || key.empty();
        return yaml::isMapping(style) && !item && !key.empty();
    };
    if (std::all_of(children.begin(), children.end(), fits)) {
        shown_.erase(node);
        return;
    }
    auto& shown = shown_[node];
    shown.clear();
    std::copy_if(children.begin(), children.end(), std::back_inserter(shown), fits);
}

void ReplicatedForest::refit(NodeRef node) {
    refitEntry(node);
    refitChildren(node);
    for (const NodeRef child : tree_->children(node))
        refitEntry(child);
}

void ReplicatedForest::refitAll() {
    fits_.clear();
    shown_.clear();
    std::vector<NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        const auto children = tree_->children(node);
        open.insert(open.end(), children.begin(), children.end());
        refitChildren(node);
        refitEntry(node);
    }
}

std::vector<NodeRef> ReplicatedForest::hidden() const {
    std::vector<NodeRef> hidden;
    for (const auto& [node, shown] : shown_) {
        if (!tree_->isLive(node))
            continue;
        for (const NodeRef child : tree_->children(node))
            if (std::find(shown.begin(), shown.end(), child) == shown.end())
                hidden.push_back(child);
    }
    std::sort(hidden.begin(), hidden.end());
    return hidden;
}

}  // namespace pe::document
