// SPDX-License-Identifier: MIT
// The proof that a stored history is whole: folded from nothing, and from snapshots taken on the
// way, it comes to the same state.
#pragma once

#include "pe/base/result.hpp"
#include "saved_pipeline.hpp"

namespace pe::workspace {

// Corrupt says at which change it fails.
Result<void> checkHistory(const storage::PipelineRecord& record, const SavedPipeline& saved,
                          Clock& clock);

// `quick` is what readSaved() gave, `whole` what readWhole() did: Corrupt if they become different
// documents, or if the snapshot cannot be read.
Result<void> checkSnapshot(const storage::PipelineRecord& record, const SavedPipeline& quick,
                           const SavedPipeline& whole, Clock& clock);

}  // namespace pe::workspace
