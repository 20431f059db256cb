// SPDX-License-Identifier: MIT
// Reading regular files, and nothing else, through SystemCalls.
#pragma once

#include <filesystem>

#include "pe/storage/file_system.hpp"
#include "system_calls.hpp"

namespace pe::storage {

FileStamp stampOf(const struct stat& status);

// See FileSystem::read.
Result<FileContent> readRegularFile(SystemCalls& calls, const std::filesystem::path& path,
                                    std::uint64_t maxBytes);

// See FileSystem::stamp.
Result<FileStamp> stampFile(SystemCalls& calls, const std::filesystem::path& path);

}  // namespace pe::storage
