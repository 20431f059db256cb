// SPDX-License-Identifier: MIT
#include "history_check.hpp"

#include <algorithm>
#include <vector>

#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::workspace {
namespace {

using crdt::ReplicatedTree;

// So many snapshots are taken along a history, whatever its length.
constexpr std::size_t kSnapshots = 8;

tl::unexpected<Error> wrong(std::size_t position, const std::string& what) {
    return fail(ErrorCode::Corrupt, "Change " + std::to_string(position) + " " + what + ".");
}

Result<std::vector<crdt::SharedChange>> decoded(const std::vector<std::string>& log) {
    std::vector<crdt::SharedChange> changes;
    for (const std::string& bytes : log) {
        auto change = crdt::decodeChange(bytes);
        if (!change)
            return wrong(changes.size() + 1, "cannot be read: " + change.error().message);
        if (crdt::encodeChange(*change) != bytes)
            return wrong(changes.size() + 1, "is not stored in its one form");
        changes.push_back(std::make_shared<const crdt::Change>(std::move(*change)));
    }
    return changes;
}

Result<void> fold(ReplicatedTree& tree, const std::vector<crdt::SharedChange>& changes,
                  std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
        if (auto applied = tree.apply(*changes[i], i + 1); !applied)
            return wrong(i + 1, "does not follow from those before it: " + applied.error().message);
    return {};
}

// The state after all changes must be `expected`, from a snapshot taken after `position` of them.
Result<void> checkFrom(const crdt::Snapshot& snapshot, std::size_t position,
                       const std::vector<crdt::SharedChange>& changes, std::uint64_t replica,
                       std::uint64_t expected) {
    PE_TRY_ASSIGN(ReplicatedTree tree, crdt::decodeSnapshot(snapshot, replica));
    PE_TRY(fold(tree, changes, position, changes.size()));
    if (tree.stateHash() != expected)
        return wrong(position, "leads to another state through a snapshot than without one");
    return {};
}

Result<void> checkReplay(const storage::PipelineRecord& record, const SavedPipeline& saved,
                         std::uint64_t hash, Clock& clock) {
    document::SavedDocument confirmed = saved.document;
    confirmed.pending.clear();
    confirmed.draft.reset();
    PE_TRY_ASSIGN(const auto document, replaySaved(record, std::move(confirmed), clock));
    if (document->stateHash() != hash)
        return fail(ErrorCode::Corrupt, "The document comes to another state than its changes.");
    const yaml::Tree tree = yaml::parse(document->text());
    if (tree.text() != document->text())
        return fail(ErrorCode::Corrupt, "The text does not come back from its own tree.");
    PE_TRY(replaySaved(record, saved.document, clock));
    return {};
}

}  // namespace

Result<void> checkHistory(const storage::PipelineRecord& record, const SavedPipeline& saved,
                          Clock& clock) {
    PE_TRY_ASSIGN(const auto changes, decoded(saved.document.log));
    ReplicatedTree tree(record.replica);
    std::vector<std::pair<std::size_t, crdt::Snapshot>> snapshots;
    const std::size_t stride = std::max<std::size_t>(1, changes.size() / kSnapshots);
    for (std::size_t at = 0; at < changes.size();) {
        const std::size_t next = std::min(at + stride, changes.size());
        PE_TRY(fold(tree, changes, at, next));
        at = next;
        snapshots.emplace_back(at, crdt::encodeSnapshot(tree));
    }
    const std::uint64_t hash = tree.stateHash();
    for (const auto& [position, snapshot] : snapshots)
        PE_TRY(checkFrom(snapshot, position, changes, record.replica, hash));
    return checkReplay(record, saved, hash, clock);
}

Result<void> checkSnapshot(const storage::PipelineRecord& record, const SavedPipeline& quick,
                           const SavedPipeline& whole, Clock& clock) {
    if (quick.snapshotLost)
        return fail(ErrorCode::Corrupt, "The stored state is damaged; its history is whole.");
    if (!quick.document.snapshot)
        return {};
    document::SavedDocument saved = quick.document;
    saved.earlier = nullptr;  // without it, there is no way around the snapshot
    const auto fromState = replaySaved(record, std::move(saved), clock);
    if (!fromState)
        return fail(ErrorCode::Corrupt, "The stored state cannot be used; its history is whole.");
    PE_TRY_ASSIGN(const auto replayed, replaySaved(record, whole.document, clock));
    if ((*fromState)->stateHash() != replayed->stateHash() ||
        (*fromState)->text() != replayed->text() ||
        (*fromState)->conflicts().size() != replayed->conflicts().size())
        return fail(ErrorCode::Corrupt, "The stored state is another one than its history gives.");
    return {};
}

}  // namespace pe::workspace
