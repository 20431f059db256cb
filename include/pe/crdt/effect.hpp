// SPDX-License-Identifier: MIT
// Effect: what became different in the tree that is shown. Views follow these and nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "pe/crdt/ids.hpp"

namespace pe::crdt {

enum class EffectKind : std::uint8_t {
    Created,          // the node (without its children) appeared under `parent`
    Removed,          // the node and everything in it left `oldParent`
    Restored,         // the node and everything in it came back under `parent`
    Moved,            // from `oldParent` to `parent`, or within one parent; perhaps to where it was
    LiftedOut,        // moved out of something deleted, from `oldParent` to `parent`
    RegisterChanged,  // the shown value or the conflicts of `key`
    TextChanged,      // `splice` of text `key`
    NoEffect,         // operation `op` on the node did nothing, for `reason`
};

enum class NoEffectReason : std::uint8_t {
    None,
    Cycle,       // a node cannot go into itself
    Deleted,     // the node to move is deleted; it will come back at the new place
    NotDeleted,  // nothing to restore
    TooDeep,     // the tree would become deeper than the limit
    Unknown,     // the operation of a newer program
};

// `removed` visible elements at `position` became `inserted` ones. Splices of one drain are in
// order: each counts in the text as the one before it left it.
struct Splice {
    std::uint32_t position = 0;
    std::uint32_t removed = 0;
    std::uint32_t inserted = 0;
    friend bool operator==(const Splice&, const Splice&) = default;
};

struct Effect {
    EffectKind kind = EffectKind::Created;
    NoEffectReason reason = NoEffectReason::None;
    std::uint8_t key = 0;
    NodeHandle node = kNoNode;
    NodeHandle parent = kNoNode;
    NodeHandle oldParent = kNoNode;
    Splice splice;
    OpId op;  // the operation that caused it
};

using Effects = std::vector<Effect>;

}  // namespace pe::crdt
