// SPDX-License-Identifier: MIT
// What the replica holds of a pipeline, as a document wants it.
#pragma once

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

    // Nothing was ever edited: the file is all there is.
    bool isEmpty() const {
        return document.log.empty() && document.pending.empty() && !document.draft;
    }
};

Result<SavedPipeline> readSaved(storage::ReplicaStore& store,
                                const storage::PipelineRecord& record);

// Corrupt if it does not fold.
Result<std::unique_ptr<document::Document>> replaySaved(const storage::PipelineRecord& record,
                                                        document::SavedDocument saved,
                                                        Clock& clock);

}  // namespace pe::workspace
