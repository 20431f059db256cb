// SPDX-License-Identifier: MIT
// Checks that an entry may stand, come or go somewhere.
#pragma once

#include <string_view>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

bool isChild(const Forest& forest, NodeRef parent, NodeRef node);
// A collection, and `after` one of its children or kNoNode.
Result<void> checkTarget(const Forest& forest, NodeRef parent, NodeRef after);
// Conflict if another entry of the mapping has this key.
Result<void> checkKeyIsFree(const Forest& forest, NodeRef mapping, std::string_view key,
                            NodeRef except = kNoNode);
// Neither a document nor a part that is kept as text only.
Result<void> checkIsEntry(const Forest& forest, NodeRef node);

}  // namespace pe::yaml
