// SPDX-License-Identifier: MIT
// DiskFileSystem: the FileSystem of a POSIX machine.
//
// A save writes a temporary file beside the target (following symbolic links to the real one),
// copies mode, owner and extended attributes, syncs it, renames it over the target and syncs the
// folder. Where a rename would lose something or is not possible (hard links, a folder that may not
// be written, a mounted file, a foreign owner) the file is overwritten in place, with a backup copy
// until the new bytes are safe; the message names the backup if it could not be put back.
#pragma once

#include <filesystem>

#include "pe/storage/file_system.hpp"

namespace pe::storage {

class SystemCalls;

class DiskFileSystem final : public FileSystem {
public:
    // Backup copies go beside the file, or into `backupFolder` where its folder may not be written.
    explicit DiskFileSystem(
        std::filesystem::path backupFolder = std::filesystem::temp_directory_path());
    // For tests: `calls` must outlive this object.
    DiskFileSystem(SystemCalls& calls, std::filesystem::path backupFolder);

    Result<FileContent> read(const std::filesystem::path& path,
                             std::uint64_t maxBytes = kDefaultMaxFileBytes) override;
    Result<FileStamp> stamp(const std::filesystem::path& path) override;
    Result<FileStamp> writeAtomically(
        const std::filesystem::path& path, std::string_view bytes,
        const std::optional<FileStamp>& expected = std::nullopt) override;
    bool exists(const std::filesystem::path& path) override;
    Result<void> remove(const std::filesystem::path& path) override;
    Result<void> createFolders(const std::filesystem::path& folder) override;
    Result<std::vector<std::filesystem::path>> list(const std::filesystem::path& folder) override;

private:
    SystemCalls& calls_;
    std::filesystem::path backupFolder_;
};

}  // namespace pe::storage
