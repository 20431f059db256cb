// SPDX-License-Identifier: MIT
#include "replica.hpp"

#include <algorithm>

#include "gestures.hpp"
#include "pe/base/derived_id.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"

namespace pe::simulation {
namespace {

using crdt::SharedChange;

constexpr std::size_t kUndoable = 12;

std::string gestureRecord(const crdt::Change& change) {
    return toBytes(
        {RecordKind::Gesture, {crdt::encodeChange(change), crdt::encodePrior(change.prior)}});
}

}  // namespace

Replica::Replica(std::uint32_t slot, crdt::ReplicaId id, Bug bug, Verdict& verdict)
    : slot_(slot), bug_(bug), verdict_(verdict), tree_(id) {
    disk_.append(toBytes({RecordKind::Identity, {numberField(id)}}));
    disk_.sync();
}

Replica::Replica(std::uint32_t slot, const Disk& disk, Bug bug, Verdict& verdict)
    : mayClash(true), slot_(slot), bug_(bug), verdict_(verdict), disk_(disk) {
    disk_.sync();
    load();
}

void Replica::keep(const SharedChange& change) {
    if (change->operations.empty())
        return;
    disk_.append(gestureRecord(*change));
    unsynced_.insert(change->label);
    done_.push_back(change);
    if (done_.size() > kUndoable)
        done_.erase(done_.begin());
}

void Replica::edit(Random& random, std::int64_t nowMs, const std::string& label) {
    crdt::Transaction gesture = tree_->begin(nowMs, label);
    makeGesture(random, *tree_, gesture);
    if (random.below(40) == 0) {
        gesture.rollback();
        return;
    }
    if (const auto change = gesture.commit())
        keep(*change);
}

void Replica::undo(Random& random, std::int64_t nowMs, const std::string& label) {
    if (done_.empty())
        return;
    const SharedChange change = done_[random.below(done_.size())];
    if (change->replica != tree_->self())
        return;
    const auto undone = tree_->undo(*change, nowMs, label);
    if (verdict_.require(undone.has_value(), "an undo of one's own work fails"))
        keep(undone->change);
}

void Replica::sync() {
    disk_.sync();
    promised_.insert(unsynced_.begin(), unsynced_.end());
    unsynced_.clear();
    const auto pending = tree_->pending();
    syncedCounter_ = pending.empty() ? 0 : pending.back()->lastCounter();
}

std::vector<std::string> Replica::pendingRecords() const {
    std::vector<std::string> records;
    for (const SharedChange& each : tree_->pending())
        records.push_back(gestureRecord(*each));
    return records;
}

void Replica::compact() {
    const crdt::Snapshot snapshot = crdt::encodeSnapshot(*tree_);
    Record kept{RecordKind::Snapshot, {numberField(snapshot.sequence)}};
    for (const crdt::SnapshotPart& each : snapshot.parts)
        kept.fields.push_back(each.bytes);
    std::vector<std::string> records = pendingRecords();
    records.insert(records.begin(),
                   {toBytes({RecordKind::Identity, {numberField(tree_->self())}}), toBytes(kept)});
    disk_.replace(records);
    sync();
}

// After a refusal or a new identity all pending work has other numbers.
void Replica::rewriteJournal() {
    Record record{RecordKind::Pending, {numberField(tree_->self())}};
    for (std::string& each : pendingRecords())
        record.fields.push_back(std::move(each));
    disk_.append(toBytes(record));
    sync();
    done_ = tree_->pending();
}

std::optional<Message> Replica::send() {
    Message message;
    if (session_ == 0) {
        greeting_ = true;
        message.kind = MessageKind::Hello;
        return message;
    }
    std::vector<SharedChange> ready;
    for (const SharedChange& each : tree_->pending())
        if (each->lastCounter() <= syncedCounter_ || bug_ == Bug::SendsBeforeSync)
            ready.push_back(each);
    if (ready.empty())
        return std::nullopt;
    message.kind = MessageKind::Push;
    message.session = session_;
    message.sequence = tree_->sequence();
    message.replica = tree_->self();
    message.counter = tree_->lastCounter(tree_->self());
    message.chain = tree_->chainHash(tree_->self());
    message.batch = crdt::encodeBatch(ready);
    return message;
}

Message Replica::pull() const {
    Message message;
    message.kind = MessageKind::Pull;
    message.sequence = tree_->sequence();
    return message;
}

void Replica::receive(const Message& message, std::int64_t nowMs, std::uint64_t seed) {
    switch (message.kind) {
        case MessageKind::Welcome:
            if (greeting_ && message.session > session_)
                session_ = message.session;
            break;
        case MessageKind::Closed:
            if (message.session == session_)
                session_ = 0;
            break;
        case MessageKind::Refused:
            if (message.session == session_ && session_ != 0)
                refuse(message.counter);
            break;
        case MessageKind::Operations:
            take(message, nowMs, seed);
            break;
        default:
            break;
    }
    (void)tree_->takeEffects();
}

void Replica::refuse(std::uint32_t counter) {
    session_ = 0;
    const auto pending = tree_->pending();
    const bool isPending =
        std::any_of(pending.begin(), pending.end(),
                    [&](const SharedChange& each) { return each->firstCounter == counter; });
    if (!isPending)
        return;
    const auto out = tree_->reject(counter);
    if (!verdict_.require(out.has_value(), "a refused change cannot be taken out"))
        return;
    for (const SharedChange& each : *out)
        rejected_.insert(each->label);
    if (bug_ == Bug::ForgetsRejection) {
        done_ = tree_->pending();
        sync();
        return;
    }
    rewriteJournal();
}

void Replica::take(const Message& message, std::int64_t nowMs, std::uint64_t seed) {
    auto changes = crdt::decodeBatch(message.batch);
    if (!verdict_.require(changes.has_value(), "a batch does not decode"))
        return;
    const crdt::Sequence next = tree_->sequence() + 1;
    if (message.sequence > next || message.sequence + changes->size() <= next)
        return;
    changes->erase(changes->begin(),
                   changes->begin() + static_cast<std::ptrdiff_t>(next - message.sequence));
    for (SharedChange& each : *changes) {
        if (each->replica == tree_->self() || slot_ != 0)
            continue;
        auto changed = std::make_shared<crdt::Change>(*each);
        sabotage(*changed);
        each = std::move(changed);
    }
    const auto applied = tree_->apply(*changes, next);
    const std::size_t count = tree_->sequence() + 1 - next;
    if (count > 0)
        disk_.append(toBytes(
            {RecordKind::Confirmed,
             {numberField(next),
              crdt::encodeBatch(
                  {changes->begin(), changes->begin() + static_cast<std::ptrdiff_t>(count)})}}));
    if (applied)
        return;
    if (verdict_.require(applied.error().code == ErrorCode::Conflict,
                         "a confirmed change is refused: " + applied.error().message) &&
        verdict_.require(mayClash, "an identity clashes that nobody copied"))
        becomeAnother(nowMs, seed);
}

void Replica::becomeAnother(std::int64_t nowMs, std::uint64_t seed) {
    const auto fresh = tree_->rekey(derivedId(tree_->self(), seed), nowMs);
    verdict_.require(fresh.has_value(), "a clashing replica gets no new identity");
    session_ = 0;
    rewriteJournal();
}

bool Replica::crash(Random& random) {
    const bool lost = disk_.crash(random);
    session_ = 0;
    greeting_ = false;
    unsynced_.clear();
    load();
    return lost;
}

void Replica::load() {
    tree_.emplace(crdt::ReplicaId{1});
    const auto records = disk_.records(bug_ == Bug::TrustsTornRecords);
    const bool hasIdentity =
        !records.empty() && recordFrom(records.front()).kind == RecordKind::Identity;
    if (!verdict_.require(hasIdentity, "a journal lost its identity") ||
        !std::all_of(records.begin(), records.end(),
                     [this](const std::string& each) { return replay(each); }))
        return;
    disk_.repair();
    done_ = tree_->pending();
    for (const SharedChange& each : done_)
        promised_.insert(each->label);
    sync();
}

bool Replica::resumeAll(const std::vector<std::string>& pending) {
    for (const std::string& each : pending) {
        const Record record = recordFrom(each);
        if (!verdict_.require(record.fields.size() == 2, "a journaled gesture is not whole"))
            return false;
        auto change = crdt::decodeChange(std::string_view(record.fields[0]));
        auto prior = crdt::decodePrior(record.fields[1]);
        if (!verdict_.require(change && prior, "a journaled gesture does not decode"))
            return false;
        change->prior = std::move(*prior);
        const auto resumed =
            tree_->resume(std::make_shared<const crdt::Change>(std::move(*change)));
        if (!verdict_.require(resumed.has_value(), "a journaled gesture cannot be put back"))
            return false;
    }
    return true;
}

bool Replica::replayConfirmed(const Record& record) {
    if (!verdict_.require(record.fields.size() == 2, "a journaled batch is not whole"))
        return false;
    const auto changes = crdt::decodeBatch(record.fields[1]);
    return verdict_.require(changes.has_value(), "a journaled batch does not decode") &&
           verdict_.require(tree_->apply(*changes, numberOf(record, 0)).has_value(),
                            "a journaled batch does not fold");
}

bool Replica::replayPending(const Record& record) {
    auto bare = crdt::decodeSnapshot(crdt::encodeSnapshot(*tree_), numberOf(record, 0));
    if (!verdict_.require(bare && !record.fields.empty(), "a snapshot does not load"))
        return false;
    tree_.emplace(std::move(*bare));
    return resumeAll({record.fields.begin() + 1, record.fields.end()});
}

bool Replica::replaySnapshot(const Record& record) {
    crdt::Snapshot snapshot{numberOf(record, 0), {}};
    for (std::size_t i = 1; i < record.fields.size(); ++i)
        snapshot.parts.push_back({record.fields[i], crdt::hashBytes(record.fields[i])});
    auto loaded = crdt::decodeSnapshot(snapshot, tree_->self());
    if (!verdict_.require(loaded.has_value(), "a journaled snapshot does not load"))
        return false;
    tree_.emplace(std::move(*loaded));
    return true;
}

bool Replica::replay(const std::string& bytes) {
    const Record record = recordFrom(bytes);
    switch (record.kind) {
        case RecordKind::Identity:
            tree_.emplace(numberOf(record, 0));
            return true;
        case RecordKind::Gesture:
            return bug_ == Bug::ForgetsPending || resumeAll({bytes});
        case RecordKind::Confirmed:
            return replayConfirmed(record);
        case RecordKind::Pending:
            return replayPending(record);
        case RecordKind::Snapshot:
            return replaySnapshot(record);
        default:
            return verdict_.require(false, "a journal has a record of no kind");
    }
}

bool Replica::isIdle(crdt::Sequence head) const {
    return tree_->sequence() == head && tree_->size().pending == 0;
}

void Replica::sabotage(crdt::Change& change) const {
    for (crdt::Operation& operation : change.operations) {
        if (auto* insert = std::get_if<crdt::TextInsert>(&operation)) {
            if (bug_ == Bug::DropsRightOrigins)
                insert->rightOrigin = {};
        } else if (auto* set = std::get_if<crdt::Set>(&operation)) {
            if (bug_ == Bug::DropsSuperseded)
                set->supersedes.clear();
            if (bug_ == Bug::MixesClocks)
                set->hlc = crdt::Hlc::of(set->hlc.milliseconds() / 1000 * 1000);
        } else if (auto* remove = std::get_if<crdt::Delete>(&operation)) {
            if (bug_ == Bug::DeletesUnseen)
                remove->baseSequence = tree_->sequence();
        } else if (std::holds_alternative<crdt::TextUndelete>(operation)) {
            if (bug_ == Bug::IgnoresUndeletes)
                operation = crdt::Unknown{77, 1, {}};
        }
    }
}

}  // namespace pe::simulation
