// SPDX-License-Identifier: MIT
#include "undo.hpp"

#include <algorithm>

#include "text_store.hpp"

namespace pe::crdt {

void UndoBuilder::skip(GuardKind kind, NodeHandle node, ReplicaId by, RegisterKey key) {
    skipped_.push_back({kind, node, key, by});
}

template <class Kind>
const Kind* UndoBuilder::priorOf(std::uint32_t index) const {
    const auto at = std::partition_point(
        change_.prior.begin(), change_.prior.end(), [index](const Prior& each) {
            return std::visit([](const auto& prior) { return prior.operation; }, each) < index;
        });
    if (at == change_.prior.end())
        return nullptr;
    const auto* prior = std::get_if<Kind>(&*at);
    return prior != nullptr && prior->operation == index ? prior : nullptr;
}

// Somebody else who has set or written something in the node that shows; 0 if there is none.
ReplicaId UndoBuilder::otherInContent(NodeHandle node) const {
    const Extra* extra = core_.nodes[node].extra.get();
    if (extra == nullptr)
        return 0;
    for (const Version& each : extra->versions)
        if (each.hiddenBy == 0 && each.op.replica != change_.replica)
            return each.op.replica;
    for (const TextEntry& each : extra->texts)
        if (const auto author = each.text.store().otherAuthor(change_.replica))
            return *author;
    return 0;
}

// Somebody else who has put or changed something in the subtree; 0 if there is none.
ReplicaId UndoBuilder::otherIn(NodeHandle node) const {
    std::vector<NodeHandle> open{node};
    while (!open.empty()) {
        const NodeHandle at = open.back();
        open.pop_back();
        const Node& each = core_.nodes[at];
        if (each.placedBy.replica != change_.replica)
            return each.placedBy.replica;
        if (const ReplicaId other = otherInContent(at); other != 0)
            return other;
        open.insert(open.end(), each.children.begin(), each.children.end());
    }
    return 0;
}

// Whether taking back the creation of the parent takes this node with it.
bool UndoBuilder::goesWithParent(NodeHandle node) {
    const NodeHandle parent = core_.nodes[node].parent;
    const NodeId id = core_.nodes[parent].id;
    if (id.replica != change_.replica || id.counter < change_.firstCounter ||
        id.counter > change_.lastCounter())
        return false;
    if (parent != lastParent_) {
        lastParent_ = parent;
        lastParentGoes_ = otherIn(parent) == 0;
    }
    return lastParentGoes_;
}

void UndoBuilder::undoCreate(NodeHandle node) {
    if (!core_.nodes.isLive(node))
        return skip(GuardKind::Create, node, core_.nodes.deletedBy(node).replica);
    if (goesWithParent(node))
        return;
    if (const ReplicaId other = otherIn(node); other != 0)
        return skip(GuardKind::Create, node, other);
    gesture_.remove(node);
}

void UndoBuilder::undoMove(const Move& move, OpId op, std::uint32_t index) {
    const NodeHandle node = core_.nodes.find(move.node);
    const auto* prior = priorOf<PriorPlace>(index);
    if (prior == nullptr)
        return skip(GuardKind::NoHistory, node, 0);
    if (!core_.nodes.isLive(node))
        return skip(GuardKind::Move, node, core_.nodes.deletedBy(node).replica);
    if (core_.nodes.placeOrigin(node) != (move.restores ? move.restores : op))
        return skip(GuardKind::Move, node, core_.nodes.placeOrigin(node).replica);
    const NodeHandle parent = core_.nodes.find(prior->place.parent);
    if (parent == kNoNode)
        return skip(GuardKind::NoHistory, node, 0);
    if (core_.nodes.isInside(parent, node))
        return skip(GuardKind::Move, node, core_.nodes[parent].placedBy.replica);
    gesture_.move(node, prior->place, prior->origin);
}

void UndoBuilder::undoDelete(const Delete& remove, OpId op) {
    const NodeHandle node = core_.nodes.find(remove.node);
    if (core_.nodes[node].state != NodeState::Deleted)
        return skip(GuardKind::Delete, node, core_.nodes[node].placedBy.replica);
    if (core_.nodes.deletedBy(node) != op)
        return skip(GuardKind::Delete, node, core_.nodes.deletedBy(node).replica);
    gesture_.restore(node);
}

void UndoBuilder::undoRestore(const Restore& restore, OpId op) {
    const NodeHandle node = core_.nodes.find(restore.node);
    if (!core_.nodes.isLive(node))
        return skip(GuardKind::Restore, node, core_.nodes.deletedBy(node).replica);
    if (core_.nodes[node].placedBy.replica != op.replica)
        return skip(GuardKind::Restore, node, core_.nodes[node].placedBy.replica);
    gesture_.remove(node);
}

void UndoBuilder::undoSet(const Set& set, OpId op, std::uint32_t index) {
    const NodeHandle node = core_.nodes.find(set.node);
    const auto* prior = priorOf<PriorValue>(index);
    if (prior == nullptr)
        return skip(GuardKind::NoHistory, node, 0, set.key);
    const OpId mine = set.restoresNothing ? OpId{} : set.restores ? set.restores : op;
    const auto shown = core_.content.shown(node, set.key);
    if (!shown || shown->origin != mine)
        return skip(GuardKind::Set, node, shown ? shown->origin.replica : 0, set.key);
    Set inverse;
    inverse.node = set.node;
    inverse.key = set.key;
    inverse.absent = !prior->value.has_value();
    inverse.value = prior->value.value_or(std::string());
    inverse.restores = prior->origin;
    inverse.restoresNothing = !prior->origin;
    gesture_.set(std::move(inverse));
}

void UndoBuilder::undoInsert(const TextInsert& insert, OpId op) {
    const NodeHandle node = core_.nodes.find(insert.node);
    const auto count = static_cast<std::uint32_t>(insert.elements.size());
    const Text* const text = core_.content.text(node, insert.key);
    auto visible = text->store().visibleIn({{op, count}});
    if (!visible.empty())
        gesture_.erase(node, insert.key, std::move(visible));
}

void UndoBuilder::undoErase(const TextDelete& erase, OpId op) {
    const NodeHandle node = core_.nodes.find(erase.node);
    if (core_.isFinal(op))
        return skip(GuardKind::NoHistory, node, 0, erase.key);
    if (!core_.content.text(node, erase.key)->store().isRevoked(op))
        gesture_.undelete(node, erase.key, op);
}

void UndoBuilder::undoUndelete(const TextUndelete& undelete) {
    const NodeHandle node = core_.nodes.find(undelete.node);
    const TextStore& store = core_.content.text(node, undelete.key)->store();
    auto visible = store.visibleIn(store.rangesOf(undelete.deletion));
    if (!visible.empty())
        gesture_.erase(node, undelete.key, std::move(visible));
}

void UndoBuilder::undo(const Operation& operation, OpId op, std::uint32_t index) {
    if (std::holds_alternative<Create>(operation))
        undoCreate(core_.nodes.find(op));
    else if (const auto* move = std::get_if<Move>(&operation))
        undoMove(*move, op, index);
    else if (const auto* remove = std::get_if<Delete>(&operation))
        undoDelete(*remove, op);
    else if (const auto* restore = std::get_if<Restore>(&operation))
        undoRestore(*restore, op);
    else if (const auto* set = std::get_if<Set>(&operation))
        undoSet(*set, op, index);
    else if (const auto* insert = std::get_if<TextInsert>(&operation))
        undoInsert(*insert, op);
    else if (const auto* erase = std::get_if<TextDelete>(&operation))
        undoErase(*erase, op);
    else if (const auto* undelete = std::get_if<TextUndelete>(&operation))
        undoUndelete(*undelete);
}

std::vector<SkippedUndo> UndoBuilder::run() {
    std::uint64_t counter = change_.firstCounter + change_.counterSpan();
    for (std::size_t i = change_.operations.size(); i-- > 0;) {
        counter -= counterSpan(change_.operations[i]);
        undo(change_.operations[i], {change_.replica, static_cast<std::uint32_t>(counter)},
             static_cast<std::uint32_t>(i));
    }
    return std::move(skipped_);
}

}  // namespace pe::crdt
