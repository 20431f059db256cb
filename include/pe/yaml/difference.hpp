// SPDX-License-Identifier: MIT
// Difference: the Edit that turns a forest into what another text says, keeping the identity of
// every entry that is still there: typing in the text pane, a file that changed on disk, the sides
// of a merge. Entries are matched by equal text, by key, by the name of a step, by place; an entry
// that vanished here and stands word for word somewhere else has moved, and a step that something
// was put around, or taken away from around it, is still that step.
#pragma once

#include <string_view>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::yaml {

// The forest as it is now, with its rendered text and where each entry stands in it (by NodeRef).
struct RenderedForest {
    const Forest& forest;
    std::string_view text;
    const std::vector<Span>& entries;

    // All that is rendered of an entry.
    std::string_view entryText(NodeRef node) const {
        return text.substr(entries[node].begin, entries[node].end - entries[node].begin);
    }
};

enum class DifferencePrecision {
    Lines,  // compares texts as rendered: touches only what changed
    Bytes,  // makes every field of every matched entry equal to the tree's
};

// From the whole forest to the whole tree.
Edit difference(const RenderedForest& current, const Tree& next,
                DifferencePrecision precision = DifferencePrecision::Lines);

// From one entry to an entry of a tree that was parsed from that entry's lines alone.
Edit entryDifference(const RenderedForest& current, NodeRef entry, const Tree& next,
                     NodeRef nextEntry);

// A copy of an entry and all below it.
Entry entryFrom(const Forest& forest, NodeRef node);

}  // namespace pe::yaml
