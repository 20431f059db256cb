// SPDX-License-Identifier: MIT
#include "timeline.hpp"

#include <algorithm>

#include "pe/yaml/render.hpp"
#include "replicated_forest.hpp"

namespace pe::document {
namespace {

// A state is remembered after so many changes.
constexpr std::uint64_t kStateEvery = 2048;
constexpr std::size_t kStatesMax = 16;
// Reads only; nobody writes as this replica.
constexpr crdt::ReplicaId kReader = ~crdt::ReplicaId{0};

}  // namespace

Result<std::string> Timeline::textAt(std::uint64_t position,
                                     std::span<const crdt::SharedChange> confirmed,
                                     std::span<const crdt::SharedChange> pending) {
    if (position > confirmed.size() + pending.size())
        return fail(ErrorCode::NotFound, "The document never had so many changes.");
    crdt::ReplicatedTree tree(kReader);
    const std::uint64_t common = std::min<std::uint64_t>(position, confirmed.size());
    if (const auto after = states_.upper_bound(common); after != states_.begin()) {
        PE_TRY_ASSIGN(tree, crdt::decodeSnapshot(std::prev(after)->second, kReader));
    }
    while (tree.sequence() < common) {
        const std::uint64_t from = tree.sequence();
        const std::uint64_t to = std::min(common, (from / kStateEvery + 1) * kStateEvery);
        PE_TRY(tree.apply(confirmed.subspan(from, to - from), from + 1));
        tree.takeEffects();
        if (to % kStateEvery == 0 && states_.size() < kStatesMax)
            states_.emplace(to, crdt::encodeSnapshot(tree));
    }
    PE_TRY(tree.apply(pending.first(position - common), common + 1));
    return yaml::renderText(ReplicatedForest(tree));
}

}  // namespace pe::document
