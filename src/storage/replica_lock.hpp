// SPDX-License-Identifier: MIT
// ReplicaLock: one program at a time on a replica folder. A lock of the system, not a file with a
// number, so a killed program frees it at once. The file names the owner for the message to the
// second one.
#pragma once

#include <filesystem>

#include "pe/base/result.hpp"

namespace pe::storage {

class ReplicaLock {
public:
    // Conflict, at once, if another program (or another part of this one) holds the folder.
    static Result<ReplicaLock> acquire(const std::filesystem::path& folder);
    ReplicaLock(ReplicaLock&& other) noexcept;
    ReplicaLock& operator=(ReplicaLock&&) = delete;
    ~ReplicaLock();

    // The owner before us did not end in good order.
    bool previousOwnerDied() const { return previousOwnerDied_; }
    // Says that the folder is left in good order.
    void markClean();

private:
    ReplicaLock(int file, bool previousOwnerDied)
        : file_(file), previousOwnerDied_(previousOwnerDied) {}
    int file_;
    bool previousOwnerDied_;
};

}  // namespace pe::storage
