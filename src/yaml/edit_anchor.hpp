// SPDX-License-Identifier: MIT
// Anchors and aliases: who uses what, and whether an edit would change that.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

// The properties without their tag; an anchor stays.
std::string anchorAlone(std::string_view props);

// Refuses to change a value that an alias elsewhere shares: `node`, what is in it or what it is in.
// With Everywhere only what is in it counts: with that the alias would lose its anchor.
Result<void> checkNotShared(const Forest& forest, NodeRef node, Sharing sharing);
// Refuses to change a collection that is, or is part of, a value that an alias shares.
Result<void> checkNotAnchored(const Forest& forest, NodeRef node);
// Refuses to take away an anchor that an alias outside of these entries uses.
Result<void> checkRemovable(const Forest& forest, std::span<const NodeRef> nodes);
// Whether the aliases in a value mean the same if the value stands at `place` behind it.
bool keepsAliases(const Forest& forest, NodeRef value, NodeRef place);
// Refuses a move after which an alias would mean another anchor, or none.
Result<void> checkMovable(const Forest& forest, const Relocation& move);

}  // namespace pe::yaml
