// SPDX-License-Identifier: MIT
// Sequencer: the one order of a document, in memory. Replicas push what is pending whenever the
// test says so, and pull what they have not seen; every change crosses as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pe/crdt/codec.hpp"
#include "pe/crdt/tree.hpp"

namespace pe::testing {

class Sequencer {
public:
    // Takes the first pending changes of the replica that the log does not have; at most `count`.
    void push(crdt::ReplicatedTree& tree, std::size_t count = SIZE_MAX) {
        for (const crdt::SharedChange& change : tree.pending()) {
            if (count == 0)
                return;
            if (change->firstCounter <= lastCounter(change->replica))
                continue;
            log_.push_back(crdt::encodeChange(*change));
            counters_.emplace_back(change->replica, change->lastCounter());
            --count;
        }
    }

    // Gives the replica the next `count` changes it has not seen, its own ones included.
    pe::Result<void> pull(crdt::ReplicatedTree& tree, std::size_t count = SIZE_MAX) const {
        for (; count > 0 && tree.sequence() < log_.size(); --count) {
            PE_TRY_ASSIGN(const crdt::Change change, crdt::decodeChange(log_[tree.sequence()]));
            PE_TRY(tree.apply(change, tree.sequence() + 1));
        }
        return {};
    }

    pe::Result<void> sync(crdt::ReplicatedTree& tree) {
        push(tree);
        return pull(tree);
    }

    const std::vector<std::string>& log() const { return log_; }

private:
    std::uint32_t lastCounter(crdt::ReplicaId replica) const {
        std::uint32_t last = 0;
        for (const auto& [author, counter] : counters_)
            if (author == replica)
                last = counter;
        return last;
    }

    std::vector<std::string> log_;
    std::vector<std::pair<crdt::ReplicaId, std::uint32_t>> counters_;
};

}  // namespace pe::testing
