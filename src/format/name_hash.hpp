// SPDX-License-Identifier: MIT
// A hash of names that is the same everywhere (FNV-1a). It orders look-up tables, never results.
#pragma once

#include <cstdint>
#include <string_view>

namespace pe::format {

inline std::uint64_t nameHash(std::string_view name) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

}  // namespace pe::format
