// SPDX-License-Identifier: MIT
// The sentences for what the system refuses: what happened, and what the user can do.
#pragma once

#include <filesystem>
#include <string>

#include "pe/base/result.hpp"

namespace pe::storage {

std::string inQuotes(const std::filesystem::path& path);

// NotFound or Unreadable for an errno met while reading `path`.
tl::unexpected<Error> cannotRead(const std::filesystem::path& path, int error);

// Unwritable for an errno met while writing `path`, which still holds what it held before.
tl::unexpected<Error> cannotWrite(const std::filesystem::path& path, int error);

}  // namespace pe::storage
