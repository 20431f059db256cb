// SPDX-License-Identifier: MIT
// Derived ids: a replica that was copied goes on under an id of its own from which one can see
// whose copy it is, so that work which waited in both is known again.
#pragma once

#include <cstdint>

namespace pe {

inline constexpr std::uint64_t kFamilyMask = 0xffffffff00000000ULL;

// What a replica, its copies and their copies have in common: the upper half of the id. Ids without
// one found a family that is scattered over the upper half.
constexpr std::uint64_t familyOf(std::uint64_t id) {
    if ((id & kFamilyMask) != 0)
        return id & kFamilyMask;
    id = (id ^ (id >> 30)) * 0xbf58476d1ce4e5b9ULL;
    id = (id ^ (id >> 27)) * 0x94d049bb133111ebULL;
    return (id ^ (id >> 31)) & kFamilyMask;
}

// Another one of the family for each salt; never 0 and never the original.
constexpr std::uint64_t derivedId(std::uint64_t original, std::uint64_t salt) {
    const std::uint64_t derived = familyOf(original) | (salt & ~kFamilyMask) | 1;
    return derived == original ? derived ^ 2 : derived;
}

// Both go back to the same replica by being copied, however often.
constexpr bool areKin(std::uint64_t one, std::uint64_t other) {
    return familyOf(one) == familyOf(other);
}

}  // namespace pe
