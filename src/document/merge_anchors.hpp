// SPDX-License-Identifier: MIT
// Anchors, aliases and tags that the two sides of a merge did not agree about.
#pragma once

#include <vector>

#include "edit_merge.hpp"
#include "pe/crdt/change.hpp"
#include "replicated_forest.hpp"

namespace pe::document {

// At entries of the merged tree. `forest` shows what both changes made together.
std::vector<EditConflict> anchorConflicts(const ReplicatedForest& forest,
                                          const crdt::SharedChange& ours,
                                          const crdt::SharedChange& theirs);

}  // namespace pe::document
