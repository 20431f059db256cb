// SPDX-License-Identifier: MIT
// Operations of data_transform that fail or do nothing, whatever the data is.
#include <algorithm>
#include <string>
#include <vector>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "fixes.hpp"
#include "known_data.hpp"
#include "step_place.hpp"

namespace pe::check {
namespace {

using format::ResultKind;
using yaml::NodeRef;

std::vector<NodeRef> operationsOf(const yaml::Forest& forest, NodeRef step) {
    std::vector<NodeRef> operations;
    const NodeRef list = valueBehind(forest, entryOf(forest, step, "operations"));
    if (list != yaml::kNoNode && yaml::isSequence(forest.style(list)))
        for (const NodeRef item : forest.children(list))
            operations.push_back(mappingBehind(forest, item));
    return operations;
}

// Whether the step works on a variable whose items are no mappings.
bool worksOnScalars(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const PipelineNames& names = context.pipeline.names;
    const auto source = textOf(forest, entryOf(forest, context.step, "input_source"));
    if (!source || !names.isSetBefore(*source, context.index))
        return false;
    const NodeRef list = valueBehind(forest, names.onlyEntry(*source));
    if (list == yaml::kNoNode || !yaml::isSequence(forest.style(list)))
        return false;
    const auto items = forest.children(list);
    return std::any_of(items.begin(), items.end(), [&](NodeRef item) {
        return yaml::isScalar(forest.style(item)) && !isNull(forest, item);
    });
}

// What the operation lacks; empty if nothing.
std::string lackOf(const StepContext& context, NodeRef operation, bool first) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto has = [&](std::string_view key) {
        return !isNull(forest, entryOf(forest, operation, key));
    };
    const auto name = textOf(forest, entryOf(forest, operation, "operation"));
    if (name == "join" && !has("right_source"))
        return "A join without `right_source` fails; name the step whose list is joined.";
    if (name == "sort" && !has("field") && !has("by"))
        return "A sort without `field` changes nothing; name the field of the items that orders "
               "them.";
    if (name != "map")
        return {};
    if (!has("mapping") && !has("expression"))
        return "A map without `mapping` or `expression` changes nothing; say what becomes of the "
               "items.";
    if (has("mapping") && !has("field") && first && worksOnScalars(context))
        return "A map without `field` merges its `mapping` into each item, and fails on those that "
               "are no mappings.";
    return {};
}

}  // namespace

void checkOperations(const StepContext& context, Reporter& reporter) {
    if (context.type != "data_transform")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    bool first = true;
    for (const NodeRef each : operationsOf(forest, context.step)) {
        if (std::string lack = lackOf(context, each, first); !lack.empty())
            reporter.onValue("effect.operation", entryOf(forest, each, "operation"),
                             std::move(lack));
        first = false;
    }
}

void checkTextForms(const PipelineContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    for (format::GraphIndex i = 0; i < context.graph.nodes.size(); ++i) {
        const format::GraphNode& node = context.graph.nodes[i];
        if (node.type != "data_transform" || node.kind != format::NodeKind::Step ||
            isUnread(context.graph, i))
            continue;
        const NodeRef entry = entryOf(forest, mappingBehind(forest, node.ref), "output_format");
        if (textOf(forest, entry) != "string")
            continue;
        const KnownData data = transformed(context, i);
        const bool mapping = data.kind == ResultKind::Mapping;
        if (!mapping && (data.kind != ResultKind::MappingList || !data.filled))
            continue;
        Diagnostic& found = reporter.onValue("effect.string-format", entry,
                                             std::string("The data is a ") +
                                                 (mapping ? "mapping" : "list of mappings") +
                                                 ", which cannot become a text; write `json`.");
        found.fixes.push_back(
            setValueFix("Write `json`", entry, yaml::Value::ofString("json"), Safety::Choice));
    }
}

}  // namespace pe::check
