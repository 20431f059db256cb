// SPDX-License-Identifier: MIT
#include "order.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"
#include "pe/base/derived_id.hpp"
#include "pe/crdt/codec.hpp"

namespace pe::simulation {
namespace {

constexpr std::size_t kChangesPerMessage = 200;
constexpr std::size_t kForgotten = 2;  // by an order that shows before it commits

}  // namespace

std::vector<Message> MemoryOrder::receive(std::uint32_t slot, const Message& message) {
    switch (message.kind) {
        case MessageKind::Hello: {
            Message welcome;
            welcome.kind = MessageKind::Welcome;
            welcome.session = sessions_[slot] = ++lastSession_;
            return {welcome};
        }
        case MessageKind::Pull:
            return {operationsAfter(message.sequence)};
        case MessageKind::Push:
            return push(slot, message);
        default:
            return {};
    }
}

Message MemoryOrder::operationsAfter(crdt::Sequence sequence) const {
    Message answer;
    answer.kind = MessageKind::Operations;
    answer.sequence = sequence + 1;
    std::vector<crdt::SharedChange> changes;
    for (std::size_t at = sequence; at < log_.size() && changes.size() < kChangesPerMessage; ++at)
        changes.push_back(
            std::make_shared<const crdt::Change>(*crdt::decodeChange(std::string_view(log_[at]))));
    answer.batch = crdt::encodeBatch(changes);
    return answer;
}

// Copies of one folder may wait with the same work: each has to see what the others sent before it
// sends its own, so that it knows its work again.
bool MemoryOrder::isBehindKin(const Message& message) const {
    return std::any_of(latest_.begin(), latest_.end(), [&](const auto& each) {
        return each.first != message.replica && each.second > message.sequence &&
               areKin(each.first, message.replica);
    });
}

// Whether the change has its place now, or had it before.
MemoryOrder::Taken MemoryOrder::take(std::uint32_t slot, const Message& message,
                                     const crdt::Change& change) {
    const std::uint32_t last = tree_.lastCounter(change.replica);
    const bool isNew = change.firstCounter > last;
    if (!isNew && bug_ == Bug::RepeatsByCounter)
        return Taken::Yes;
    if (isNew && last == message.counter && tree_.chainHash(change.replica) != message.chain)
        return Taken::Closed;
    if (change.base > log_.size())
        return Taken::Closed;
    // A refusal is a judgement on the change, so copies of it meet the same one.
    const std::string name = level_ == Level::Tree ? change.label : crdt::encodeChange(change);
    if (isNew && std::exchange(refusing_[slot], false))
        refused_.insert(name);
    if (isNew && refused_.count(name) != 0)
        return Taken::Refused;
    if (!tree_.apply(change, log_.size() + 1))
        return Taken::Closed;
    if (isNew) {
        log_.push_back(crdt::encodeChange(change));
        latest_[change.replica] = log_.size();
    }
    (void)tree_.takeEffects();
    return Taken::Yes;
}

std::vector<Message> MemoryOrder::push(std::uint32_t slot, const Message& message) {
    Message answer;
    answer.session = message.session;
    answer.kind = MessageKind::Closed;
    if (sessions_[slot] == 0 || sessions_[slot] != message.session)
        return {answer};
    if (isBehindKin(message)) {
        sessions_[slot] = 0;
        return {answer};
    }
    const auto changes = crdt::decodeBatch(message.batch);
    PE_ASSERT(changes.has_value());
    for (const crdt::SharedChange& each : *changes) {
        const Taken taken = take(slot, message, *each);
        if (taken == Taken::Yes)
            continue;
        if (taken == Taken::Refused)
            answer.kind = MessageKind::Refused;
        answer.counter = each->firstCounter;
        sessions_[slot] = 0;
        return {answer};
    }
    return {};
}

void MemoryOrder::restart() {
    sessions_.clear();
    refusing_.clear();
    if (bug_ != Bug::ShowsBeforeCommit)
        return;
    log_.resize(log_.size() - std::min(log_.size(), kForgotten));
    tree_ = crdt::ReplicatedTree(1);
    latest_.clear();
    for (const std::string& each : log_)
        (void)tree_.apply(*crdt::decodeChange(std::string_view(each)), tree_.sequence() + 1);
}

}  // namespace pe::simulation
