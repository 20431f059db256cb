// SPDX-License-Identifier: MIT
#include "condition_entries.hpp"

#include "described_fields.hpp"
#include "fields.hpp"
#include "step_place.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr int kMostDepth = 100;

void visitTexts(const yaml::Forest& forest, NodeRef node, int depth,
                const std::function<void(NodeRef, const std::string&)>& visit) {
    const NodeRef value = valueBehind(forest, node);
    if (value == yaml::kNoNode || depth > kMostDepth)
        return;
    if (!yaml::isCollection(forest.style(value))) {
        if (const auto text = textOf(forest, value))
            visit(value, *text);
        return;
    }
    for (const NodeRef child : forest.children(value))
        visitTexts(forest, child, depth + 1, visit);
}

}  // namespace

std::vector<ConditionEntry> conditionEntries(const StepContext& context) {
    std::vector<ConditionEntry> entries;
    const yaml::Forest& forest = context.pipeline.forest;
    const auto add = [&](std::string_view key, bool textOnly, bool afterBody, bool skips) {
        const NodeRef entry = entryOf(forest, context.step, key);
        if (entry != yaml::kNoNode)
            entries.push_back({entry, textOnly, afterBody, skips});
    };
    const bool loops = context.type == "while_loop";
    if (loops || placeOf(context.pipeline.graph, context.index).executed())
        add("condition", loops, false, !loops);
    if (context.type == "for_loop") {
        add("break_condition", false, true, false);
        add("continue_condition", false, true, false);
    }
    for (const NodeRef entry : describedFields(context, format::FieldKind::Condition))
        if (!keyIs(forest, entry, "condition") || forest.parent(entry) != context.step)
            entries.push_back({entry, false, false, false});
    return entries;
}

void forEachConditionText(const yaml::Forest& forest, NodeRef condition,
                          const std::function<void(NodeRef, const std::string&)>& visit) {
    visitTexts(forest, condition, 0, visit);
}

}  // namespace pe::check
