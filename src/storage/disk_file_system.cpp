// SPDX-License-Identifier: MIT
#include "pe/storage/disk_file_system.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "file_errors.hpp"
#include "file_reading.hpp"
#include "file_saver.hpp"

namespace pe::storage {

DiskFileSystem::DiskFileSystem(std::filesystem::path backupFolder)
    : DiskFileSystem(SystemCalls::real(), std::move(backupFolder)) {}

DiskFileSystem::DiskFileSystem(SystemCalls& calls, std::filesystem::path backupFolder)
    : calls_(calls), backupFolder_(std::move(backupFolder)) {}

Result<FileContent> DiskFileSystem::read(const std::filesystem::path& path,
                                         std::uint64_t maxBytes) {
    return readRegularFile(calls_, path, maxBytes);
}

Result<FileStamp> DiskFileSystem::stamp(const std::filesystem::path& path) {
    return stampFile(calls_, path);
}

Result<FileStamp> DiskFileSystem::writeAtomically(const std::filesystem::path& path,
                                                  std::string_view bytes,
                                                  const std::optional<FileStamp>& expected) {
    return FileSaver(calls_, path, bytes, expected, backupFolder_).save();
}

bool DiskFileSystem::exists(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
}

Result<void> DiskFileSystem::remove(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::remove(path, error))
        return {};
    if (!error)
        return fail(ErrorCode::NotFound, inQuotes(path) + " does not exist.", path.string());
    return fail(ErrorCode::Unwritable,
                inQuotes(path) + " cannot be removed: " + error.message() +
                    ". Check the permissions of its folder.",
                path.string());
}

Result<void> DiskFileSystem::createFolders(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return cannotWrite(folder, error.value());
    return {};
}

Result<std::vector<std::filesystem::path>> DiskFileSystem::list(
    const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        paths.push_back(entry->path());
    if (error)
        return cannotRead(folder, error.value());
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace pe::storage
