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

const std::string kTypes =
    "set_variable, claude, gemini, parallel_claude, gemini_instructor, claude_smart, "
    "claude_session, claude_extract, claude_batch, claude_robust, for_loop, while_loop, "
    "data_transform, file_ops, pipeline";

class Config : public ::testing::TestWithParam<Case> {};

TEST_P(Config, SaysWhatTheEngineSays) {
    const Verdict verdict = verdictsOf(GetParam().text).config;
    EXPECT_EQ(told(verdict), GetParam().verdict) << GetParam().text;
    EXPECT_EQ(verdict.path, GetParam().path) << GetParam().text;
}

std::string claude(const std::string& fields) {
    return workflow(step("claude", fields));
}

std::string prompted(const std::string& parts) {
    return claude("prompt: [" + parts + "]");
}

INSTANTIATE_TEST_SUITE_P(
    Workflow, Config,
    ::testing::Values(
        Case{"",
             "reject: Configuration missing required 'workflow' section. Expected format: "
             "{\"workflow\": {...}}",
             ""},
        Case{"# only a comment\n",
             "reject: Configuration missing required 'workflow' section. Expected format: "
             "{\"workflow\": {...}}",
             ""},
        Case{"workflow: ~\n",
             "reject: Configuration missing required 'workflow' section. Expected format: "
             "{\"workflow\": {...}}",
             "/workflow"},
        Case{"text\n", "crash: FunctionClauseError: no function clause matching in Access.get/3",
             ""},
        Case{"- a\n",
             "crash: ArgumentError: the Access module supports only keyword lists (with atom "
             "keys), got: \"workflow\"",
             ""},
        Case{"workflow: [a]\n",
             "crash: ArgumentError: the Access module supports only keyword lists (with atom "
             "keys), got: \"name\"",
             "/workflow"},
        Case{"workflow: {steps: [a]}\n",
             "reject: Workflow missing required 'name' field. Add: name: \"your_workflow_name\"",
             "/workflow"},
        Case{"workflow: {name: '', steps: {a: b}}\n",
             "reject: Workflow missing required 'steps' array. Expected format: steps: [{\"name\": "
             "\"step1\", \"type\": \"claude\", ...}]",
             "/workflow/steps"},
        Case{"workflow: {name: 1, steps: []}\n",
             "reject: Workflow must contain at least one step. Add at least one step to the "
             "'steps' array",
             "/workflow/steps"},
        Case{workflow(step("claude", kPrompt)), "accept", ""},
        Case{"workflow: {name: old}\n---\n" + workflow(step("claude", kPrompt)), "accept", ""}));

INSTANTIATE_TEST_SUITE_P(
    Functions, Config,
    ::testing::Values(
        Case{workflow(step("claude", kPrompt), "  gemini_functions: [a]\n"),
             "reject: gemini_functions must be a map of function definitions",
             "/workflow/gemini_functions"},
        Case{workflow(step("claude", kPrompt), "  gemini_functions: {b: 1, a: {}, 7: x}\n"),
             "reject: Function '7' definition must be a map", "/workflow/gemini_functions/7"},
        Case{workflow(step("claude", kPrompt), "  gemini_functions: {b: 1, a: {}}\n"),
             "reject: Function 'a' missing 'description' field", "/workflow/gemini_functions/a"},
        Case{workflow(step("claude", kPrompt),
                      "  gemini_functions: {a: {description: d, parameters: []}}\n"),
             "reject: Function 'a' parameters must be a map",
             "/workflow/gemini_functions/a/parameters"},
        Case{claude(kPrompt + ", functions: f"), "reject: Step 's' functions must be a list",
             "/workflow/steps/0/functions"},
        Case{workflow(step("claude", kPrompt + ", functions: [f, 1]"),
                      "  gemini_functions: {f: {description: d, parameters: {}}}\n"),
             "reject: Step 's' references undefined function: 1",
             "/workflow/steps/0/functions/1"}));

INSTANTIATE_TEST_SUITE_P(
    Steps, Config,
    ::testing::Values(
        Case{workflow("    - ~\n"),
             "reject: Step missing required 'name' field. Add: name: "
             "\"step_name\"",
             "/workflow/steps/0"},
        Case{workflow("    - text\n"),
             "crash: FunctionClauseError: no function clause matching in Access.get/3",
             "/workflow/steps/0"},
        Case{workflow("    - {name: 1.5}\n"),
             "reject: Step '1.5' missing required 'type' field. Supported types: " + kTypes,
             "/workflow/steps/0"},
        Case{workflow("    - {name: [a, [98], c], type: test_echo}\n"),
             "reject: Step 'abc' has invalid type 'test_echo'. Supported types: " + kTypes,
             "/workflow/steps/0/type"},
        Case{workflow("    - {name: {a: b}, type: test_echo}\n"),
             "crash: Protocol.UndefinedError: protocol String.Chars not implemented for type Map",
             "/workflow/steps/0/name"},
        Case{workflow("    - {name: [~], type: x}\n"),
             "crash: ArgumentError: cannot convert the given list to a string.",
             "/workflow/steps/0/name"},
        Case{workflow("    - {name: [55296], type: x}\n"),
             "crash: UnicodeConversionError: invalid code point 55296", "/workflow/steps/0/name"},
        Case{workflow(step("parallel_claude", "")),
             "reject: Step 's' of type 'parallel_claude' missing required 'parallel_tasks' field",
             "/workflow/steps/0"},
        Case{workflow(step("claude_batch", "tasks: ~")),
             "reject: Step 's' of type 'claude_batch' must have either 'prompt' or 'tasks' field",
             "/workflow/steps/0"},
        Case{workflow(step("while_loop", "prompt: text")),
             "crash: Protocol.UndefinedError: protocol Enumerable not implemented for type "
             "BitString",
             "/workflow/steps/0/prompt"},
        Case{workflow(step("while_loop", "prompt: false")), "accept", ""},
        Case{claude("claude_options: x"),
             "crash: FunctionClauseError: no function clause matching in Access.get/3",
             "/workflow/steps/0/claude_options"},
        Case{claude("claude_options: {async_streaming: 1}"),
             "reject: Step 's' claude_options.async_streaming must be a boolean",
             "/workflow/steps/0/claude_options/async_streaming"},
        Case{claude("claude_options: {async_streaming: true, stream_handler: x}"),
             "reject: Step 's' claude_options.stream_handler must be one of: console, simple, "
             "debug, file, callback, buffer",
             "/workflow/steps/0/claude_options/stream_handler"},
        Case{claude("claude_options: {async_streaming: true, stream_buffer_size: 0}"),
             "reject: Step 's' claude_options.stream_buffer_size must be positive, got: 0",
             "/workflow/steps/0/claude_options/stream_buffer_size"},
        Case{claude("claude_options: {async_streaming: true, stream_buffer_size: -1}"),
             "reject: Step 's' claude_options.stream_buffer_size must be a positive integer",
             "/workflow/steps/0/claude_options/stream_buffer_size"}));

INSTANTIATE_TEST_SUITE_P(
    Prompts, Config,
    ::testing::Values(
        Case{claude(""),
             "reject: Step 's' missing required 'prompt' field. Add: prompt: [{\"type\": "
             "\"static\", \"content\": \"...\"}]",
             "/workflow/steps/0"},
        Case{claude("prompt: text"),
             "reject: Step 's' prompt must be an array of prompt parts. Format: [{\"type\": "
             "\"static\", \"content\": \"...\"}]",
             "/workflow/steps/0/prompt"},
        Case{prompted("text"),
             "crash: FunctionClauseError: no function clause matching in Access.get/3",
             "/workflow/steps/0/prompt/0"},
        Case{prompted("{type: static, content: ''}, {}"),
             "reject: Step 's' has prompt part without type", "/workflow/steps/0/prompt/1"},
        Case{prompted("{type: static}"), "reject: Step 's' has static prompt part without content",
             "/workflow/steps/0/prompt/0"},
        Case{prompted("{type: file, path: ~}"),
             "reject: Step 's' has file prompt part without path",
             "/workflow/steps/0/prompt/0/path"},
        Case{prompted("{type: previous_response}"),
             "reject: Step 's' has previous_response prompt part missing 'step' field",
             "/workflow/steps/0/prompt/0"},
        Case{prompted("{type: session_context}"),
             "reject: Step 's' has session_context prompt part missing 'session_id' field",
             "/workflow/steps/0/prompt/0"},
        Case{prompted("{type: 1e3}"), "reject: Step 's' has prompt part with invalid type: 1.0e3",
             "/workflow/steps/0/prompt/0/type"},
        Case{prompted("{type: previous_response, step: a}, {type: previous_response, step: s}, "
                      "{type: previous_response, step: 1.0}"),
             "reject: Step 's' references non-existent steps: a, 1.0",
             "/workflow/steps/0/prompt/0/step"}));

TEST(ConfigOrder, TheFirstStepWithAComplaintSpeaksBeforeReferences) {
    const std::string text = workflow(
        step("claude", "prompt: [{type: previous_response, step: gone}]") + step("claude", ""));
    EXPECT_EQ(verdictsOf(text).config.path, "/workflow/steps/1");
}

}  // namespace
}  // namespace pe::loader
