// SPDX-License-Identifier: MIT
// GraphBuilder: walks the step lists of a forest and makes the nodes and sequence edges of a Graph.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entry_references.hpp"
#include "entry_summary.hpp"
#include "field_role.hpp"
#include "pe/format/graph.hpp"
#include "step_facts.hpp"

namespace pe::format {

class GraphBuilder {
public:
    // `memory` may be null.
    GraphBuilder(const yaml::Forest& forest, const Catalogue& catalogue, EntrySummaries* memory)
        : forest_(forest), catalogue_(catalogue), memory_(memory), anchors_(forest) {}
    Graph build();

private:
    struct Place {
        GraphIndex parent = kNoGraphNode;
        std::uint32_t depth = 0;
    };

    yaml::NodeRef findWorkflow() const;
    void walkSteps(yaml::NodeRef list, Place place);
    void walkStep(yaml::NodeRef entry, Place place, GraphIndex& previous);
    void walkTasks(yaml::NodeRef list, Place place);
    void walkBranch(yaml::NodeRef entry, std::string name, std::string_view type, Place place);
    void walkNested(FieldRole role, yaml::NodeRef node, Place place);
    GraphIndex add(GraphNode node);
    // The mapping that an item of a step list is or stands for; kNoNode if it is something else.
    yaml::NodeRef mappingOf(yaml::NodeRef item);
    // The text of a field, or of what its alias stands for; then `followed` is set.
    std::string textOf(const StepFacts& facts, FieldRole role, bool& followed);
    // Null for what is no mapping. Views `read`, or what is remembered.
    const EntrySummary* summaryOf(yaml::NodeRef item, bool task, EntrySummary& read);

    const yaml::Forest& forest_;
    const Catalogue& catalogue_;
    EntrySummaries* memory_;
    Anchors anchors_;
    Graph graph_;
};

}  // namespace pe::format
