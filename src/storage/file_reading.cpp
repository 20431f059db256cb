// SPDX-License-Identifier: MIT
#include "file_reading.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "file_errors.hpp"

namespace pe::storage {
namespace {

constexpr std::size_t kChunkBytes = 256 * 1024;
constexpr int kReadAttempts = 4;

const char* kindOf(mode_t mode) {
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

Result<void> checkKind(const std::filesystem::path& path, const struct stat& status) {
    if (S_ISREG(status.st_mode))
        return {};
    return fail(ErrorCode::Unreadable,
                inQuotes(path) + " is " + kindOf(status.st_mode) + ". Choose a file.",
                path.string());
}

// "1.5 GB", as people say it.
std::string inUnits(std::uint64_t size) {
    constexpr const char* kUnits[] = {" bytes", " KB", " MB", " GB"};
    std::size_t unit = 0;
    std::uint64_t rest = 0;  // in 1024ths
    for (; size >= 1024 && unit + 1 < std::size(kUnits); ++unit) {
        rest = size % 1024;
        size /= 1024;
    }
    std::string text = std::to_string(size);
    if (rest * 10 >= 1024)
        text += "." + std::to_string(rest * 10 / 1024);
    return text + kUnits[unit];
}

Result<void> checkSize(const std::filesystem::path& path, std::uint64_t size,
                       std::uint64_t maxBytes) {
    if (size <= maxBytes)
        return {};
    return fail(ErrorCode::LimitExceeded,
                inQuotes(path) + " is too large (" + inUnits(size) + "; the limit is " +
                    inUnits(maxBytes) + "). Split it or choose another file.",
                path.string());
}

// At most maxBytes + 1 bytes, so that the caller sees a file that grew over the limit.
Result<std::string> readToEnd(SystemCalls& calls, const OpenFile& file,
                              const std::filesystem::path& path, std::size_t sizeHint,
                              std::uint64_t maxBytes) {
    std::string bytes;
    bytes.reserve(std::min<std::uint64_t>(sizeHint, maxBytes) + 1);
    while (bytes.size() <= maxBytes) {
        const std::size_t had = bytes.size();
        const std::size_t wanted = had <= sizeHint ? sizeHint + 1 - had : kChunkBytes;
        const auto room = static_cast<std::size_t>(
            std::min<std::uint64_t>({wanted, kChunkBytes, maxBytes + 1 - had}));
        bytes.resize(had + room);
        const ssize_t count = calls.read(file.get(), bytes.data() + had, room);
        const int error = errno;
        bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (count == 0)
            break;
        if (count < 0 && error != EINTR)
            return cannotRead(path, error);
    }
    return bytes;
}

}  // namespace

FileStamp stampOf(const struct stat& status) {
    FileStamp stamp;
    stamp.modifiedNs = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
    stamp.size = status.st_size;
    stamp.inode = status.st_ino;
    stamp.device = status.st_dev;
    return stamp;
}

Result<FileContent> readRegularFile(SystemCalls& calls, const std::filesystem::path& path,
                                    std::uint64_t maxBytes) {
    FileContent content;
    for (int attempt = 1;; ++attempt) {
        // Without O_NONBLOCK opening a pipe would wait for its writer.
        const OpenFile file(calls, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
        if (!file.isOpen())
            return cannotRead(path, file.error());
        struct stat before {};
        if (calls.status(file.get(), before) != 0)
            return cannotRead(path, errno);
        PE_TRY(checkKind(path, before));
        PE_TRY(checkSize(path, static_cast<std::uint64_t>(before.st_size), maxBytes));
        PE_TRY_ASSIGN(content.bytes, readToEnd(calls, file, path,
                                               static_cast<std::size_t>(before.st_size), maxBytes));
        PE_TRY(checkSize(path, content.bytes.size(), maxBytes));
        struct stat after {};
        if (calls.status(file.get(), after) != 0)
            return cannotRead(path, errno);
        content.stamp = stampOf(after);
        // Somebody wrote while we read: what we have may be half old and half new.
        if (sameMetadata(stampOf(before), content.stamp) || attempt == kReadAttempts)
            break;
    }
    content.stamp.contentHash = contentHash(content.bytes);
    return content;
}

Result<FileStamp> stampFile(SystemCalls& calls, const std::filesystem::path& path) {
    struct stat status {};
    if (calls.status(path, status) == 0)
        return stampOf(status);
    if (errno == ENOENT || errno == ENOTDIR)
        return FileStamp{};
    return cannotRead(path, errno);
}

}  // namespace pe::storage
