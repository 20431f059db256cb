// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "workflows.hpp"

namespace pe::loader {
namespace {

struct Case {
    std::string text;
    std::string verdict;
    std::string path;
};

void PrintTo(const Case& each, std::ostream* out) {
    *out << each.text;
}

class Enhanced : public ::testing::TestWithParam<Case> {};

TEST_P(Enhanced, SaysWhatTheEngineSays) {
    const Verdict verdict = verdictsOf(GetParam().text).enhanced;
    EXPECT_EQ(told(verdict), GetParam().verdict) << GetParam().text;
    EXPECT_EQ(verdict.path, GetParam().path) << GetParam().text;
}

std::string with(const std::string& fields) {
    return workflow(step("claude", kPrompt), "  " + fields + "\n");
}

std::string options(const std::string& fields) {
    return workflow(step("claude", "claude_options: {" + fields + "}, " + kPrompt));
}

std::string prompted(const std::string& parts) {
    return workflow(step("claude", "prompt: [" + parts + "]"));
}

const std::string kStep = "/workflow/steps/0";

INSTANTIATE_TEST_SUITE_P(
    WorkflowFields, Enhanced,
    ::testing::Values(
        Case{with("claude_auth: x"), "reject: claude_auth must be a map", "/workflow/claude_auth"},
        Case{with("claude_auth: {auto_check: yes}"),
             "reject: claude_auth.auto_check must be a boolean",
             "/workflow/claude_auth/auto_check"},
        Case{with("claude_auth: {provider: [1, 2]}"),
             "reject: claude_auth.provider must be one of [\"anthropic\", \"aws_bedrock\", "
             "\"google_vertex\"], got: [1, 2]",
             "/workflow/claude_auth/provider"},
        Case{with("environment: {mode: prod}"),
             "reject: environment.mode must be one of [\"development\", \"production\", \"test\"], "
             "got: \"prod\"",
             "/workflow/environment/mode"},
        Case{with("environment: {cost_alerts: 1}"), "reject: environment.cost_alerts must be a map",
             "/workflow/environment/cost_alerts"},
        Case{with("environment: {cost_alerts: {threshold_usd: .inf}}"),
             "reject: environment.cost_alerts.threshold_usd must be a number",
             "/workflow/environment/cost_alerts/threshold_usd"},
        Case{with("environment: {cost_alerts: {threshold_usd: 1.5}}"), "accept", ""},
        Case{with("defaults: []"), "reject: defaults must be a map", "/workflow/defaults"},
        Case{with("defaults: {claude_preset: {a: 1}}"),
             "reject: defaults.claude_preset must be one of [\"development\", \"production\", "
             "\"analysis\", \"chat\"], got: %{\"a\" => 1}",
             "/workflow/defaults/claude_preset"}));

INSTANTIATE_TEST_SUITE_P(
    StepTypes, Enhanced,
    ::testing::Values(
        Case{workflow("    - ~\n"),
             "reject: Step '' has invalid type ''. Supported types: set_variable, claude, gemini, "
             "parallel_claude, gemini_instructor, claude_smart, claude_session, claude_extract, "
             "claude_batch, claude_robust",
             kStep},
        Case{workflow(step("claude_smart", "preset: x")),
             "reject: step 's' preset must be one of [\"development\", \"production\", "
             "\"analysis\", \"chat\"], got: \"x\"",
             kStep + "/preset"},
        Case{workflow("    - {name: {}, type: claude_smart}\n"),
             "crash: Protocol.UndefinedError: protocol String.Chars not implemented for type Map",
             kStep + "/name"},
        Case{workflow(step("claude_session", "")),
             "reject: Step 's' of type 'claude_session' requires session_config", kStep},
        Case{workflow(step("claude_session", "session_config: {checkpoint_frequency: 0}")),
             "reject: step 's' session_config.checkpoint_frequency must be positive, got: 0",
             kStep + "/session_config/checkpoint_frequency"},
        Case{workflow(step("claude_extract", "extraction_config: x")),
             "reject: Step 's' extraction_config must be a map", kStep + "/extraction_config"},
        Case{workflow(step("claude_extract", "extraction_config: {post_processing: a}")),
             "reject: step 's' extraction_config.post_processing must be a list",
             kStep + "/extraction_config/post_processing"},
        Case{workflow(step("claude_batch", "batch_config: {max_parallel: 1.0}")),
             "reject: step 's' batch_config.max_parallel must be a positive integer",
             kStep + "/batch_config/max_parallel"},
        Case{workflow(step("claude_batch", "tasks: [{file: ~}, {}]")),
             "reject: Step 's' batch task must have either 'file' or 'prompt' field",
             kStep + "/tasks/1"},
        Case{workflow(step("claude_batch", "tasks: [{prompt: p}]")), "accept", ""},
        Case{workflow(step("claude_robust", "retry_config: {backoff_strategy: x}")),
             "reject: step 's' retry_config.backoff_strategy must be one of [\"linear\", "
             "\"exponential\"], got: \"x\"",
             kStep + "/retry_config/backoff_strategy"}));

INSTANTIATE_TEST_SUITE_P(
    Options, Enhanced,
    ::testing::Values(
        Case{workflow(step("gemini", "claude_options: 1")),
             "reject: Step 's' claude_options must be a map", kStep + "/claude_options"},
        Case{options("max_turns: -3"),
             "reject: step 's' claude_options.max_turns must be positive, got: -3",
             kStep + "/claude_options/max_turns"},
        Case{options("mcp_config: 1, allowed_tools: x"),
             "reject: step 's' claude_options.allowed_tools must be a list",
             kStep + "/claude_options/allowed_tools"},
        Case{options("stream_handler: debug"),
             "reject: step 's' claude_options.stream_handler must be one of [\"console\", "
             "\"file\", \"callback\", \"buffer\"], got: \"debug\"",
             kStep + "/claude_options/stream_handler"},
        Case{options("retry_config: 1"),
             "reject: Step 's' claude_options.retry_config must be a map",
             kStep + "/claude_options/retry_config"},
        Case{options("retry_config: {max_retries: a}"),
             "reject: step 's claude_options' retry_config.max_retries must be a positive integer",
             kStep + "/claude_options/retry_config/max_retries"},
        Case{workflow("    - {name: 7, type: claude, claude_options: {retry_config: {}}}\n"),
             "crash: ArgumentError: construction of binary failed: segment 1 of type 'binary': "
             "expected a binary but got: 7",
             kStep + "/name"}));

INSTANTIATE_TEST_SUITE_P(
    Prompts, Enhanced,
    ::testing::Values(
        Case{workflow(step("set_variable", "")), "reject: Step 's' missing required prompt field",
             kStep},
        Case{workflow(step("parallel_claude", "")), "accept", ""},
        Case{workflow(step("claude", "prompt: x")), "reject: Step 's' prompt must be a list",
             kStep + "/prompt"},
        Case{prompted("{type: previous_response}"),
             "reject: Step 's' previous_response part missing required 'step' field",
             kStep + "/prompt/0"},
        Case{prompted("{type: previous_response, step: 1}"),
             "reject: Step 's' previous_response part step must be a string",
             kStep + "/prompt/0/step"},
        Case{prompted("{type: previous_response, step: s, extract_with: x}"),
             "reject: Step 's' previous_response part extract_with must be 'content_extractor', "
             "got: x",
             kStep + "/prompt/0/extract_with"},
        Case{prompted("{type: session_context, session_id: i, include_last_n: x}"),
             "reject: Step 's' session_context part include_last_n must be a positive integer",
             kStep + "/prompt/0/include_last_n"},
        Case{prompted("{type: claude_continue, session_id: i, new_prompt: 1}"),
             "reject: Step 's' claude_continue part new_prompt must be a string",
             kStep + "/prompt/0/new_prompt"},
        Case{prompted("{type: x}"),
             "reject: Step 's' has prompt part with invalid type: x. Valid types: static, file, "
             "previous_response, session_context, claude_continue",
             kStep + "/prompt/0/type"},
        Case{prompted("{type: previous_response, step: gone}"),
             "reject: Step 's' references non-existent steps: gone", kStep + "/prompt/0/step"}));

INSTANTIATE_TEST_SUITE_P(
    DefaultsMerge, Enhanced,
    ::testing::Values(
        Case{with("defaults: {claude_options: 5}"), "crash: BadMapError: expected a map, got: 5",
             "/workflow/defaults/claude_options"},
        Case{with("defaults: {claude_options: false}"), "accept", ""},
        Case{workflow(step("parallel_claude", "parallel_tasks: [~]")),
             "crash: BadMapError: expected a map, got: nil", kStep + "/parallel_tasks/0"},
        Case{workflow(step("parallel_claude", "parallel_tasks: [{claude_options: \"x\"}]")),
             "crash: BadMapError: expected a map, got: \"x\"",
             kStep + "/parallel_tasks/0/claude_options"},
        Case{workflow(step("parallel_claude", "parallel_tasks: {a: b}")),
             "crash: FunctionClauseError: no function clause matching in Access.get/3",
             kStep + "/parallel_tasks"},
        Case{workflow(step("parallel_claude", "parallel_tasks: 3")),
             "crash: Protocol.UndefinedError: protocol Enumerable not implemented for type "
             "Integer",
             kStep + "/parallel_tasks"}));

}  // namespace
}  // namespace pe::loader
