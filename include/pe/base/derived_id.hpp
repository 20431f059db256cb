// SPDX-License-Identifier: MIT
// Derived ids: a replica that was copied goes on under an id of its own from which one can see
// whose copy it is, so that work which waited in both is known again.
#pragma once

#include <cstdint>

namespace pe {

inline constexpr std::uint64_t kDerivedMask = 0xffffffff00000000ULL;

// The half of the id that says what it was derived from.
constexpr std::uint64_t derivationOf(std::uint64_t original) {
    original = (original ^ (original >> 30)) * 0xbf58476d1ce4e5b9ULL;
    original = (original ^ (original >> 27)) * 0x94d049bb133111ebULL;
    return (original ^ (original >> 31)) & kDerivedMask;
}

// Another one for each salt; never 0.
constexpr std::uint64_t derivedId(std::uint64_t original, std::uint64_t salt) {
    return derivationOf(original) | (salt & ~kDerivedMask) | 1;
}

constexpr bool isDerivedId(std::uint64_t id, std::uint64_t original) {
    return (id & kDerivedMask) == derivationOf(original);
}

// One is a copy of the other, or both are copies of one.
constexpr bool areKin(std::uint64_t one, std::uint64_t other) {
    const bool copiesOfOne = (one & kDerivedMask) == (other & kDerivedMask);
    return isDerivedId(one, other) || isDerivedId(other, one) ||
           (copiesOfOne && (one & kDerivedMask) != 0);
}

}  // namespace pe
