// SPDX-License-Identifier: MIT
// ChangeLog: the confirmed changes of a document in order, and who made which operation.
#pragma once

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include "pe/crdt/change.hpp"

namespace pe::document {

class ChangeLog {
public:
    void push(crdt::SharedChange change);
    // Puts an equal change, one that knows more about itself, in the place of one of the log.
    void replace(crdt::SharedChange change);

    std::size_t size() const { return changes_.size(); }
    bool empty() const { return changes_.empty(); }
    const crdt::SharedChange& operator[](std::size_t index) const { return changes_[index]; }
    std::span<const crdt::SharedChange> all() const { return changes_; }
    // The change that holds an operation; null if it is not in the log.
    crdt::SharedChange find(crdt::OpId op) const;
    // Its place, from 0; size() if it is not in the log.
    std::size_t indexOf(crdt::OpId op) const;

private:
    std::vector<crdt::SharedChange> changes_;
    // The places of each replica's changes, in the order of their counters.
    std::unordered_map<crdt::ReplicaId, std::vector<std::size_t>> byReplica_;
};

}  // namespace pe::document
