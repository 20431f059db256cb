// SPDX-License-Identifier: MIT
#include "saved_pipeline.hpp"

#include <algorithm>

namespace pe::workspace {

Result<SavedPipeline> readSaved(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record) {
    SavedPipeline saved;
    PE_TRY_ASSIGN(auto changes, store.loadChanges(record.id));
    saved.document.log.reserve(changes.size());
    for (storage::Change& change : changes)
        saved.document.log.push_back(std::move(change.body));
    saved.document.shared = record.shared;
    if (record.shared) {
        PE_TRY_ASSIGN(saved.document.pending, store.outbox(record.id));
    }
    PE_TRY_ASSIGN(const auto draft, store.draft(record.id));
    if (draft)
        saved.document.draft = draft->body;
    PE_TRY_ASSIGN(saved.base, store.base(record.id));
    PE_TRY_ASSIGN(const auto mark, store.syncMark(record.id));
    saved.document.syncMark = mark.value_or(std::string());
    // Before anything was exchanged, the file holds what the first change imported.
    const auto exchanged = static_cast<std::size_t>(std::max<std::int64_t>(record.exchanged, 1));
    saved.document.synced = std::min(exchanged, saved.document.log.size());
    PE_TRY_ASSIGN(const auto undo, store.undoStack(record.id));
    saved.document.undo = undo.value_or(std::string());
    return saved;
}

Result<std::unique_ptr<document::Document>> replaySaved(const storage::PipelineRecord& record,
                                                        document::SavedDocument saved,
                                                        Clock& clock) {
    return document::Document::replay(record.replica, std::move(saved), clock);
}

}  // namespace pe::workspace
