// SPDX-License-Identifier: MIT
// FileWatcher: notices that other programs changed, replaced or deleted watched files. It compares
// stamps whenever poll() is called: by a timer, and sooner by whoever has a hint from the system. A
// change is reported once the file has been quiet for kQuietMs, so that half-written files are not
// read. Lives on one thread. Our own saves are made known with noteOwnWrite() and never reported.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/storage/file_system.hpp"

namespace pe::storage {

enum class FileEventKind {
    Changed,   // other bytes in the same file
    Deleted,   // nothing is there any more
    Replaced,  // another file is there now: renamed over it, or made anew after a deletion
};

struct FileEvent {
    std::filesystem::path path;  // as given to watch()
    FileEventKind kind = FileEventKind::Changed;
    FileStamp stamp;
};

class FileWatcher {
public:
    static constexpr std::int64_t kQuietMs = 500;

    // Both must outlive the watcher.
    FileWatcher(FileSystem& files, Clock& clock) : files_(files), clock_(clock) {}

    // Watches the file from the state `known`, as returned by the read or save before.
    void watch(const std::filesystem::path& path, const FileStamp& known);
    void unwatch(const std::filesystem::path& path);
    // The state that our own save left. Unknown paths are ignored.
    void noteOwnWrite(const std::filesystem::path& path, const FileStamp& stamp);

    // What happened and has come to rest, in the order of the paths. Each change is reported once.
    std::vector<FileEvent> poll();

private:
    struct Watched {
        FileStamp known;           // as last reported
        FileStamp seen;            // at the last poll
        std::int64_t sinceMs = 0;  // when `seen` was first seen
    };

    bool atRest(Watched& file, const FileStamp& now) const;
    // False where the bytes are the known ones under a new time or inode.
    bool differs(const std::filesystem::path& path, Watched& file);

    FileSystem& files_;
    Clock& clock_;
    std::map<std::filesystem::path, Watched> watched_;
};

}  // namespace pe::storage
