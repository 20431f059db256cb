// SPDX-License-Identifier: MIT
// What a document exchanges with its journal and with the other replicas of it. Changes travel as
// bytes (docs/formats/op_log.md), each standing alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/result.hpp"

namespace pe::document {

// The state after the first `position` confirmed changes: Document::snapshot(). A part that did not
// change since the snapshot before has the same bytes. It only saves time: what is damaged, or of
// another version of this program, is replayed instead.
struct DocumentSnapshot {
    std::uint64_t position = 0;
    std::vector<std::string> parts;
};

// Everything a journal keeps of a document, to be given back to Document::replay().
struct SavedDocument {
    // Confirmed changes in order: Document::log(). With a snapshot, those behind it; then `earlier`
    // gives those in front, and is called when something needs them, as long as the document lives.
    std::vector<std::string> log;
    std::optional<DocumentSnapshot> snapshot;
    std::function<Result<std::vector<std::string>>()> earlier;
    std::vector<std::string> pending;  // Document::pendingChanges()
    bool shared = false;               // changes become confirmed by receive() only
    // What the disk had seen: Document::syncMark(); empty: the first `synced` changes of the log.
    std::string syncMark;
    std::size_t synced = 0;
    std::optional<std::string> draft;
    // Document::undoState(); what does not fit the log any more is left out, never an error.
    std::string undo;
    std::string author;
    std::vector<std::uint64_t> formerReplicas;  // whose changes are own ones too
};

// Confirmed changes that the journal has to keep, in the document's order: those of others, and
// our own, which it knows as pending.
struct ConfirmedChanges {
    std::uint64_t firstSequence = 0;
    std::vector<std::string> changes;
};

struct RefusedChange {
    std::string change;  // as it was made
    std::string label;
    std::int64_t atMs = 0;
};

// Own changes that were taken out again because they were refused.
struct Refused {
    std::vector<RefusedChange> changes;
    // The text as it was with them, to be kept as a draft copy.
    std::string text;
};

enum class RevisionOrigin : std::uint8_t { Import, Own, Disk, Peer };

// One change of the history that is common to all: who, when and what.
struct Revision {
    std::uint64_t position = 0;  // textAt(position) is the text after it
    std::string label;
    std::string author;  // may be empty
    std::int64_t atMs = 0;
    RevisionOrigin origin = RevisionOrigin::Own;
    bool pending = false;
};

}  // namespace pe::document
