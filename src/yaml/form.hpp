// SPDX-License-Identifier: MIT
// Form: how new text looks. It imitates what stands around it: indents, list style, quotes and line
// ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/base/result.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

// What the neighbourhood of a collection usually does.
struct Habits {
    std::string_view lineBreak = "\n";
    int mappingOffset = 2;   // of a mapping below its key
    int sequenceOffset = 2;  // of a list below its key
    int textOffset = 2;      // of a block scalar
    Style quotes = Style::DoubleQuoted;
    Style strings = Style::Plain;  // what most strings here are, of those that could be plain
};

// Looks at the entries of `collection`, then outwards, as far as a fixed number of nodes.
Habits habitsAt(const Forest& forest, NodeRef collection);

// The entry with the same key in the nearest sibling of `mapping`; kNoNode if there is none.
NodeRef cousinWithKey(const Forest& forest, NodeRef mapping, std::string_view key);

// The same, else one with this key inside the last entries of the collection itself.
NodeRef exampleFor(const Forest& forest, NodeRef collection, std::string_view key);

class Former {
public:
    Former(const Forest& forest, NodeRef collection)
        : forest_(forest), collection_(collection), habits_(habitsAt(forest, collection)) {}

    const Habits& habits() const { return habits_; }

    // A text that this scalar has is written as it is written there: its style, quotes and lines.
    void keep(NodeRef scalar) { kept_ = scalar; }

    // The key of a mapping entry as text; fails for keys that no implicit key can be.
    Result<std::string> key(const Value& key, Style preferred, bool flow) const;

    // The form of a whole entry. `key` is already text: `-` for an item, empty for an item of a
    // flow list. `column` is where it stands; in flow collections that of the block entry around.
    Result<Entry> block(std::string key, const Value& value, int column, int depth = 0) const;
    Result<Entry> flow(std::string key, const Value& value, int column, int depth = 0) const;

    // A scalar in the style that fits here best, for a value that has had none so far.
    ScalarText scalar(const Value& value, std::string_view key, const ScalarPlace& place) const;
    ScalarPlace place(int column, bool flow) const;

private:
    bool prefersFlow(std::string_view key, const Value& value, int depth) const;
    Result<void> blockChildren(Entry& entry, const Value& value, int column, int depth) const;
    Result<void> flowChildren(Entry& entry, const Value& value, int column, int depth) const;
    bool keeps(const Value& value, const ScalarPlace& place) const;
    ScalarText keptText(int column) const;
    std::string keptColon(int column) const;

    const Forest& forest_;
    NodeRef collection_;
    Habits habits_;
    NodeRef kept_ = kNoNode;
};

bool isCollection(const Value& value);
bool isEmptyCollection(const Value& value);

// The decoded key of a mapping entry as a value: text if quoted, else what the plain text is.
Value keyValueOf(const Forest& forest, NodeRef node);
// The style of a key or scalar from its first character.
Style quotesOf(std::string_view raw);
// Takes the line break off the end of an entry where that changes no value.
void dropFinalBreak(Entry& entry);

}  // namespace pe::yaml
