// SPDX-License-Identifier: MIT
// FileSaver: one atomic save, from the check of the target to the synced folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "pe/storage/file_system.hpp"
#include "system_calls.hpp"

namespace pe::storage {

class FileSaver {
public:
    // Everything given by reference must outlive the saver; `path` may be a symbolic link.
    FileSaver(SystemCalls& calls, const std::filesystem::path& path, std::string_view bytes,
              const std::optional<FileStamp>& expected, const std::filesystem::path& backupFolder);

    Result<FileStamp> save();

private:
    class Temporary;

    Result<void> followLinks();
    Result<void> inspectTarget();
    Result<void> checkExpected() const;
    // No value: a rename would lose something or is not possible here; nothing was changed.
    Result<std::optional<FileStamp>> replaceByRename();
    bool isOurs(int file) const;
    Result<std::optional<FileStamp>> replaceBy(Temporary& temporary, const OpenFile& file);
    Result<bool> fillTemporary(int file) const;
    int keepOwnerAndMode(int file) const;
    Result<FileStamp> finish(const OpenFile& file) const;
    Result<void> syncFolder() const;
    void removeStaleTemporaries() const;
    std::filesystem::path temporaryName() const;

    SystemCalls& calls_;
    const std::filesystem::path& asked_;
    std::string_view bytes_;
    const std::optional<FileStamp>& expected_;
    const std::filesystem::path& backupFolder_;
    std::filesystem::path target_;    // asked_ with symbolic links followed
    std::optional<struct stat> old_;  // the target before the save, if there was one
};

}  // namespace pe::storage
