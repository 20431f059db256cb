// SPDX-License-Identifier: MIT
#include "tree_core.hpp"

#include <algorithm>

#include "change_check.hpp"
#include "hasher.hpp"
#include "pe/base/assert.hpp"
#include "pe/base/derived_id.hpp"
#include "restamp.hpp"

namespace pe::crdt {

TreeCore::TreeCore(ReplicaId replica)
    : content(nodes, effects), reducer(nodes, effects), self(replica) {
    nodes.replicas.at(replica);
}

TreeCore::~TreeCore() = default;

std::uint32_t TreeCore::confirmedCounter(ReplicaId replica) const {
    const ReplicaState* state = nodes.replicas.find(replica);
    return state == nullptr ? 0 : state->lastCounter;
}

std::uint32_t TreeCore::nextCounter() const {
    return 1 + (pending.empty() ? confirmedCounter(self) : pending.back().lastCounter);
}

bool TreeCore::isFinal(OpId deletion) const {
    const ReplicaState* state = nodes.replicas.find(deletion.replica);
    return state != nullptr && deletion.counter <= state->finalCounter;
}

bool TreeCore::isOwn(ReplicaId replica) const {
    return replica == self ||
           std::find(formerSelves.begin(), formerSelves.end(), replica) != formerSelves.end();
}

Result<void> TreeCore::check(const Change& change) const {
    for (const Operation& each : change.operations) {
        const auto* undelete = std::get_if<TextUndelete>(&each);
        if (undelete != nullptr && isFinal(undelete->deletion))
            return pe::fail(ErrorCode::Refused, "The deleted text is no longer kept.");
    }
    return ChangeCheck(nodes, content, change, self, confirmedCounter(self)).run();
}

// Whether the change was confirmed before; a fork if it was, but with other content.
Result<bool> TreeCore::isRepeated(const Change& change) const {
    const ReplicaState* state = nodes.replicas.find(change.replica);
    if (state == nullptr || change.firstCounter > state->lastCounter)
        return false;
    const auto forked = [] {
        return pe::fail(ErrorCode::Conflict, "Two machines work under one replica id.");
    };
    const std::uint64_t last = change.firstCounter + change.counterSpan() - 1;
    if (last > state->lastCounter)
        return forked();
    const auto at =
        std::lower_bound(state->history.begin(), state->history.end(), last,
                         [](const ReplicaState::Confirmed& each, std::uint64_t counter) {
                             return each.lastCounter < counter;
                         });
    if (at == state->history.end())
        return true;
    if (at->lastCounter == last) {
        if (at->hash != contentHash(change))
            return forked();
    } else if (at != state->history.begin()) {
        return forked();
    }
    return true;
}

Result<void> TreeCore::checkNext(const Change& change, Sequence at) const {
    if (change.reducerVersion != kReducerVersion)
        return pe::fail(ErrorCode::Refused,
                        "The change was made by a newer program; update this one.");
    if (at != sequence + 1)
        return pe::fail(ErrorCode::Refused, "Changes are missing in front of this one.");
    if (change.firstCounter != confirmedCounter(change.replica) + 1)
        return pe::fail(ErrorCode::Refused, "Operations of this replica are missing.");
    return {};
}

Result<void> TreeCore::apply(const Change& change, Sequence at) {
    if (open)
        return pe::fail(ErrorCode::Refused, "A gesture is being made.");
    beginEffects();
    Result<void> result = applyOne(change, at);
    endTwins();
    finishApply();
    return result;
}

Result<void> TreeCore::apply(std::span<const SharedChange> changes, Sequence first) {
    if (open)
        return pe::fail(ErrorCode::Refused, "A gesture is being made.");
    beginEffects();
    Result<void> result;
    for (std::size_t i = 0; i < changes.size() && result; ++i)
        result = applyOne(*changes[i], first + i);
    endTwins();
    finishApply();
    return result;
}

Result<void> TreeCore::applyOne(const Change& change, Sequence at) {
    PE_TRY_ASSIGN(const bool repeated, isRepeated(change));
    if (repeated)
        return {};
    PE_TRY(checkNext(change, at));
    if (change.replica == self) {
        endTwins();
        if (!pending.empty())
            return confirmOwn(change, at);
    }
    PE_TRY(check(change));
    if (confirmedTwin(change, at))
        return {};
    endTwins();
    if (change.hasStructure())
        takeOffStructure();
    fold(change, at, nullptr);
    confirmed(change, at);
    return {};
}

Result<void> TreeCore::confirmOwn(const Change& change, Sequence at) {
    const Change& kept = *pending.front().change;
    if (&kept != &change && !sameContent(kept, change))
        return pe::fail(ErrorCode::Conflict, "Two machines work under one replica id.");
    confirmFront(at);
    return {};
}

// Whether a copy of this replica sent something that waits here as well.
bool TreeCore::confirmedTwin(const Change& change, Sequence at) {
    if (change.replica == self || !areKin(change.replica, self))
        return false;
    const bool isFirst = twinning_ == nullptr;
    if (isFirst)
        twinning_ = std::make_unique<Restamp>(*this);
    const SharedChange mine = twinning_->twinOf(change);
    if (mine == nullptr) {
        if (isFirst)
            twinning_.reset();
        return false;
    }
    if (isFirst)
        finishApply();
    twinning_->confirmTwin(mine, change, at);
    twins.push_back({mine, at});
    return true;
}

// What waits and has no twin is put on again.
void TreeCore::endTwins() {
    if (twinning_ == nullptr)
        return;
    twinning_->end();
    twinning_.reset();
    beginEffects();
}

// Pending structure stays off until the last of the changes at hand is folded.
void TreeCore::takeOffStructure() {
    if (structureOff_ || !hasPendingStructure())
        return;
    structureOff_ = true;
    for (const PendingChange& each : pending)
        nodes.touchAll(each.log);
    for (std::size_t i = pending.size(); i-- > 0;)
        nodes.takeBack(pending[i].log);
}

void TreeCore::finishApply() {
    if (structureOff_)
        for (PendingChange& each : pending)
            foldStructure(each, kPendingSequence, &each.log);
    structureOff_ = false;
    if (pending.empty())
        told_.clear();
    emitEffects();
}

bool TreeCore::hasPendingStructure() const {
    return std::any_of(pending.begin(), pending.end(),
                       [](const PendingChange& each) { return each.change->hasStructure(); });
}

void TreeCore::fold(const Change& change, Sequence at, StepLog* log) {
    const bool isPending = at == kPendingSequence;
    nodes.setLog(log);
    nodes.reserve(change.operations.size() > 64 ? change.operations.size() : 0);
    OpId op{change.replica, change.firstCounter};
    for (const Operation& operation : change.operations) {
        if (const auto* create = std::get_if<Create>(&operation))
            content.init(nodes.add(op), *create, op, change.hlc);
        if (const auto* other = std::get_if<Unknown>(&operation); other != nullptr && !isPending)
            unknown.push_back({op, *other});
        if (isStructural(operation))
            reducer.apply(operation, {op, at});
        else
            content.apply(operation, op, isPending);
        op.counter += static_cast<std::uint32_t>(counterSpan(operation));
    }
    nodes.setLog(nullptr);
}

// Folds the structure of a pending change whose content is in place.
void TreeCore::foldStructure(const PendingChange& each, Sequence at, StepLog* log) {
    const std::size_t before = effects.size();
    nodes.setLog(log);
    OpId op{each.change->replica, each.change->firstCounter};
    for (const Operation& operation : each.change->operations) {
        if (isStructural(operation))
            reducer.apply(operation, {op, at});
        op.counter += static_cast<std::uint32_t>(counterSpan(operation));
    }
    nodes.setLog(nullptr);
    const auto known = [this](const Effect& effect) {
        return std::find(told_.begin(), told_.end(), effect.op) != told_.end();
    };
    const auto first = effects.begin() + static_cast<std::ptrdiff_t>(before);
    effects.erase(std::remove_if(first, effects.end(), known), effects.end());
    for (std::size_t i = before; i < effects.size(); ++i)
        told_.push_back(effects[i].op);
}

void TreeCore::takeBack(const Change& change, StepLog& log) {
    std::uint64_t counter = change.firstCounter + change.counterSpan();
    for (std::size_t i = change.operations.size(); i-- > 0;) {
        counter -= counterSpan(change.operations[i]);
        content.takeBack(change.operations[i],
                         {change.replica, static_cast<std::uint32_t>(counter)});
    }
    nodes.takeBack(log);
}

void TreeCore::takeBackAll() {
    content.mute(true);
    for (std::size_t i = pending.size(); i-- > 0;)
        takeBack(*pending[i].change, pending[i].log);
}

void TreeCore::putBackAll() {
    const std::size_t before = effects.size();
    for (PendingChange& each : pending) {
        nodes.setLog(&each.log);
        OpId op{each.change->replica, each.change->firstCounter};
        for (const Operation& operation : each.change->operations) {
            if (isStructural(operation))
                reducer.apply(operation, {op, kPendingSequence});
            else
                content.apply(operation, op, true);
            op.counter += static_cast<std::uint32_t>(counterSpan(operation));
        }
    }
    nodes.setLog(nullptr);
    content.mute(false);
    effects.resize(before);
}

void TreeCore::push(SharedChange change) {
    const Change& made = *change;
    pending.push_back({std::move(change), made.lastCounter(), {}});
    fold(made, kPendingSequence, &pending.back().log);
}

Result<void> TreeCore::resume(SharedChange change) {
    if (open || change->replica != self || change->firstCounter != nextCounter())
        return pe::fail(ErrorCode::Refused, "The change is not the next one of this replica.");
    PE_TRY(check(*change));
    clock.observe(change->hlc);
    beginEffects();
    push(std::move(change));
    emitEffects();
    return {};
}

// What is shown already contains the front; it only gets its place in the order.
void TreeCore::confirmFront(Sequence at) {
    const PendingChange front = std::move(pending.front());
    pending.pop_front();
    if (structureOff_)
        foldStructure(front, at, nullptr);
    else if (!front.log.steps.empty())
        settle(front, at);
    OpId op{self, front.change->firstCounter};
    for (const Operation& operation : front.change->operations) {
        content.confirm(operation, op);
        if (const auto* other = std::get_if<Unknown>(&operation))
            unknown.push_back({op, *other});
        op.counter += static_cast<std::uint32_t>(counterSpan(operation));
    }
    confirmed(*front.change, at);
}

// Gives its sequence to what the change placed, in the tree and in what can be taken back.
void TreeCore::settle(const PendingChange& front, Sequence at) {
    const std::uint32_t first = front.change->firstCounter;
    const auto settles = [&](const OpId& op, Sequence placed) {
        return placed == kPendingSequence && op.replica == self && op.counter >= first &&
               op.counter <= front.lastCounter;
    };
    for (const Step& step : front.log.steps) {
        if (step.kind != StepKind::Place && step.kind != StepKind::AttachNew)
            continue;
        Node& node = nodes[step.node];
        if (settles(node.placedBy, node.placedSequence))
            node.placedSequence = at;
    }
    for (PendingChange& later : pending)
        for (Placement& each : later.log.placements)
            if (settles(each.placedBy, each.placedSequence))
                each.placedSequence = at;
}

void TreeCore::confirmed(const Change& change, Sequence at) {
    ReplicaState& state = nodes.replicas.at(change.replica);
    const std::uint64_t hash = contentHash(change);
    state.lastCounter = change.lastCounter();
    state.history.push_back({state.lastCounter, hash, at});
    Hasher chain;
    chain.add(state.chain);
    chain.add(hash);
    state.chain = chain.value();
    sequence = at;
    confirmedHlc = std::max(confirmedHlc, change.hlc);
    clock.observe(change.hlc);
}

void TreeCore::beginChange(std::int64_t nowMs, std::string&& label, std::string&& author) {
    PE_ASSERT(!open);
    open.emplace();
    open->nextCounter = nextCounter();
    open->change = std::make_shared<Change>();
    Change& change = *open->change;
    change.replica = self;
    change.firstCounter = open->nextCounter;
    change.hlc = clock.tick(nowMs);
    change.base = sequence;
    if (label.size() > Limits::kLabelBytes)
        label.resize(Limits::kLabelBytes);
    if (author.size() > Limits::kAuthorBytes)
        author.resize(Limits::kAuthorBytes);
    change.label = std::move(label);
    change.author = std::move(author);
    beginEffects();
    nodes.setLog(&open->log);
}

void TreeCore::fail(ErrorCode code, std::string message) {
    if (!open->error)
        open->error = Error{code, std::move(message), {}};
}

Result<SharedChange> TreeCore::commitChange() {
    if (open->change->operations.size() > Limits::kOperations)
        fail(ErrorCode::LimitExceeded, "This is too much for one step.");
    if (open->error) {
        const Error error = *open->error;
        rollbackChange();
        return tl::unexpected(error);
    }
    nodes.setLog(nullptr);
    SharedChange change = std::move(open->change);
    if (!change->operations.empty())
        pending.push_back({change, open->nextCounter - 1, std::move(open->log)});
    open.reset();
    emitEffects();
    return change;
}

void TreeCore::rollbackChange() {
    nodes.setLog(nullptr);
    takeBack(*open->change, open->log);
    nodes.forgetIdsFrom(self, open->change->firstCounter);
    open.reset();
    emitEffects();
}

void TreeCore::beginEffects() {
    nodes.beginWatch();
}

void TreeCore::emitEffects() {
    for (const Touched& each : nodes.touched())
        emit(each);
    nodes.endWatch();
}

// Compares a node with what it was before the change at hand.
void TreeCore::emit(const Touched& before) {
    const Node& now = nodes[before.node];
    const bool live = nodes.isLive(before.node);
    Effect effect;
    effect.node = before.node;
    effect.parent = live ? now.parent : kNoNode;
    effect.oldParent = before.live ? before.parent : kNoNode;
    effect.op = now.placedBy;
    const auto add = [&](EffectKind kind) {
        effect.kind = kind;
        effects.push_back(effect);
    };
    if (!live) {
        // Not `live`: pending work that is taken back may have hidden what views show.
        if (before.state != NodeState::Attached || !nodes.isLive(before.parent))
            return;
        if (const OpId by = nodes.deletedBy(before.node))
            effect.op = by;
        return add(EffectKind::Removed);
    }
    if (!before.live) {
        add(before.state == NodeState::Absent ? EffectKind::Created : EffectKind::Restored);
        if (before.lifted)
            add(EffectKind::LiftedOut);
        return;
    }
    // Told even if parent and neighbour are the same: the neighbour may itself have moved.
    add(before.lifted ? EffectKind::LiftedOut : EffectKind::Moved);
}

}  // namespace pe::crdt
