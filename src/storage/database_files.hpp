// SPDX-License-Identifier: MIT
// The files of a database: its own and those that SQLite keeps beside it.
#pragma once

#include <array>
#include <filesystem>

namespace pe::storage {

// What their names add to the name of the database. The log comes first, the database last: were
// the program killed between two of them, a log must not meet another database.
inline constexpr std::array<const char*, 4> kDatabaseSuffixes{"-wal", "-journal", "-shm", ""};

std::filesystem::path withSuffix(std::filesystem::path path, const char* suffix);

// What cannot be removed stays.
void removeDatabase(const std::filesystem::path& file);

}  // namespace pe::storage
