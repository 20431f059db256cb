// SPDX-License-Identifier: MIT
#include "change_log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "pe/crdt/codec.hpp"

namespace pe::document {

void ChangeLog::push(crdt::SharedChange change) {
    list(change, changes_.size());
    changes_.push_back(std::move(change));
}

void ChangeLog::list(const crdt::SharedChange& change, std::size_t place) {
    byReplica_[change->replica].push_back(place);
}

Result<std::span<const crdt::SharedChange>> ChangeLog::from(std::size_t place) {
    if (place < first_)
        PE_TRY(readAll());
    return std::span<const crdt::SharedChange>(changes_).subspan(place - first_);
}

Result<void> ChangeLog::readAll() {
    if (!read_)
        return fail(ErrorCode::NotFound, "The older history of this document is not at hand.");
    PE_TRY_ASSIGN(const auto bytes, read_());
    PE_TRY_ASSIGN(auto all, decodedChanges(bytes));
    if (all.size() != first_)
        return fail(ErrorCode::Corrupt, "The older history of this document is not complete.");
    all.insert(all.end(), std::make_move_iterator(changes_.begin()),
               std::make_move_iterator(changes_.end()));
    changes_ = std::move(all);
    first_ = 0;
    read_ = nullptr;
    byReplica_.clear();
    for (std::size_t place = 0; place < changes_.size(); ++place)
        list(changes_[place], place);
    return {};
}

crdt::SharedChange ChangeLog::find(crdt::OpId op) const {
    const auto replica = byReplica_.find(op.replica);
    if (replica == byReplica_.end())
        return nullptr;
    const auto& places = replica->second;
    const auto at = std::upper_bound(places.begin(), places.end(), op.counter,
                                     [this](std::uint32_t counter, std::size_t place) {
                                         return counter < changes_[place]->firstCounter;
                                     });
    if (at == places.begin() || changes_[*(at - 1)]->lastCounter() < op.counter)
        return nullptr;
    return changes_[*(at - 1)];
}

Result<std::vector<crdt::SharedChange>> decodedChanges(const std::vector<std::string>& changes) {
    std::vector<crdt::SharedChange> all;
    all.reserve(changes.size());
    for (const std::string& bytes : changes) {
        PE_TRY_ASSIGN(auto change, crdt::decodeChange(std::string_view(bytes)));
        all.push_back(std::make_shared<const crdt::Change>(std::move(change)));
    }
    return all;
}

}  // namespace pe::document
