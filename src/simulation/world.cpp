// SPDX-License-Identifier: MIT
#include "world.hpp"

#include <algorithm>

#include "laws.hpp"
#include "pe/crdt/codec.hpp"

namespace pe::simulation {
namespace {

constexpr std::int64_t kBeginMs = 1'700'000'000'000;
constexpr std::size_t kForks = 2;
constexpr int kHealingRounds = 400;
constexpr std::size_t kOracleChanges = 1500;  // the oracles are slow on purpose

}  // namespace

World::World(const Plan& plan, Bug bug)
    : bug_(bug),
      mostSeats_(plan.replicas + kForks),
      now_(kBeginMs),
      order_(std::make_unique<MemoryOrder>(bug, Level::Tree)) {
    for (std::uint32_t slot = 0; slot < plan.replicas; ++slot)
        seats_.emplace_back().replica = std::make_unique<Replica>(slot, 100 + slot, bug, verdict_);
}

std::uint64_t World::elapsedMs() const {
    return static_cast<std::uint64_t>(now_ - kBeginMs);
}

void World::happen(const Event& event) {
    SeededRandom random(event.seed);
    now_ += static_cast<std::int64_t>(random.below(400));
    const auto slot = static_cast<std::uint32_t>(event.replica % seats_.size());
    if (disturb(event, slot, random))
        ++faults_[std::string(kEventNames[static_cast<std::size_t>(event.kind)])];
    else
        act(event, slot, random);
}

void World::act(const Event& event, std::uint32_t slot, Random& random) {
    Seat& seat = seats_[slot];
    const std::string label = "g" + std::to_string(gestures_);
    switch (event.kind) {
        case EventKind::Gesture:
            ++gestures_;
            seat.replica->edit(random, timeAt(seat), label);
            break;
        case EventKind::Undo:
            ++gestures_;
            seat.replica->undo(random, timeAt(seat), label);
            break;
        case EventKind::Sync:
            seat.replica->sync();
            break;
        case EventKind::Send:
            if (auto message = seat.replica->send())
                seat.link.post(std::move(*message));
            break;
        case EventKind::Pull:
            seat.link.post(seat.replica->pull());
            break;
        case EventKind::Deliver:
            deliver(random);
            break;
        case EventKind::Compact:
            seat.replica->compact();
            break;
        case EventKind::Inspect:
            checkView(seat.replica->tree(), random, timeAt(seat), verdict_);
            break;
        case EventKind::Settle:
            settle(random);
            break;
        default:
            break;
    }
    (void)seat.replica->tree().takeEffects();
}

// Faults. False if the event is none, or there was nothing to disturb.
bool World::disturb(const Event& event, std::uint32_t slot, Random& random) {
    Seat& seat = seats_[slot];
    std::deque<Message>& queue = random.below(2) == 0 ? seat.link.up : seat.link.down;
    switch (event.kind) {
        case EventKind::Lose:
        case EventKind::Duplicate:
        case EventKind::Reorder:
            return simulation::disturb(queue, event.kind);
        case EventKind::Partition:
            seat.link.connected = !seat.link.connected;
            return !seat.link.connected;
        case EventKind::Crash:
            return seat.replica->crash(random);
        case EventKind::ClockJump:
            clocksJumped_ = true;
            seat.clockOffsetMs = static_cast<std::int64_t>(random.below(7'200'000)) - 3'600'000;
            return true;
        case EventKind::Fork:
            if (seats_.size() >= mostSeats_)
                return false;
            fork(slot);
            return true;
        case EventKind::Refuse:
            order_->refuseNext(slot);
            return true;
        case EventKind::RestartOrder:
            order_->restart();
            return true;
        default:
            return false;
    }
}

void World::fork(std::uint32_t slot) {
    seats_[slot].replica->mayClash = true;
    for (const crdt::SharedChange& each : seats_[slot].replica->tree().pending())
        copied_.insert(each->label);
    const auto fresh = static_cast<std::uint32_t>(seats_.size());
    auto copy = std::make_unique<Replica>(fresh, seats_[slot].replica->disk(), bug_, verdict_);
    seats_.emplace_back().replica = std::move(copy);
}

void World::deliver(Random& random) {
    for (std::uint64_t i = 1 + random.below(4); i > 0 && verdict_.holds(); --i)
        deliverTo(static_cast<std::uint32_t>(random.below(seats_.size())), 1 + random.below(3),
                  random.next());
}

// The first messages of one seat, in both directions.
void World::deliverTo(std::uint32_t slot, std::size_t count, std::uint64_t seed) {
    Seat& seat = seats_[slot];
    if (!seat.link.connected)
        return;
    seat.link.carryUp(*order_, slot, count);
    for (std::size_t i = 0; i < count && !seat.link.down.empty() && verdict_.holds(); ++i) {
        const Message message = seat.link.takeDown();
        seat.replica->receive(message, timeAt(seat), seed + i);
    }
}

bool World::isQuiet() const {
    return std::all_of(seats_.begin(), seats_.end(), [this](const Seat& each) {
        return each.replica->isIdle(order_->log().size());
    });
}

void World::settle(Random& random) {
    for (Seat& each : seats_)
        each.link.connected = true;
    for (int round = 0; round < kHealingRounds && verdict_.holds() && !isQuiet(); ++round) {
        for (std::uint32_t slot = 0; slot < seats_.size(); ++slot) {
            Seat& seat = seats_[slot];
            seat.replica->sync();
            if (auto message = seat.replica->send())
                seat.link.post(std::move(*message));
            seat.link.post(seat.replica->pull());
            deliverTo(slot, 1000, random.next());
        }
        now_ += 50;
    }
    if (!verdict_.require(isQuiet(), "after everything healed, replicas still wait for each other"))
        return;
    checkAgreement(random);
    checkPromises();
}

void World::checkAgreement(Random& random) {
    const std::uint64_t hash = order_->stateHash();
    for (Seat& each : seats_)
        verdict_.require(each.replica->tree().stateHash() == hash,
                         "at an equal sequence the states differ");
    const std::vector<std::string>& log = order_->log();
    if (log.size() <= kOracleChanges || random.below(8) == 0)
        checkReplays(log, hash, random, verdict_);
    if (log.size() <= kOracleChanges)
        checkContent(log, seats_.front().replica->tree(), verdict_);
}

// Every gesture that was promised is in the order once, or was refused and is kept aside. Work that
// was pending when a folder was copied may be made by both copies if one of them finds out under a
// clock that has gone back: then it stamps it anew.
void World::checkPromises() {
    std::map<std::string, int> kept;
    for (const std::string& each : order_->log())
        ++kept[crdt::decodeChange(std::string_view(each))->label];
    for (const auto& [label, count] : kept)
        verdict_.require(count == 1 || (clocksJumped_ && copied_.count(label) != 0),
                         "a gesture is in the order twice");
    for (const Seat& seat : seats_)
        for (const std::string& label : seat.replica->promised())
            verdict_.require(kept.count(label) != 0 || seat.replica->rejected().count(label) != 0,
                             "a gesture that was promised to be kept is nowhere");
}

}  // namespace pe::simulation
