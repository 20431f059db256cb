// SPDX-License-Identifier: MIT
// Verification: does a text say what the tree means? Run on every edit before it is committed: a
// mismatch is a bug of ours that must not reach the file.
#pragma once

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {

// Same collections, keys and scalar values below two nodes, whatever their style and trivia.
bool sameMeaning(const yaml::Forest& left, yaml::NodeRef leftNode, const yaml::Forest& right,
                 yaml::NodeRef rightNode);

// Parses `lines`, the rendered text of `scope` (or of everything for the stream), and compares.
// Returns what was read.
Result<yaml::Tree> verifyRendering(const yaml::Forest& forest, yaml::NodeRef scope,
                                   std::string lines);

// The same for lines out of their place: anchors that their aliases name may stand elsewhere.
bool meansAlone(const yaml::Forest& forest, yaml::NodeRef scope, std::string lines);

}  // namespace pe::document
