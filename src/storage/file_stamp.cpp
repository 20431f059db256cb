// SPDX-License-Identifier: MIT
#include "pe/storage/file_stamp.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace pe::storage {
namespace {

std::uint64_t scrambled(std::uint64_t word) {
    word = (word ^ (word >> 32)) * 0x9fb21c651e98df25ULL;
    return word ^ (word >> 29);
}

}  // namespace

std::uint64_t contentHash(std::string_view bytes) {
    std::uint64_t hash = 0x243f6a8885a308d3ULL ^ bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
        hash = std::rotl(hash ^ scrambled(word), 27) * 0x9e3779b97f4a7c15ULL;
    }
    hash = scrambled(scrambled(hash));
    return hash == 0 ? 1 : hash;
}

}  // namespace pe::storage
