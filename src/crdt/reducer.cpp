// SPDX-License-Identifier: MIT
#include "reducer.hpp"

#include <algorithm>

namespace pe::crdt {
namespace {

constexpr auto kMaxDepth = static_cast<std::int32_t>(Limits::kDepth);

}  // namespace

Reducer::LocalPlace Reducer::resolve(const Place& place) const {
    const auto sibling = [this](const NodeId& id) { return id ? nodes_.find(id) : kNoNode; };
    return {nodes_.find(place.parent), sibling(place.after), sibling(place.before), !place.after};
}

bool Reducer::isChild(NodeHandle node, NodeHandle parent) const {
    return node != kNoNode && node != kRootHandle && nodes_[node].parent == parent &&
           nodes_.isAttached(node);
}

Spot Reducer::atEnd(NodeHandle parent) const {
    const Node& at = nodes_[parent];
    const std::size_t ghosts = at.extra ? at.extra->ghosts.size() : 0;
    return {parent, static_cast<std::uint32_t>(at.children.size()),
            static_cast<std::uint32_t>(ghosts), false};
}

// Directly behind a child (in front of the ghosts that follow it), or directly in front of it.
Spot Reducer::besideChild(NodeHandle child, bool after) const {
    const NodeHandle parent = nodes_[child].parent;
    const std::uint32_t index = nodes_.indexOf(child);
    return {parent, after ? index + 1 : index, nodes_.ghostsUpTo(parent, index), false};
}

Spot Reducer::spotOfGhost(NodeHandle parent, std::size_t rank) const {
    return {parent, nodes_[parent].extra->ghosts[rank].gap, static_cast<std::uint32_t>(rank),
            false};
}

std::optional<Spot> Reducer::ghostSpot(NodeHandle parent, NodeHandle node) const {
    const Extra* extra = nodes_[parent].extra.get();
    if (extra == nullptr || node == kNoNode)
        return std::nullopt;
    const std::size_t rank = nodes_.ghostRank(parent, node);
    if (rank == extra->ghosts.size())
        return std::nullopt;
    return spotOfGhost(parent, rank);
}

// The first sibling that is still there decides; of two that have been torn apart, the one that the
// same author placed, so that what one person inserts in a row stays together in either direction.
Spot Reducer::amongSiblings(const LocalPlace& place, ReplicaId author) const {
    const bool after = isChild(place.after, place.parent);
    const bool before = isChild(place.before, place.parent);
    if (after && before) {
        const bool own = nodes_[place.before].placedBy.replica == author &&
                         nodes_[place.after].placedBy.replica != author;
        return own ? besideChild(place.before, false) : besideChild(place.after, true);
    }
    if (after)
        return besideChild(place.after, true);
    if (before)
        return besideChild(place.before, false);
    if (const auto spot = ghostSpot(place.parent, place.after)) {
        return {spot->parent, spot->index, spot->rank + 1, false};
    }
    if (const auto spot = ghostSpot(place.parent, place.before))
        return *spot;
    if (place.first && place.before != kNoNode)
        return {place.parent, 0, 0, false};
    return atEnd(place.parent);
}

// Where the topmost deleted ancestor of `dead` stood, in a parent that is live.
Spot Reducer::besideGone(NodeHandle dead) const {
    NodeHandle top = dead;
    for (NodeHandle at = dead; at != kRootHandle; at = nodes_[at].parent)
        if (!nodes_.isAttached(at))
            top = at;
    const NodeHandle parent = nodes_[top].parent;
    Spot spot = ghostSpot(parent, top).value_or(atEnd(parent));
    spot.lifted = true;
    return spot;
}

Spot Reducer::spotFor(const LocalPlace& place, ReplicaId author) const {
    return nodes_.isLive(place.parent) ? amongSiblings(place, author) : besideGone(place.parent);
}

bool Reducer::fits(NodeHandle parent, NodeHandle node) const {
    return nodes_.depth(parent) + 1 + nodes_.height(node) <= kMaxDepth;
}

void Reducer::without(NodeHandle node, NoEffectReason reason, OpId op) {
    Effect effect;
    effect.kind = EffectKind::NoEffect;
    effect.reason = reason;
    effect.node = node;
    effect.op = op;
    effects_.push_back(effect);
}

// The oldest trace of a parent goes when there are too many.
void Reducer::leaveGhost(NodeHandle parent, NodeHandle node, std::uint32_t index,
                         std::uint32_t rank) {
    Extra& extra = nodes_.extra(parent);
    if (extra.ghosts.size() >= Limits::kGhosts) {
        const auto oldest =
            std::min_element(extra.ghosts.begin(), extra.ghosts.end(),
                             [](const Ghost& a, const Ghost& b) { return a.stamp < b.stamp; });
        const auto at = static_cast<std::uint32_t>(oldest - extra.ghosts.begin());
        nodes_.eraseGhost(parent, at);
        if (at < rank)
            --rank;
    }
    std::uint32_t stamp = 0;
    for (const Ghost& each : extra.ghosts)
        stamp = std::max(stamp, each.stamp + 1);
    nodes_.insertGhost(parent, rank, {node, index, stamp});
}

void Reducer::dropGhost(NodeHandle parent, NodeHandle node) {
    const Extra* extra = nodes_[parent].extra.get();
    if (extra == nullptr)
        return;
    const std::size_t rank = nodes_.ghostRank(parent, node);
    if (rank < extra->ghosts.size())
        nodes_.eraseGhost(parent, static_cast<std::uint32_t>(rank));
}

// Takes the node out of its parent; gives where it stood.
Spot Reducer::detach(NodeHandle node) {
    const NodeHandle parent = nodes_[node].parent;
    const std::uint32_t index = nodes_.indexOf(node);
    const std::uint32_t rank = nodes_.ghostsUpTo(parent, index);
    nodes_.eraseChild(node);
    return {parent, index, rank, false};
}

void Reducer::detachWithTrace(NodeHandle node) {
    dropGhost(nodes_[node].parent, node);
    const Spot left = detach(node);
    leaveGhost(left.parent, node, left.index, left.rank);
}

// The trace that the node left in the parent it comes (back) to goes, and it takes its exact place
// if that lies between the neighbours it is to have. `left` is where it stood until now.
void Reducer::takeOwnPlace(NodeHandle node, Spot& spot, Spot& left) {
    const auto own = ghostSpot(spot.parent, node);
    if (!own)
        return;
    if (own->index == spot.index)
        spot.rank = own->rank;
    dropGhost(spot.parent, node);
    if (own->rank < spot.rank)
        --spot.rank;
    if (left.parent == spot.parent && own->rank < left.rank)
        --left.rank;
}

void Reducer::attach(NodeHandle node, const Spot& spot, const Placement& placement) {
    nodes_.insertChild(spot, node);
    nodes_.place(node, placement);
}

void Reducer::create(NodeHandle node, const LocalPlace& place, Stamp stamp) {
    nodes_.touch(node);
    Spot spot = spotFor(place, stamp.op.replica);
    NodeHandle deep = kNoNode;
    for (auto depth = nodes_.depth(spot.parent); depth >= kMaxDepth; --depth) {
        deep = spot.parent;
        spot.parent = nodes_[deep].parent;
    }
    if (deep != kNoNode) {
        spot = besideChild(deep, true);
        spot.lifted = true;
    }
    if (spot.lifted)
        nodes_.touch(node, true);
    nodes_.attachNew(spot, node, stamp.op, stamp.sequence);
}

void Reducer::move(NodeHandle node, const LocalPlace& place, OpId restores, Stamp stamp) {
    if (!nodes_.isAttached(node)) {
        moveHome(node, place, restores, stamp);
        return;
    }
    const NodeHandle target =
        nodes_.isLive(place.parent) ? place.parent : besideGone(place.parent).parent;
    if (nodes_.isInside(target, node))
        return without(node, NoEffectReason::Cycle, stamp.op);
    if (!fits(target, node))
        return without(node, NoEffectReason::TooDeep, stamp.op);
    nodes_.touch(node);
    if (nodes_[node].parent != target)
        dropGhost(nodes_[node].parent, node);
    Spot left = detach(node);
    Spot spot = spotFor(place, stamp.op.replica);
    takeOwnPlace(node, spot, left);
    if (spot.lifted)
        nodes_.touch(node, true);
    attach(node, spot, {stamp.op, restores, {}, stamp.sequence, spot.parent, NodeState::Attached});
    const bool shifted = left.parent == spot.parent &&
                         std::tie(spot.rank, spot.index) <= std::tie(left.rank, left.index);
    leaveGhost(left.parent, node, left.index + (shifted ? 1 : 0), left.rank);
}

// A deleted node stays deleted, but comes back at the new place.
void Reducer::moveHome(NodeHandle node, const LocalPlace& place, OpId restores, Stamp stamp) {
    without(node, NoEffectReason::Deleted, stamp.op);
    const NodeHandle target =
        nodes_.isLive(place.parent) ? place.parent : besideGone(place.parent).parent;
    if (nodes_.isInside(target, node))
        return;
    nodes_.touch(node);
    dropGhost(nodes_[node].parent, node);
    dropGhost(target, node);
    const Spot spot = spotFor(place, stamp.op.replica);
    Placement placement = nodes_.placement(node);
    placement.placedBy = stamp.op;
    placement.placeOrigin = restores;
    placement.placedSequence = stamp.sequence;
    placement.parent = spot.parent;
    nodes_.place(node, placement);
    leaveGhost(spot.parent, node, spot.index, spot.rank);
}

// The topmost nodes inside that somebody else put there, unseen by the author.
std::vector<NodeHandle> Reducer::unseenInside(NodeHandle node, Sequence base,
                                              ReplicaId author) const {
    std::vector<NodeHandle> unseen;
    std::vector<NodeHandle> open(nodes_[node].children.rbegin(), nodes_[node].children.rend());
    while (!open.empty()) {
        const NodeHandle at = open.back();
        open.pop_back();
        const Node& each = nodes_[at];
        if (each.placedSequence > base && each.placedBy.replica != author)
            unseen.push_back(at);
        else
            open.insert(open.end(), each.children.rbegin(), each.children.rend());
    }
    return unseen;
}

void Reducer::lift(NodeHandle node, NodeHandle outOf, Stamp stamp) {
    nodes_.touch(node, true);
    detachWithTrace(node);
    dropGhost(nodes_[outOf].parent, node);
    const Spot spot = besideGone(outOf);
    attach(node, spot, {stamp.op, {}, {}, stamp.sequence, spot.parent, NodeState::Attached});
}

void Reducer::remove(NodeHandle node, Sequence base, Stamp stamp) {
    Placement placement = nodes_.placement(node);
    placement.deletedBy = stamp.op;
    if (!nodes_.isAttached(node)) {
        nodes_.place(node, placement);
        return;
    }
    nodes_.touch(node);
    std::vector<NodeHandle> unseen;
    if (nodes_.isLive(node))
        unseen = unseenInside(node, base, stamp.op.replica);
    detachWithTrace(node);
    placement.state = NodeState::Deleted;
    nodes_.place(node, placement);
    for (const NodeHandle each : unseen)
        lift(each, node, stamp);
}

void Reducer::restore(NodeHandle node, Stamp stamp) {
    if (nodes_[node].state != NodeState::Deleted)
        return without(node, NoEffectReason::NotDeleted, stamp.op);
    Placement placement = nodes_.placement(node);
    const bool home = nodes_.isLive(placement.parent);
    Spot spot = home ? ghostSpot(placement.parent, node).value_or(atEnd(placement.parent))
                     : besideGone(placement.parent);
    if (!fits(spot.parent, node))
        return without(node, NoEffectReason::TooDeep, stamp.op);
    nodes_.touch(node, spot.lifted);
    if (home) {
        dropGhost(placement.parent, node);
    } else {
        dropGhost(spot.parent, node);
        spot = besideGone(placement.parent);
    }
    placement.placeOrigin = home ? nodes_.placeOrigin(node) : OpId{};
    placement.placedBy = stamp.op;
    placement.deletedBy = {};
    placement.placedSequence = stamp.sequence;
    placement.parent = spot.parent;
    placement.state = NodeState::Attached;
    attach(node, spot, placement);
}

void Reducer::apply(const Operation& operation, Stamp stamp) {
    if (const auto* op = std::get_if<Create>(&operation))
        create(nodes_.find(stamp.op), resolve(op->place), stamp);
    else if (const auto* moved = std::get_if<Move>(&operation))
        move(nodes_.find(moved->node), resolve(moved->place), moved->restores, stamp);
    else if (const auto* removed = std::get_if<Delete>(&operation))
        remove(nodes_.find(removed->node), removed->baseSequence, stamp);
    else if (const auto* restored = std::get_if<Restore>(&operation))
        restore(nodes_.find(restored->node), stamp);
}

}  // namespace pe::crdt
