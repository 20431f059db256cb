// SPDX-License-Identifier: MIT
// How the commands find a team's step types: --plugins DIR, else the folder that the environment
// names, else the nearest `.pipeline-steps`.
#pragma once

#include <string>

#include "pe/format/step_folder.hpp"
#include "pe/storage/file_system.hpp"

namespace pe::cli {

format::FolderReader stepFolderReader(storage::FileSystem& files);

// `given` if it is not empty, else what the environment says; empty if it says nothing.
std::string namedStepFolder(const std::string& given);

// Absolute, so that the folders above it can be looked at.
std::string absolutePath(const std::string& path);

}  // namespace pe::cli
