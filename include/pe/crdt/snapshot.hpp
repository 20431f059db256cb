// SPDX-License-Identifier: MIT
// Snapshot: the confirmed state of a tree as bytes, in parts of about 64 nodes, so that a part that
// did not change need not be written again. Nothing that a later merge could need is left out:
// deleted nodes, ids of deleted text, losing values. Parts compress well; storage does that.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/tree.hpp"

namespace pe::crdt {

struct SnapshotPart {
    std::string bytes;
    std::uint64_t hash = 0;  // hashBytes(bytes)
};

struct Snapshot {
    Sequence sequence = 0;
    std::vector<SnapshotPart>
        parts;  // the first names the replicas; the others hold nodes, in order
};

// The same on every machine for the same bytes; detects accidents, not attackers.
std::uint64_t hashBytes(std::string_view bytes);

// What a snapshot may leave out.
struct SnapshotOptions {
    // Text deletions that were confirmed at or before this sequence are final: the deleted
    // characters are left out, and undeletes of them are refused from then on. Their ids stay, so
    // edits of any age still merge. Only whoever orders changes may choose this: the others take
    // over what it chose with its snapshots. Does nothing in front of the sequence the tree began
    // with.
    Sequence finalDeletions = 0;
};

// Pending changes are not in it.
Snapshot encodeSnapshot(ReplicatedTree& tree, const SnapshotOptions& options = {});

// A tree for `self` at the snapshot's sequence. Corrupt if a hash or a byte is wrong.
Result<ReplicatedTree> decodeSnapshot(const Snapshot& snapshot, ReplicaId self);

}  // namespace pe::crdt
