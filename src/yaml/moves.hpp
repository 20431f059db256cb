// SPDX-License-Identifier: MIT
// MoveFinder: of what vanished in one place and what is new in another, which is the same entry. An
// entry that appears word for word has moved. So has an item of a list with most of its lines, also
// into an entry that was put around it, or out of one that was taken away.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pe/yaml/difference.hpp"

namespace pe::yaml {

struct Move {
    NodeRef now = kNoNode;   // in the forest as it is: what vanished, or an item in it
    NodeRef then = kNoNode;  // in the tree: what is new, or an item in it
};

class MoveFinder {
public:
    MoveFinder(const RenderedForest& current, const Tree& next) : current_(current), next_(next) {}

    // No entry stands in two moves, nor do two that hold one another on one side.
    std::vector<Move> find(const std::vector<NodeRef>& gone, const std::vector<NodeRef>& newcomers);

private:
    void findWords(const std::vector<NodeRef>& gone, const std::vector<NodeRef>& newcomers);
    void findItem(NodeRef now);
    // A free item of that name with most of the lines; kNoNode if there is none.
    NodeRef namesake(NodeRef now, const std::string& name);
    void findAlike(NodeRef now);
    void noteItems(NodeRef then);
    bool isFree(NodeRef then) const;
    void take(NodeRef now, NodeRef then);

    const RenderedForest& current_;
    const Tree& next_;
    std::unordered_map<std::string, std::vector<NodeRef>> items_;
    std::vector<NodeRef> all_;
    std::set<NodeRef> takenNow_;
    std::set<NodeRef> takenThen_;
    std::set<NodeRef> aroundTaken_;
    std::vector<Move> moves_;
};

}  // namespace pe::yaml
