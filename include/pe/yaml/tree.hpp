// SPDX-License-Identifier: MIT
// Tree: the immutable result of parsing one text. Owns the text; lexemes are views into it. Always
// there, whatever the text: parts that are no valid YAML stand in it as Opaque nodes, and problems
// say where and why. text(tree) == input always holds. Safe to read from several threads.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/problem.hpp"

namespace pe::yaml {

// Byte offsets into the text, end exclusive.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
};

class Tree final : public Forest {
public:
    Lexeme lexeme(NodeRef node) const override;
    Style style(NodeRef node) const override;
    std::string_view key(NodeRef node) const override;
    std::span<const NodeRef> children(NodeRef node) const override;
    NodeRef parent(NodeRef node) const override;

    const std::string& text() const;
    std::size_t size() const;  // number of nodes; refs are 0 .. size()-1 in document order

    // From the first byte of the prefix to the last of the suffix.
    Span entrySpan(NodeRef node) const;
    std::string_view entryText(NodeRef node) const;
    // The key, empty for items and documents.
    Span keySpan(NodeRef node) const;
    // The value, from its properties to its last byte (closing bracket, quote, last line of a
    // block).
    Span valueSpan(NodeRef node) const;

    // Errors and warnings of the YAML itself, in the order of the text.
    const std::vector<Problem>& problems() const;
    // No error, every byte owned, nothing Opaque at a place that would be edited: the replicated
    // document can hold this text. If false, the text is shown and edited as text.
    bool editable() const;

    Tree(Tree&&) noexcept;
    Tree& operator=(Tree&&) noexcept;
    ~Tree() override;

private:
    friend class TreeBuilder;
    struct Data;
    explicit Tree(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

// Bounds that hold for every text; beyond them parsing reports an error at the place and stops
// descending.
struct ParseLimits {
    std::size_t maxDepth = 1000;        // nested collections
    std::size_t maxBytes = 256u << 20;  // of the whole text
    std::size_t maxProblems = 200;      // reported; the rest is only counted
};

Tree parse(std::string text, const ParseLimits& limits = {});

}  // namespace pe::yaml
