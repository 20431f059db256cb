// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "fields.hpp"
#include "fixes.hpp"
#include "loader_step.hpp"
#include "misspelt_key.hpp"
#include "nearest.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"loader.step-kind", Severity::Error, "A step is no mapping",
     "Every item of `steps` is a mapping with `name`, `type` and the fields of that type. Anything "
     "else stops the loader with an exception.",
     "D25"},
    {"name.missing", Severity::Error, "A step has no name",
     "The loader refuses a step at the top level without `name`; its result is stored under it.",
     "D12"},
    {"type.missing", Severity::Error, "A step has no type",
     "The type decides what a step does. The loader refuses a step at the top level without one.",
     ""},
    {"type.unknown", Severity::Error, "Unknown step type",
     "The loader knows a fixed list of step types and refuses all others, those of team tools and "
     "templated types included.",
     "D10"},
    {"type.refused", Severity::Error, "Documented step type that is refused",
     "The guides describe switch, checkpoint and codebase_query, but the loader refuses them and "
     "no code runs them. test_echo exists only while the engine tests itself; break and continue "
     "only inside loops, where they crash the run.",
     "D01 D04 D06 D09 D51"},
    {"type.team", Severity::Hint, "A step type of the team",
     "The type is described in `.pipeline-steps`. The engine's own loader does not know it; what "
     "the team's engine asks of its steps stands in that folder.",
     ""},
    {"loader.tasks-missing", Severity::Error, "No tasks",
     "parallel_claude needs `parallel_tasks`; claude_batch needs `tasks` or a `prompt`.",
     "D13 D14"},
    {"prompt.missing", Severity::Error, "No prompt",
     "Steps that ask a model need a `prompt`, a list of prompt parts.", ""},
    {"prompt.text", Severity::Error, "The prompt is no list",
     "A prompt is a list of parts. Many guides write plain text; the loader refuses that, and on "
     "types that need no prompt it stops with an exception, as the run does at a task of "
     "parallel_claude. Tasks of claude_batch take text too.",
     "D24"},
    {"prompt.part-kind", Severity::Error, "A prompt part is no mapping",
     "Every prompt part is a mapping with a `type`. Anything else stops the loader with an "
     "exception.",
     "D25"},
    {"prompt.part-type", Severity::Error, "A prompt part without a known type",
     "The types of prompt parts are static, file, previous_response, session_context and "
     "claude_continue. A part type `dynamic`, as one guide has it, is refused.",
     ""},
    {"prompt.part-incomplete", Severity::Error, "A prompt part lacks its field",
     "static needs `content`, file `path`, previous_response `step`, and session_context and "
     "claude_continue `session_id`, which no guide shows for claude_continue.",
     "D16"},
    {"prompt.step-name", Severity::Error, "A step reference that is no name",
     "The loader compares `step` with the names of the steps at the top level as values: a number, "
     "an empty text or a template is no step, unless a step is called just so.",
     ""},
    {"loader.functions-kind", Severity::Error, "functions is no list",
     "`functions` is a list of names out of `gemini_functions`.", "D17"},
    {"loader.function-undefined", Severity::Error, "A function that is not defined",
     "The loader compares the names under `functions` of steps at the top level with "
     "`workflow.gemini_functions`, whatever the type of the step.",
     "D17"},
    {"loader.options-kind", Severity::Error, "claude_options is no mapping",
     "A value that is no mapping stops the loader with an exception on claude steps; on other "
     "types the step fails.",
     "D25"},
    {"loader.streaming", Severity::Error, "Refused streaming option",
     "On claude steps the loader checks async_streaming (true or false) and, when it is true, "
     "stream_handler and stream_buffer_size.",
     "D26"},
};

constexpr std::array<std::string_view, 8> kWithoutPrompt{
    "parallel_claude", "set_variable",   "pipeline", "for_loop",
    "while_loop",      "data_transform", "file_ops", "claude_batch"};

bool isOneOf(std::string_view word, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What the fields of a step without a type say it is. The second: nothing else has such a field.
std::string_view typeByFields(const yaml::Forest& forest, NodeRef step) {
    constexpr std::pair<std::string_view, std::string_view> kTellTale[] = {
        {"parallel_tasks", "parallel_claude"},
        {"data_source", "for_loop"},
        {"iterator", "for_loop"},
        {"input_source", "data_transform"},
        {"operations", "data_transform"},
        {"pipeline_file", "pipeline"},
        {"pipeline", "pipeline"},
        {"tasks", "claude_batch"},
        {"batch_config", "claude_batch"},
        {"session_config", "claude_session"},
        {"extraction_config", "claude_extract"},
        {"retry_config", "claude_robust"},
        {"environment_aware", "claude_smart"},
        {"token_budget", "gemini"},
        {"claude_options", "claude"}};
    for (const auto& [key, type] : kTellTale)
        if (entryOf(forest, step, key) != yaml::kNoNode)
            return type;
    const bool loops = entryOf(forest, step, "condition") != yaml::kNoNode &&
                       entryOf(forest, step, "steps") != yaml::kNoNode;
    return loops ? "while_loop" : "";
}

std::string freeName(const StepContext& context) {
    std::set<std::string_view> taken;
    std::size_t place = 0;
    for (const format::GraphNode& node : context.pipeline.graph.nodes) {
        taken.insert(node.name);
        if (node.parent == format::kNoGraphNode &&
            &node <= &context.pipeline.graph.nodes[context.index])
            ++place;
    }
    std::string name = "step_" + std::to_string(place);
    while (taken.count(name) != 0)
        name = "step_" + std::to_string(++place);
    return name;
}

// What is missing may be meant to come from elsewhere.
bool merges(const yaml::Forest& forest, NodeRef step) {
    return entryOf(forest, step, "<<") != yaml::kNoNode;
}

void checkName(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef name = entryOf(forest, context.step, "name");
    if (!isNull(forest, name))
        return;
    Diagnostic& found = reporter.onKey("name.missing", name == yaml::kNoNode ? context.step : name,
                                       "This step has no `name`.");
    const NodeRef misspelt = misspeltKey(forest, context.step, "name");
    if (misspelt != yaml::kNoNode)
        found.fixes.push_back(misspeltKeyFix(forest, misspelt, "name"));
    const std::string free = freeName(context);
    found.fixes.push_back(fillFix(
        "Name it `" + free + "`", context.step, name, yaml::kNoNode, "name", Value::ofString(free),
        misspelt == yaml::kNoNode && !merges(forest, context.step) ? Safety::Safe
                                                                   : Safety::Choice));
}

void reportTypeMissing(const StepContext& context, NodeRef type, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    Diagnostic& found =
        reporter.onKey("type.missing", type == yaml::kNoNode ? context.step : type,
                       "This step has no `type`, so it cannot be told what it does.");
    if (const NodeRef misspelt = misspeltKey(forest, context.step, "type");
        misspelt != yaml::kNoNode) {
        found.message = "This step has no `type`; nothing reads " +
                        quoted(keyOf(forest, misspelt)) + " in its place.";
        return found.fixes.push_back(misspeltKeyFix(forest, misspelt, "type"));
    }
    const NodeRef after = entryOf(forest, context.step, "name");
    const auto offer = [&](std::string_view id, Safety safety) {
        found.fixes.push_back(fillFix("Set the type to `" + std::string(id) + "`", context.step,
                                      type, after, "type", Value::ofString(std::string(id)),
                                      safety));
    };
    if (const std::string_view guess = typeByFields(forest, context.step); !guess.empty())
        return offer(guess, merges(forest, context.step) ? Safety::Choice : Safety::Safe);
    if (entryOf(forest, context.step, "prompt") == yaml::kNoNode)
        return;
    offer("claude", Safety::Choice);
    offer("gemini", Safety::Choice);
}

void reportUnknownType(const StepContext& context, NodeRef type, const std::string& written,
                       Reporter& reporter) {
    std::vector<std::string_view> known;
    for (const format::StepType& each : context.pipeline.catalogue.stepTypes())
        if (each.loadable)
            known.push_back(each.id);
    const std::string near{nearest(written, known)};
    Diagnostic& found =
        reporter.onValue("type.unknown", type,
                         "There is no step type `" + shortened(written) + "`" +
                             (near.empty() ? "; choose one of the types the loader knows."
                                           : "; did you mean `" + near + "`?"));
    if (!near.empty())
        found.fixes.push_back(setValueFix("Change to `" + near + "`", type, Value::ofString(near),
                                          isSlip(written, near) ? Safety::Safe : Safety::Choice));
}

// Only steps at the top level are loaded; the others fail when they run.
void reportRefusedType(const StepContext& context, NodeRef type, Reporter& reporter) {
    const std::string id(context.spec->id);
    std::string message;
    if (id == "test_echo")
        message = "`test_echo` is a step for the engine's own tests; elsewhere " +
                  std::string(context.topLevel ? "the file is refused." : "the run fails at it.");
    else if (id == "break" || id == "continue")
        message = "`" + id + "` is no step type " +
                  (context.topLevel ? "for the top level; the loader refuses the file."
                                    : "that can be run here.");
    else
        message =
            (context.topLevel ? "The loader refuses `" : "The engine has no code that runs `") +
            id + "`, although the guides describe it.";
    reporter.onValue("type.refused", type, std::move(message)).why = context.spec->engineNote;
}

void reportTeamType(const std::string& written, NodeRef type, Reporter& reporter) {
    reporter.onValue("type.team", type,
                     "`" + shortened(written) +
                         "` is a step type of your own; an engine without it refuses the file.");
}

// A rule about loops says what becomes of these.
bool isLoopControlInLoop(const StepContext& context) {
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphIndex parent = graph.nodes[context.index].parent;
    return (context.type == "break" || context.type == "continue") &&
           parent != format::kNoGraphNode && isLoop(graph.nodes[parent]);
}

// The templates in a nested pipeline are filled in before its steps are told apart.
bool isFilledIn(const StepContext& context, const std::string& type) {
    return type.find("{{") != std::string::npos &&
           placeOf(context.pipeline.graph, context.index).pipeline != format::kNoGraphNode;
}

// False if the type is not one that the loader takes, so that nothing more can be said.
bool checkType(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef type = entryOf(forest, context.step, "type");
    if (isNull(forest, type)) {
        reportTypeMissing(context, type, reporter);
        return false;
    }
    if (const auto written = textOf(forest, type)) {
        if (context.spec == nullptr && isFilledIn(context, *written))
            return false;
        if (context.spec == nullptr)
            reportUnknownType(context, type, *written, reporter);
        else if (isLoopControlInLoop(context))
            return false;
        else if (!context.spec->loadable)
            reportRefusedType(context, type, reporter);
        else if (format::Catalogue::builtIn().find(*written) == nullptr)
            reportTeamType(*written, type, reporter);
        else
            return true;
        return false;
    }
    reporter.onValue("type.unknown", type, "The type of a step must be a word.");
    return false;
}

void checkTasks(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto missing = [&](const char* key) {
        return isNull(forest, entryOf(forest, context.step, key));
    };
    const NodeRef type = entryOf(forest, context.step, "type");
    // The list under the key of the other type.
    const auto offer = [&](Diagnostic& found, const char* other, const char* own) {
        const NodeRef list = entryOf(forest, context.step, other);
        if (list != yaml::kNoNode && entryOf(forest, context.step, own) == yaml::kNoNode)
            found.fixes.push_back(renameKeyFix(
                "Rename `" + std::string(other) + "` to `" + own + "`", list, own, Safety::Choice));
    };
    if (context.type == "parallel_claude" && missing("parallel_tasks"))
        offer(reporter.onValue("loader.tasks-missing", type,
                               "`parallel_claude` needs `parallel_tasks`, a list of tasks."),
              "tasks", "parallel_tasks");
    if (context.type == "claude_batch" && missing("prompt") && missing("tasks"))
        offer(reporter.onValue("loader.tasks-missing", type,
                               "`claude_batch` needs `tasks`, or a `prompt` for a single task."),
              "parallel_tasks", "tasks");
}

void checkPrompt(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef prompt = entryOf(forest, context.step, "prompt");
    if (!isNull(forest, prompt))
        return checkLoadedPrompt(context, reporter);
    if (mayLackPrompt(context.type))
        return;
    const NodeRef type = entryOf(forest, context.step, "type");
    reporter.onValue("prompt.missing", prompt == yaml::kNoNode ? type : prompt,
                     "A `" + std::string(context.type) + "` step needs a `prompt`.");
}

void checkFunctionName(const StepContext& context, NodeRef item, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef defined = mappingBehind(
        forest,
        entryOf(forest, mappingBehind(forest, context.pipeline.workflow), "gemini_functions"));
    const auto name = textOf(forest, item);
    if (name && entryOf(forest, defined, *name) != yaml::kNoNode)
        return;
    std::vector<std::string> names;
    if (defined != yaml::kNoNode)
        for (const NodeRef function : forest.children(defined))
            names.push_back(keyOf(forest, function));
    const std::string near{nearest(name.value_or(""), {names.begin(), names.end()})};
    Diagnostic& found = reporter.onValue(
        "loader.function-undefined", item,
        (name ? "There is no function `" + shortened(*name) + "` in `gemini_functions`"
              : std::string("The name of a function must be a text")) +
            (near.empty() ? "." : "; did you mean `" + near + "`?"));
    if (!near.empty())
        found.fixes.push_back(setValueFix("Change to `" + near + "`", item, Value::ofString(near),
                                          isSlip(*name, near) ? Safety::Safe : Safety::Choice));
    found.fixes.push_back(
        removeFix("Remove it: live steps are never told of functions", item, Safety::Choice));
}

void checkFunctionList(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef functions = entryOf(forest, context.step, "functions");
    if (isNull(forest, functions))
        return;
    const NodeRef list = valueBehind(forest, functions);
    if (list == yaml::kNoNode)
        return;
    if (yaml::isSequence(forest.style(list))) {
        for (const NodeRef item : forest.children(list))
            checkFunctionName(context, item, reporter);
        return;
    }
    Diagnostic& found = reporter.onValue("loader.functions-kind", functions,
                                         "`functions` must be a list of function names.");
    if (auto name = textOf(forest, functions))
        found.fixes.push_back(setValueFix("Make it a list", functions,
                                          Value::sequence({Value::ofString(std::move(*name))}),
                                          Safety::Safe));
}

void checkHandlerAndBuffer(const yaml::Forest& forest, NodeRef options, Reporter& reporter) {
    constexpr std::array<std::string_view, 6> kHandlers{"console", "simple",   "debug",
                                                        "file",    "callback", "buffer"};
    const NodeRef handler = entryOf(forest, options, "stream_handler");
    const auto name = textOf(forest, handler);
    if (!isNull(forest, handler) && !(name && isOneOf(*name, kHandlers)))
        reporter.onValue("loader.streaming", handler,
                         "`stream_handler` must be console, simple, debug, file, callback or "
                         "buffer.");
    const NodeRef size = entryOf(forest, options, "stream_buffer_size");
    const auto number = scalarOf(forest, size);
    const bool positive = number && number->kind == Value::Kind::Integer && number->text != "0" &&
                          !number->text.starts_with('-');
    if (!isNull(forest, size) && !positive)
        reporter.onValue("loader.streaming", size,
                         "`stream_buffer_size` must be a whole number above 0.");
}

void checkOptions(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef options = entryOf(forest, context.step, "claude_options");
    if (context.type != "claude" || isNull(forest, options))
        return;
    const NodeRef mapping = mappingBehind(forest, options);
    if (mapping == yaml::kNoNode) {
        reporter.onValue("loader.options-kind", options,
                         "`claude_options` must be a mapping of options.");
        return;
    }
    const NodeRef streaming = entryOf(forest, mapping, "async_streaming");
    const auto value = scalarOf(forest, streaming);
    if (streaming == yaml::kNoNode || (value && value->isNull()))
        return;
    if (!value || value->kind != Value::Kind::Boolean)
        reporter.onValue("loader.streaming", streaming, "`async_streaming` must be true or false.");
    else if (value->boolean)
        checkHandlerAndBuffer(forest, mapping, reporter);
}

// The loader does not look into loops and nested pipelines; what it would refuse fails there later.
void checkNestedStep(const StepContext& context, Reporter& reporter) {
    if (!checkType(context, reporter))
        return;
    const NodeRef prompt = entryOf(context.pipeline.forest, context.step, "prompt");
    if (!isNull(context.pipeline.forest, prompt))
        checkLoadedPrompt(context, reporter);
}

}  // namespace

std::span<const RuleInfo> loaderStepInfos() {
    return kInfos;
}

bool mayLackPrompt(std::string_view type) {
    return isOneOf(type, kWithoutPrompt);
}

void checkStepKinds(const PipelineContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef list = valueBehind(forest, context.graph.steps);
    if (list == yaml::kNoNode || !yaml::isSequence(forest.style(list)))
        return;
    for (const NodeRef item : forest.children(list)) {
        const yaml::Style style = forest.style(item);
        if (mappingBehind(forest, item) == yaml::kNoNode && style != yaml::Style::Opaque)
            reporter.onValue("loader.step-kind", item,
                             "A step must be a mapping with `name` and `type`.");
    }
}

void checkLoadedStep(const StepContext& context, Reporter& reporter) {
    const format::GraphNode& node = context.pipeline.graph.nodes[context.index];
    if (context.step == yaml::kNoNode)
        return;
    if (node.kind != format::NodeKind::Step)
        return checkTaskPrompt(context, reporter);
    if (!context.topLevel)
        return checkNestedStep(context, reporter);
    checkName(context, reporter);
    if (!checkType(context, reporter))
        return;
    checkTasks(context, reporter);
    checkOptions(context, reporter);
    checkPrompt(context, reporter);
    checkFunctionList(context, reporter);
}

}  // namespace pe::check
