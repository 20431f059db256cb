// SPDX-License-Identifier: MIT
#include "change_log.hpp"

#include <algorithm>
#include <utility>

namespace pe::document {

void ChangeLog::push(crdt::SharedChange change) {
    byReplica_[change->replica].push_back(changes_.size());
    changes_.push_back(std::move(change));
}

void ChangeLog::replace(crdt::SharedChange change) {
    const std::size_t index = indexOf({change->replica, change->firstCounter});
    if (index < changes_.size())
        changes_[index] = std::move(change);
}

std::size_t ChangeLog::indexOf(crdt::OpId op) const {
    const auto replica = byReplica_.find(op.replica);
    if (replica == byReplica_.end())
        return changes_.size();
    const auto& places = replica->second;
    auto at = std::upper_bound(places.begin(), places.end(), op.counter,
                               [this](std::uint32_t counter, std::size_t place) {
                                   return counter < changes_[place]->firstCounter;
                               });
    if (at == places.begin() || changes_[*(at - 1)]->lastCounter() < op.counter)
        return changes_.size();
    return *(at - 1);
}

crdt::SharedChange ChangeLog::find(crdt::OpId op) const {
    const std::size_t index = indexOf(op);
    return index < changes_.size() ? changes_[index] : nullptr;
}

}  // namespace pe::document
