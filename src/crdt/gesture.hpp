// SPDX-License-Identifier: MIT
// Gesture: makes the operations of the open change, each from the tree as it is, applies and
// records them. Transaction and undo are its two callers; they have checked what they ask for.
#pragma once

#include <string_view>
#include <vector>

#include "tree_core.hpp"

namespace pe::crdt {

class Gesture {
public:
    explicit Gesture(TreeCore& core) : core_(core) {}

    // Where a node is, in the words of an operation.
    Place placeOf(NodeHandle node) const;
    // The place behind `after` (kNoNode: the first), as if `moving` were not there.
    Place placeBehind(NodeHandle parent, NodeHandle after, NodeHandle moving) const;

    NodeHandle create(const Place& place, RegisterPack registers, std::vector<InitialText> texts);
    void move(NodeHandle node, const Place& place, OpId restores = {});
    void remove(NodeHandle node);
    void restore(NodeHandle node);
    void set(Set set);
    void insert(NodeHandle node, TextKey key, std::uint32_t position, ElementsView elements);
    void erase(NodeHandle node, TextKey key, std::vector<ElementRange> ranges);
    void undelete(NodeHandle node, TextKey key, OpId deletion);

private:
    Reducer::Stamp stamp() const { return {core_.nextOp(), kPendingSequence}; }
    std::uint32_t nextIndex() const {
        return static_cast<std::uint32_t>(core_.open->change->operations.size());
    }
    void applyContent(Operation operation);
    void recordInsert(TextInsert insert);

    TreeCore& core_;
};

}  // namespace pe::crdt
