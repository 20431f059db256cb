// SPDX-License-Identifier: MIT
// Record: one entry of a simulated journal: its kind, and fields of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pe::simulation {

enum class RecordKind : char {
    Identity = 'I',   // the replica's id
    Gesture = 'G',    // a pending change, and what its undo needs
    Confirmed = 'C',  // first sequence, a batch
    Pending = 'P',    // identity, then all pending work anew, after a refusal or a new identity
    Snapshot = 'S',   // sequence, then its parts
};

struct Record {
    RecordKind kind = RecordKind::Identity;
    std::vector<std::string> fields;
};

std::string toBytes(const Record& record);
// The bytes passed their checksum, or belong to a run that trusts what it should not: what does not
// fit is left out.
Record recordFrom(std::string_view bytes);

std::string numberField(std::uint64_t value);
std::uint64_t numberOf(const Record& record, std::size_t field);

}  // namespace pe::simulation
