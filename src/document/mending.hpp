// SPDX-License-Identifier: MIT
// Mending: finds forms for the entries of a merged tree in which its text can be read and means
// what the tree means. Each edit was proved when it was made; together they may still collide in
// ways that no rule foresees. So the text is read again, and entries whose lines mean something
// else are shown in plainer and plainer forms until it is right. A function of the tree alone.
#pragma once

#include "replicated_forest.hpp"

namespace pe::document {

void mend(ReplicatedForest& forest);

// Aliases that have no anchor in front of them: somebody deleted it while somebody else came to use
// it, or one of them moved. The first such alias borrows the value, so that all of its name mean
// what they meant; where there is no value left, it is shown as text.
void mendAliases(ReplicatedForest& forest);
bool aliasesStand(const ReplicatedForest& forest);

}  // namespace pe::document
