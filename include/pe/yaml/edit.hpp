// SPDX-License-Identifier: MIT
// Edit: a change to a Forest said in lexical terms: which fields of which entries get which text,
// which entries come, go and move. It is what every kind of editing comes down to (a form field, a
// drag, typing in the text, a file that changed on disk), and what the document turns into
// operations one to one. The functions here decide how new text looks: it imitates its neighbours
// (indent, quotes, list style, line ends). They read a Forest and change nothing.
//
// A place is named by parent and the sibling it follows (kNoNode: first). Rendering, not the Edit,
// takes care of neighbours: see render.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

// A new entry with its subtree. Fields as in Lexeme. One below it may be an entry that is there
// already and is carried in, with all that it holds.
struct Entry {
    Style style = Style::Empty;
    int column = 0;
    int offset = 0;
    std::string prefix;
    std::string key;
    std::string colon;
    std::string props;
    std::string open;
    std::string raw;
    std::string footer;
    std::string suffix;
    std::vector<Entry> children;
    NodeRef carried = kNoNode;  // if set, nothing else of this entry counts
};

// The parts of a lexeme that change together. Value is style, offset, open and raw: a style never
// gets another style's raw text, even after a merge.
enum class Field : std::uint8_t { Prefix, Key, Colon, Props, Value, Footer, Suffix, Column };
inline constexpr std::size_t kFieldCount = 8;

struct FieldPatch {
    NodeRef node = kNoNode;
    Field field = Field::Value;
    Entry
        form;  // only the named field's parts are used; `column` always says what the texts assume
};

struct Insertion {
    NodeRef parent = kNoNode;
    NodeRef after =
        kNoNode;  // an existing sibling; insertions at one place stand in the given order
    Entry entry;
};

struct Relocation {
    NodeRef node = kNoNode;
    NodeRef parent = kNoNode;
    NodeRef after = kNoNode;
};

// Applied in this order: removals, relocations, insertions, patches; but what holds an entry that
// is moved or carried out of it is removed behind that.
struct Edit {
    std::vector<NodeRef> removals;
    std::vector<Relocation> relocations;
    std::vector<Insertion> insertions;
    std::vector<FieldPatch> patches;
    bool empty() const {
        return removals.empty() && relocations.empty() && insertions.empty() && patches.empty();
    }
};

// The entries that a new one carries in, in their order.
std::vector<NodeRef> carriedBy(const Entry& entry);

// What becomes of values that stand in several places, by an anchor and its aliases.
enum class Sharing : std::uint8_t {
    Refuse,      // they stay as they are: the message names the anchor and the way out
    Everywhere,  // they change wherever they are used, and an alias gives way to a value of its own
};

// Gives a node another value. Scalar to scalar keeps the style where the new value is legal in it
// and the type of the value as given; comments and the other entries stay.
Result<Edit> setValue(const Forest& forest, NodeRef node, const Value& value,
                      Sharing sharing = Sharing::Refuse);

// As setValue() with a string, for text as a person types it: a quoted text on one line that gets
// its first line break becomes a literal where one can stand, so that prompts stay readable.
Result<Edit> setTypedText(const Forest& forest, NodeRef node, std::string_view text,
                          Sharing sharing = Sharing::Refuse);

// A new entry below a collection. `key` for mappings only; an existing key is a Conflict. A block
// style collection gets block entries; an empty flow `[]`/`{}` stays flow for scalars and turns
// into a block collection for a collection value, unless it stands inside a flow collection itself.
Result<Edit> insertEntry(const Forest& forest, NodeRef parent, NodeRef after, std::string_view key,
                         const Value& value, Sharing sharing = Sharing::Refuse);

// New items of a list, given as YAML text (`- name: ...`), which keeps its comments and its
// formatting. Refused in lists written in brackets, unless they are empty, and for text that uses
// anchors.
Result<Edit> insertItems(const Forest& forest, NodeRef list, NodeRef after, std::string_view text);

// Takes the entry away with the comments that belong to it. Refused while aliases use an anchor in
// it.
Result<Edit> removeEntry(const Forest& forest, NodeRef node, Sharing sharing = Sharing::Refuse);

// Moves an entry with its comments; a mapping entry may get a new key, a list item moved into a
// mapping needs one. Refused into itself, and where an alias would come to stand before its anchor.
Result<Edit> moveEntry(const Forest& forest, NodeRef node, NodeRef parent, NodeRef after,
                       std::optional<std::string_view> key = std::nullopt,
                       Sharing sharing = Sharing::Refuse);

Result<Edit> renameKey(const Forest& forest, NodeRef node, std::string_view key,
                       Sharing sharing = Sharing::Refuse);

// Puts a copy of an entry (text and comments verbatim) after the original.
Result<Edit> duplicateEntry(const Forest& forest, NodeRef node);

// The aliases of a document with the entries whose anchors they mean, in no order; kNoNode for
// those that mean none. `node`: anything in the document.
std::vector<std::pair<NodeRef, NodeRef>> aliasTargets(const Forest& forest, NodeRef node);

// Puts a copy of what an alias stands for in its place: as it is written at the anchor, where that
// can stand, else written anew. Refused if no anchor has its name, or it stands in its own value.
Result<Edit> copyAlias(const Forest& forest, NodeRef alias);

// The comment lines directly above an entry, without `#` and indent; lines joined by LF. Empty: no
// comment.
std::string commentAbove(const Forest& forest, NodeRef node);
Result<Edit> setCommentAbove(const Forest& forest, NodeRef node, std::string_view comment);

// The line break that new lines of this forest take: that of its first line.
std::string_view lineBreakOf(const Forest& forest);

}  // namespace pe::yaml
