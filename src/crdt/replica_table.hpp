// SPDX-License-Identifier: MIT
// ReplicaTable: for each replica what of it is confirmed, and its nodes by counter. Iterates in the
// order of the ids, which is the same everywhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "pe/crdt/ids.hpp"

namespace pe::crdt {

struct ReplicaState {
    struct NodeEntry {
        std::uint32_t counter;
        NodeHandle node;
    };
    struct Confirmed {
        std::uint32_t lastCounter;
        std::uint64_t hash;  // of the change that ends there
        Sequence sequence;
    };

    std::uint32_t lastCounter = 0;    // confirmed
    std::uint32_t loadedCounter = 0;  // confirmed when this tree began
    std::uint32_t finalCounter = 0;   // text deletions up to it cannot be revoked
    std::uint64_t chain = 0;          // hash over all confirmed changes
    std::vector<NodeEntry> nodes;     // ascending, pending ones too
    std::vector<Confirmed> history;   // since the snapshot this tree began with

    NodeHandle find(std::uint32_t counter) const {
        std::size_t low = 0;
        std::size_t high = nodes.size();
        for (std::size_t step = 1; step < high; step *= 2) {
            // What is asked for was mostly made lately.
            if (nodes[high - step].counter <= counter) {
                low = high - step;
                high = step == 1 ? high : std::min(high, low + step);
                break;
            }
        }
        const auto at = std::lower_bound(
            nodes.begin() + static_cast<std::ptrdiff_t>(low),
            nodes.begin() + static_cast<std::ptrdiff_t>(high), counter,
            [](const NodeEntry& each, std::uint32_t wanted) { return each.counter < wanted; });
        return at != nodes.end() && at->counter == counter ? at->node : kNoNode;
    }
};

class ReplicaTable {
public:
    const ReplicaState* find(ReplicaId replica) const {
        if (last_ != nullptr && lastId_ == replica)
            return last_;
        const auto at = states_.find(replica);
        if (at == states_.end())
            return nullptr;
        lastId_ = replica;
        return last_ = &at->second;
    }
    ReplicaState& at(ReplicaId replica) { return states_[replica]; }

    // Text deletions confirmed up to `sequence` become final; the tree began at `loaded`.
    void makeFinal(Sequence sequence, Sequence loaded) {
        if (sequence < loaded)
            return;
        for (auto& [replica, state] : states_) {
            std::uint32_t last = state.loadedCounter;
            for (const ReplicaState::Confirmed& each : state.history)
                if (each.sequence <= sequence)
                    last = each.lastCounter;
            state.finalCounter = std::max(state.finalCounter, last);
        }
    }

    auto begin() const { return states_.begin(); }
    auto end() const { return states_.end(); }
    std::size_t size() const { return states_.size(); }

private:
    std::map<ReplicaId, ReplicaState> states_;  // its elements do not move
    mutable const ReplicaState* last_ = nullptr;
    mutable ReplicaId lastId_ = 0;
};

}  // namespace pe::crdt
