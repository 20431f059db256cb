// SPDX-License-Identifier: MIT
#include "database_files.hpp"

#include <system_error>

namespace pe::storage {

std::filesystem::path withSuffix(std::filesystem::path path, const char* suffix) {
    path += suffix;
    return path;
}

void removeDatabase(const std::filesystem::path& file) {
    std::error_code ignored;
    for (const char* suffix : kDatabaseSuffixes)
        std::filesystem::remove(withSuffix(file, suffix), ignored);
}

}  // namespace pe::storage
