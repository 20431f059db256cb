// SPDX-License-Identifier: MIT
// The memory of a Tree: one flat vector of nodes with offsets into the text, in document order, and
// one of child references. Nothing in it is recursive, so that any depth is built and destroyed
// safely.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pe/yaml/tree.hpp"

namespace pe::yaml {

using Offset = std::uint32_t;

// Texts of an entry that touch each other share a boundary: key is [begin, keyEnd), colon is
// [keyEnd, colonEnd), and so on; the indent is [prefixEnd, begin), the suffix [footerEnd,
// suffixEnd).
struct TreeNode {
    NodeRef parent = kNoNode;
    Offset prefixBegin = 0;
    Offset prefixEnd = 0;
    Offset begin = 0;
    Offset keyEnd = 0;
    Offset colonEnd = 0;
    Offset propsEnd = 0;
    Offset openEnd = 0;
    Offset rawEnd = 0;
    Offset footerBegin = 0;
    Offset footerEnd = 0;
    Offset suffixEnd = 0;
    std::int32_t column = 0;
    std::int32_t offset = 0;
    std::uint32_t firstChild = 0;  // index into childRefs
    std::uint32_t childCount = 0;
    Style style = Style::Empty;
    bool trailingComma = false;
};

struct ParsedText {
    std::string text;
    std::vector<TreeNode> nodes;
    std::vector<NodeRef> childRefs;
    std::vector<Problem> problems;
    bool editable = true;
};

struct Tree::Data : ParsedText {};

class TreeBuilder {
public:
    static Tree build(ParsedText parsed);
};

}  // namespace pe::yaml
