// SPDX-License-Identifier: MIT
// Step matching: which step of the new version is which of the old one. By name in the same
// container, by name anywhere, and by likeness, in this order; containers before what is in them.
#pragma once

#include <vector>

#include "version.hpp"

namespace pe::compare {

struct StepMatching {
    // By index on one side the index on the other, or kNoGraphNode.
    std::vector<format::GraphIndex> before;  // of each new node
    std::vector<format::GraphIndex> after;   // of each old node
    std::vector<char> displaced;             // new nodes that moved among the neighbours they keep
};

StepMatching matchSteps(const Version& before, const Version& after);

}  // namespace pe::compare
