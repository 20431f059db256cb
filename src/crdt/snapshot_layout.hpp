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

}  // namespace pe::crdt::snapshot
