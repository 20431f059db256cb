// SPDX-License-Identifier: MIT
// ReplicatedTree: a tree that many edit at once. It shows the confirmed changes, folded in the
// document's one order, with this replica's pending ones on top. Equal confirmed sequence means
// equal state everywhere. Lives on one thread; owns everything it hands out. Views into it
// (string_view, span, const Text*) are good until the next change.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"
#include "pe/crdt/effect.hpp"
#include "pe/crdt/text.hpp"
#include "pe/crdt/transaction.hpp"

namespace pe::crdt {

// One version of a register; the first of a list is the one shown.
struct RegisterVersion {
    std::optional<std::string_view> value;
    Hlc hlc;
    OpId op;
};

enum class GuardKind : std::uint8_t { Set, Move, Create, Delete, Restore, NoHistory };

// An operation that was not undone, because `by` has changed the same thing since.
struct SkippedUndo {
    GuardKind kind = GuardKind::Set;
    NodeHandle node = kNoNode;
    RegisterKey key = 0;
    ReplicaId by = 0;
};

struct Undone {
    SharedChange change;  // pending; empty of operations if every guard failed
    std::vector<SkippedUndo> skipped;
};

// An own change that waited, and the place where a copy of it came into the order under the id of
// another replica: the folder of one of them was copied while the change waited in it.
struct Twin {
    SharedChange mine;
    Sequence at = 0;
};

struct TreeSize {
    std::uint64_t nodes = 0;     // live, without the root
    std::uint64_t deleted = 0;   // deleted nodes and those inside them
    std::uint64_t elements = 0;  // visible elements of all texts of live nodes
    std::uint64_t pending = 0;   // changes
};

class ReplicatedTree {
public:
    explicit ReplicatedTree(ReplicaId self);
    ~ReplicatedTree();
    ReplicatedTree(ReplicatedTree&&) noexcept;
    ReplicatedTree& operator=(ReplicatedTree&&) noexcept;

    // Reading. Handles must come from this tree.
    static constexpr NodeHandle root() { return kRootHandle; }
    std::span<const NodeHandle> children(NodeHandle node) const;
    NodeHandle parent(
        NodeHandle node) const;          // kNoNode for the root; the last one of a deleted node
    bool isLive(NodeHandle node) const;  // reachable from the root
    NodeId id(NodeHandle node) const;
    NodeHandle find(NodeId id) const;  // kNoNode if no such node was ever seen
    NodeHandle end() const;            // every handle, of deleted nodes too, is below it
    std::uint32_t indexInParent(NodeHandle node) const;
    NodeHandle lastChild(NodeHandle node) const;                   // kNoNode if there is none
    std::string_view reg(NodeHandle node, RegisterKey key) const;  // empty if absent
    bool hasReg(NodeHandle node, RegisterKey key) const;
    std::vector<RegisterKey> registerKeys(NodeHandle node) const;  // ascending, of present values
    // More than one if somebody set it at the same time; the first is shown.
    std::vector<RegisterVersion> versions(NodeHandle node, RegisterKey key) const;
    bool hasConflict(NodeHandle node, RegisterKey key) const;
    // The operation whose version is shown; null if the register was never set.
    OpId shownBy(NodeHandle node, RegisterKey key) const;
    const Text* text(NodeHandle node, TextKey key) const;  // null if nothing was ever written
    std::vector<TextKey> textKeys(NodeHandle node) const;
    // Who put the node where it is, and who deleted it (null if it is not deleted itself).
    OpId placedBy(NodeHandle node) const;
    OpId deletedBy(NodeHandle node) const;
    TreeSize size() const;

    ReplicaId self() const;
    Sequence sequence() const;                           // of the last confirmed change
    std::uint32_t lastCounter(ReplicaId replica) const;  // confirmed
    std::uint64_t chainHash(ReplicaId replica) const;  // over all confirmed changes of the replica
    std::vector<SharedChange> pending() const;
    Hlc latestHlc() const;
    // A hash of the confirmed state: equal on every replica at an equal sequence.
    std::uint64_t stateHash();

    // Writing here. `nowMs` comes from a Clock.
    Transaction begin(std::int64_t nowMs, std::string label = {}, std::string author = {});

    // A change in the document's order: somebody else's, or the confirmation of the first pending
    // one. A repeated one is ignored. Errors leave the tree as it was: Refused for a gap in the
    // counters or the sequence, Conflict for a fork (the same ids with other content), Corrupt for
    // references to things that never were, LimitExceeded.
    Result<void> apply(const Change& change, Sequence sequence);
    // A backlog at once: the same result, with pending work rebased a single time. Stops at the
    // first error with what came in front of it applied.
    Result<void> apply(std::span<const SharedChange> changes, Sequence first);

    // Puts a change of this replica that the journal holds unconfirmed back on top, after a
    // restart.
    Result<void> resume(SharedChange change);

    // Takes back what `change`, one of this replica's, did and nobody has touched since. The result
    // is pending like any gesture; the undo of an undo is the redo.
    Result<Undone> undo(const Change& change, std::int64_t nowMs, std::string label = {});

    // Gives this replica a new id and its pending changes new ids and times: after a copied profile
    // or a restored backup. Returns the new pending changes. Handles stay valid.
    Result<std::vector<SharedChange>> rekey(ReplicaId newReplica, std::int64_t nowMs);

    // Takes the pending change that starts with `firstCounter` out, with those that need it, and
    // numbers the rest anew. Returns what was taken out, as it was.
    Result<std::vector<SharedChange>> reject(std::uint32_t firstCounter);

    // The own changes that came back as somebody else's since the last call. They do not wait any
    // more, and what waits behind them was made anew.
    std::vector<Twin> takeTwins();

    // What changed in what is shown since the last call.
    Effects takeEffects();

    TreeCore& core() { return *core_; }
    const TreeCore& core() const { return *core_; }

private:
    std::unique_ptr<TreeCore> core_;
};

}  // namespace pe::crdt
