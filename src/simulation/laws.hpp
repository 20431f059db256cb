// SPDX-License-Identifier: MIT
// Laws: what must hold of replicas, checked against nothing but the definitions. What
// does not hold goes into the verdict.
#pragma once

#include <string>
#include <vector>

#include "pe/base/random.hpp"
#include "pe/crdt/tree.hpp"
#include "verdict.hpp"

namespace pe::simulation {

// Everything that is shown, by ids: equal on replicas that show the same.
std::string viewOf(const crdt::ReplicatedTree& tree);

// Every node has one parent, no node is in itself, every created node is in the tree or deleted.
void checkTree(const crdt::ReplicatedTree& tree, std::uint64_t created, Verdict& verdict);

// What is shown is the confirmed state with the pending changes on top; a gesture taken back leaves
// no trace; undo and redo are the identity; a refused change is as if it had never been made.
void checkView(crdt::ReplicatedTree& tree, Random& random, std::int64_t nowMs, Verdict& verdict);

// The log from nothing in one piece, in random pieces, and from a snapshot in the middle.
void checkReplays(const std::vector<std::string>& log, std::uint64_t hash, Random& random,
                  Verdict& verdict);

// Counters without gaps; texts and registers against their definitions, worked out element by
// element and version by version.
void checkContent(const std::vector<std::string>& log, const crdt::ReplicatedTree& tree,
                  Verdict& verdict);

}  // namespace pe::simulation
