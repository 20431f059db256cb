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

Spot Reducer::spotOf(NodeHandle parent, const Ghost& ghost) const {
    const auto rank = static_cast<std::uint32_t>(&ghost - nodes_[parent].extra->ghosts.data());
    return {parent, ghost.gap, rank, false};
}

// Where a deleted node stood, in a parent that may be gone as well.
Spot Reducer::homeOf(NodeHandle gone) const {
    const NodeHandle parent = nodes_[gone].parent;
    const Ghost* const trace = nodes_.ghostOf(parent, gone, nodes_.placeOrigin(gone));
    return trace == nullptr ? atEnd(parent) : spotOf(parent, *trace);
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
    if (const Ghost* const trace = nodes_.lastGhost(place.parent, place.after)) {
        const Spot spot = spotOf(place.parent, *trace);
        return {spot.parent, spot.index, spot.rank + 1, false};
    }
    if (const Ghost* const trace = nodes_.lastGhost(place.parent, place.before))
        return spotOf(place.parent, *trace);
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
    Spot spot = homeOf(top);
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

// With too many traces in a parent the oldest goes, last of all those of what is deleted: nothing
// else tells where that belongs.
void Reducer::makeRoom(Spot& spot) {
    const std::vector<Ghost>& ghosts = nodes_.extra(spot.parent).ghosts;
    if (ghosts.size() < Limits::kGhosts)
        return;
    const auto worth = [&](const Ghost& each) {
        const bool home = !nodes_.isAttached(each.node) &&
                          nodes_[each.node].parent == spot.parent &&
                          nodes_.placeOrigin(each.node) == each.origin;
        return std::pair(home, each.stamp);
    };
    const auto least =
        std::min_element(ghosts.begin(), ghosts.end(),
                         [&](const Ghost& a, const Ghost& b) { return worth(a) < worth(b); });
    const auto at = static_cast<std::uint32_t>(least - ghosts.begin());
    nodes_.eraseGhost(spot.parent, at);
    if (at < spot.rank)
        --spot.rank;
}

void Reducer::leaveGhost(NodeHandle node, OpId origin, Spot at) {
    // Two people may bring one placing back, of which only the first finds its trace.
    if (const Ghost* const old = nodes_.ghostOf(at.parent, node, origin)) {
        const std::uint32_t rank = spotOf(at.parent, *old).rank;
        nodes_.eraseGhost(at.parent, rank);
        at.rank -= rank < at.rank ? 1 : 0;
    }
    makeRoom(at);
    std::uint32_t stamp = 0;
    for (const Ghost& each : nodes_.extra(at.parent).ghosts)
        stamp = std::max(stamp, each.stamp + 1);
    nodes_.insertGhost(at.parent, at.rank, {node, origin, at.index, stamp});
}

// Takes the node out of its parent; gives where it stood.
Spot Reducer::detach(NodeHandle node) {
    const NodeHandle parent = nodes_[node].parent;
    const std::uint32_t index = nodes_.indexOf(node);
    const std::uint32_t rank = nodes_.ghostsUpTo(parent, index);
    nodes_.eraseChild(node);
    return {parent, index, rank, false};
}

// An undo puts the node exactly where the placing that it brings back had put it. Any other move
// puts it where it was last, if that lies between the neighbours it is to have. `left` is where it
// stood until now.
void Reducer::takeOwnPlace(NodeHandle node, OpId restores, Spot& spot, Spot& left) {
    if (const Ghost* const own = nodes_.ghostOf(spot.parent, node, restores)) {
        const bool lifted = spot.lifted;
        spot = spotOf(spot.parent, *own);
        spot.lifted = lifted;
        nodes_.eraseGhost(spot.parent, spot.rank);
        if (left.parent == spot.parent && spot.rank < left.rank)
            --left.rank;
    } else if (const Ghost* const last = nodes_.lastGhost(spot.parent, node)) {
        if (last->gap == spot.index)
            spot.rank = spotOf(spot.parent, *last).rank;
    }
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
    const OpId origin = nodes_.placeOrigin(node);
    Spot left = detach(node);
    Spot spot = spotFor(place, stamp.op.replica);
    takeOwnPlace(node, restores, spot, left);
    if (spot.lifted)
        nodes_.touch(node, true);
    attach(node, spot, {stamp.op, restores, {}, stamp.sequence, spot.parent, NodeState::Attached});
    const bool shifted = left.parent == spot.parent &&
                         std::tie(spot.rank, spot.index) <= std::tie(left.rank, left.index);
    left.index += shifted ? 1 : 0;
    leaveGhost(node, origin, left);
}

// A deleted node stays deleted, but comes back at the new place.
void Reducer::moveHome(NodeHandle node, const LocalPlace& place, OpId restores, Stamp stamp) {
    without(node, NoEffectReason::Deleted, stamp.op);
    const NodeHandle target =
        nodes_.isLive(place.parent) ? place.parent : besideGone(place.parent).parent;
    if (nodes_.isInside(target, node))
        return;
    nodes_.touch(node);
    Spot spot = spotFor(place, stamp.op.replica);
    Spot nowhere;
    takeOwnPlace(node, restores, spot, nowhere);
    Placement placement = nodes_.placement(node);
    placement.placedBy = stamp.op;
    placement.placeOrigin = restores;
    placement.placedSequence = stamp.sequence;
    placement.parent = spot.parent;
    nodes_.place(node, placement);
    leaveGhost(node, nodes_.placeOrigin(node), spot);
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
    const OpId origin = nodes_.placeOrigin(node);
    leaveGhost(node, origin, detach(node));
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
    leaveGhost(node, nodes_.placeOrigin(node), detach(node));
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
    const Spot spot = home ? homeOf(node) : besideGone(placement.parent);
    if (!fits(spot.parent, node))
        return without(node, NoEffectReason::TooDeep, stamp.op);
    nodes_.touch(node, spot.lifted);
    const OpId origin = nodes_.placeOrigin(node);
    if (home && nodes_.ghostOf(spot.parent, node, origin) != nullptr)
        nodes_.eraseGhost(spot.parent, spot.rank);
    placement.placeOrigin = home ? origin : OpId{};
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
