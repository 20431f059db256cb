// SPDX-License-Identifier: MIT
// EditBuilder: collects the patches, insertions and moves of one Edit and keeps the texts between
// entries right: separators, header comments, blank lines, the end of the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "form.hpp"
#include "pe/base/result.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

// What stands around a value and outlives it.
struct Frame {
    std::string colon;  // up to a value on the same line: `: `, for an item the gap after the dash
    std::string props;
    std::string tail;  // the rest of the value's line with its break: ` # note\n`
    std::string rest;  // lines below that belong to the entry; documents only
};

class EditBuilder {
public:
    explicit EditBuilder(const Forest& forest) : forest_(forest) {}

    const Forest& forest() const { return forest_; }
    // The patch of one field, started from the field as it is.
    Entry& patch(NodeRef node, Field field);
    // For a collection that does without brackets as it is, `[a: 1]`, but cannot as it is to be.
    void giveBrackets(NodeRef collection);
    void remove(NodeRef node);
    void relocate(NodeRef node, NodeRef parent, NodeRef after);

    // A new entry with a value. `key` is null for items.
    Result<void> insert(NodeRef parent, NodeRef after, const Value* key, const Value& value);
    // A new entry whose texts are there already, at the place of `after`.
    void insertForm(NodeRef parent, NodeRef after, Entry entry);

    // Gives a node another value; its frame takes the form that this value needs.
    Result<void> setScalar(NodeRef node, const Value& value);
    // A string in a style of its own, whatever style the node has.
    Result<void> setText(NodeRef node, std::string_view value, Style preferred);
    Result<void> replace(NodeRef node, const Value& value);
    // Makes `[]` or `{}` a block collection, so that it can hold block entries.
    void openBlock(NodeRef node);

    Frame frameOf(NodeRef node) const;
    // Writes value and frame. `value` gives style, offset, open, raw and footer; a block scalar's
    // `open` ends before the rest of its line.
    void place(NodeRef node, Frame frame, const Entry& value);

    // Moves the white space between flow entries so that a new one fits in, inside brackets.
    void separateFlow(NodeRef parent, NodeRef after, Entry& entry);
    // Where entries with entries of their own stand apart by a blank line, a new one does too.
    void blankLineBefore(NodeRef parent, NodeRef after, Entry& entry);
    // Another entry becomes the first: the blank lines above stay with the place.
    void changeFirst(NodeRef parent, NodeRef first, bool oldFirstStays);

    bool inFlow(NodeRef node) const;
    bool isDocument(NodeRef node) const { return forest_.parent(node) == kStream; }

    // Without the patches that change nothing.
    Edit take();

private:
    std::string commentsAbove(Frame& frame, int column) const;
    bool canStandInside(NodeRef node, const Value& value) const;
    bool setWords(NodeRef node, const Lexeme& lexeme, const Value& value);
    Frame collectionFrame(NodeRef node, const Lexeme& lexeme) const;
    void placeInline(NodeRef node, Frame& frame, const Entry& value);
    void placeBlockScalar(NodeRef node, Frame& frame, Entry& value);
    void placeCollection(NodeRef node, Frame& frame);
    Style keyStyle(NodeRef mapping) const;
    bool insertedBefore(NodeRef parent, NodeRef after) const;

    const Forest& forest_;
    Edit edit_;
};

// True if the text ends, without a line break, where an entry behind `after` (kNoNode: the only
// one) would stand.
bool endsUnbroken(const Forest& forest, NodeRef parent, NodeRef after);
// The blank lines that a prefix begins with.
std::string_view leadingWhiteLines(std::string_view prefix);

}  // namespace pe::yaml
