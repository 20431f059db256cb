// SPDX-License-Identifier: MIT
// What the place of a step takes from it: loop bodies, tasks, steps that are never reached.
#include <algorithm>
#include <array>
#include <string>

#include "condition_faults.hpp"
#include "described_fields.hpp"
#include "effect_rules.hpp"
#include "fields.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

constexpr std::array<std::string_view, 12> kLoopTypes = {
    "claude",        "gemini",         "parallel_claude", "gemini_instructor",
    "claude_smart",  "claude_session", "claude_extract",  "claude_batch",
    "claude_robust", "set_variable",   "for_loop",        "while_loop"};

bool savesItself(std::string_view type) {
    return type == "parallel_claude" || type == "gemini_instructor";
}

void checkLoopType(const StepContext& context, Reporter& reporter) {
    const NodeRef type = entryOf(context.pipeline.forest, context.step, "type");
    if (context.type == "break" || context.type == "continue") {
        reporter.onValue("effect.loop-control", type,
                         quoted(context.type) +
                             " crashes the run; a for_loop ends early by its "
                             "`break_condition`.");
        return;
    }
    if (context.spec == nullptr || !context.spec->loadable || isTeamStep(context) ||
        std::find(kLoopTypes.begin(), kLoopTypes.end(), context.type) != kLoopTypes.end())
        return;
    reporter
        .onValue("effect.loop-type", type,
                 "A loop cannot run a " + quoted(context.type) + " step; the loop fails there.")
        .why = "Loop bodies run the AI types, set_variable, for_loop and while_loop.";
}

void checkIgnored(const StepContext& context, Reporter& reporter) {
    static constexpr std::array<std::string_view, 3> kKeys = {"condition", "output_to_file",
                                                              "streaming"};
    const yaml::Forest& forest = context.pipeline.forest;
    for (const std::string_view key : kKeys) {
        const NodeRef entry = entryOf(forest, context.step, key);
        const bool used = (key == "condition" && context.type == "while_loop") ||
                          (key == "output_to_file" && savesItself(context.type));
        if (entry == yaml::kNoNode || used || isNull(forest, entry))
            continue;
        Diagnostic& found = reporter.onKey(
            "effect.ignored-in-loop", entry,
            key == "condition" ? "Conditions are ignored inside loops: this step always runs."
                               : quoted(key) + " is ignored inside loops.");
        found.why = "Loops run their steps themselves and look at nothing but type and its fields.";
    }
}

bool alwaysFails(const yaml::Forest& forest, NodeRef step) {
    const auto fail = scalarOf(forest, entryOf(forest, step, "fail"));
    const bool told = fail && fail->kind == yaml::Value::Kind::Boolean && fail->boolean;
    return (told || textOf(forest, entryOf(forest, step, "value")) == "__FAIL__") &&
           isNull(forest, entryOf(forest, step, "condition"));
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
    if (context.type != "set_variable")
        return;
    const NodeRef type = entryOf(context.pipeline.forest, context.step, "type");
    reporter
        .onValue("effect.set-variable-in-loop", type,
                 "What is set inside a loop is gone after each round, and outside.")
        .why =
        "The variables of a round are thrown away with it, and the templates of the loop "
        "were expanded before it began.";
}

void checkTask(const StepContext& context, Reporter& reporter) {
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphNode& node = graph.nodes[context.index];
    if (node.kind != format::NodeKind::Task || graph.nodes[node.parent].type != "claude_batch")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef prompt = valueBehind(forest, entryOf(forest, context.step, "prompt"));
    if (prompt == yaml::kNoNode)
        return;
    const NodeRef file = entryOf(forest, context.step, "file");
    if (file != yaml::kNoNode && textOf(forest, prompt))
        reporter.onKey("effect.batch-file", file,
                       "`file` is ignored because the prompt of this task is a text.");
    if (!yaml::isSequence(forest.lexeme(prompt).style))
        return;
    for (const NodeRef item : forest.children(prompt)) {
        const NodeRef type = entryOf(forest, mappingBehind(forest, item), "type");
        if (textOf(forest, type) == "previous_response")
            reporter
                .onValue("effect.batch-reference", type,
                         "A batch task sees no results of other steps and fails at this part.")
                .why = "The prompts of batch tasks are built without results.";
    }
}

void checkReach(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    if (graph.nodes[context.index].kind != format::NodeKind::Step ||
        !placeOf(graph, context.index).executed())
        return;
    const NodeRef condition = valueBehind(forest, entryOf(forest, context.step, "condition"));
    const auto text = textOf(forest, condition);
    if (text && conditionProblems(*text).empty()) {
        const Decided decided = decidedBy(*text);
        if (decided == Decided::AlwaysFalse)
            reporter.onValue("effect.never-runs", condition,
                             "The condition is always false: the step never runs.");
        if (decided == Decided::AlwaysTrue)
            reporter.onValue("effect.always-runs", condition, "The condition is always true.")
                .fixes.push_back(removeFix("Remove the condition", condition, Safety::Safe));
    }
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
