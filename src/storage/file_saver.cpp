// SPDX-License-Identifier: MIT
#include "file_saver.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <limits>
#include <string>
#include <system_error>

#include "file_errors.hpp"
#include "file_reading.hpp"
#include "file_writing.hpp"
#include "in_place_writer.hpp"

namespace pe::storage {
namespace {

constexpr int kMaxLinks = 40;  // as the kernel
constexpr int kMaxAttempts = 20;
constexpr std::size_t kMaxNameBytes = 255;
constexpr const char* kTemporarySuffix = ".pe-tmp";
constexpr mode_t kModeBits = 07777;

// A folder that takes no new files may still hold a file that can be overwritten.
bool forbidsNewFiles(int error) {
    return error == EACCES || error == EPERM || error == EROFS;
}

bool forbidsRename(int error) {
    return forbidsNewFiles(error) || error == EBUSY || error == EXDEV;
}

tl::unexpected<Error> changedMeanwhile(const std::filesystem::path& path) {
    return fail(ErrorCode::Conflict,
                inQuotes(path) +
                    " was changed by another program since it was read. Reload or merge "
                    "it, or save a copy under another name.",
                path.string());
}

std::string temporaryPrefix(const std::filesystem::path& target) {
    constexpr std::size_t kRoomForNumbers = 48;
    return "." + target.filename().string().substr(0, kMaxNameBytes - kRoomForNumbers) + ".";
}

}  // namespace

// The temporary file, removed unless it became the target.
class FileSaver::Temporary {
public:
    Temporary(SystemCalls& calls, std::filesystem::path path)
        : calls_(calls), path_(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (exists_)
            calls_.unlink(path_);
    }
    const std::filesystem::path& path() const { return path_; }
    void created() { exists_ = true; }
    void renamed() { exists_ = false; }

private:
    SystemCalls& calls_;
    std::filesystem::path path_;
    bool exists_ = false;
};

FileSaver::FileSaver(SystemCalls& calls, const std::filesystem::path& path, std::string_view bytes,
                     const std::optional<FileStamp>& expected,
                     const std::filesystem::path& backupFolder)
    : calls_(calls),
      asked_(path),
      bytes_(bytes),
      expected_(expected),
      backupFolder_(backupFolder) {}

Result<FileStamp> FileSaver::save() {
    PE_TRY(followLinks());
    PE_TRY(inspectTarget());
    PE_TRY(checkExpected());
    const bool hardLinked = old_ && old_->st_nlink > 1;
    if (!hardLinked) {
        PE_TRY_ASSIGN(const auto renamed, replaceByRename());
        if (renamed)
            return *renamed;
    }
    PE_TRY(checkExpected());
    return InPlaceWriter(calls_, target_, bytes_, backupFolder_).write();
}

Result<void> FileSaver::followLinks() {
    target_ = std::filesystem::absolute(asked_);
    std::error_code error;
    for (int links = 0; std::filesystem::is_symlink(target_, error); ++links) {
        if (links == kMaxLinks)
            return cannotWrite(asked_, ELOOP);
        const auto next = std::filesystem::read_symlink(target_, error);
        if (error)
            return cannotWrite(asked_, error.value());
        target_ = target_.parent_path() / next;
    }
    if (!target_.has_filename())
        return cannotWrite(asked_, EISDIR);
    return {};
}

Result<void> FileSaver::inspectTarget() {
    struct stat status {};
    if (calls_.status(target_, status) != 0) {
        if (errno == ENOENT)
            return {};
        return cannotWrite(asked_, errno);
    }
    if (S_ISDIR(status.st_mode))
        return cannotWrite(asked_, EISDIR);
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::Unwritable,
                    inQuotes(asked_) +
                        " cannot be saved: it is a device or a pipe. Save a copy "
                        "under another name.",
                    asked_.string());
    // A rename would succeed on a file that its owner made read-only.
    if (calls_.checkWritable(target_) != 0)
        return cannotWrite(asked_, errno);
    old_ = status;
    return {};
}

Result<void> FileSaver::checkExpected() const {
    if (!expected_)
        return {};
    PE_TRY_ASSIGN(const FileStamp now, stampFile(calls_, target_));
    if (now.missing() != expected_->missing()) {
        if (expected_->missing() && now.size == static_cast<std::int64_t>(bytes_.size())) {
            const auto content = readRegularFile(calls_, target_, kDefaultMaxFileBytes);
            if (content && content->bytes == bytes_)
                return {};
        }
        return changedMeanwhile(asked_);
    }
    if (now.missing())
        return {};
    // Equal times do not prove equal bytes (two writes in one tick), so the bytes are compared.
    if (expected_->contentHash == 0)
        return sameMetadata(now, *expected_) ? Result<void>{} : changedMeanwhile(asked_);
    PE_TRY_ASSIGN(const FileContent content,
                  readRegularFile(calls_, target_, std::numeric_limits<std::int64_t>::max()));
    if (content.stamp.contentHash == expected_->contentHash || content.bytes == bytes_)
        return {};
    return changedMeanwhile(asked_);
}

Result<std::optional<FileStamp>> FileSaver::replaceByRename() {
    removeStaleTemporaries();
    for (int attempt = 1;; ++attempt) {
        Temporary temporary(calls_, temporaryName());
        // A new file gets the user's usual mode; a temporary copy must not be more open than its
        // original.
        const OpenFile file(calls_, temporary.path(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                            old_ ? 0600 : 0666);
        if (!file.isOpen()) {
            if (old_ && forbidsNewFiles(file.error()))
                return std::nullopt;
            return cannotWrite(asked_, file.error());
        }
        temporary.created();
        if (isOurs(file.get()) || attempt == kMaxAttempts)
            return replaceBy(temporary, file);
    }
}

// Whether the others know from now on that this save is under way. A file that another save took
// for left behind, because it had no lock yet, is given up.
bool FileSaver::isOurs(int file) const {
    struct stat status {};
    const bool locked = calls_.lock(file) == 0 || errno != EWOULDBLOCK;
    return locked && (calls_.status(file, status) != 0 || status.st_nlink > 0);
}

Result<std::optional<FileStamp>> FileSaver::replaceBy(Temporary& temporary, const OpenFile& file) {
    PE_TRY_ASSIGN(const bool faithful, fillTemporary(file.get()));
    if (!faithful)
        return std::nullopt;
    PE_TRY(checkExpected());
    const bool mustBeNew = expected_ && expected_->missing() && !old_;
    const int renamed = mustBeNew ? calls_.renameToNew(temporary.path(), target_)
                                  : calls_.rename(temporary.path(), target_);
    if (renamed != 0) {
        if (mustBeNew && errno == EEXIST)
            return changedMeanwhile(asked_);
        if (old_ && forbidsRename(errno))
            return std::nullopt;
        return cannotWrite(asked_, errno);
    }
    temporary.renamed();
    PE_TRY_ASSIGN(const FileStamp stamp, finish(file));
    return stamp;
}

// False where the new file could not get the owner of the old one.
Result<bool> FileSaver::fillTemporary(int file) const {
    if (old_ && keepOwnerAndMode(file) != 0) {
        if (forbidsNewFiles(errno))
            return false;
        return cannotWrite(asked_, errno);
    }
    if (const int error = writeAll(calls_, file, bytes_))
        return cannotWrite(asked_, error);
    if (calls_.sync(file) != 0)
        return cannotWrite(asked_, errno);
    return true;
}

int FileSaver::keepOwnerAndMode(int file) const {
    struct stat fresh {};
    if (calls_.status(file, fresh) != 0)
        return -1;
    if (fresh.st_uid != old_->st_uid || fresh.st_gid != old_->st_gid)
        if (calls_.setOwner(file, old_->st_uid, old_->st_gid) != 0)
            return -1;
    {
        const OpenFile original(calls_, target_, O_RDONLY | O_NONBLOCK);
        if (original.isOpen())
            calls_.copyAttributes(original.get(), file);
    }
    // After the owner, since a change of owner clears mode bits.
    return calls_.setMode(file, old_->st_mode & kModeBits);
}

Result<FileStamp> FileSaver::finish(const OpenFile& file) const {
    PE_TRY(syncFolder());
    struct stat status {};
    if (calls_.status(file.get(), status) != 0)
        return cannotWrite(asked_, errno);
    FileStamp stamp = stampOf(status);
    stamp.contentHash = contentHash(bytes_);
    return stamp;
}

Result<void> FileSaver::syncFolder() const {
    // A folder that may not be read cannot be opened; nothing more can be done for it.
    const OpenFile folder(calls_, target_.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder.isOpen() || calls_.sync(folder.get()) == 0 || errno == EINVAL)
        return {};
    return fail(ErrorCode::Unwritable,
                inQuotes(asked_) + " was replaced, but the disk did not confirm it (" +
                    std::generic_category().message(errno) + "). Save again.",
                asked_.string());
}

// What a killed save left behind: its lock is free.
void FileSaver::removeStaleTemporaries() const {
    const std::string prefix = temporaryPrefix(target_);
    std::error_code error;
    std::filesystem::directory_iterator entry(target_.parent_path(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(prefix) || !name.ends_with(kTemporarySuffix))
            continue;
        const OpenFile file(calls_, entry->path(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        if (file.isOpen() && calls_.lock(file.get()) == 0)
            calls_.unlink(entry->path());
    }
}

std::filesystem::path FileSaver::temporaryName() const {
    static std::atomic<unsigned> counter{0};
    return target_.parent_path() / (temporaryPrefix(target_) + std::to_string(::getpid()) + "-" +
                                    std::to_string(++counter) + kTemporarySuffix);
}

}  // namespace pe::storage
