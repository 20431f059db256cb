// SPDX-License-Identifier: MIT
// What the place of a step takes from it: loop bodies, tasks, steps that are never reached.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "pe/check/pitfalls.hpp"
#include "source_entries.hpp"
#include "source_syntax.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::ResultKind;
using yaml::NodeRef;

// A `break` that ends a round as the break_condition of its loop, which is looked at then.
std::optional<Fix> breakFix(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphNode& node = graph.nodes[context.index];
    const format::GraphNode& loop = graph.nodes[node.parent];
    const NodeRef mapping = mappingBehind(forest, loop.ref);
    const auto condition = textOf(forest, entryOf(forest, context.step, "condition"));
    const auto siblings = forest.children(forest.parent(node.ref));
    if (context.type != "break" || loop.type != "for_loop" || !condition || siblings.empty() ||
        siblings.back() != node.ref || entryOf(forest, mapping, "break_condition") != yaml::kNoNode)
        return std::nullopt;
    const std::string title = "Make its condition the `break_condition` of the loop";
    document::Batch batch;
    batch.commands.push_back(
        {document::Insert{mapping, entryOf(forest, mapping, "data_source"), "break_condition",
                          yaml::Value::ofString(*condition)},
         title, 0});
    batch.commands.push_back({document::Remove{node.ref}, title, 0});
    return Fix{title, false, document::Command{std::move(batch), title, 0}};
}

void checkLoopType(const StepContext& context, Reporter& reporter) {
    const NodeRef type = entryOf(context.pipeline.forest, context.step, "type");
    if (context.type == "break" || context.type == "continue") {
        Diagnostic& found = reporter.onValue("effect.loop-control", type,
                                             quoted(context.type) +
                                                 " crashes the run; a for_loop ends early by its "
                                                 "`break_condition`.");
        if (auto fix = breakFix(context))
            found.fixes.push_back(std::move(*fix));
        return;
    }
    if (context.spec == nullptr || !context.spec->loadable || context.spec->inLoops)
        return;
    reporter
        .onValue("effect.loop-type", type,
                 "A loop cannot run a " + quoted(context.type) + " step; the loop fails there.")
        .why = "Loop bodies run the AI types, set_variable, for_loop and while_loop.";
}

void checkIgnored(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    for (const std::string_view key : kIgnoredInLoops) {
        const NodeRef entry = entryOf(forest, context.step, key);
        if (entry == yaml::kNoNode || !isIgnoredInLoop(context.type, key) || isNull(forest, entry))
            continue;
        Diagnostic& found = reporter.onKey(
            "effect.ignored-in-loop", entry,
            key == "condition" ? "Conditions are ignored inside loops: this step always runs."
                               : quoted(key) + " is ignored inside loops.");
        found.why = "Loops run their steps themselves and look at nothing but type and its fields.";
        found.fixes.push_back(removeFix("Remove " + quoted(key), entry, Safety::Choice));
    }
}

NodeRef lastOf(const yaml::Forest& forest, NodeRef list) {
    const auto items = forest.children(list);
    return items.empty() ? yaml::kNoNode : items.back();
}

// A prompt that is a list may hold both, the text and the file.
void reportBatchFile(const StepContext& context, NodeRef prompt, NodeRef file, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    Diagnostic& found = reporter.onKey("effect.batch-file", file,
                                       "`file` is ignored because this task has a prompt.");
    const auto text = textOf(forest, prompt);
    auto path = yaml::valueOf(forest, file);
    if (!path || (!text && prompt != entryOf(forest, context.step, "prompt")))
        return;
    const std::string title =
        text ? "Make both parts of the prompt" : "Make it a part of the prompt";
    yaml::Value part =
        yaml::Value::mapping({{yaml::Value::ofString("type"), yaml::Value::ofString("file")},
                              {yaml::Value::ofString("path"), std::move(*path)}});
    document::Batch batch;
    if (text)
        batch.commands.push_back(
            {document::SetValue{prompt,
                                yaml::Value::sequence({staticPart(*text), std::move(part)})},
             title, 0});
    else
        batch.commands.push_back(
            {document::Insert{prompt, lastOf(forest, prompt), "", std::move(part)}, title, 0});
    batch.commands.push_back({document::Remove{file}, title, 0});
    found.fixes.push_back({title, false, document::Command{std::move(batch), title, 0}});
}

// Whether a task uses the prompt of the step, having neither prompt nor file.
bool lendsPrompt(const yaml::Forest& forest, NodeRef step) {
    const NodeRef tasks = valueBehind(forest, entryOf(forest, step, "tasks"));
    if (tasks == yaml::kNoNode || !yaml::isSequence(forest.style(tasks)))
        return true;
    const auto items = forest.children(tasks);
    return std::any_of(items.begin(), items.end(), [&](NodeRef item) {
        const NodeRef task = mappingBehind(forest, item);
        return task != yaml::kNoNode && isNull(forest, entryOf(forest, task, "prompt")) &&
               isNull(forest, entryOf(forest, task, "file"));
    });
}

// Batch tasks see no results, and fail at the first part that asks for one.
void checkBatchPrompt(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef prompt = valueBehind(forest, entryOf(forest, context.step, "prompt"));
    if (prompt == yaml::kNoNode || !yaml::isSequence(forest.style(prompt)))
        return;
    for (const NodeRef item : forest.children(prompt)) {
        const NodeRef type = entryOf(forest, mappingBehind(forest, item), "type");
        if (textOf(forest, type) != "previous_response")
            continue;
        Diagnostic& found =
            reporter.onValue("effect.batch-reference", type,
                             "A batch task sees no results of other steps and fails at this part.");
        found.why = "The prompts of batch tasks are built without results.";
        found.fixes.push_back(removeFix("Remove this part", item, Safety::Choice));
    }
}

bool alwaysFails(const yaml::Forest& forest, NodeRef step) {
    return (isTrue(forest, entryOf(forest, step, "fail")) ||
            textOf(forest, entryOf(forest, step, "value")) == "__FAIL__") &&
           isNull(forest, entryOf(forest, step, "condition"));
}

// Those whose variables the step takes its data from.
void eraseRead(const PipelineContext& context, GraphIndex index, std::set<GraphIndex>& setters) {
    const format::GraphNode& node = context.graph.nodes[index];
    const StepContext step{context, index, mappingBehind(context.forest, node.ref), node.type};
    for (const SourceEntry& each : sourceEntries(step)) {
        const auto text = textOf(context.forest, each.entry);
        if (!text || each.language == SourceLanguage::Right)
            continue;
        const SourceSyntax source = parseSource(*text, each.language);
        if (source.kind == SourceKind::Name && !source.variable)
            for (const GraphIndex setter :
                 context.names.settersBefore(source.name.in(*text), index))
                setters.erase(setter);
    }
}

}  // namespace

void checkLoopBody(const StepContext& context, Reporter& reporter) {
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphNode& node = graph.nodes[context.index];
    if (node.kind != format::NodeKind::Step || node.parent == format::kNoGraphNode ||
        !isLoop(graph.nodes[node.parent]))
        return;
    checkLoopType(context, reporter);
    checkIgnored(context, reporter);
}

// A source of the same round reads what is set there, and nothing else does.
void checkLoopVariables(const PipelineContext& context, Reporter& reporter) {
    const format::Graph& graph = context.graph;
    std::set<GraphIndex> setters;
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].kind == format::NodeKind::Step &&
            graph.nodes[i].type == "set_variable" &&
            graph.nodes[i].parent != format::kNoGraphNode &&
            isLoop(graph.nodes[graph.nodes[i].parent]) && !isUnread(graph, i))
            setters.insert(i);
    for (GraphIndex i = 0; i < graph.nodes.size() && !setters.empty(); ++i)
        if (placeOf(graph, i).loop != format::kNoGraphNode)
            eraseRead(context, i, setters);
    for (const GraphIndex setter : setters)
        reporter
            .onValue("effect.set-variable-in-loop",
                     entryOf(context.forest, mappingBehind(context.forest, graph.nodes[setter].ref),
                             "type"),
                     "What is set inside a loop is gone after each round, and outside.")
            .why =
            "The variables of a round are thrown away with it, and the templates of the loop "
            "were expanded before it began.";
}

void checkTask(const StepContext& context, Reporter& reporter) {
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphNode& node = graph.nodes[context.index];
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.type == "claude_batch") {
        if (lendsPrompt(forest, context.step))
            checkBatchPrompt(context, reporter);
        return;
    }
    if (node.kind != format::NodeKind::Task || graph.nodes[node.parent].type != "claude_batch")
        return;
    const NodeRef prompt = valueBehind(forest, entryOf(forest, context.step, "prompt"));
    const NodeRef file = entryOf(forest, context.step, "file");
    if (prompt != yaml::kNoNode && !isNull(forest, file) &&
        (textOf(forest, prompt) || yaml::isSequence(forest.style(prompt))))
        reportBatchFile(context, prompt, file, reporter);
    checkBatchPrompt(context, reporter);
}

void checkReach(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    if (graph.nodes[context.index].kind != format::NodeKind::Step ||
        !placeOf(graph, context.index).executed())
        return;
    if (context.type != "test_echo" || !alwaysFails(forest, context.step))
        return;
    const GraphIndex parent = graph.nodes[context.index].parent;
    for (GraphIndex i = context.index + 1; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].parent != parent || graph.nodes[i].kind != format::NodeKind::Step)
            continue;
        reporter
            .onValue("effect.unreachable", entryOf(forest, context.step, "type"),
                     "This step always fails: " + quoted(graph.nodes[i].name) +
                         " and what follows is never reached.")
            .why = "The first failing step ends the run.";
        return;
    }
}

}  // namespace pe::check
