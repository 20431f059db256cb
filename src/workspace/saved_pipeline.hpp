// SPDX-License-Identifier: MIT
// SavedPipeline: what the replica holds of one pipeline, read together, and the document it
// becomes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "pe/base/clock.hpp"
#include "pe/base/result.hpp"
#include "pe/document/document.hpp"
#include "pe/storage/replica_store.hpp"

namespace pe::workspace {

struct SavedPipeline {
    document::SavedDocument document;
    std::optional<storage::BaseText> base;  // what its file held when last read or written
    bool snapshotLost = false;              // there is one, but it is damaged

    // Nothing was ever edited: the file is all there is.
    bool isEmpty() const {
        return !document.snapshot && document.log.empty() && document.pending.empty() &&
               !document.draft;
    }
};

// The snapshot, if there is one, and what comes behind it; the rest is read from the store when the
// document needs it, so it must not outlive the store.
Result<SavedPipeline> readSaved(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record);
// The same from the whole history, whatever snapshot there is.
Result<SavedPipeline> readWhole(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record);

// Corrupt if it does not fold.
Result<std::unique_ptr<document::Document>> replaySaved(const storage::PipelineRecord& record,
                                                        document::SavedDocument saved,
                                                        Clock& clock);

// Stores the state of a pipeline after all changes that its journal holds, so that it opens
// quickly. For the storage thread: what it needs it reads from the store, and the window's thread
// knows nothing of it.
Result<void> storeSnapshot(storage::ReplicaStore& store, const storage::PipelineId& id,
                           Clock& clock);

}  // namespace pe::workspace
