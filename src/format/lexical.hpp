// SPDX-License-Identifier: MIT
// The decoded texts of keys and scalars without an allocation where the text stands in the file as
// it is, which is nearly always.
#pragma once

#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"

namespace pe::format {

class DecodedText {
public:
    static DecodedText ofKey(const yaml::Forest& forest, yaml::NodeRef node,
                             const yaml::Lexeme& lexeme);
    // Empty for collections, aliases and opaque values.
    static DecodedText ofScalar(const yaml::Forest& forest, yaml::NodeRef node,
                                const yaml::Lexeme& lexeme);
    static DecodedText ofScalar(const yaml::Forest& forest, yaml::NodeRef node) {
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

inline bool isScalar(yaml::Style style) {
    return style == yaml::Style::Plain || style == yaml::Style::SingleQuoted ||
           style == yaml::Style::DoubleQuoted || yaml::isBlockScalar(style);
}

// One line that shows how a text begins: white space collapsed, at most `limit` code points, then
// an ellipsis. Only as much of the text is read as that takes.
std::string previewOf(std::string_view text, std::size_t limit);
std::string previewOf(const yaml::Forest& forest, yaml::NodeRef node, std::size_t limit);

// Calls `visit(child, lexeme, key)` for every entry of a mapping.
template <class Visit>
void forEachEntry(const yaml::Forest& forest, yaml::NodeRef mapping, Visit visit) {
    for (const yaml::NodeRef child : forest.children(mapping)) {
        const yaml::Lexeme lexeme = forest.lexeme(child);
        const DecodedText key = DecodedText::ofKey(forest, child, lexeme);
        visit(child, lexeme, key.view());
    }
}

// The first entry of that key; kNoNode if there is none or the node is no mapping.
yaml::NodeRef entryOf(const yaml::Forest& forest, yaml::NodeRef mapping, std::string_view key);

}  // namespace pe::format
