// SPDX-License-Identifier: MIT
// The name under which somebody edits who has not said another.
#pragma once

#include <string>

#include "pe/storage/file_system.hpp"

namespace pe::workspace {

// `user.name` in the text of a git configuration file; empty if there is none.
std::string gitUserName(const std::string& configuration);

// What git would write into a commit, else what the system calls the user; may be empty.
std::string defaultAuthor(storage::FileSystem& files);

}  // namespace pe::workspace
