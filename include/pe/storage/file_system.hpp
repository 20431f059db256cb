// SPDX-License-Identifier: MIT
// FileSystem: the files of the user, as values. Implementations may be used from several threads as
// long as no two calls write the same file. Every message names the file and says what to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/storage/file_stamp.hpp"

namespace pe::storage {

struct FileContent {
    std::string bytes;
    FileStamp stamp;  // with the hash of `bytes`
};

inline constexpr std::uint64_t kDefaultMaxFileBytes = 256ULL << 20;

class FileSystem {
public:
    virtual ~FileSystem() = default;

    // The whole file. NotFound; LimitExceeded above maxBytes; Unreadable for folders, pipes,
    // devices and whatever the system refuses.
    virtual Result<FileContent> read(const std::filesystem::path& path,
                                     std::uint64_t maxBytes = kDefaultMaxFileBytes) = 0;

    // The state of the file without reading it (contentHash is 0); a missing file is not an error.
    virtual Result<FileStamp> stamp(const std::filesystem::path& path) = 0;

    // Replaces the file by `bytes` so that a reader, a crash or a power cut finds the old or the
    // new bytes. With `expected` the file must still be in that state, or already hold `bytes`;
    // otherwise Conflict. A default FileStamp as `expected` asks that there is no file yet.
    // Unwritable: nothing was changed. Returns the stamp of the new file, for the next save and for
    // the watcher.
    virtual Result<FileStamp> writeAtomically(
        const std::filesystem::path& path, std::string_view bytes,
        const std::optional<FileStamp>& expected = std::nullopt) = 0;

    // Whether something is there, be it a file or not.
    virtual bool exists(const std::filesystem::path& path) = 0;

    // Removes a file or an empty folder; NotFound if there is none.
    virtual Result<void> remove(const std::filesystem::path& path) = 0;

    // Makes the folder and those above it; no error if it is there.
    virtual Result<void> createFolders(const std::filesystem::path& folder) = 0;

    // The names in a folder as full paths, sorted.
    virtual Result<std::vector<std::filesystem::path>> list(
        const std::filesystem::path& folder) = 0;
};

}  // namespace pe::storage
