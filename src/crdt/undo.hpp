// SPDX-License-Identifier: MIT
// UndoBuilder: the inverse of a change, operation by operation from the last to the first, each
// behind its guard: only what nobody else has changed since is taken back.
#pragma once

#include <vector>

#include "gesture.hpp"

namespace pe::crdt {

class UndoBuilder {
public:
    UndoBuilder(TreeCore& core, const Change& change)
        : core_(core), gesture_(core), change_(change) {}

    // Fills the open change. Returns the operations whose guard failed.
    std::vector<SkippedUndo> run();

private:
    void undo(const Operation& operation, OpId op, std::uint32_t index);
    void undoCreate(NodeHandle node);
    void undoMove(const Move& move, OpId op, std::uint32_t index);
    void undoDelete(const Delete& remove, OpId op);
    void undoRestore(const Restore& restore, OpId op);
    void undoSet(const Set& set, OpId op, std::uint32_t index);
    void undoInsert(const TextInsert& insert, OpId op);
    void undoErase(const TextDelete& erase, OpId op);
    void undoUndelete(const TextUndelete& undelete);

    ReplicaId otherIn(NodeHandle node) const;
    ReplicaId otherInContent(NodeHandle node) const;
    void skip(GuardKind kind, NodeHandle node, ReplicaId by, RegisterKey key = 0);
    bool goesWithParent(NodeHandle node);
    template <class Kind>
    const Kind* priorOf(std::uint32_t index) const;

    TreeCore& core_;
    Gesture gesture_;
    const Change& change_;
    std::vector<SkippedUndo> skipped_;
    NodeHandle lastParent_ = kNoNode;
    bool lastParentGoes_ = false;
};

}  // namespace pe::crdt
