// SPDX-License-Identifier: MIT
// Values that act otherwise than they say, and results that cannot be used as they are.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "pattern_syntax.hpp"
#include "pe/check/pitfalls.hpp"
#include "prompt_parts.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kNoJsonForm =
    "It holds values that have no JSON form; writing it as JSON raises an exception.";

// A nested pipeline has a workflow of its own, whose header may change without its steps.
std::optional<std::string> presetOf(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef own = entryOf(forest, context.step, "preset");
    if (!isNull(forest, own))
        return textOf(forest, own);
    if (placeOf(context.pipeline.graph, context.index).pipeline != format::kNoGraphNode)
        return std::nullopt;
    const NodeRef workflow = mappingBehind(forest, context.pipeline.workflow);
    const auto of = [&](std::string_view group, std::string_view key) {
        return entryOf(forest, mappingBehind(forest, entryOf(forest, workflow, group)), key);
    };
    const NodeRef shared = of("defaults", "claude_preset");
    if (!isNull(forest, shared))
        return textOf(forest, shared);
    const auto aware = scalarOf(forest, entryOf(forest, context.step, "environment_aware"));
    if (!aware || aware->kind != yaml::Value::Kind::Boolean || !aware->boolean)
        return std::nullopt;
    const auto mode = textOf(forest, of("environment", "mode"));
    return mode == "production" || mode == "test" ? mode : std::nullopt;
}

void checkPreset(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef options = mappingBehind(forest, entryOf(forest, context.step, "claude_options"));
    const NodeRef tools = entryOf(forest, options, "allowed_tools");
    if (tools == yaml::kNoNode)
        return;
    const auto preset = presetOf(context);
    if (!preset || (*preset != "production" && *preset != "analysis" && *preset != "chat" &&
                    *preset != "test"))
        return;
    Diagnostic& found =
        reporter.onKey("effect.preset-tools", tools,
                       "The preset " + quoted(*preset) + " replaces this list of tools.");
    found.why =
        "claude_smart puts its own list in place of the step's for every preset but "
        "development. Other step types let the step win.";
    const NodeRef own = entryOf(forest, context.step, "preset");
    const NodeRef type = entryOf(forest, context.step, "type");
    found.fixes.push_back(fillFix("Use the preset `development`, which adds the list", context.step,
                                  own, type, "preset", yaml::Value::ofString("development"),
                                  Safety::Choice));
    found.fixes.push_back(removeFix("Remove the list", tools, Safety::Choice));
}

void checkParallelPart(const StepContext& context, NodeRef part, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, part, "step");
    const auto name = textOf(forest, entry);
    if (!name)
        return;
    const SeenStep seen = resultSeen(context.pipeline, *name, context.index);
    if (seen.sight != Sight::Visible ||
        context.pipeline.graph.nodes[seen.step].type != "parallel_claude")
        return;
    const NodeRef extract = entryOf(forest, part, "extract");
    const auto path = textOf(forest, extract);
    if (!path) {
        Diagnostic& found =
            reporter.onValue("effect.parallel-whole", entry,
                             "The whole result of a parallel_claude step cannot be inserted; add "
                             "`extract: combined_results`.");
        found.why = kNoJsonForm;
        if (isNull(forest, extract))
            found.fixes.push_back(fillFix("Add `extract: combined_results`", part, extract, entry,
                                          "extract", yaml::Value::ofString("combined_results"),
                                          Safety::Safe));
        return;
    }
    const std::string_view head = std::string_view(*path).substr(0, path->find('.'));
    if (head == "individual_results") {
        Diagnostic& found = reporter.onValue("effect.parallel-whole", extract,
                                             quoted(head) +
                                                 " of a parallel_claude step cannot be inserted; "
                                                 "take `combined_results`.");
        found.why = kNoJsonForm;
        found.fixes.push_back(fixText(extract, "combined_results", Safety::Choice));
        return;
    }
    if (head == "combined_results" || isLenient(forest, part))
        return;
    Diagnostic& found =
        reporter.onValue("effect.parallel-extract", extract,
                         quoted(*path) +
                             " is no part of a parallel result; it has combined_results and "
                             "individual_results.");
    found.why =
        "The ids of tasks are no keys of the result. A part that is not found ends the "
        "run.";
    found.fixes.push_back(fixText(extract, "combined_results", Safety::Choice));
}

void reportUnsaved(NodeRef entry, Reporter& reporter) {
    Diagnostic& found = reporter.onKey("effect.parallel-whole", entry,
                                       "The result of a parallel_claude step cannot be saved.");
    found.why = kNoJsonForm;
    found.fixes.push_back(removeFix("Remove `output_to_file`", entry, Safety::Choice));
}

void reportMappingKey(const yaml::Forest& forest, NodeRef entry, Reporter& reporter) {
    const std::string_view key = forest.key(entry);
    const auto kind = yaml::resolvePlain(key).kind;
    if (kind == yaml::Value::Kind::Integer || kind == yaml::Value::Kind::Float ||
        kind == yaml::Value::Kind::Boolean)
        reporter.onKey(
            "effect.mapping-key", entry,
            quoted(key) + " is never found, as values are compared as texts; put it in quotes.");
}

// A glob that can only be one, such as `*.ex` or `**/*.md`.
bool isGlob(std::string_view pattern) {
    return pattern.starts_with('*') || pattern.find("/*") != kNone;
}

// The expression for the last part of the glob, as only the names of files are looked at.
std::string expressionFor(std::string_view glob) {
    std::string_view name = glob.substr(glob.rfind('/') == kNone ? 0 : glob.rfind('/') + 1);
    const bool open = name.starts_with('*');
    name.remove_prefix(std::min(name.find_first_not_of('*'), name.size()));
    std::string expression = open ? "" : "^";
    bool words = false;
    for (const char c : name) {
        if (c == '{' || c == '}') {
            words = c == '{';
            expression += words ? '(' : ')';
        } else if (c == '*' || c == '?') {
            expression += c == '*' ? ".*" : ".";
        } else if (c == ',' && words) {
            expression += '|';
        } else {
            if (std::string_view(".+()|^$").find(c) != kNone)
                expression += '\\';
            expression += c;
        }
    }
    return expression + "$";
}

}  // namespace

void checkClaudeValues(const StepContext& context, Reporter& reporter) {
    if (context.type == "claude_smart")
        checkPreset(context, reporter);
    if (context.type != "for_loop")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, context.step, "break_on_error");
    if (entry != yaml::kNoNode && isTrue(forest, entryOf(forest, context.step, "parallel")))
        reporter
            .onKey("effect.break-in-parallel", entry,
                   "`break_on_error` has no effect in a parallel loop.")
            .fixes.push_back(removeFix("Remove `break_on_error`", entry, Safety::Choice));
}

void checkParallelResults(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.type == "parallel_claude") {
        const NodeRef entry = entryOf(forest, context.step, "output_to_file");
        if (entry != yaml::kNoNode && !isNull(forest, entry))
            reportUnsaved(entry, reporter);
    }
    // Nothing makes a result known to a batch; rules about the place of a step say so.
    if (isBatch(context.pipeline.graph, context.index))
        return;
    forEachPromptPart(forest, entryOf(forest, context.step, "prompt"), [&](NodeRef part) {
        if (textOf(forest, entryOf(forest, part, "type")) == "previous_response")
            checkParallelPart(context, part, reporter);
    });
}

void checkFileOperation(const StepContext& context, Reporter& reporter) {
    if (context.type != "file_ops")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const auto operation = textOf(forest, entryOf(forest, context.step, "operation"));
    const NodeRef pattern = entryOf(forest, context.step, "pattern");
    const auto glob = textOf(forest, pattern);
    if (operation != "list" || !glob)
        return;
    if (!isGlob(*glob)) {
        const std::string_view fault = patternFault(*glob);
        if (!fault.empty() && glob->find("{{") == std::string::npos)
            reporter.onValue(
                "effect.pattern", pattern,
                quoted(*glob) + " is no regular expression: " + std::string(fault) + ".");
        return;
    }
    Diagnostic& found =
        reporter.onValue("effect.glob-pattern", pattern,
                         quoted(*glob) + " is read as a regular expression on file names.");
    found.fixes.push_back(fixText(pattern, expressionFor(*glob), Safety::Choice));
}

// Of the three sources of a pipeline step this is the last one that is looked at.
bool runsReference(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto has = [&](std::string_view key) {
        return !isNull(forest, entryOf(forest, context.step, key));
    };
    return context.type == "pipeline" && has("pipeline_ref") && !has("pipeline_file") &&
           !has("pipeline");
}

void checkPipelineSource(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.type != "pipeline")
        return;
    const NodeRef file = entryOf(forest, context.step, "pipeline_file");
    const NodeRef pipeline = entryOf(forest, context.step, "pipeline");
    if (runsReference(context))
        reporter.onKey("effect.pipeline-ref", entryOf(forest, context.step, "pipeline_ref"),
                       "`pipeline_ref` always fails; use `pipeline_file` or an inline `pipeline`.");
    if (isNull(forest, file) || isNull(forest, pipeline))
        return;
    Diagnostic& found = reporter.onKey(
        "effect.pipeline-ignored", pipeline,
        "`pipeline` is ignored because `pipeline_file` names the pipeline to run; remove one.");
    found.fixes.push_back(removeFix("Remove `pipeline`", pipeline, Safety::Choice));
    found.fixes.push_back(removeFix("Remove `pipeline_file`", file, Safety::Choice));
}

void checkVariables(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, context.step, "variables");
    const NodeRef mapping = mappingBehind(forest, entry);
    const bool empty =
        mapping == yaml::kNoNode ? isNull(forest, entry) : forest.children(mapping).empty();
    const bool misnamed = entryOf(forest, context.step, "variable") != yaml::kNoNode ||
                          entryOf(forest, context.step, "value") != yaml::kNoNode;
    if (context.type != "set_variable" || !empty || misnamed)
        return;
    const NodeRef type = entryOf(forest, context.step, "type");
    reporter.onValue("effect.sets-nothing", entry == yaml::kNoNode ? type : entry,
                     "This step sets no variable; name some in `variables`.");
}

// A key that is no text equals no value.
void checkMappingKeys(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef operations = valueBehind(forest, entryOf(forest, context.step, "operations"));
    if (context.type != "data_transform" || operations == yaml::kNoNode ||
        !yaml::isSequence(forest.style(operations)))
        return;
    for (const NodeRef item : forest.children(operations)) {
        const NodeRef mapping =
            mappingBehind(forest, entryOf(forest, mappingBehind(forest, item), "mapping"));
        if (mapping == yaml::kNoNode)
            continue;
        for (const NodeRef child : forest.children(mapping))
            reportMappingKey(forest, child, reporter);
    }
}

void checkFunctions(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef functions = entryOf(forest, context.step, "functions");
    const NodeRef list = valueBehind(forest, functions);
    if (!failsLive(context.type, "functions") || list == yaml::kNoNode ||
        !yaml::isSequence(forest.style(list)) || forest.children(list).empty())
        return;
    reporter
        .onKey("effect.tool-registry", functions,
               "A live `gemini_instructor` step fails with `functions`; remove them.")
        .fixes.push_back(removeFix("Remove `functions`", functions, Safety::Choice));
}

void checkSessions(const PipelineContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    std::vector<std::string> names;
    for (format::GraphIndex i = 0; i < context.graph.nodes.size(); ++i) {
        const format::GraphNode& node = context.graph.nodes[i];
        if (node.kind != format::NodeKind::Step || node.type != "claude_session" ||
            isUnread(context.graph, i))
            continue;
        const NodeRef step = mappingBehind(forest, node.ref);
        const NodeRef config = mappingBehind(forest, entryOf(forest, step, "session_config"));
        const NodeRef entry = entryOf(forest, config, "session_name");
        const auto name = textOf(forest, entry);
        if (!name)
            continue;
        if (std::find(names.begin(), names.end(), *name) != names.end())
            reporter.onValue("effect.session-name", entry,
                             "This step does not continue the session " + quoted(*name) +
                                 " of an earlier one; it begins a new conversation.");
        names.push_back(*name);
    }
}

}  // namespace pe::check
