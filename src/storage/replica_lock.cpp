// SPDX-License-Identifier: MIT
#include "replica_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "file_errors.hpp"

namespace pe::storage {
namespace {

std::string ownerIn(int file) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(file, text.data(), text.size(), 0);
    std::string owner;
    for (ssize_t i = 0; i < size && text[static_cast<std::size_t>(i)] >= '0' &&
                        text[static_cast<std::size_t>(i)] <= '9';
         ++i)
        owner.push_back(text[static_cast<std::size_t>(i)]);
    return owner;
}

tl::unexpected<Error> heldBy(const std::string& owner, const std::filesystem::path& folder) {
    const std::string who = owner.empty() ? "" : " (process " + owner + ")";
    return fail(ErrorCode::Conflict,
                "Another program" + who + " is using the replica folder " + inQuotes(folder) +
                    ". Close it, or choose another folder.",
                folder.string());
}

}  // namespace

Result<ReplicaLock> ReplicaLock::acquire(const std::filesystem::path& folder) {
    const auto path = folder / "replica.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return cannotWrite(path, errno);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        const std::string owner = ownerIn(file);
        ::close(file);
        if (error == EWOULDBLOCK)
            return heldBy(owner, folder);
        return cannotWrite(path, error);
    }
    ReplicaLock lock(file, !ownerIn(file).empty());
    const std::string owner = std::to_string(::getpid()) + "\n";
    // On a full disk the owner stays unnamed; the lock holds all the same.
    if (::ftruncate(file, 0) == 0 && ::pwrite(file, owner.data(), owner.size(), 0) < 0)
        lock.previousOwnerDied_ = true;
    return lock;
}

ReplicaLock::ReplicaLock(ReplicaLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), previousOwnerDied_(other.previousOwnerDied_) {}

ReplicaLock::~ReplicaLock() {
    if (file_ >= 0)
        ::close(file_);
}

void ReplicaLock::markClean() {
    // If this fails the next start checks the database once more than needed.
    if (::ftruncate(file_, 0) != 0)
        return;
}

}  // namespace pe::storage
