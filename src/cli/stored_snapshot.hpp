// SPDX-License-Identifier: MIT
// StoredSnapshot: a snapshot as storage keeps it, each part packed by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pe/crdt/snapshot.hpp"

namespace pe::cli {

struct StoredSnapshot {
    struct Part {
        std::string packed;
        std::uint64_t hash = 0;
    };
    crdt::Sequence sequence = 0;
    std::vector<Part> parts;
    std::size_t plainBytes = 0;  // before packing
    std::size_t bytes = 0;
};

StoredSnapshot pack(const crdt::Snapshot& snapshot);
Result<crdt::ReplicatedTree> unpack(const StoredSnapshot& stored, crdt::ReplicaId self);

}  // namespace pe::cli
