// SPDX-License-Identifier: MIT
// The numbers that docs/formats/op_log.md fixes.
#pragma once

#include <cstdint>

namespace pe::crdt::tag {

// Low four bits of the first byte of a change: its form.
inline constexpr std::uint8_t kLongForm = 1;
inline constexpr std::uint8_t kShortForm = 2;  // logical time 0, one operation
inline constexpr std::uint8_t kShortFormSameLabel = 3;
inline constexpr std::uint8_t kStrokeInsert = 4;
inline constexpr std::uint8_t kStrokeErase = 6;
inline constexpr std::uint8_t kStrokeOtherLane = 1;     // of both: not the last change's
inline constexpr std::uint8_t kStrokeNextBase = 8;      // of both: one more than the context's
inline constexpr std::uint8_t kShortFormSameNames = 8;  // label and author
inline constexpr std::uint8_t kHasAuthor = 0x10;
inline constexpr std::uint8_t kHasLabel = 0x20;
inline constexpr std::uint8_t kOtherReducer = 0x40;
inline constexpr std::uint8_t kNamesCounter = 0x80;

// Low four bits of the first byte of an operation.
inline constexpr std::uint8_t kCreate = 1;
inline constexpr std::uint8_t kMove = 2;
inline constexpr std::uint8_t kDelete = 3;
inline constexpr std::uint8_t kRestore = 4;
inline constexpr std::uint8_t kSet = 5;
inline constexpr std::uint8_t kInsert = 6;
inline constexpr std::uint8_t kErase = 7;
inline constexpr std::uint8_t kUndelete = 8;
inline constexpr std::uint8_t kUnknown = 15;

// High four bits, by kind.
inline constexpr std::uint8_t kCreateRegisters = 0x10;
inline constexpr std::uint8_t kCreateTexts = 0x20;
inline constexpr std::uint8_t kMoveRestores = 0x10;
inline constexpr std::uint8_t kDeleteOtherBase = 0x10;
inline constexpr std::uint8_t kSameTarget = 0x10;  // of all content operations
inline constexpr std::uint8_t kSetAbsent = 0x20;
inline constexpr std::uint8_t kSetOtherTime = 0x40;
inline constexpr std::uint8_t kSetRestores = 0x80;
inline constexpr std::uint8_t kInsertAfterPrevious = 0x20;
inline constexpr std::uint8_t kInsertSameRight = 0x40;

// High four bits of the first byte of a stroke, beside those of an insertion.
inline constexpr std::uint8_t kStrokeRightFollowsLeft = 0x80;
inline constexpr std::uint8_t kStrokeOneElement = 0x20;

inline constexpr std::uint8_t kBatchVersion = 1;
inline constexpr std::uint8_t kPriorVersion = 1;
inline constexpr std::uint8_t kSnapshotVersion = 3;

}  // namespace pe::crdt::tag
