// SPDX-License-Identifier: MIT
// Version: one side of a comparison: its forest, its steps, and what an entry means.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::compare {

class Version {
public:
    Version(const yaml::Forest& forest, const format::Catalogue& catalogue);

    const yaml::Forest& forest() const { return forest_; }
    const format::Graph& graph() const { return graph_; }
    const format::GraphNode& node(format::GraphIndex index) const { return graph_.nodes[index]; }
    // Nodes directly below one, kNoGraphNode for the top, in order.
    const std::vector<format::GraphIndex>& below(format::GraphIndex parent) const;
    // The node of an entry; kNoGraphNode if it is none.
    format::GraphIndex indexOf(yaml::NodeRef ref) const;
    // True for collections that hold nodes: what is in them is compared as steps.
    bool holdsNodes(yaml::NodeRef ref) const;

    // The value of an entry as JSON; what stands there if it cannot be read.
    std::string meaning(yaml::NodeRef ref) const;
    // The comments at an entry itself, one a line, without their signs.
    std::string comments(yaml::NodeRef ref) const;

private:
    const yaml::Forest& forest_;
    format::Graph graph_;
    std::vector<std::vector<format::GraphIndex>> below_;  // by index + 1
    std::unordered_map<yaml::NodeRef, format::GraphIndex> byRef_;
};

}  // namespace pe::compare
