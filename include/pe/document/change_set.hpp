// SPDX-License-Identifier: MIT
// ChangeSet: the one thing that comes out of a Document when it changed, whoever changed it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::document {

enum class Origin : std::uint8_t {
    Command,  // a form, a tool, the command line
    Text,     // typing in the text pane
    Undo,
    Redo,
    Disk,  // the file changed outside
    Peer,
    Open,  // the document was opened or replayed
};

enum class NodeChangeKind : std::uint8_t { Added, Removed, Moved, Changed };

struct NodeChange {
    NodeChangeKind kind = NodeChangeKind::Changed;
    yaml::NodeRef node = yaml::kNoNode;
};

// A replacement in the shown text. Offsets are bytes in the text as it is after the patches before
// it.
struct TextPatch {
    std::size_t offset = 0;
    std::size_t removed = 0;
    std::string inserted;
};

struct ChangeSet {
    Origin origin = Origin::Command;
    // Which view made the change; 0 if none. A view skips the text patches of its own changes.
    std::uint32_t source = 0;
    std::uint64_t version = 0;  // Document::version() after it
    std::string label;          // "Rename step", for the history list
    std::string author;         // of a peer's change; may be empty
    std::vector<NodeChange> nodes;
    std::vector<TextPatch> patches;  // turn the text shown before into the text shown now
    // The shown forest is another one than before (a draft began or ended): all NodeRefs held are
    // void.
    bool reset = false;
};

}  // namespace pe::document
