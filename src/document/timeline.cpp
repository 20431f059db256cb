// SPDX-License-Identifier: MIT
#include "timeline.hpp"

#include <algorithm>
#include <utility>

#include "mending.hpp"
#include "pe/yaml/render.hpp"
#include "replicated_forest.hpp"

namespace pe::document {
namespace {

constexpr std::size_t kStatesMax = 16;
// Reads only; nobody writes as this replica.
constexpr crdt::ReplicaId kReader = ~crdt::ReplicaId{0};

}  // namespace

void Timeline::openedWith(crdt::Snapshot state) {
    opened_ = state.sequence;
    states_.insert_or_assign(opened_, std::move(state));
}

// With too many states every second one is forgotten, except the one that cost nothing.
void Timeline::remember(crdt::ReplicatedTree& tree) {
    const std::uint64_t position = tree.sequence();
    if (position % every_ != 0 || states_.count(position) != 0)
        return;
    if (states_.size() >= kStatesMax) {
        every_ *= 2;
        std::erase_if(states_, [this](const auto& each) {
            return each.first % every_ != 0 && each.first != opened_;
        });
    }
    if (position % every_ == 0)
        states_.emplace(position, crdt::encodeSnapshot(tree));
}

Result<crdt::ReplicatedTree> Timeline::treeAt(std::uint64_t position, crdt::ReplicaId self,
                                              ChangeLog& log) {
    crdt::ReplicatedTree tree(self);
    if (const auto after = states_.upper_bound(position); after != states_.begin()) {
        PE_TRY_ASSIGN(tree, crdt::decodeSnapshot(std::prev(after)->second, self));
    }
    PE_TRY_ASSIGN(const auto changes, log.from(tree.sequence()));
    const std::uint64_t first = tree.sequence();
    while (tree.sequence() < position) {
        const std::uint64_t from = tree.sequence();
        const std::uint64_t to = std::min(position, (from / every_ + 1) * every_);
        PE_TRY(tree.apply(changes.subspan(from - first, to - from), from + 1));
        tree.takeEffects();
        remember(tree);
    }
    return tree;
}

Result<std::string> Timeline::textAt(std::uint64_t position, ChangeLog& log,
                                     std::span<const crdt::SharedChange> pending) {
    if (position > log.size() + pending.size())
        return fail(ErrorCode::NotFound, "The document never had so many changes.");
    const std::uint64_t common = std::min<std::uint64_t>(position, log.size());
    PE_TRY_ASSIGN(crdt::ReplicatedTree tree, treeAt(common, kReader, log));
    PE_TRY(tree.apply(pending.first(position - common), common + 1));
    ReplicatedForest forest(tree);
    mend(forest);
    return yaml::renderText(forest);
}

}  // namespace pe::document
