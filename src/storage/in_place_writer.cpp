// SPDX-License-Identifier: MIT
#include "in_place_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>

#include "file_errors.hpp"
#include "file_reading.hpp"
#include "file_writing.hpp"

namespace pe::storage {
namespace {

std::filesystem::path backupName(const std::filesystem::path& target) {
    static std::atomic<unsigned> counter{0};
    constexpr std::size_t kMaxTargetBytes = 200;  // of the 255 that a name may have
    return "." + target.filename().string().substr(0, kMaxTargetBytes) + "." +
           std::to_string(::getpid()) + "-" + std::to_string(++counter) + ".pe-backup";
}

}  // namespace

InPlaceWriter::InPlaceWriter(SystemCalls& calls, const std::filesystem::path& target,
                             std::string_view bytes, const std::filesystem::path& backupFolder)
    : calls_(calls), target_(target), bytes_(bytes), backupFolder_(backupFolder) {}

Result<FileStamp> InPlaceWriter::write() {
    PE_TRY_ASSIGN(FileContent content,
                  readRegularFile(calls_, target_, std::numeric_limits<std::int64_t>::max()));
    old_ = std::move(content.bytes);
    const OpenFile file(calls_, target_, O_WRONLY | O_NONBLOCK);
    if (!file.isOpen())
        return cannotWrite(target_, file.error());
    // A full disk must show before the first byte is changed; not every file system can tell.
    if (calls_.reserve(file.get(), static_cast<off_t>(std::max<std::size_t>(bytes_.size(), 1))) !=
            0 &&
        (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO))
        return cannotWrite(target_, errno);
    PE_TRY(makeBackup());
    if (const int error = overwrite(file.get(), bytes_))
        return putBack(file.get(), error);
    struct stat status {};
    if (calls_.status(file.get(), status) != 0)
        return putBack(file.get(), errno);
    calls_.unlink(backup_);
    FileStamp stamp = stampOf(status);
    stamp.contentHash = contentHash(bytes_);
    return stamp;
}

Result<void> InPlaceWriter::makeBackup() {
    const auto name = backupName(target_);
    int openError = 0;
    backup_ = target_.parent_path() / name;
    int error = writeBackup(backup_, openError);
    if (openError == EACCES || openError == EPERM || openError == EROFS) {
        backup_ = backupFolder_ / name;
        openError = 0;
        error = writeBackup(backup_, openError);
    }
    if (error == 0)
        return {};
    if (openError == 0)
        calls_.unlink(backup_);
    return cannotWrite(target_, error);
}

int InPlaceWriter::writeBackup(const std::filesystem::path& path, int& openError) const {
    const OpenFile file(calls_, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!file.isOpen())
        return openError = file.error();
    if (const int error = writeAll(calls_, file.get(), old_))
        return error;
    if (calls_.sync(file.get()) != 0)
        return errno;
    const OpenFile folder(calls_, path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.isOpen() && calls_.sync(folder.get()) != 0 && errno != EINVAL)
        return errno;
    return 0;
}

int InPlaceWriter::overwrite(int file, std::string_view bytes) const {
    if (const int error = overwriteAll(calls_, file, bytes))
        return error;
    if (calls_.truncate(file, static_cast<off_t>(bytes.size())) != 0)
        return errno;
    return calls_.sync(file) == 0 ? 0 : errno;
}

tl::unexpected<Error> InPlaceWriter::putBack(int file, int error) {
    auto failure = cannotWrite(target_, error);
    if (overwrite(file, old_) == 0) {
        calls_.unlink(backup_);
    } else {
        failure.value().message +=
            " It may be damaged now; its old content is in " + inQuotes(backup_) + ".";
    }
    return failure;
}

}  // namespace pe::storage
