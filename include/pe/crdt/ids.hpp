// SPDX-License-Identifier: MIT
// The names of things in a replicated tree. An operation is named by the replica that made it and
// that replica's contiguous counter; a node by the operation that created it; an element of a text
// by its own counter. Handles are local and dense: they are never stored and never cross a machine.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace pe::crdt {

// Random, minted per install and document. 0 is nobody.
using ReplicaId = std::uint64_t;

// The place of a change in the document's one order: 1, 2, 3, ... without gaps.
using Sequence = std::uint64_t;

struct OpId {
    ReplicaId replica = 0;
    std::uint32_t counter = 0;  // counts from 1 without gaps; 0 only in the null id

    friend auto operator<=>(const OpId&, const OpId&) = default;
    explicit operator bool() const { return counter != 0; }
};

// A node is named by its Create operation. The null id names the root, which nobody created.
using NodeId = OpId;
inline constexpr NodeId kRootId{};

// Index of a node in one ReplicatedTree, stable for the life of that tree.
using NodeHandle = std::uint32_t;
inline constexpr NodeHandle kRootHandle = 0;
inline constexpr NodeHandle kNoNode = 0xFFFFFFFF;

// Which register or text of a node; the meaning of the numbers is the caller's.
using RegisterKey = std::uint8_t;
using TextKey = std::uint8_t;

// One element of a text: a code point, or from 0x110000 to kMaxElement what the caller says.
using Element = char32_t;
inline constexpr Element kMaxElement = 0x1FFFFF;
using Elements = std::u32string;
using ElementsView = std::u32string_view;

}  // namespace pe::crdt
