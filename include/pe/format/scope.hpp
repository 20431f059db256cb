// SPDX-License-Identifier: MIT
// StepScope: which step a name means at a place. Built once from a Graph, which must outlive it.
//
// A name is looked for in the list that holds the reference, then in the lists around it, outwards;
// a nested pipeline sees the steps around it too, because the engine fills in its templates before
// it runs.
//  1. Earlier: the nearest list with a step of that name above the place; the last such step wins.
//  2. Inside: a step of the list that the referring step runs, as the condition of a loop means its
//     body.
//  3. Later: as Earlier without "above"; includes the referring step itself and the containers
//     around it.
//  4. Inside: one inside some other container, the last one above the place, else the first below.
//     The engine does not see that one, but the reference clearly means it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pe/format/graph.hpp"

namespace pe::format {

enum class Reach : std::uint8_t { Earlier, Later, Inside };

struct ResolvedStep {
    GraphIndex step = kNoGraphNode;
    Reach reach = Reach::Earlier;
};

bool isLoop(const GraphNode& node);
bool isInlinePipeline(const GraphNode& node);
// What an inline pipeline holds: its `workflow`, if it has one, else itself.
yaml::NodeRef workflowOf(const yaml::Forest& forest, yaml::NodeRef pipeline);
// The branch that is the inline pipeline around a node; kNoGraphNode: the file's own.
GraphIndex pipelineAround(const Graph& graph, GraphIndex node);

class StepScope {
public:
    explicit StepScope(const Graph& graph);

    std::optional<ResolvedStep> resolve(std::string_view name, GraphIndex holder) const;
    // A step directly below `parent` (kNoGraphNode: at the top level); the last of equal names.
    std::optional<GraphIndex> childNamed(std::string_view name, GraphIndex parent) const;

private:
    struct Entry {
        std::uint64_t hash;
        GraphIndex parent;
        GraphIndex step;
    };
    struct Range {
        const Entry* begin;
        const Entry* end;
    };
    Range named(std::uint64_t hash) const;
    Range inScope(Range range, GraphIndex parent) const;
    bool is(const Entry& entry, std::string_view name) const;

    const Graph* graph_;
    std::vector<Entry> entries_;  // sorted by hash, parent, step
};

}  // namespace pe::format
