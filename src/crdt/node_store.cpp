// SPDX-License-Identifier: MIT
#include "node_store.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"

namespace pe::crdt {

NodeStore::NodeStore() {
    nodes_.emplace_back().state = NodeState::Attached;
}

NodeHandle NodeStore::find(OpId id) const {
    if (!id)
        return id.replica == 0 ? kRootHandle : kNoNode;
    const ReplicaState* replica = replicas.find(id.replica);
    return replica == nullptr ? kNoNode : replica->find(id.counter);
}

NodeHandle NodeStore::add(OpId id) {
    auto& known = replicas.at(id.replica).nodes;
    if (!known.empty() && known.back().counter >= id.counter) {
        const NodeHandle old = find(id);
        PE_ASSERT(old != kNoNode);
        return old;
    }
    const auto handle = static_cast<NodeHandle>(nodes_.size());
    known.push_back({id.counter, handle});
    nodes_.emplace_back().id = id;
    return handle;
}

void NodeStore::rename(NodeHandle node, OpId id) {
    nodes_[node].id = id;
    replicas.at(id.replica).nodes.push_back({id.counter, node});
}

void NodeStore::forgetIdsFrom(ReplicaId replica, std::uint32_t counter) {
    auto& known = replicas.at(replica).nodes;
    while (!known.empty() && known.back().counter >= counter)
        known.pop_back();
}

void NodeStore::reserve(std::size_t more) {
    const std::size_t wanted = nodes_.size() + more;
    if (wanted > nodes_.capacity())
        nodes_.reserve(std::max(wanted, nodes_.capacity() * 2));
}

Extra& NodeStore::extra(NodeHandle node) {
    auto& extra = nodes_[node].extra;
    if (!extra)
        extra = std::make_unique<Extra>();
    return *extra;
}

std::int32_t NodeStore::depth(NodeHandle node) const {
    std::int32_t depth = 0;
    for (; node != kRootHandle; node = nodes_[node].parent, ++depth)
        if (nodes_[node].state != NodeState::Attached)
            return -1;
    return depth;
}

std::int32_t NodeStore::height(NodeHandle node) const {
    std::int32_t height = 0;
    std::vector<std::pair<NodeHandle, std::int32_t>> open{{node, 0}};
    while (!open.empty()) {
        const auto [at, depth] = open.back();
        open.pop_back();
        height = std::max(height, depth);
        for (const NodeHandle child : nodes_[at].children)
            open.emplace_back(child, depth + 1);
    }
    return height;
}

bool NodeStore::isInside(NodeHandle node, NodeHandle ancestor) const {
    for (; node != kNoNode; node = nodes_[node].parent)
        if (node == ancestor)
            return true;
    return false;
}

// Looks around where the node last was: lists shift, but rarely far.
std::uint32_t NodeStore::indexOf(NodeHandle node) const {
    const Node& wanted = nodes_[node];
    const auto& siblings = nodes_[wanted.parent].children;
    const std::size_t size = siblings.size();
    const std::size_t hint = std::min<std::size_t>(wanted.indexHint, size - 1);
    for (std::size_t away = 0; away < size; ++away) {
        if (hint + away < size && siblings[hint + away] == node)
            return wanted.indexHint = static_cast<std::uint32_t>(hint + away);
        if (away <= hint && siblings[hint - away] == node)
            return wanted.indexHint = static_cast<std::uint32_t>(hint - away);
    }
    PE_ASSERT(false && "an attached node is among the children of its parent");
}

NodeHandle NodeStore::leftOf(NodeHandle node) const {
    const std::uint32_t index = indexOf(node);
    return index == 0 ? kNoNode : nodes_[nodes_[node].parent].children[index - 1];
}

const Ghost* NodeStore::lastGhost(NodeHandle parent, NodeHandle node) const {
    const Extra* extra = nodes_[parent].extra.get();
    if (extra == nullptr)
        return nullptr;
    const Ghost* last = nullptr;
    for (const Ghost& each : extra->ghosts)
        if (each.node == node && (last == nullptr || last->stamp < each.stamp))
            last = &each;
    return last;
}

const Ghost* NodeStore::ghostOf(NodeHandle parent, NodeHandle node, OpId origin) const {
    const Extra* extra = nodes_[parent].extra.get();
    if (extra == nullptr)
        return nullptr;
    for (const Ghost& each : extra->ghosts)
        if (each.node == node && each.origin == origin)
            return &each;
    return nullptr;
}

// How many ghosts stand in front of child number `gap`.
std::uint32_t NodeStore::ghostsUpTo(NodeHandle parent, std::uint32_t gap) const {
    const Extra* extra = nodes_[parent].extra.get();
    if (extra == nullptr)
        return 0;
    const auto at = std::find_if(extra->ghosts.begin(), extra->ghosts.end(),
                                 [gap](const Ghost& each) { return each.gap > gap; });
    return static_cast<std::uint32_t>(at - extra->ghosts.begin());
}

OpId NodeStore::placeOrigin(NodeHandle node) const {
    const Extra* extra = nodes_[node].extra.get();
    return extra != nullptr && extra->placeOrigin ? extra->placeOrigin : nodes_[node].placedBy;
}

OpId NodeStore::deletedBy(NodeHandle node) const {
    const Extra* extra = nodes_[node].extra.get();
    return extra == nullptr ? OpId{} : extra->deletedBy;
}

Placement NodeStore::placement(NodeHandle node) const {
    const Node& from = nodes_[node];
    Placement placement{from.placedBy, {}, {}, from.placedSequence, from.parent, from.state};
    if (from.extra) {
        placement.placeOrigin = from.extra->placeOrigin;
        placement.deletedBy = from.extra->deletedBy;
    }
    return placement;
}

void NodeStore::setPlacement(NodeHandle node, const Placement& placement) {
    Node& to = nodes_[node];
    to.placedBy = placement.placedBy;
    to.placedSequence = placement.placedSequence;
    to.parent = placement.parent;
    to.state = placement.state;
    if (!to.extra && !placement.placeOrigin && !placement.deletedBy)
        return;
    extra(node).placeOrigin = placement.placeOrigin;
    extra(node).deletedBy = placement.deletedBy;
}

void NodeStore::log(StepKind kind, NodeHandle parent, NodeHandle node, std::size_t index,
                    std::uint32_t rank) {
    if (log_ != nullptr)
        log_->steps.push_back({kind, parent, node, static_cast<std::uint32_t>(index), rank});
}

void NodeStore::attachNew(const Spot& spot, NodeHandle node, OpId op, Sequence sequence) {
    StepLog* const outer = log_;
    log_ = nullptr;
    insertChild(spot, node);
    log_ = outer;
    setPlacement(node, {op, {}, {}, sequence, spot.parent, NodeState::Attached});
    log(StepKind::AttachNew, spot.parent, node, spot.index, spot.rank);
}

void NodeStore::insertChild(const Spot& spot, NodeHandle node) {
    Node& parent = nodes_[spot.parent];
    parent.children.insert(parent.children.begin() + spot.index, node);
    nodes_[node].indexHint = spot.index;
    if (parent.extra) {
        auto& ghosts = parent.extra->ghosts;
        for (std::size_t i = spot.rank; i < ghosts.size(); ++i)
            ++ghosts[i].gap;
    }
    log(StepKind::InsertChild, spot.parent, node, spot.index, spot.rank);
}

void NodeStore::eraseChild(NodeHandle node) {
    const NodeHandle parent = nodes_[node].parent;
    const std::uint32_t index = indexOf(node);
    const std::uint32_t rank = ghostsUpTo(parent, index);
    Node& from = nodes_[parent];
    from.children.erase(from.children.begin() + index);
    if (from.extra) {
        auto& ghosts = from.extra->ghosts;
        for (std::size_t i = rank; i < ghosts.size(); ++i)
            --ghosts[i].gap;
    }
    log(StepKind::EraseChild, parent, node, index, rank);
}

void NodeStore::insertGhost(NodeHandle parent, std::uint32_t rank, Ghost ghost) {
    auto& ghosts = extra(parent).ghosts;
    ghosts.insert(ghosts.begin() + rank, ghost);
    log(StepKind::InsertGhost, parent, ghost.node, 0, rank);
}

void NodeStore::eraseGhost(NodeHandle parent, std::uint32_t rank) {
    auto& ghosts = nodes_[parent].extra->ghosts;
    if (log_ != nullptr) {
        log(StepKind::EraseGhost, parent, ghosts[rank].node, log_->ghosts.size(), rank);
        log_->ghosts.push_back(ghosts[rank]);
    }
    ghosts.erase(ghosts.begin() + rank);
}

void NodeStore::place(NodeHandle node, const Placement& to) {
    if (log_ != nullptr) {
        log(StepKind::Place, to.parent, node, log_->placements.size(), 0);
        log_->placements.push_back(placement(node));
    }
    setPlacement(node, to);
}

void NodeStore::takeBack(StepLog& from) {
    StepLog* const outer = log_;
    log_ = nullptr;
    for (std::size_t i = from.steps.size(); i-- > 0;)
        takeBack(from.steps[i], from);
    log_ = outer;
    from.clear();
}

void NodeStore::takeBack(const Step& step, const StepLog& from) {
    switch (step.kind) {
        case StepKind::AttachNew:
            eraseChild(step.node);
            nodes_[step.node].state = NodeState::Absent;
            break;
        case StepKind::InsertChild: {
            Node& parent = nodes_[step.parent];
            parent.children.erase(parent.children.begin() + step.index);
            if (!parent.extra)
                break;
            auto& ghosts = parent.extra->ghosts;
            for (std::size_t i = step.rank; i < ghosts.size(); ++i)
                --ghosts[i].gap;
            break;
        }
        case StepKind::EraseChild:
            insertChild({step.parent, step.index, step.rank, false}, step.node);
            break;
        case StepKind::InsertGhost:
            eraseGhost(step.parent, step.rank);
            break;
        case StepKind::EraseGhost:
            insertGhost(step.parent, step.rank, from.ghosts[step.index]);
            break;
        case StepKind::Place:
            setPlacement(step.node, from.placements[step.index]);
            break;
    }
}

void NodeStore::beginWatch() {
    touched_.clear();
    ++epoch_;
    watching_ = true;
}

void NodeStore::touch(NodeHandle node, bool lifted) {
    if (!watching_)
        return;
    Node& at = nodes_[node];
    if (at.touchEpoch != epoch_) {
        at.touchEpoch = epoch_;
        at.touchIndex = static_cast<std::uint32_t>(touched_.size());
        const bool attached = at.state == NodeState::Attached;
        touched_.push_back({node, at.parent, at.state, attached && isLive(node), false});
    }
    touched_[at.touchIndex].lifted |= lifted;
}

void NodeStore::touchAll(const StepLog& from) {
    for (const Step& step : from.steps)
        if (step.kind == StepKind::Place || step.kind == StepKind::AttachNew)
            touch(step.node);
}

bool NodeStore::isFresh(NodeHandle node) const {
    return watching_ && nodes_[node].touchEpoch == epoch_ &&
           touched_[nodes_[node].touchIndex].state == NodeState::Absent;
}

}  // namespace pe::crdt
