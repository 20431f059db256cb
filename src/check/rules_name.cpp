// SPDX-License-Identifier: MIT
// Names of steps and of what they give names to.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fields.hpp"
#include "fixes.hpp"
#include "misspelt_key.hpp"
#include "rule.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::NodeKind;
using yaml::NodeRef;

constexpr RuleInfo kInfos[] = {
    {"name.duplicate", Severity::Warning, "Two steps of one name",
     "Results are stored under the step's name: the later step replaces the earlier one's result. "
     "The loader does not check it.",
     "D21"},
    {"name.shadowed", Severity::Information, "A name that hides an outer step",
     "Prompt parts and conditions in the loop or nested pipeline mean the inner step once it has "
     "run. Templates are filled in before the loop or pipeline begins, and mean the outer one.",
     "D21"},
    {"name.nested-missing", Severity::Warning, "A nested step without a name",
     "The loader does not look into loops and nested pipelines; the result of a step without a "
     "name is stored under nothing and cannot be used.",
     "D12 D20"},
    {"name.not-text", Severity::Warning, "A name that is no text",
     "A number, a date or true as a name is stored as such: prompt parts that write it the same "
     "way find it, but paths in templates and conditions are texts and do not.",
     ""},
    {"name.reserved", Severity::Warning, "A name that the engine gives to something else",
     "A for_loop stores the item of the round under the name that `iterator` gives, and then "
     "index, total, first, last, level, and parent in a nested loop. A data_transform stores its "
     "result under `output_field`, or under its own name, and then facts about it as metadata. The "
     "later one replaces the other.",
     ""},
    {"name.task-duplicate", Severity::Warning, "Two tasks of one id",
     "Results of tasks are kept by id; tasks of the same id, or without one, replace each other.",
     "D46"},
};

NodeRef nameEntry(const PipelineContext& context, const GraphNode& node) {
    return entryOf(context.forest, mappingBehind(context.forest, node.ref), "name");
}

struct PlacedName {
    std::string_view name;
    GraphIndex parent;
    bool operator==(const PlacedName&) const = default;
};
struct PlacedNameHash {
    std::size_t operator()(const PlacedName& each) const {
        return std::hash<std::string_view>()(each.name) * 31 + each.parent;
    }
};

// `stem`_2 or the like, which no step has.
std::string freeName(const PipelineContext& context, const std::string& stem, int first) {
    const auto& nodes = context.graph.nodes;
    for (int number = first;; ++number) {
        std::string free = stem + "_" + std::to_string(number);
        if (std::none_of(nodes.begin(), nodes.end(),
                         [&](const GraphNode& each) { return each.name == free; }))
            return free;
    }
}

void reportDuplicate(const PipelineContext& context, const GraphNode& node, NodeRef name,
                     Reporter& reporter) {
    const bool alias = context.forest.style(node.ref) == yaml::Style::Alias;
    Diagnostic& found = reporter.onValue("name.duplicate", alias ? node.ref : name,
                                         "Another step above is called `" + shortened(node.name) +
                                             "` too; this one replaces its result.");
    if (alias)  // the name is that of the step above as well
        return;
    const std::string free = freeName(context, node.name, 2);
    const std::string title = "Rename to `" + free + "`";
    found.fixes.push_back(
        {title, false, document::Command{document::RenameStep{node.ref, free}, title, 0}});
}

// A step of the same name in a list around the node's.
bool hides(const PipelineContext& context, const GraphNode& node) {
    for (GraphIndex outer = node.parent; outer != format::kNoGraphNode;) {
        const GraphNode& around = context.graph.nodes[outer];
        outer = around.parent;
        if (around.kind == NodeKind::Step &&
            (around.name == node.name || context.scope.childNamed(node.name, outer)))
            return true;
    }
    return false;
}

void checkNames(const PipelineContext& context, Reporter& reporter) {
    std::unordered_map<PlacedName, GraphIndex, PlacedNameHash> seen;
    for (GraphIndex index = 0; index < context.graph.nodes.size(); ++index) {
        const GraphNode& node = context.graph.nodes[index];
        if (node.kind != NodeKind::Step || node.name.empty() || isUnread(context.graph, index))
            continue;
        if (!seen.emplace(PlacedName{node.name, node.parent}, index).second)
            reportDuplicate(context, node, nameEntry(context, node), reporter);
        else if (node.parent != format::kNoGraphNode && hides(context, node))
            reporter.onValue("name.shadowed", nameEntry(context, node),
                             "`" + shortened(node.name) + "` hides the step of that name outside.");
    }
}

void reportUnnamed(const StepContext& context, NodeRef name, Reporter& reporter) {
    Diagnostic& found =
        reporter.onKey("name.nested-missing", name == yaml::kNoNode ? context.step : name,
                       "This step has no `name`; nothing can use its result.");
    const yaml::Forest& forest = context.pipeline.forest;
    if (const NodeRef misspelt = misspeltKey(forest, context.step, "name");
        misspelt != yaml::kNoNode)
        found.fixes.push_back(misspeltKeyFix(forest, misspelt, "name"));
    const std::string free = freeName(context.pipeline, "step", 1);
    found.fixes.push_back(fillFix("Name it `" + free + "`", context.step, name, yaml::kNoNode,
                                  "name", yaml::Value::ofString(free), Safety::Choice));
}

// References are written anew when a step gets another name, and so as texts.
Fix quoteNameFix(const PipelineContext& context, const GraphNode& node) {
    const std::string title = "Put it in quotes, also where it is referred to";
    document::Batch batch;
    for (const std::string& name : {freeName(context, "step", 1), node.name})
        batch.commands.push_back({document::RenameStep{node.ref, name}, title, 0});
    return {title, false, document::Command{std::move(batch), title, 0}};
}

void checkName(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const GraphNode& node = context.pipeline.graph.nodes[context.index];
    if (node.kind != NodeKind::Step)
        return;
    const NodeRef name = entryOf(forest, context.step, "name");
    if (isNull(forest, name)) {
        if (!context.topLevel && context.step != yaml::kNoNode)
            reportUnnamed(context, name, reporter);
        return;
    }
    const auto value = scalarOf(forest, name);
    if (!value || value->isString())
        return;
    Diagnostic& found =
        reporter.onValue("name.not-text", name,
                         "The engine reads this name as a number or a truth value; put it in "
                         "quotes.");
    if (context.step == node.ref)
        found.fixes.push_back(quoteNameFix(context.pipeline, node));
}

// What the engine stores itself replaces what the author gives the same name.
void checkReserved(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto report = [&](NodeRef entry, const std::string& lost) {
        reporter.onValue("name.reserved", entry,
                         lost + " cannot be called " + quoted(textOf(forest, entry).value_or("")) +
                             ": the engine stores its own under that name.");
    };
    if (context.type == "for_loop") {
        static constexpr std::array<std::string_view, 5> kCounters = {"index", "total", "first",
                                                                      "last", "level"};
        const NodeRef iterator = entryOf(forest, context.step, "iterator");
        const std::string item = textOf(forest, iterator).value_or("");
        const bool nested =
            placeOf(context.pipeline.graph, context.index).loop != format::kNoGraphNode;
        if (std::find(kCounters.begin(), kCounters.end(), item) != kCounters.end() ||
            (nested && item == "parent"))
            report(iterator, "The item of a loop");
    } else if (context.type == "data_transform") {
        const NodeRef field = entryOf(forest, context.step, "output_field");
        const NodeRef entry = isNull(forest, field) ? entryOf(forest, context.step, "name") : field;
        if (textOf(forest, entry) == "metadata")
            report(entry, "The result of a data_transform");
    }
}

void checkTaskIds(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const bool parallel = context.type == "parallel_claude";
    if (!parallel && context.type != "claude_batch")
        return;
    const NodeRef list =
        valueBehind(forest, entryOf(forest, context.step, parallel ? "parallel_tasks" : "tasks"));
    if (list == yaml::kNoNode || !yaml::isSequence(forest.style(list)))
        return;
    std::unordered_map<std::string, NodeRef> seen;
    for (const NodeRef task : forest.children(list)) {
        const NodeRef mapping = mappingBehind(forest, task);
        const NodeRef id = entryOf(forest, mapping, parallel ? "id" : "task_id");
        if (mapping == yaml::kNoNode || (!parallel && id == yaml::kNoNode))
            continue;
        const std::string name = textOf(forest, id).value_or("");
        if (!seen.emplace(name, task).second)
            reporter.onValue("name.task-duplicate", id == yaml::kNoNode ? task : id,
                             name.empty() ? "Two tasks have no `id`; their results replace each "
                                            "other."
                                          : "Another task above has the id `" + shortened(name) +
                                                "` too; this one replaces its result.");
    }
}

}  // namespace

const RuleSet& nameRules() {
    static const RuleSet kSet{kInfos, {checkName, checkReserved, checkTaskIds}, {checkNames}};
    return kSet;
}

}  // namespace pe::check
