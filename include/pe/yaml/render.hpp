// SPDX-License-Identifier: MIT
// Rendering: Forest -> text, and where every entry stands in it. For a forest that was just parsed
// the result is the parsed text byte for byte. For one that was edited or merged it applies the
// rules that keep values right whatever was moved where: lines of a moved entry shift by one delta;
// white lines after a block scalar are cut to its indent (dropped after `|+`), and a comment that
// would become its text moves left; a missing line break before a following entry is written; an
// emptied block collection becomes `[]` or `{}`; flow separators follow from the order; the first
// entry of a compact `- key:` collection stands on the dash's line, its comments above it; a
// literal whose first line begins with a blank gets an indentation indicator.
// One thing changes a value: the text of a `|` or `>` that ended the file without a line break ends
// in one once something follows, because its header stays as it was written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::yaml {

struct Rendering {
    std::string text;
    // Indexed by NodeRef; nodes that are not in the tree have an empty span at 0.
    std::vector<Span> entries;  // prefix to suffix
    std::vector<Span> keys;
    std::vector<Span> values;
};

Rendering render(const Forest& forest);
std::string renderText(const Forest& forest);

// What rendering needs to know about the place of an entry and about the text just before it.
struct RenderContext {
    std::string_view lineBreak = "\n";  // for breaks that no entry brings
    int column = 0;                     // where the entry stands
    bool inlineFirst = false;           // stands on the line of its parent's dash
    bool flow = false;                  // inside a flow collection
    bool commaFollows = false;          // there, and not the last

    // The text before; renderEntry leaves here what the next entry has to know.
    bool atLineStart = true;
    bool inComment = false;  // the line so far ends in a comment (inside flow collections)
    int blockTextColumn =
        -1;  // a line from this column on would go on with the block scalar before
    bool blockTextKeeps = false;  // and that scalar has `+`: white lines would be its text
    bool blockTextEmpty = false;  // and it has no line yet, so white lines of any length are none
    // Equal states of the text before mean that what follows renders the same.
    bool sameTextBefore(const RenderContext& other) const {
        return atLineStart == other.atLineStart && inComment == other.inComment &&
               blockTextColumn == other.blockTextColumn && blockTextKeeps == other.blockTextKeeps &&
               blockTextEmpty == other.blockTextEmpty;
    }
};

// Told where entries stand, as byte offsets into the text that is being appended to. Children come
// before their parents.
class SpanSink {
public:
    virtual ~SpanSink() = default;
    virtual void place(NodeRef node, Span entry, Span key, Span value) = 0;
};

// The context of an entry in its forest, found from its neighbours without rendering what stands
// before.
RenderContext contextBefore(const Forest& forest, NodeRef node);
// What the text behind an entry of a block collection has to know, found from its last lines.
RenderContext contextAfter(const Forest& forest, NodeRef node);

// Appends one entry with its subtree. With contextBefore() this renders a part of a document again;
// the text after it changes too only if the context it leaves differs from the one it left before.
// An entry that is inlineFirst is rendered through its parent, whose lines hold its comments.
void renderEntry(const Forest& forest, NodeRef node, RenderContext& context, std::string& out,
                 SpanSink* spans = nullptr);

// The column at which an entry really stands, whatever its lexeme assumes.
int columnOf(const Forest& forest, NodeRef node);
// True for the first entry of a compact collection, as `name` in `- name: x`.
bool isInlineFirst(const Forest& forest, NodeRef node);
// True if no byte follows the entry's own.
bool endsText(const Forest& forest, NodeRef node);

}  // namespace pe::yaml
