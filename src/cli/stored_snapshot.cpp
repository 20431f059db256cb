// SPDX-License-Identifier: MIT
#include "stored_snapshot.hpp"

#include "gzip.hpp"

namespace pe::cli {
namespace {

constexpr std::size_t kMaxPartBytes = std::size_t{1} << 30;

}  // namespace

StoredSnapshot pack(const crdt::Snapshot& snapshot) {
    StoredSnapshot stored;
    stored.sequence = snapshot.sequence;
    for (const crdt::SnapshotPart& each : snapshot.parts) {
        stored.parts.push_back({deflated(each.bytes), each.hash});
        stored.plainBytes += each.bytes.size();
        stored.bytes += stored.parts.back().packed.size();
    }
    return stored;
}

Result<crdt::ReplicatedTree> unpack(const StoredSnapshot& stored, crdt::ReplicaId self) {
    crdt::Snapshot snapshot{stored.sequence, {}};
    for (const StoredSnapshot::Part& each : stored.parts) {
        PE_TRY_ASSIGN(std::string bytes, inflated(each.packed, kMaxPartBytes));
        snapshot.parts.push_back({std::move(bytes), each.hash});
    }
    return crdt::decodeSnapshot(snapshot, self);
}

}  // namespace pe::cli
