// SPDX-License-Identifier: MIT
// Graph: what the canvas draws, derived from a Forest: steps, the containers they nest in, the
// order of execution and the references between them. Derived, never stored; a broken part of the
// text gives no node, the rest does. Node order is YAML order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::format {

enum class NodeKind : std::uint8_t {
    Step,
    Branch,  // one case of a switch, its default, the inline pipeline of a step: a lane with steps
    Task,    // entry of `parallel_tasks` or `tasks`
};

using GraphIndex = std::uint32_t;
inline constexpr GraphIndex kNoGraphNode = 0xffffffff;

struct GraphNode {
    yaml::NodeRef ref = yaml::kNoNode;  // the entry in the forest
    GraphIndex parent = kNoGraphNode;   // the container node it stands in
    NodeKind kind = NodeKind::Step;
    bool container = false;    // has (or may have) nested nodes
    bool conditional = false;  // has a `condition`
    std::string name;          // as written; may be empty
    // Step type as written; of a Branch the key it stands under ("case" below `cases`, else
    // "default", "pipeline", "on_error", "error_handler", "on_not_found"); of a Task "task".
    std::string type;
    std::string preview;      // one line: start of the prompt, the condition, the operation
    std::uint32_t depth = 0;  // nesting
};

enum class EdgeKind : std::uint8_t {
    Sequence,          // order of execution
    PreviousResponse,  // prompt part `previous_response`
    Template,          // {{steps.x...}} and the other templates that name a step
    Condition,
    DataSource,
    Function,  // step -> definition in gemini_functions has no node: drawn to itself, `to` = from
    PipelineFile,  // likewise
    Variable,      // set_variable -> a template that reads the variable: {{state.x}}, {{x}}
};

inline constexpr std::size_t kEdgeKindCount = static_cast<std::size_t>(EdgeKind::Variable) + 1;

struct GraphEdge {
    GraphIndex from = kNoGraphNode;  // the step whose result is used (Sequence: the earlier one)
    GraphIndex to = kNoGraphNode;
    EdgeKind kind = EdgeKind::Sequence;
    yaml::NodeRef at = yaml::kNoNode;  // the entry that holds the reference
};

struct Graph {
    std::vector<GraphNode> nodes;  // parents before their children
    std::vector<GraphEdge> edges;
    yaml::NodeRef workflow = yaml::kNoNode;  // the `workflow` entry
    yaml::NodeRef steps = yaml::kNoNode;     // the `steps` entry below it
    // The step types it was derived with: the references of a team's types follow from them.
    // Outlives every question about references.
    const Catalogue* catalogue = nullptr;
};

Graph deriveGraph(const yaml::Forest& forest, const Catalogue& catalogue);

// The JSON and DOT forms of `pipeline graph` are in graph_export.hpp.

}  // namespace pe::format
