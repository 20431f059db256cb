// SPDX-License-Identifier: MIT
#include "pe/format/graph_memory.hpp"

#include "entry_summary.hpp"

namespace pe::format {

GraphMemory::GraphMemory() : summaries_(std::make_unique<EntrySummaries>()) {}

GraphMemory::GraphMemory(GraphMemory&& other) noexcept = default;

GraphMemory& GraphMemory::operator=(GraphMemory&& other) noexcept = default;

GraphMemory::~GraphMemory() = default;

void GraphMemory::forget(const std::unordered_set<yaml::NodeRef>& changed) {
    for (const yaml::NodeRef each : changed) {
        summaries_->byEntry.erase(each);
        summaries_->references.erase(each);
    }
}

void GraphMemory::clear() {
    summaries_->byEntry.clear();
    summaries_->references.clear();
}

}  // namespace pe::format
