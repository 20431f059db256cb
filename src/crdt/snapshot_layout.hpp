// SPDX-License-Identifier: MIT
// What both ends of a snapshot agree on. Layout: docs/formats/op_log.md.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pe::crdt::snapshot {

inline constexpr std::size_t kPartNodes = 64;

// First byte of a node.
inline constexpr std::uint8_t kDeleted = 0x01;      // its parent and deletion follow
inline constexpr std::uint8_t kPlaced = 0x02;       // not where its creation put it
inline constexpr std::uint8_t kPlaceOrigin = 0x04;  // an undo put it there
inline constexpr std::uint8_t kRegisters = 0x08;
inline constexpr std::uint8_t kVersions = 0x10;
inline constexpr std::uint8_t kTexts = 0x20;
inline constexpr std::uint8_t kGhosts = 0x40;
inline constexpr std::uint8_t kChildren = 0x80;

// First byte of a version.
inline constexpr std::uint8_t kAbsent = 0x01;
inline constexpr std::uint8_t kOtherOrigin = 0x02;

// First byte of a run of elements.
inline constexpr std::uint8_t kLeft = 0x01;
inline constexpr std::uint8_t kRight = 0x02;
inline constexpr std::uint8_t kLeftIsOwn = 0x04;       // the author's element before the first
inline constexpr std::uint8_t kLeftIsPrevious = 0x08;  // the last element of the run before

// Equal steps of deletion (a key held down) are one row.
inline constexpr std::uint32_t kMostRepeats = 1 << 16;
inline constexpr std::size_t kMostDeletions = 1 << 24;  // of one text
inline constexpr std::size_t kMostElements = 1 << 26;   // of one author, deleted ones included

}  // namespace pe::crdt::snapshot
