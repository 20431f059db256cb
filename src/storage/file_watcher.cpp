// SPDX-License-Identifier: MIT
#include "pe/storage/file_watcher.hpp"

namespace pe::storage {
namespace {

FileEventKind kindOf(const FileStamp& before, const FileStamp& after) {
    if (after.missing())
        return FileEventKind::Deleted;
    const bool sameFile = before.inode == after.inode && before.device == after.device;
    return sameFile ? FileEventKind::Changed : FileEventKind::Replaced;
}

}  // namespace

void FileWatcher::watch(const std::filesystem::path& path, const FileStamp& known) {
    watched_[path] = Watched{known, known, clock_.nowMs()};
}

void FileWatcher::unwatch(const std::filesystem::path& path) {
    watched_.erase(path);
}

void FileWatcher::noteOwnWrite(const std::filesystem::path& path, const FileStamp& stamp) {
    const auto found = watched_.find(path);
    if (found != watched_.end())
        found->second = Watched{stamp, stamp, clock_.nowMs()};
}

std::vector<FileEvent> FileWatcher::poll() {
    std::vector<FileEvent> events;
    for (auto& [path, file] : watched_) {
        // A file whose state cannot be told (a network disk that is away) has not changed.
        const auto now = files_.stamp(path);
        if (!now || !atRest(file, *now) || !differs(path, file))
            continue;
        events.push_back({path, kindOf(file.known, file.seen), file.seen});
        file.known = file.seen;
    }
    return events;
}

bool FileWatcher::atRest(Watched& file, const FileStamp& now) const {
    if (sameMetadata(now, file.known)) {
        file.seen = file.known;
        return false;
    }
    const std::int64_t nowMs = clock_.nowMs();
    const bool clockWentBack = nowMs < file.sinceMs;
    if (!sameMetadata(now, file.seen) || clockWentBack) {
        file.seen = now;
        file.sinceMs = nowMs;
        return false;
    }
    return nowMs - file.sinceMs >= kQuietMs;
}

bool FileWatcher::differs(const std::filesystem::path& path, Watched& file) {
    if (file.seen.missing() || file.known.missing())
        return true;
    const auto content = files_.read(path);
    if (!content)
        return true;
    file.seen = content->stamp;
    if (content->stamp.contentHash != file.known.contentHash)
        return true;
    file.known = content->stamp;
    return false;
}

}  // namespace pe::storage
