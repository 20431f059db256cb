// SPDX-License-Identifier: MIT
// ChangeLog: the confirmed changes of a document in order, and who made which operation. Of a
// document that was opened from a snapshot it holds the newest only; those before are read when
// somebody asks for them, and kept.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"

namespace pe::document {

class ChangeLog {
public:
    // Gives the encoded changes in front of those at hand.
    using Reader = std::function<Result<std::vector<std::string>>()>;

    ChangeLog() = default;
    // So many changes are in front of what will be pushed.
    ChangeLog(std::size_t before, Reader read) : first_(before), read_(std::move(read)) {}

    void push(crdt::SharedChange change);

    std::size_t size() const { return first_ + changes_.size(); }
    bool empty() const { return size() == 0; }
    // The place, from 0, of the first one at hand.
    std::size_t first() const { return first_; }
    std::span<const crdt::SharedChange> atHand() const { return changes_; }
    // All of them from a place on, which is at most size(). An error says why those before first()
    // cannot be read; the log is as it was then.
    Result<std::span<const crdt::SharedChange>> from(std::size_t place);
    // The change at hand that holds an operation; null if there is none.
    crdt::SharedChange find(crdt::OpId op) const;

private:
    Result<void> readAll();
    void list(const crdt::SharedChange& change, std::size_t place);

    std::size_t first_ = 0;
    Reader read_;
    std::vector<crdt::SharedChange> changes_;
    // Where in changes_ those of each replica are, in the order of their counters.
    std::unordered_map<crdt::ReplicaId, std::vector<std::size_t>> byReplica_;
};

// The changes that these bytes say.
Result<std::vector<crdt::SharedChange>> decodedChanges(const std::vector<std::string>& changes);

}  // namespace pe::document
