// SPDX-License-Identifier: MIT
// Journal: the append-only changes of each pipeline, numbered 1, 2, 3, ... without gaps.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "pe/base/result.hpp"

namespace pe::storage {

using PipelineId = std::array<std::uint8_t, 16>;

struct Change {
    std::int64_t position = 0;
    std::string body;
    friend bool operator==(const Change&, const Change&) = default;
};

struct JournalEntry {
    PipelineId pipeline{};
    Change change;
};

class Journal {
public:
    virtual ~Journal() = default;

    // The position of the newest change, 0 if there never was one. NotFound: no such pipeline.
    virtual Result<std::int64_t> lastPosition(const PipelineId& pipeline) = 0;

    // All or none; on disk when it returns. Entries of a pipeline are in order and follow its last
    // position; entries that are already there with the same body are passed over, so a caller that
    // does not know how an attempt ended may repeat it. NotFound: no such pipeline. Conflict:
    // another body has that position. InvalidArgument: a gap.
    virtual Result<void> appendEntries(std::span<const JournalEntry> entries) = 0;
};

}  // namespace pe::storage
