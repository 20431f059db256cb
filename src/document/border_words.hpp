// SPDX-License-Identifier: MIT
// Why a name cannot cross the border of a pipeline of its own, line by line, and what to do.
#pragma once

#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// For a reference of a step that moves to one that stays and that is no template.
std::string whyNotFromOutside(const format::Graph& graph,
                              const format::ResolvedReference& reference);

// One refusal for all of them, each with its line; at least one. `where` of each is a pointer into
// the forest, and that of the first becomes that of all.
bool isWithinOneOf(const yaml::Forest& forest, yaml::NodeRef node,
                   const std::vector<yaml::NodeRef>& steps);

tl::unexpected<Error> refusedTogether(const yaml::Forest& forest, const std::vector<Error>& all);

}  // namespace pe::document
