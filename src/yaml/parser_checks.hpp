// SPDX-License-Identifier: MIT
// Checks of a parsed text that need no grammar (its bytes) or all of the tree (keys, aliases).
#pragma once

#include "tree_data.hpp"

namespace pe::yaml {

// Invalid UTF-8 and characters that no YAML text may hold.
void checkBytes(ParsedText& parsed, std::size_t maxProblems);
// Equal keys in one mapping.
void checkKeys(ParsedText& parsed, std::size_t maxProblems);
// Aliases without an anchor before them in their document.
void checkAliases(ParsedText& parsed, std::size_t maxProblems);

}  // namespace pe::yaml
