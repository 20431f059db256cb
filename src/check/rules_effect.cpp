// SPDX-License-Identifier: MIT
// What the running engine ignores, erases or overrides: files that load, run, and do something
// else.
#include "effect_rules.hpp"

namespace pe::check {
namespace {

constexpr RuleInfo kInfos[] = {
    {"effect.no-effect", Severity::Information, "Field without effect",
     "The documents or examples show this field, but nothing reads it while a pipeline runs.",
     "D43 D49 D51 D53 D55 D57 D58 D59 D61 D62 D63 D64 D65 D66 D67 D68 D96"},
    {"effect.claude-option", Severity::Information, "Option that this step type does not read",
     "claude and parallel_claude read ten options: max_turns, output_format, verbose, "
     "allowed_tools, disallowed_tools, system_prompt, append_system_prompt, cwd, model, "
     "fallback_model. The others act on claude_smart, claude_session, claude_extract, claude_batch "
     "and claude_robust only.",
     "D70"},
    {"effect.defaults", Severity::Information, "Default that steps do not inherit",
     "A normal run merges no defaults into steps; it reads defaults.output_dir and "
     "defaults.claude_preset only.",
     "D08"},
    {"effect.misnamed", Severity::Warning, "Field under a name that nothing reads",
     "The documents use this name, the engine reads another.", "D46 D47 D49 D52 D54 D55 D56"},
    {"effect.empty-part", Severity::Warning, "Prompt part that becomes empty text",
     "The prompt builder knows static, file and previous_response; other parts become nothing.",
     "D60"},
    {"effect.loop-type", Severity::Error, "Step type that loops do not run",
     "Loop bodies run the nine AI types, set_variable, for_loop and while_loop. Any other type "
     "fails the loop.",
     "D05"},
    {"effect.loop-control", Severity::Error, "break or continue",
     "These types exist in the code of loops only and crash the run. A for_loop has "
     "break_condition.",
     "D06"},
    {"effect.ignored-in-loop", Severity::Warning, "Field that loop bodies ignore",
     "Loops run their steps themselves, without looking at condition, output_to_file or "
     "streaming: the step always runs, and nothing is saved.",
     "D69"},
    {"effect.set-variable-in-loop", Severity::Warning, "Variable set inside a loop",
     "The variables of a round are gone when it ends, and no template of the loop sees them; only "
     "a source in the same round does.",
     "D85"},
    {"effect.batch-reference", Severity::Error, "Result used in a batch task",
     "Batch tasks build their prompts without any results, so that a previous_response part makes "
     "the task fail. The prompt of the step is that of the tasks that have none.",
     "D92"},
    {"effect.batch-file", Severity::Warning, "File of a batch task that is ignored",
     "The file of a task is read only if the task has no prompt.", "D66"},
    {"effect.never-runs", Severity::Warning, "Condition that never holds",
     "The condition compares constants, or a result with a value of another kind, or with one that "
     "the engine never stores there, and is false. A step that fails ends the run: what it stores "
     "says success in every later step.",
     ""},
    {"effect.always-runs", Severity::Information, "Condition that is always true",
     "The condition compares constants, or a part of a result with what is always, or never, "
     "stored there, and is true.",
     ""},
    {"effect.unreachable", Severity::Warning, "Steps behind one that always fails",
     "The first failing step ends the run.", "D64"},
    {"effect.preset-tools", Severity::Warning, "Tools that the preset replaces",
     "claude_smart extends allowed_tools for the preset development only; every other preset "
     "replaces the list of the step.",
     "D71"},
    {"effect.parallel-extract", Severity::Error, "Part that a parallel result does not have",
     "The result of parallel_claude has combined_results and individual_results; the ids of the "
     "tasks are no keys of it. A part that is not found ends the run.",
     "D91"},
    {"effect.parallel-whole", Severity::Warning, "Whole result of parallel_claude",
     "It holds values that have no JSON form, so that inserting it into a prompt, or saving it, "
     "ends the run. `extract: combined_results` names a part.",
     "D91"},
    {"effect.glob-pattern", Severity::Warning, "Glob where a regular expression is read",
     "The pattern of `list` is a regular expression on file names, never recursive.", "D50"},
    {"effect.pattern", Severity::Error, "Pattern that is no regular expression",
     "The pattern of `list` is a regular expression. One that cannot be compiled ends the run as "
     "soon as the folder has a file.",
     "D50"},
    {"effect.pipeline-ref", Severity::Error, "pipeline_ref",
     "References into a registry are not implemented: the step always fails. Use pipeline_file or "
     "an inline pipeline.",
     ""},
    {"effect.pipeline-ignored", Severity::Warning, "Pipeline in place beside pipeline_file",
     "Of the sources of a pipeline step the first counts, and pipeline_file comes before pipeline.",
     ""},
    {"effect.sets-nothing", Severity::Warning, "set_variable without variables",
     "The engine warns, stores an empty result and goes on.", ""},
    {"effect.mapping-key", Severity::Warning, "Number as a key of a mapping",
     "The operation map looks values up by their text. A key that YAML reads as a number or as "
     "true is no text, and its value is never found.",
     ""},
    {"effect.operation", Severity::Error, "Operation that lacks a field",
     "A join without right_source fails the step. A sort without field and a map without mapping "
     "or expression change nothing. A map without field merges its mapping into each item, which "
     "must be a mapping.",
     ""},
    {"effect.string-format", Severity::Error, "Mapping as a text",
     "output_format: string ends the run if the data is a mapping, as after group_by, or a list of "
     "mappings; json writes both.",
     "D84"},
    {"effect.nested-limit", Severity::Error, "Limit below what the nested pipeline needs",
     "max_depth and max_total_steps are looked at before the nested pipeline begins, which is 1 "
     "deep at least and counts all its steps; what is more than allowed fails the step.",
     "D65"},
    {"effect.not-inherited", Severity::Information, "Setting that a nested pipeline does not have",
     "A nested pipeline runs with settings of its own: workspace_dir, defaults and environment of "
     "the pipeline around it do not reach it, only inputs do.",
     "D08 D43"},
    {"effect.tool-registry", Severity::Warning, "functions of gemini_instructor",
     "The names are looked up in a registry of tools, not in gemini_functions; no run starts that "
     "registry, so that the step fails.",
     "D59"},
    {"effect.session-name", Severity::Information, "Session that does not continue",
     "Live sessions are found by a generated id, never by their name: two steps of one "
     "session_name hold two conversations.",
     "D73"},
    {"effect.break-in-parallel", Severity::Information, "break_on_error in a parallel loop",
     "Parallel loops run all items; break_on_error acts in sequential loops only.", "D68"},
};

}  // namespace

const RuleSet& effectRules() {
    static const RuleSet kSet{
        kInfos,
        {&checkStepFields, &checkMisnamedFields, &checkLoopBody, &checkTask, &checkReach,
         &checkKnownConditions, &checkClaudeValues, &checkParallelResults, &checkFileOperation,
         &checkPipelineSource, &checkVariables, &checkMappingKeys, &checkFunctions,
         &checkOperations, &checkNestedLimits},
        {&checkWorkflowFields, &checkLoopVariables, &checkSessions, &checkTextForms,
         &checkInheritance}};
    return kSet;
}

}  // namespace pe::check
