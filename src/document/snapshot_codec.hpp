// SPDX-License-Identifier: MIT
// SnapshotCodec: the parts of a DocumentSnapshot. Those behind the first are the parts of a
// crdt::Snapshot; the first holds their hashes, and what is known of conflicts and does not follow
// from the tree. Layout: docs/formats/replica.md.
#pragma once

#include "conflict_book.hpp"
#include "pe/base/result.hpp"
#include "pe/crdt/snapshot.hpp"
#include "pe/document/replica.hpp"

namespace pe::document {

// `tree` is the one that `state` was taken of.
DocumentSnapshot encodeDocumentSnapshot(crdt::Snapshot state, const ConflictFacts& facts,
                                        const crdt::ReplicatedTree& tree);

struct DecodedSnapshot {
    crdt::ReplicatedTree tree;
    ConflictFacts facts;
    crdt::Snapshot state;
};

// For `self` to go on from. Corrupt: damaged, or of another version of this program.
Result<DecodedSnapshot> decodeDocumentSnapshot(DocumentSnapshot snapshot, crdt::ReplicaId self);

}  // namespace pe::document
