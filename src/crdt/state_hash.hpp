// SPDX-License-Identifier: MIT
// The hash of a folded state: of everything that a later operation could meet, in an order that
// depends on ids alone.
#pragma once

#include <cstdint>

#include "tree_core.hpp"

namespace pe::crdt {

// Pending changes must be off.
std::uint64_t hashState(const TreeCore& core);

}  // namespace pe::crdt
