// SPDX-License-Identifier: MIT
#include "restamp.hpp"

#include <algorithm>
#include <utility>

#include "text_store.hpp"

namespace pe::crdt {
namespace {

constexpr std::int64_t kTolerableFutureMs = 60'000;

// The node and text that a text operation writes to.
std::optional<std::pair<NodeId, TextKey>> textOf(const Operation& operation) {
    if (const auto* insert = std::get_if<TextInsert>(&operation))
        return std::pair(insert->node, insert->key);
    if (const auto* erase = std::get_if<TextDelete>(&operation))
        return std::pair(erase->node, erase->key);
    if (const auto* undelete = std::get_if<TextUndelete>(&operation))
        return std::pair(undelete->node, undelete->key);
    return std::nullopt;
}

template <class Act>
void forEach(const Change& change, Act act) {
    OpId op{change.replica, change.firstCounter};
    for (const Operation& operation : change.operations) {
        act(operation, op);
        op.counter += static_cast<std::uint32_t>(counterSpan(operation));
    }
}

// As one with the range before it if it goes on there.
void append(std::vector<ElementRange>& ranges, const ElementRange& next) {
    if (!ranges.empty() && ranges.back().first.replica == next.first.replica &&
        ranges.back().first.counter + ranges.back().count == next.first.counter)
        ranges.back().count += next.count;
    else
        ranges.push_back(next);
}

// Takes out of an operation what says nothing about who made it: where rivals stand may have made
// an insertion look for another neighbour, under other ids ranges may lie side by side, and a value
// that was refused to one of them is not superseded there.
void forgetCircumstances(Operation& operation) {
    if (auto* set = std::get_if<Set>(&operation))
        set->supersedes.clear();
    if (auto* insert = std::get_if<TextInsert>(&operation))
        insert->rightOrigin = {};
    if (auto* erase = std::get_if<TextDelete>(&operation))
        for (const ElementRange& each : std::exchange(erase->ranges, {}))
            append(erase->ranges, each);
}

}  // namespace

Restamp::Restamp(TreeCore& core)
    : core_(core), oldSelf_(core.self), confirmed_(core.confirmedCounter(core.self)) {}

bool Restamp::map(OpId& id) const {
    if (id.replica != oldSelf_ || id.counter <= confirmed_)
        return true;
    const auto piece = pieceOf(id.counter);
    if (piece == pieces_.end())
        return false;
    id = {piece->second.newReplica, piece->second.newFirst + (id.counter - piece->first)};
    return true;
}

Restamp::Pieces::const_iterator Restamp::pieceOf(std::uint32_t counter) const {
    const auto next = pieces_.upper_bound(counter);
    if (next == pieces_.begin() || counter > std::prev(next)->second.last)
        return pieces_.end();
    return std::prev(next);
}

void Restamp::mapOrForget(OpId& id) const {
    if (!map(id))
        id = {};
}

void Restamp::rewritePlace(Place& place) {
    mapOrForget(place.after);
    mapOrForget(place.before);
}

bool Restamp::rewrite(Set& set) {
    set.supersedes = standing(set.supersedes);
    mapOrForget(set.restores);
    return map(set.node);
}

std::vector<OpId> Restamp::standing(const std::vector<OpId>& superseded) const {
    std::vector<OpId> all;
    const auto add = [&all](OpId id) {
        if (std::find(all.begin(), all.end(), id) == all.end())
            all.push_back(id);
    };
    for (OpId id : superseded) {
        if (map(id)) {
            add(id);
        } else if (const auto out = takenOut_.find(id.counter); out != takenOut_.end()) {
            std::for_each(out->second.superseded.begin(), out->second.superseded.end(), add);
        }
    }
    return all;
}

void Restamp::takeOut(const Change& change) {
    std::vector<std::uint32_t> counters;  // by operation
    forEach(change, [&](const Operation& operation, OpId op) {
        counters.push_back(op.counter);
        if (const auto* set = std::get_if<Set>(&operation))
            takenOut_[op.counter].superseded = standing(set->supersedes);
    });
    for (Prior prior : change.prior) {
        auto* value = std::get_if<PriorValue>(&prior);
        if (value == nullptr || value->operation >= counters.size())
            continue;
        rewrite(prior);
        takenOut_[counters[value->operation]].before = *value;
    }
}

bool Restamp::rewrite(TextInsert& insert) {
    if (!map(insert.node) || !map(insert.leftOrigin) || !map(insert.rightOrigin))
        return false;
    keepInOrder(insert);
    return true;
}

// Rivals are ordered by author, so under another id what was written may stand elsewhere: behind
// what it was in front of. An insertion that continues it then ends at the end of the text.
void Restamp::keepInOrder(TextInsert& insert) {
    const NodeHandle node = core_.nodes.find(insert.node);
    const Text* const text = node == kNoNode ? nullptr : core_.content.text(node, insert.key);
    if (text == nullptr || !insert.leftOrigin || !insert.rightOrigin)
        return;
    const TextStore& store = text->store();
    const bool isNew = !store.knows(insert.leftOrigin) || !store.knows(insert.rightOrigin);
    const bool torn =
        isNew ? insert.rightOrigin == torn_ : !store.inOrder(insert.leftOrigin, insert.rightOrigin);
    if (torn)
        torn_ = std::exchange(insert.rightOrigin, OpId{});
}

// One range of elements may have been confirmed in part, or come from several pending changes.
bool Restamp::rewrite(ElementRange range, std::vector<ElementRange>& out) const {
    while (range.count > 0) {
        std::uint32_t last = range.first.counter + range.count - 1;
        if (range.first.replica == oldSelf_ && range.first.counter <= confirmed_)
            last = std::min(last, confirmed_);
        else if (range.first.replica == oldSelf_)
            if (const auto piece = pieceOf(range.first.counter); piece != pieces_.end())
                last = std::min(last, piece->second.last);
        const std::uint32_t count = last - range.first.counter + 1;
        OpId first = range.first;
        if (!map(first))
            return false;
        append(out, {first, count});
        range.first.counter += count;
        range.count -= count;
    }
    return true;
}

bool Restamp::rewrite(TextDelete& erase) {
    std::vector<ElementRange> ranges;
    for (const ElementRange& each : erase.ranges)
        if (!rewrite(each, ranges))
            return false;
    erase.ranges = std::move(ranges);
    return map(erase.node);
}

bool Restamp::rewrite(Operation& operation) {
    if (auto* create = std::get_if<Create>(&operation)) {
        rewritePlace(create->place);
        return map(create->place.parent);
    }
    if (auto* move = std::get_if<Move>(&operation)) {
        rewritePlace(move->place);
        mapOrForget(move->restores);
        return map(move->node) && map(move->place.parent);
    }
    if (auto* remove = std::get_if<Delete>(&operation))
        return map(remove->node);
    if (auto* restore = std::get_if<Restore>(&operation))
        return map(restore->node);
    if (auto* set = std::get_if<Set>(&operation))
        return rewrite(*set);
    if (auto* insert = std::get_if<TextInsert>(&operation))
        return rewrite(*insert);
    if (auto* erase = std::get_if<TextDelete>(&operation))
        return rewrite(*erase);
    if (auto* undelete = std::get_if<TextUndelete>(&operation))
        return map(undelete->node) && map(undelete->deletion);
    return true;
}

void Restamp::rewrite(Prior& prior) {
    if (auto* value = std::get_if<PriorValue>(&prior)) {
        const auto out = takenOut_.find(value->origin.counter);
        if (map(value->origin))
            return;
        value->origin = {};
        if (out != takenOut_.end()) {
            value->value = out->second.before.value;
            value->origin = out->second.before.origin;
        }
        return;
    }
    auto& place = std::get<PriorPlace>(prior);
    mapOrForget(place.place.parent);
    rewritePlace(place.place);
    mapOrForget(place.origin);
}

// Null if the change needs something that was taken out.
std::shared_ptr<Change> Restamp::rewrite(const Change& change, std::uint32_t firstCounter) {
    auto fresh = std::make_shared<Change>(change);
    pieces_[change.firstCounter] = {change.lastCounter(), firstCounter, core_.self};
    fresh->replica = core_.self;
    fresh->firstCounter = firstCounter;
    torn_ = {};
    for (Operation& operation : fresh->operations) {
        if (rewrite(operation))
            continue;
        pieces_.erase(change.firstCounter);
        return nullptr;
    }
    for (Prior& prior : fresh->prior)
        rewrite(prior);
    return fresh;
}

void Restamp::takeOff() {
    isOff_ = true;
    core_.beginEffects();
    for (const PendingChange& each : core_.pending)
        core_.nodes.touchAll(each.log);
    for (const PendingChange& each : core_.pending) {
        forEach(*each.change, [this](const Operation& operation, OpId op) {
            if (std::holds_alternative<Create>(operation))
                created_.push_back({op.counter, core_.nodes.find(op)});
            const auto text = textOf(operation);
            if (!text)
                return;
            const NodeHandle node = core_.nodes.find(text->first);
            const auto known = [&](const SeenText& seen) {
                return seen.node == node && seen.key == text->second;
            };
            if (std::any_of(seen_.begin(), seen_.end(), known))
                return;
            seen_.push_back(
                {node, text->second, core_.content.text(node, text->second)->elements()});
        });
    }
    core_.takeBackAll();
    for (const Created& each : created_)
        core_.content.clear(each.node);
    core_.nodes.forgetIdsFrom(oldSelf_, confirmed_ + 1);
    for (PendingChange& each : core_.pending)
        waiting_.push_back(std::move(each.change));
    core_.pending.clear();
}

// The nodes that `from` created keep their handles under the ids that `to` gives them.
void Restamp::rename(const Change& from, const Change& to) {
    auto next = std::partition_point(
        created_.begin(), created_.end(),
        [&from](const Created& each) { return each.counter < from.firstCounter; });
    forEach(to, [&](const Operation& operation, OpId op) {
        if (std::holds_alternative<Create>(operation))
            core_.nodes.rename((next++)->node, op);
    });
}

void Restamp::putOn(SharedChange change) {
    core_.push(std::move(change));
}

void Restamp::reportContent() {
    core_.content.mute(false);
    for (const SharedChange& each : waiting_) {
        for (const Operation& operation : each->operations) {
            const auto* set = std::get_if<Set>(&operation);
            if (set == nullptr)
                continue;
            NodeId id = set->node;
            if (!map(id))
                continue;
            Effect effect;
            effect.kind = EffectKind::RegisterChanged;
            effect.node = core_.nodes.find(id);
            effect.key = set->key;
            core_.effects.push_back(effect);
        }
    }
    for (const SeenText& seen : seen_) {
        const Text* const text = core_.content.text(seen.node, seen.key);
        const Elements now = text == nullptr ? Elements() : text->elements();
        if (now == seen.elements)
            continue;
        Effect effect;
        effect.kind = EffectKind::TextChanged;
        effect.node = seen.node;
        effect.key = seen.key;
        effect.splice = {0, static_cast<std::uint32_t>(seen.elements.size()),
                         static_cast<std::uint32_t>(now.size())};
        core_.effects.push_back(effect);
    }
    core_.emitEffects();
}

std::vector<SharedChange> Restamp::rekey(ReplicaId newReplica, std::int64_t nowMs) {
    takeOff();
    core_.self = newReplica;
    core_.nodes.replicas.at(newReplica);
    const Hlc limit = Hlc::of(nowMs + kTolerableFutureMs);
    if (core_.clock.latest() > limit)
        core_.clock.reset(Hlc::of(nowMs));
    std::vector<SharedChange> fresh;
    for (const SharedChange& each : waiting_) {
        auto change = rewrite(*each, core_.nextCounter());
        if (change->hlc > limit) {
            change->hlc = core_.clock.tick(nowMs);
            for (Operation& operation : change->operations)
                if (auto* set = std::get_if<Set>(&operation))
                    set->hlc = change->hlc;
        }
        rename(*each, *change);
        fresh.push_back(change);
        putOn(std::move(change));
    }
    reportContent();
    return fresh;
}

// What becomes of a pending change if the one that begins with `firstCounter` is taken out. What
// was made before it may have its place in the order already, so it stays as it is to the byte.
SharedChange Restamp::without(std::uint32_t firstCounter, const SharedChange& change) {
    if (change->firstCounter == firstCounter)
        return nullptr;
    if (change->firstCounter > firstCounter)
        return rewrite(*change, core_.nextCounter());
    pieces_[change->firstCounter] = {change->lastCounter(), change->firstCounter, core_.self};
    return change;
}

std::vector<SharedChange> Restamp::reject(std::uint32_t firstCounter) {
    takeOff();
    std::vector<SharedChange> out;
    for (const SharedChange& each : waiting_) {
        const SharedChange change = without(firstCounter, each);
        if (change == nullptr) {
            takeOut(*each);
            out.push_back(each);
            continue;
        }
        rename(*each, *change);
        putOn(change);
    }
    reportContent();
    return out;
}

SharedChange Restamp::twinOf(const Change& other) {
    if (!isOff_) {
        for (const PendingChange& each : core_.pending)
            if (isTwin(*each.change, other))
                return each.change;
        return nullptr;
    }
    for (const SharedChange& each : waiting_)
        if (pieces_.count(each->firstCounter) == 0 && isTwin(*each, other))
            return each;
    return nullptr;
}

bool Restamp::isTwin(const Change& mine, const Change& other) {
    if (other.hlc != mine.hlc || other.label != mine.label || other.author != mine.author ||
        other.operations.size() != mine.operations.size())
        return false;
    pieces_[mine.firstCounter] = {mine.lastCounter(), other.firstCounter, other.replica};
    const bool same = std::equal(mine.operations.begin(), mine.operations.end(),
                                 other.operations.begin(), [this](Operation a, Operation b) {
                                     forgetCircumstances(a);
                                     forgetCircumstances(b);
                                     return rewrite(a) && a == b;
                                 });
    pieces_.erase(mine.firstCounter);
    return same;
}

void Restamp::confirmTwin(const SharedChange& mine, const Change& twin, Sequence at) {
    if (!isOff_)
        takeOff();
    pieces_[mine->firstCounter] = {mine->lastCounter(), twin.firstCounter, twin.replica};
    rename(*mine, twin);
    core_.fold(twin, at, nullptr);
    core_.confirmed(twin, at);
}

void Restamp::end() {
    for (const SharedChange& each : waiting_) {
        if (pieces_.count(each->firstCounter) != 0)
            continue;
        // All that it needs is there, and its twin is under other ids.
        const auto change = rewrite(*each, core_.nextCounter());
        rename(*each, *change);
        putOn(change);
    }
    reportContent();
}

}  // namespace pe::crdt
