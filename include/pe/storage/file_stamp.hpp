// SPDX-License-Identifier: MIT
// FileStamp: what tells one state of a file from another. A default FileStamp says "there is no
// file".
#pragma once

#include <cstdint>
#include <string_view>

namespace pe::storage {

struct FileStamp {
    std::int64_t modifiedNs = 0;  // nanoseconds since 1970-01-01 UTC
    std::int64_t size = 0;        // bytes
    std::uint64_t inode = 0;      // 0 only in the stamp of a missing file
    std::uint64_t device = 0;
    std::uint64_t contentHash = 0;  // contentHash(bytes), or 0 where the bytes were not read

    bool missing() const { return inode == 0; }
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Equal in all that the directory knows: time, size and identity.
inline bool sameMetadata(const FileStamp& a, const FileStamp& b) {
    return a.modifiedNs == b.modifiedNs && a.size == b.size && a.inode == b.inode &&
           a.device == b.device;
}

// A 64-bit hash against accidents, not against forgers; never 0.
std::uint64_t contentHash(std::string_view bytes);

}  // namespace pe::storage
