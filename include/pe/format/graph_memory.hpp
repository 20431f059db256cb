// SPDX-License-Identifier: MIT
// GraphMemory: what deriving a graph has read of each step and task, so that next time only those
// that have changed since are read. Of one forest and one catalogue, which the owner keeps to;
// used on one thread at a time.
#pragma once

#include <memory>
#include <unordered_set>

#include "pe/format/graph.hpp"

namespace pe::format {

struct EntrySummaries;

class GraphMemory {
public:
    GraphMemory();
    GraphMemory(GraphMemory&& other) noexcept;
    GraphMemory& operator=(GraphMemory&& other) noexcept;
    ~GraphMemory();

    // Of the entries that changed and all entries around them. Moves and removals need `clear`.
    void forget(const std::unordered_set<yaml::NodeRef>& changed);
    void clear();

    EntrySummaries& summaries() { return *summaries_; }

private:
    std::unique_ptr<EntrySummaries> summaries_;
};

// As without a memory, faster, and with no previews: who asks again and again draws nothing.
Graph deriveGraph(const yaml::Forest& forest, const Catalogue& catalogue, GraphMemory& memory);

}  // namespace pe::format
