// SPDX-License-Identifier: MIT
// Order: who gives changes their place. MemoryOrder does it by the rules of the protocol without a
// network or a database; a real server can take its place.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "message.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/simulation/simulator.hpp"

namespace pe::simulation {

class Order {
public:
    virtual ~Order() = default;
    // The answers go to the same slot, in this order.
    virtual std::vector<Message> receive(std::uint32_t slot, const Message& message) = 0;
    virtual void refuseNext(std::uint32_t slot) = 0;
    virtual void restart() = 0;
    // Every change, encoded by itself, in order.
    virtual const std::vector<std::string>& log() const = 0;
    virtual std::uint64_t stateHash() = 0;
};

class MemoryOrder final : public Order {
public:
    MemoryOrder(Bug bug, Level level) : bug_(bug), level_(level) {}

    std::vector<Message> receive(std::uint32_t slot, const Message& message) override;
    void refuseNext(std::uint32_t slot) override { refusing_[slot] = true; }
    void restart() override;
    const std::vector<std::string>& log() const override { return log_; }
    std::uint64_t stateHash() override { return tree_.stateHash(); }

private:
    enum class Taken { Yes, Refused, Closed };

    std::vector<Message> push(std::uint32_t slot, const Message& message);
    bool isBehindKin(const Message& message) const;
    Taken take(std::uint32_t slot, const Message& message, const crdt::Change& change);
    Message operationsAfter(crdt::Sequence sequence) const;

    Bug bug_;
    Level level_;
    crdt::ReplicatedTree tree_{1};
    std::vector<std::string> log_;
    std::map<crdt::ReplicaId, crdt::Sequence> latest_;  // change of each replica
    std::map<std::uint32_t, std::uint64_t> sessions_;
    std::map<std::uint32_t, bool> refusing_;
    // Labels, which are unique among gestures of trees; else whole changes.
    std::set<std::string> refused_;
    std::uint64_t lastSession_ = 0;
};

}  // namespace pe::simulation
