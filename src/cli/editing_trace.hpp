// SPDX-License-Identifier: MIT
// EditingTrace: what people typed, as recorded: the `editing-traces` JSON (sequential, or
// concurrent with `parents`), packed or not, and the binary form that the comparison with other
// libraries uses (little-endian 32-bit numbers: agents, transactions; for each its agent, parents,
// patches; the final text).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/ids.hpp"

namespace pe::cli {

struct TracePatch {
    std::uint32_t position = 0;  // code points
    std::uint32_t removed = 0;
    crdt::Elements inserted;
};

struct TraceTransaction {
    std::uint32_t agent = 0;
    std::vector<std::uint32_t> parents;  // earlier transactions; only in concurrent traces
    std::vector<TracePatch> patches;
};

struct EditingTrace {
    crdt::Elements start;
    crdt::Elements end;
    std::uint32_t agents = 1;
    bool concurrent = false;
    std::vector<TraceTransaction> transactions;

    std::size_t patchCount() const;
};

// Corrupt if the bytes are no trace or name agents or parents that are not there.
Result<EditingTrace> readTrace(std::string_view bytes);

}  // namespace pe::cli
