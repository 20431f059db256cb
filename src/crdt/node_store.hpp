// SPDX-License-Identifier: MIT
// NodeStore: the nodes of a tree, where they hang, and the primitive steps that change that. Steps
// can be logged and taken back exactly. A node that left a place leaves a ghost there, which tells
// later operations where it was, and lets it come back to exactly there; a deleted node is a ghost
// that can come back.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "arena.hpp"
#include "pe/crdt/effect.hpp"
#include "pe/crdt/hlc.hpp"
#include "pe/crdt/ids.hpp"
#include "pe/crdt/text.hpp"
#include "replica_table.hpp"

namespace pe::crdt {

inline constexpr Sequence kPendingSequence = ~Sequence{0};

enum class NodeState : std::uint8_t {
    Absent,    // not created yet, or its creation was taken back
    Attached,  // among the children of its parent
    Deleted,   // a ghost of its parent
};

struct Ghost {
    NodeHandle node;
    OpId origin;          // the placing of the node that this is the trace of
    std::uint32_t gap;    // how many children stand in front of it
    std::uint32_t stamp;  // age within this parent
};

struct Version {
    RegisterKey key = 0;
    bool absent = false;
    std::uint32_t hiddenBy = 0;  // counter of the pending Set that supersedes it
    Hlc hlc;
    OpId op;
    OpId origin;  // the version that first had the value; null: there was none
    std::string value;
};

struct TextEntry {
    TextKey key;
    Text text;
};

// What most nodes do not have.
struct Extra {
    std::vector<Version> versions;  // by key; none for a key: what the node was born with
    std::vector<TextEntry> texts;   // by key
    std::vector<Ghost> ghosts;      // in the order of their places
    OpId deletedBy;
    OpId placeOrigin;  // null: same as placedBy
};

struct Node {
    OpId id;
    OpId placedBy;
    Sequence placedSequence = 0;
    Hlc born;
    std::string_view pack;  // RegisterPack bytes, in the arena
    std::vector<NodeHandle> children;
    std::unique_ptr<Extra> extra;
    NodeHandle parent = kNoNode;
    mutable std::uint32_t indexHint = 0;
    std::uint32_t touchEpoch = 0;  // of the change that touched it last
    std::uint32_t touchIndex = 0;  // among the nodes of that change
    NodeState state = NodeState::Absent;
};

struct Placement {
    OpId placedBy;
    OpId placeOrigin;
    OpId deletedBy;
    Sequence placedSequence = 0;
    NodeHandle parent = kNoNode;
    NodeState state = NodeState::Absent;
};

// A place among the children of a parent, and among its ghosts.
struct Spot {
    NodeHandle parent = kNoNode;
    std::uint32_t index = 0;
    std::uint32_t rank = 0;  // ghosts in front of it
    bool lifted = false;     // not the parent that was asked for
};

enum class StepKind : std::uint8_t {
    AttachNew,
    InsertChild,
    EraseChild,
    InsertGhost,
    EraseGhost,
    Place
};

struct Step {
    StepKind kind;
    NodeHandle parent;
    NodeHandle node;
    std::uint32_t index;  // of the child, or in the log of the erased ghost or the old placement
    std::uint32_t rank;
};

struct StepLog {
    std::vector<Step> steps;
    std::vector<Placement> placements;  // that were left
    std::vector<Ghost> ghosts;          // that were erased
    void clear() {
        steps.clear();
        placements.clear();
        ghosts.clear();
    }
};

// A node as it was before the change at hand, to find out what became different.
struct Touched {
    NodeHandle node;
    NodeHandle parent;
    NodeState state;
    bool live;
    bool lifted;
};

class NodeStore {
public:
    NodeStore();

    const Node& operator[](NodeHandle node) const { return nodes_[node]; }
    Node& operator[](NodeHandle node) { return nodes_[node]; }
    std::size_t size() const { return nodes_.size(); }
    NodeHandle find(OpId id) const;
    // The handle of a node to be; it may be known from a creation that was taken back.
    NodeHandle add(OpId id);
    void rename(NodeHandle node, OpId id);
    void forgetIdsFrom(ReplicaId replica, std::uint32_t counter);
    void reserve(std::size_t more);
    std::string_view keep(std::string_view bytes) { return arena_.keep(bytes); }
    Extra& extra(NodeHandle node);

    bool isAttached(NodeHandle node) const { return nodes_[node].state == NodeState::Attached; }
    bool isLive(NodeHandle node) const { return depth(node) >= 0; }
    // Edges up to the root; -1 if the node is not live.
    std::int32_t depth(NodeHandle node) const;
    std::int32_t height(NodeHandle node) const;
    bool isInside(NodeHandle node, NodeHandle ancestor) const;
    std::uint32_t indexOf(NodeHandle node) const;
    NodeHandle leftOf(NodeHandle node) const;
    // The ghost a node left last, or that of one of its placings.
    const Ghost* lastGhost(NodeHandle parent, NodeHandle node) const;
    const Ghost* ghostOf(NodeHandle parent, NodeHandle node, OpId origin) const;
    std::uint32_t ghostsUpTo(NodeHandle parent, std::uint32_t gap) const;
    Placement placement(NodeHandle node) const;
    OpId placeOrigin(NodeHandle node) const;
    OpId deletedBy(NodeHandle node) const;

    // Primitive steps.
    void attachNew(const Spot& spot, NodeHandle node, OpId op, Sequence sequence);
    void insertChild(const Spot& spot, NodeHandle node);
    void eraseChild(NodeHandle node);
    void insertGhost(NodeHandle parent, std::uint32_t rank, Ghost ghost);
    void eraseGhost(NodeHandle parent, std::uint32_t rank);
    void place(NodeHandle node, const Placement& placement);
    void takeBack(StepLog& log);
    void setLog(StepLog* log) { log_ = log; }

    // What became different.
    void beginWatch();
    void endWatch() { watching_ = false; }
    void touch(NodeHandle node, bool lifted = false);
    void touchAll(const StepLog& log);
    const std::vector<Touched>& touched() const { return touched_; }
    bool isFresh(NodeHandle node) const;  // absent before the change at hand

    ReplicaTable replicas;

private:
    void log(StepKind kind, NodeHandle parent, NodeHandle node, std::size_t index,
             std::uint32_t rank);
    void setPlacement(NodeHandle node, const Placement& placement);
    void takeBack(const Step& step, const StepLog& from);

    std::vector<Node> nodes_;
    Arena arena_;
    StepLog* log_ = nullptr;
    std::vector<Touched> touched_;
    std::uint32_t epoch_ = 0;
    bool watching_ = false;
};

}  // namespace pe::crdt
