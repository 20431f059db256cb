// SPDX-License-Identifier: MIT
// Forest: how a YAML stream is read, whoever holds it: a fresh parse (yaml::Tree) or the replicated
// document. Nodes are entries: a document of the stream, a key with its value, or an item of a
// list, each with all the bytes that belong to it. Rendering, values, pointers, the derived graph
// and the forms all work on this interface, so they work on a parse and on the live document alike.
//
// Every byte of the text has exactly one owner. An entry renders, in this order, as
//     prefix  indent  key colon  props open raw | children footer  suffix
// where indent (blanks up to the entry's column) is never stored: it follows from the place in the
// tree. Strings are views into the holder and live until it changes. A Forest is read on its
// owner's thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pe::yaml {

// A node of one Forest. 0 is the stream itself, whose children are the documents.
using NodeRef = std::uint32_t;
inline constexpr NodeRef kStream = 0;
inline constexpr NodeRef kNoNode = 0xffffffff;

enum class Style : std::uint8_t {
    Empty,  // no value text at all: `key:` (null)
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,  // |
    Folded,   // >
    Alias,    // *name
    BlockMapping,
    BlockSequence,
    FlowMapping,   // {}
    FlowSequence,  // []
    Stream,        // the root only
    Opaque,        // a value or pair that the tree keeps as text only; never edited, always shown
};

// The lexical form of one entry. Texts that hold several lines are written as if the entry stood at
// `column`; where it stands elsewhere, rendering shifts their lines by the difference.
struct Lexeme {
    Style style = Style::Empty;
    // Column of the entry's first character (of the key, or of the dash) that the texts below
    // assume. In flow collections and for the document entries: that of the block entry around, or
    // 0.
    int column = 0;
    // Block collection: column of its entries minus `column` (0 for a list at its key's column, 2
    // for
    // `- key:`). Block scalar: column of its text minus `column`. Otherwise 0.
    int offset = 0;
    // Whole lines above a block entry: comments, blank lines. Document: directives, `---`, head
    // comments. Flow entry: white space and comments before it, since the bracket or the comma.
    std::string_view prefix;
    // The key as written, with its properties, quotes and a leading `? ` if explicit; `-` for an
    // item of a block list; empty for documents and items of flow lists.
    std::string_view key;
    // From the end of the key to its value: `: `, `:`, `:\n`, `: # note\n`, ` : `; for an item the
    // gap after the dash. Includes the line break before a block collection that starts on a line
    // of its own, when there are no props; comment lines below it are the prefix of its first
    // entry. Before a scalar or flow collection on a line of its own: all up to it.
    std::string_view colon;
    // `&anchor !tag` with the white space (and line break) that follows, up to the value.
    std::string_view props;
    // Block scalar: header line `|2- # note` with its line break. Flow collection: `[` or `{`; with
    // a trailing comma before the closing bracket `[,` or `{,` (the comma is written from here).
    std::string_view open;
    // Scalar: its text as written, with quotes; alias: `*name`; block scalar: the lines after the
    // header with their indentation and breaks; Opaque: all of it. Empty for collections. An Opaque
    // entry without key and colon holds whole lines, from the start of the line: it has no indent.
    std::string_view raw;
    // Block collection: comment and blank lines at its end that stand deeper than what follows.
    // Flow collection: what stands between the last entry (or its trailing comma) and the closing
    // bracket, and the bracket.
    std::string_view footer;
    // Rest of the last line after a scalar, alias or flow value: blanks, comment, line break. Flow
    // entry: white space after the value, and once a comma follows, the comma and a comment right
    // of it; for the last entry without a comma only a comment on its line, else nothing. Document:
    // what follows its root value, `...` included. Stream: empty.
    std::string_view suffix;
};

class Forest {
public:
    virtual ~Forest() = default;
    // For the stream: style Stream, open = byte order mark or empty, footer = bytes after all
    // documents (comments of a file that has no node at all are there too).
    virtual Lexeme lexeme(NodeRef node) const = 0;
    // These two of its fields, for the many who ask for no other.
    virtual Style style(NodeRef node) const { return lexeme(node).style; }
    virtual std::string_view key(NodeRef node) const { return lexeme(node).key; }
    virtual std::span<const NodeRef> children(NodeRef node) const = 0;
    virtual NodeRef parent(NodeRef node) const = 0;  // kNoNode for the stream
};

inline bool isBlockCollection(Style style) {
    return style == Style::BlockMapping || style == Style::BlockSequence;
}
inline bool isFlowCollection(Style style) {
    return style == Style::FlowMapping || style == Style::FlowSequence;
}
inline bool isMapping(Style style) {
    return style == Style::BlockMapping || style == Style::FlowMapping;
}
inline bool isSequence(Style style) {
    return style == Style::BlockSequence || style == Style::FlowSequence;
}
inline bool isCollection(Style style) {
    return isBlockCollection(style) || isFlowCollection(style);
}
inline bool isBlockScalar(Style style) {
    return style == Style::Literal || style == Style::Folded;
}

}  // namespace pe::yaml
