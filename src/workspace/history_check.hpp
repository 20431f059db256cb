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

}  // namespace pe::workspace
