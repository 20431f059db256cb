// SPDX-License-Identifier: MIT
#include "saved_pipeline.hpp"

#include <algorithm>
#include <utility>

namespace pe::workspace {
namespace {

Result<std::vector<std::string>> bodiesOf(storage::ReplicaStore& store,
                                          const storage::PipelineId& id, std::int64_t after,
                                          std::int64_t upTo) {
    PE_TRY_ASSIGN(auto changes, store.loadChanges(id, after, upTo));
    std::vector<std::string> bodies;
    bodies.reserve(changes.size());
    for (storage::Change& change : changes)
        bodies.push_back(std::move(change.body));
    return bodies;
}

// All but the history.
Result<SavedPipeline> readRest(storage::ReplicaStore& store,
                               const storage::PipelineRecord& record) {
    SavedPipeline saved;
    saved.document.shared = record.shared;
    if (record.shared) {
        PE_TRY_ASSIGN(saved.document.pending, store.outbox(record.id));
    }
    PE_TRY_ASSIGN(saved.document.formerReplicas, store.formerReplicas(record.id));
    PE_TRY_ASSIGN(const auto draft, store.draft(record.id));
    if (draft)
        saved.document.draft = draft->body;
    PE_TRY_ASSIGN(saved.base, store.base(record.id));
    PE_TRY_ASSIGN(const auto mark, store.syncMark(record.id));
    saved.document.syncMark = mark.value_or(std::string());
    // Before anything was exchanged, the file holds what the first change imported.
    saved.document.synced = static_cast<std::size_t>(std::max<std::int64_t>(record.exchanged, 1));
    PE_TRY_ASSIGN(const auto undo, store.undoStack(record.id));
    saved.document.undo = undo.value_or(std::string());
    return saved;
}

}  // namespace

Result<SavedPipeline> readSaved(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record) {
    PE_TRY_ASSIGN(SavedPipeline saved, readRest(store, record));
    std::int64_t covered = 0;
    auto snapshot = store.loadSnapshot(record.id);
    if (snapshot && *snapshot) {
        covered = (*snapshot)->position;
        saved.document.snapshot = {static_cast<std::uint64_t>(covered),
                                   std::move((*snapshot)->parts)};
        saved.document.earlier = [&store, id = record.id, covered] {
            return bodiesOf(store, id, 0, covered);
        };
    }
    saved.snapshotLost = !snapshot;
    PE_TRY_ASSIGN(saved.document.log,
                  bodiesOf(store, record.id, covered, storage::ReplicaStore::kLastPosition));
    return saved;
}

Result<SavedPipeline> readWhole(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record) {
    PE_TRY_ASSIGN(SavedPipeline saved, readRest(store, record));
    PE_TRY_ASSIGN(saved.document.log,
                  bodiesOf(store, record.id, 0, storage::ReplicaStore::kLastPosition));
    return saved;
}

Result<std::unique_ptr<document::Document>> replaySaved(const storage::PipelineRecord& record,
                                                        document::SavedDocument saved,
                                                        Clock& clock) {
    return document::Document::replay(record.replica, std::move(saved), clock);
}

Result<void> storeSnapshot(storage::ReplicaStore& store, const storage::PipelineId& id,
                           Clock& clock) {
    PE_TRY_ASSIGN(const auto record, store.pipeline(id));
    PE_TRY_ASSIGN(SavedPipeline saved, readSaved(store, record));
    if (saved.document.log.empty() && !saved.snapshotLost)
        return {};
    // What is confirmed, and nothing else.
    saved.document.pending.clear();
    saved.document.draft.reset();
    saved.document.undo.clear();
    PE_TRY_ASSIGN(const auto document, replaySaved(record, std::move(saved.document), clock));
    auto snapshot = document->snapshot();
    return store.saveSnapshot(
        id, {static_cast<std::int64_t>(snapshot.position), std::move(snapshot.parts)});
}

}  // namespace pe::workspace
