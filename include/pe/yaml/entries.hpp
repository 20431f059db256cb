// SPDX-License-Identifier: MIT
// Entries: found by key and by place, and the decoded texts of their keys and scalars without an
// allocation where the text stands in the file as it is, which is nearly always.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "pe/yaml/forest.hpp"

namespace pe::yaml {

class DecodedText {
public:
    // The raw text for keys that are no scalars.
    static DecodedText ofKey(const Forest& forest, NodeRef node) {
        return ofKey(forest, node, forest.key(node));
    }
    // Of the key as it is written.
    static DecodedText ofKey(const Forest& forest, NodeRef node, std::string_view key);
    // Empty for collections, aliases and opaque values.
    static DecodedText ofScalar(const Forest& forest, NodeRef node, const Lexeme& lexeme);
    static DecodedText ofScalar(const Forest& forest, NodeRef node) {
        return ofScalar(forest, node, forest.lexeme(node));
    }

    std::string_view view() const { return owned_ ? std::string_view(text_) : view_; }
    operator std::string_view() const { return view(); }
    std::string string() const { return std::string(view()); }

private:
    explicit DecodedText(std::string_view view) : view_(view) {}
    explicit DecodedText(std::string text) : text_(std::move(text)), owned_(true) {}

    std::string_view view_;
    std::string text_;
    bool owned_ = false;
};

inline bool isScalar(Style style) {
    return style == Style::Plain || style == Style::SingleQuoted || style == Style::DoubleQuoted ||
           isBlockScalar(style);
}

// Calls `visit(child, lexeme, key)` for every entry of a mapping.
template <class Visit>
void forEachEntry(const Forest& forest, NodeRef mapping, Visit visit) {
    for (const NodeRef child : forest.children(mapping)) {
        const Lexeme lexeme = forest.lexeme(child);
        const DecodedText key = DecodedText::ofKey(forest, child, lexeme.key);
        visit(child, lexeme, key.view());
    }
}

// The first entry of that key as it is read; kNoNode if there is none, or if `mapping` is none.
NodeRef entryOf(const Forest& forest, NodeRef mapping, std::string_view key);

// Whether comments stand above, beside or in an entry, or anywhere below it.
bool holdsComments(const Forest& forest, NodeRef node);
// The same of what its value is made of, without those above the entry and behind it.
bool holdsCommentsInside(const Forest& forest, NodeRef node);

// The document that holds a node, or is it.
NodeRef documentOf(const Forest& forest, NodeRef node);
// The entry before this one in the same collection; kNoNode for the first.
NodeRef previousOf(const Forest& forest, NodeRef node);
// Whether a node is `ancestor` or stands somewhere in it.
bool isWithin(const Forest& forest, NodeRef node, NodeRef ancestor);

}  // namespace pe::yaml
