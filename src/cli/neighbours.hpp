// SPDX-License-Identifier: MIT
// Neighbours: the other pipeline files that may run one: those beside it and in the folders above
// it, up to the root of the project. Files that are too large, and those behind the first 500, are
// left out.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "pe/storage/file_system.hpp"

namespace pe::cli {

// By path; `path` is absolute.
std::map<std::string, std::string> pipelinesAround(storage::FileSystem& files,
                                                   const std::filesystem::path& path);

}  // namespace pe::cli
