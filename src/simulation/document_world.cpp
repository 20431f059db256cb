// SPDX-License-Identifier: MIT
#include "document_world.hpp"

#include <algorithm>

#include "document_laws.hpp"
#include "pe/crdt/codec.hpp"
#include "pipeline_text.hpp"

namespace pe::simulation {
namespace {

constexpr std::size_t kForks = 2;
constexpr int kHealingRounds = 400;
constexpr crdt::ReplicaId kFirstReplica = 100;
constexpr crdt::ReplicaId kReplayer = 7;

}  // namespace

DocumentWorld::DocumentWorld(const Plan& plan, Bug bug)
    : bug_(bug), mostSeats_(plan.replicas + kForks) {
    begin(plan);
}

// The first replica's import is the beginning that the others receive.
void DocumentWorld::begin(const Plan& plan) {
    SeededRandom random(plan.seed);
    FakeClock clock(1'700'000'000'000);
    const auto first = document::Document::open(kFirstReplica, drawPipeline(random), clock);
    first->share();
    first->markSynced();
    document::SavedDocument journal;
    journal.log = first->log();
    journal.synced = journal.log.size();
    journal.shared = true;
    std::vector<crdt::SharedChange> beginning;
    for (const std::string& each : journal.log)
        beginning.push_back(
            std::make_shared<const crdt::Change>(*crdt::decodeChange(std::string_view(each))));
    Message push;
    push.kind = MessageKind::Push;
    push.session = order_.receive(0, Message{}).front().session;
    push.batch = crdt::encodeBatch(beginning);
    (void)order_.receive(0, push);
    verdict_.require(order_.log().size() == journal.log.size(), "the order takes no beginning");
    if (auto replayed = document::Document::replay(kReplayer, journal, clock_))
        beginning_ = std::move(*replayed);
    for (std::uint32_t slot = 0; slot < plan.replicas; ++slot)
        seats_.emplace_back().replica = std::make_unique<DocumentReplica>(
            kFirstReplica + slot, journal, slot == 0 ? bug_ : Bug::None, verdict_);
}

void DocumentWorld::happen(const Event& event) {
    SeededRandom random(event.seed);
    const auto passed = static_cast<std::int64_t>(random.below(400));
    elapsed_ += passed;
    for (Seat& each : seats_)
        each.replica->passTime(passed);
    const auto slot = static_cast<std::uint32_t>(event.replica % seats_.size());
    if (disturb(event, slot, random))
        ++faults_[std::string(kEventNames[static_cast<std::size_t>(event.kind)])];
    else
        act(event, slot, random);
    seats_[slot].replica->check();
}

void DocumentWorld::edit(DocumentReplica& replica, Random& random) {
    const std::uint64_t drawn = random.below(20);
    if (drawn < 13)
        replica.command(random);
    else if (drawn < 18)
        replica.type(random);
    else
        replica.editOnDisk(random);
}

void DocumentWorld::act(const Event& event, std::uint32_t slot, Random& random) {
    Seat& seat = seats_[slot];
    switch (event.kind) {
        case EventKind::Gesture:
            return edit(*seat.replica, random);
        case EventKind::Undo:
            return seat.replica->undoOrRedo(random);
        case EventKind::Sync:
            return seat.replica->document().markSynced();
        case EventKind::Send:
            if (auto message = seat.replica->send())
                seat.link.post(std::move(*message));
            return;
        case EventKind::Pull:
            return seat.link.post(seat.replica->pull());
        case EventKind::Deliver:
            for (std::uint64_t i = 1 + random.below(4); i > 0 && verdict_.holds(); --i)
                deliver(static_cast<std::uint32_t>(random.below(seats_.size())),
                        1 + random.below(3));
            return;
        case EventKind::Compact:
            return seat.replica->compact();
        case EventKind::Inspect:
            return seat.replica->checkUndo(random);
        case EventKind::Settle:
            return settle();
        default:
            return;
    }
}

// False if the event is no fault, or there was nothing to disturb.
bool DocumentWorld::disturb(const Event& event, std::uint32_t slot, Random& random) {
    Seat& seat = seats_[slot];
    switch (event.kind) {
        case EventKind::Lose:
        case EventKind::Duplicate:
        case EventKind::Reorder:
            return simulation::disturb(random.below(2) == 0 ? seat.link.up : seat.link.down,
                                       event.kind);
        case EventKind::Partition:
            seat.link.connected = !seat.link.connected;
            return !seat.link.connected;
        case EventKind::Crash:
            seat.replica->restart();
            return true;
        case EventKind::ClockJump:
            seat.replica->passTime(static_cast<std::int64_t>(random.below(7'200'000)) - 3'600'000);
            return true;
        case EventKind::Fork:
            if (seats_.size() >= mostSeats_)
                return false;
            fork(slot);
            return true;
        case EventKind::Refuse:
            order_.refuseNext(slot);
            return true;
        case EventKind::RestartOrder:
            order_.restart();
            return true;
        default:
            return false;
    }
}

void DocumentWorld::fork(std::uint32_t slot) {
    DocumentReplica& copied = *seats_[slot].replica;
    auto copy = std::make_unique<DocumentReplica>(
        copied, bug_ == Bug::ForgetsNewIdentity ? bug_ : Bug::None);
    seats_.emplace_back().replica = std::move(copy);
}

void DocumentWorld::deliver(std::uint32_t slot, std::size_t count) {
    Seat& seat = seats_[slot];
    if (!seat.link.connected)
        return;
    seat.link.carryUp(order_, slot, count);
    for (std::size_t i = 0; i < count && !seat.link.down.empty() && verdict_.holds(); ++i) {
        const Message message = seat.link.takeDown();
        seat.replica->receive(message, std::uint64_t{slot} << 16);
        seat.replica->check();
    }
}

bool DocumentWorld::isQuiet() const {
    return std::all_of(seats_.begin(), seats_.end(), [this](const Seat& each) {
        return each.replica->isIdle(order_.log().size());
    });
}

void DocumentWorld::settle() {
    for (Seat& each : seats_) {
        each.link.connected = true;
        each.replica->discardDraft();
    }
    for (int round = 0; round < kHealingRounds && verdict_.holds() && !isQuiet(); ++round)
        for (std::uint32_t slot = 0; slot < seats_.size(); ++slot) {
            Seat& seat = seats_[slot];
            if (auto message = seat.replica->send())
                seat.link.post(std::move(*message));
            seat.link.post(seat.replica->pull());
            deliver(slot, 1000);
        }
    if (verdict_.require(isQuiet(), "after everything healed, replicas still wait for each other"))
        checkAgreement();
}

void DocumentWorld::checkAgreement() {
    const std::uint64_t hash = order_.stateHash();
    const std::string& text = seats_.front().replica->document().text();
    for (Seat& each : seats_) {
        verdict_.require(each.replica->document().stateHash() == hash,
                         "at an equal sequence the states differ");
        verdict_.require(each.replica->document().text() == text,
                         "at an equal sequence the texts differ");
        each.replica->check();
    }
    FakeClock clock;
    document::SavedDocument saved;
    saved.log = order_.log();
    saved.shared = true;
    const auto again = document::Document::replay(kReplayer, std::move(saved), clock);
    if (!verdict_.require(again.has_value(), "the order does not replay"))
        return;
    verdict_.require((*again)->text() == text && (*again)->stateHash() == hash,
                     "a replay from nothing ends elsewhere");
    checkMerge(**again);
}

void DocumentWorld::checkMerge(const document::Document& merged) {
    std::vector<crdt::SharedChange> changes;
    crdt::ReplicatedTree tree(kReplayer);
    for (const std::string& each : order_.log()) {
        changes.push_back(
            std::make_shared<const crdt::Change>(*crdt::decodeChange(std::string_view(each))));
        (void)tree.apply(*changes.back(), tree.sequence() + 1);
    }
    checkUntouchedLines(*beginning_, merged, changes, verdict_);
    for (const Seat& each : seats_)
        checkConflictsAreListed(tree, each.replica->conflicts(), verdict_);
}

}  // namespace pe::simulation
