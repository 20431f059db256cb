// SPDX-License-Identifier: MIT
// Gestures: what a person does to a pipeline, drawn at random: adds, moves, deletes and renames
// steps, fills fields, types and pastes into prompts.
#pragma once

#include "pe/base/random.hpp"
#include "pe/crdt/tree.hpp"

namespace pe::simulation {

// One gesture of one to three edits. What makes no sense where it is tried is left out.
void makeGesture(Random& random, const crdt::ReplicatedTree& tree, crdt::Transaction& gesture);

// All live nodes, the root first, parents in front of their children.
std::vector<crdt::NodeHandle> liveNodes(const crdt::ReplicatedTree& tree);

}  // namespace pe::simulation
