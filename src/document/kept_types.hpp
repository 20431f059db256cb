// SPDX-License-Identifier: MIT
// KeptTypes: a template that stands alone keeps its list or mapping in a nested pipeline only; in
// the main one the engine makes a text of it. Where such a value goes on to a variable or an input,
// steps that move from the one to the other would work with something else.
#pragma once

#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// Refused, with each line, where the steps, all of one list, hand on a list or mapping of one of
// them in a template, as far as that is known.
Result<void> typesStay(const yaml::Forest& forest, const format::Graph& graph,
                       const std::vector<yaml::NodeRef>& steps);

}  // namespace pe::document
