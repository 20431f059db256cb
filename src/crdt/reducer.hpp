// SPDX-License-Identifier: MIT
// Reducer: what Create, Move, Delete and Restore do to the tree, version 1. It is a function of the
// operations in their order and of nothing else. Every node has one place at every moment, so there
// are no copies and no cycles; what cannot be done is recorded as without effect.
#pragma once

#include <optional>

#include "node_store.hpp"
#include "pe/crdt/change.hpp"

namespace pe::crdt {

class Reducer {
public:
    Reducer(NodeStore& nodes, Effects& effects) : nodes_(nodes), effects_(effects) {}

    struct Stamp {
        OpId op;
        Sequence sequence;
    };
    struct LocalPlace {
        NodeHandle parent = kNoNode;
        NodeHandle after = kNoNode;
        NodeHandle before = kNoNode;
        bool first = false;  // no `after` was named
    };

    LocalPlace resolve(const Place& place) const;
    void create(NodeHandle node, const LocalPlace& place, Stamp stamp);
    void move(NodeHandle node, const LocalPlace& place, OpId restores, Stamp stamp);
    void remove(NodeHandle node, Sequence base, Stamp stamp);
    void restore(NodeHandle node, Stamp stamp);
    // Any of the above; other operations are not its business.
    void apply(const Operation& operation, Stamp stamp);

private:
    Spot spotFor(const LocalPlace& place, ReplicaId author) const;
    Spot amongSiblings(const LocalPlace& place, ReplicaId author) const;
    Spot besideGone(NodeHandle dead) const;
    Spot spotOf(NodeHandle parent, const Ghost& ghost) const;
    Spot homeOf(NodeHandle gone) const;
    Spot besideChild(NodeHandle child, bool after) const;
    Spot atEnd(NodeHandle parent) const;
    bool isChild(NodeHandle node, NodeHandle parent) const;
    bool fits(NodeHandle parent, NodeHandle node) const;

    void leaveGhost(NodeHandle node, OpId origin, Spot at);
    void makeRoom(Spot& spot);
    Spot detach(NodeHandle node);
    void takeOwnPlace(NodeHandle node, OpId restores, Spot& spot, Spot& left);
    void attach(NodeHandle node, const Spot& spot, const Placement& placement);
    void moveHome(NodeHandle node, const LocalPlace& place, OpId restores, Stamp stamp);
    std::vector<NodeHandle> unseenInside(NodeHandle node, Sequence base, ReplicaId author) const;
    void lift(NodeHandle node, NodeHandle outOf, Stamp stamp);
    void without(NodeHandle node, NoEffectReason reason, OpId op);

    NodeStore& nodes_;
    Effects& effects_;
};

}  // namespace pe::crdt
