// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kRules = {"effect."};

const std::string kPrompt = "      prompt:\n        - {type: static, content: go}\n";

std::string step(const std::string& type, const std::string& more) {
    return sampleOf("    - name: a\n      type: " + type + "\n" + more);
}

std::string inLoop(const std::string& body) {
    return sampleOf(
        "    - name: each\n      type: for_loop\n      iterator: x\n"
        "      data_source: a:list\n      steps:\n" +
        body);
}

TEST(EffectRules, AnOrdinaryStepHasNone) {
    EXPECT_THAT(
        RuleSample(step("claude_smart", "      preset: production\n" + kPrompt)).codes(kRules),
        IsEmpty());
}

TEST(EffectRules, D64FieldsThatNothingReadsAreNamed) {
    RuleSample checked(step("claude", "      timeout_seconds: 5\n" + kPrompt));
    EXPECT_EQ(checked.at("effect.no-effect"), "timeout_seconds");
    EXPECT_FALSE(checked.isSafe("effect.no-effect"));
    EXPECT_EQ(checked.fixed("effect.no-effect"), step("claude", kPrompt));
}

TEST(EffectRules, D61OptionsOfPromptPartsAreLookedAt) {
    RuleSample checked(
        step("claude", "      prompt:\n        - {type: file, path: x, encoding: y}\n"));
    EXPECT_EQ(checked.at("effect.no-effect"), "encoding");
}

TEST(EffectRules, D63SectionsOfTheWorkflowAreLookedAt) {
    const std::string text =
        "workflow:\n  name: x\n  safety: {a: 1}\n  defaults: {gemini_model: y, output_dir: z}\n"
        "  steps:\n    - name: a\n      type: claude\n" +
        kPrompt;
    EXPECT_EQ(RuleSample(text).at("effect.no-effect"), "safety");
    EXPECT_EQ(RuleSample(text).at("effect.defaults"), "gemini_model");
    EXPECT_EQ(RuleSample(text).count("effect.defaults"), 1u);
}

TEST(EffectRules, D70PlainClaudeReadsTenOptions) {
    const auto text = [](const std::string& type) {
        return step(type, "      claude_options: {max_turns: 1, timeout_ms: 5}\n" + kPrompt);
    };
    EXPECT_EQ(RuleSample(text("claude")).at("effect.claude-option"), "timeout_ms");
    EXPECT_FALSE(RuleSample(text("claude_smart")).has("effect.claude-option"));
}

TEST(EffectRules, D47FieldsUnderAnotherNameAreRenamed) {
    const auto text = [](const std::string& iterator, const std::string& source) {
        return step("for_loop", "      " + source + ": b:list\n      " + iterator +
                                    ": x\n      steps:\n        - {name: s, type: claude}\n");
    };
    RuleSample checked(text("iterator", "over"));
    EXPECT_TRUE(checked.isSafe("effect.misnamed"));
    EXPECT_EQ(checked.fixed("effect.misnamed"), text("iterator", "data_source"));
    EXPECT_EQ(RuleSample(text("as", "data_source")).fixed("effect.misnamed"),
              text("iterator", "data_source"));
}

TEST(EffectRules, D54VariableAndValueBecomeVariables) {
    RuleSample checked(step("set_variable", "      variable: n\n      value: 1\n"));
    RuleSample again(checked.fixed("effect.misnamed"));
    EXPECT_THAT(again.codes(kRules), IsEmpty());
}

TEST(EffectRules, D52RetriesOfOptionsAreReadFromRetryOn) {
    const auto text = [](const std::string& key) {
        return step("claude_smart",
                    "      claude_options: {retry_config: {" + key + ": [timeout]}}\n" + kPrompt);
    };
    RuleSample checked(text("retry_conditions"));
    EXPECT_TRUE(checked.isSafe("effect.misnamed"));
    EXPECT_EQ(checked.fixed("effect.misnamed"), text("retry_on"));
    EXPECT_FALSE(
        RuleSample(step("claude_robust", "      retry_config: {retry_conditions: [x]}\n" + kPrompt))
            .has("effect.misnamed"));
}

TEST(EffectRules, D56ConstantsAreGlobalVars) {
    const std::string text = "workflow:\n  name: w\n  variables: {x: 1}\n  steps: []\n";
    RuleSample checked(text);
    EXPECT_EQ(checked.at("effect.misnamed"), "variables");
    EXPECT_FALSE(checked.isSafe("effect.misnamed"));
    EXPECT_NE(checked.fixed("effect.misnamed").find("global_vars: {x: 1}"), std::string::npos);
}

TEST(EffectRules, D60SomePromptPartsAddNothing) {
    RuleSample checked(step("claude_session",
                            "      prompt:\n        - {type: session_context, session_id: x}\n"));
    EXPECT_EQ(checked.at("effect.empty-part"), "session_context");
}

TEST(EffectRules, D05LoopsRunTwelveTypes) {
    EXPECT_EQ(RuleSample(inLoop("        - {name: b, type: file_ops}\n")).at("effect.loop-type"),
              "file_ops");
    EXPECT_FALSE(
        RuleSample(inLoop("        - {name: b, type: claude_batch}\n")).has("effect.loop-type"));
}

TEST(EffectRules, D06BreakCrashesTheRun) {
    EXPECT_EQ(RuleSample(inLoop("        - {name: b, type: break}\n")).at("effect.loop-control"),
              "break");
}

TEST(EffectRules, D69LoopsIgnoreConditionsAndFiles) {
    const auto body = [](const std::string& type) {
        return inLoop("        - name: b\n          type: " + type +
                      "\n          condition: c.x\n          output_to_file: f\n");
    };
    EXPECT_EQ(RuleSample(body("claude")).count("effect.ignored-in-loop"), 2u);
    EXPECT_EQ(RuleSample(body("gemini_instructor")).count("effect.ignored-in-loop"), 1u);
}

TEST(EffectRules, D85VariablesOfALoopAreLost) {
    EXPECT_TRUE(RuleSample(inLoop("        - {name: b, type: set_variable, variables: {x: 1}}\n"))
                    .has("effect.set-variable-in-loop"));
}

TEST(EffectRules, D85ASourceOfTheSameRoundReadsAVariableOfALoop) {
    const auto told = [](const std::string& source, const std::string& name = "x") {
        return RuleSample(inLoop("        - {name: b, type: set_variable, variables: {" + name +
                                 ": [1]}}\n"
                                 "        - {name: c, type: for_loop, iterator: y, data_source: " +
                                 source +
                                 ", steps: [{name: d, type: claude_smart, prompt: [{type: static, "
                                 "content: go}]}]}\n"))
            .has("effect.set-variable-in-loop");
    };
    EXPECT_FALSE(told("x"));
    EXPECT_TRUE(told("z"));
    EXPECT_TRUE(told("\"x:list\""));
}

TEST(EffectRules, D92BatchTasksSeeNoResults) {
    const std::string text = step("claude_batch",
                                  "      tasks:\n        - task_id: t\n          prompt:\n"
                                  "            - {type: previous_response, step: z}\n");
    EXPECT_EQ(RuleSample(text).at("effect.batch-reference"), "previous_response");
    EXPECT_FALSE(RuleSample(text).has("reference.missing"));
}

TEST(EffectRules, D66TheFileOfATaskWithATextIsIgnored) {
    EXPECT_EQ(RuleSample(step("claude_batch", "      tasks:\n        - {file: x, prompt: go}\n"))
                  .at("effect.batch-file"),
              "file");
}

TEST(EffectRules, D46TasksOfABatchAreLabelledByTaskId) {
    const auto text = [](const std::string& key) {
        return step("claude_batch", "      tasks:\n        - {" + key + ": x, file: y}\n");
    };
    EXPECT_EQ(RuleSample(text("id")).fixed("effect.misnamed"), text("task_id"));
}

TEST(EffectRules, D71PresetsReplaceTheTools) {
    const auto text = [](const std::string& preset) {
        return step("claude_smart", "      preset: " + preset +
                                        "\n      claude_options: {allowed_tools: [Read]}\n" +
                                        kPrompt);
    };
    EXPECT_EQ(RuleSample(text("production")).at("effect.preset-tools"), "allowed_tools");
    EXPECT_FALSE(RuleSample(text("development")).has("effect.preset-tools"));
}

TEST(EffectRules, D91PartsOfAParallelResultAreItsOwn) {
    const auto text = [](const std::string& more) {
        return sampleOf(
            "    - name: p\n      type: parallel_claude\n"
            "      parallel_tasks: [{id: t, prompt: []}]\n"
            "    - name: b\n      type: claude\n      prompt:\n"
            "        - {type: previous_response, step: p" +
            more + "}\n");
    };
    EXPECT_EQ(RuleSample(text(", extract: t")).at("effect.parallel-extract"), "t");
    EXPECT_TRUE(RuleSample(text("")).has("effect.parallel-whole"));
    EXPECT_THAT(RuleSample(text(", extract: combined_results")).codes(kRules), IsEmpty());
}

TEST(EffectRules, D50AGlobIsNoRegularExpression) {
    const auto listed = [](const std::string& pattern) {
        return step("file_ops",
                    "      operation: list\n      path: x\n      pattern: \"" + pattern + "\"\n");
    };
    EXPECT_EQ(RuleSample(listed("*.ex")).at("effect.glob-pattern"), "\"*.ex\"");
    EXPECT_FALSE(RuleSample(listed("x$")).has("effect.glob-pattern"));
}

TEST(EffectRules, ConstantConditionsAreSaid) {
    const auto text = [](const std::string& condition) {
        return step("claude", "      condition: \"" + condition + "\"\n" + kPrompt);
    };
    EXPECT_TRUE(RuleSample(text("1 == 'x'")).has("effect.never-runs"));
    EXPECT_EQ(RuleSample(text("true == true")).fixed("effect.always-runs"),
              step("claude", kPrompt));
}

TEST(EffectRules, NothingIsReachedBehindAStepThatAlwaysFails) {
    const auto text = [](const std::string& fail) {
        return sampleOf("    - {name: a, type: test_echo, fail: " + fail +
                        "}\n    - {name: b, type: test_echo}\n");
    };
    EXPECT_TRUE(RuleSample(text("true")).has("effect.unreachable"));
    EXPECT_FALSE(RuleSample(text("false")).has("effect.unreachable"));
}

TEST(EffectRules, D73ASessionNameFindsNoOlderSession) {
    const std::string session =
        "      type: claude_session\n      session_config: {session_name: s}\n" + kPrompt;
    EXPECT_EQ(RuleSample(sampleOf("    - name: a\n" + session + "    - name: b\n" + session))
                  .count("effect.session-name"),
              1u);
}

TEST(EffectRules, D68ParallelLoopsDoNotStop) {
    EXPECT_TRUE(RuleSample(step("for_loop",
                                "      iterator: x\n      data_source: y:z\n      parallel: true\n"
                                "      break_on_error: true\n      steps: []\n"))
                    .has("effect.break-in-parallel"));
}

TEST(EffectRules, NoTimeoutBelowASecondIsOffered) {
    const RuleSample checked(step("claude_smart", "      claude_options: {timeout_ms: 0}\n"));
    ASSERT_NE(checked.find("field.bounds"), nullptr);
    EXPECT_TRUE(checked.find("field.bounds")->fixes.empty());
}

TEST(EffectRules, NoTemplateIsOfferedForAWhileConditionThatItWouldFreeze) {
    const auto fixes = [](const std::string& type, const std::string& condition) {
        const RuleSample checked(
            step(type, "      condition: " + condition + "\n      steps: []\n"));
        const check::Diagnostic* found = checked.find("condition.scope");
        return found == nullptr ? 9 : found->fixes.size();
    };
    EXPECT_EQ(fixes("while_loop", "state.x == true"), 0u);
    EXPECT_EQ(fixes("while_loop", "probe.n < state.x"), 1u);
    EXPECT_EQ(fixes("for_loop", "state.x == true"), 1u);
}

TEST(EffectRules, ReferencesIntoARegistryAlwaysFail) {
    EXPECT_EQ(RuleSample(step("pipeline", "      pipeline_ref: x\n")).at("effect.pipeline-ref"),
              "pipeline_ref");
}

TEST(EffectRules, ConstantsThatDecideAreFound) {
    const auto text = [](const std::string& condition) {
        return step("claude", "      condition: " + condition + "\n" + kPrompt);
    };
    EXPECT_EQ(RuleSample(text("true == false")).at("effect.never-runs"), "true == false");
    EXPECT_EQ(RuleSample(text("3 > 5")).at("effect.never-runs"), "3 > 5");
    EXPECT_EQ(RuleSample(text("5 > 3")).at("effect.always-runs"), "5 > 3");
}

TEST(EffectRules, OfTwoSourcesOfAPipelineOneIsIgnored) {
    const std::string file = "      pipeline_file: x.yaml\n";
    const std::string inPlace = "      pipeline: {name: c, steps: []}\n";
    RuleSample checked(step("pipeline", file + inPlace));
    EXPECT_EQ(checked.at("effect.pipeline-ignored"), "pipeline");
    EXPECT_EQ(checked.fixed("effect.pipeline-ignored"), step("pipeline", file));
    EXPECT_FALSE(RuleSample(step("pipeline", inPlace)).has("effect.pipeline-ignored"));
}

TEST(EffectRules, D59TheRegistryOfToolsIsNeverStarted) {
    EXPECT_EQ(RuleSample(step("gemini_instructor", "      functions: [f]\n" + kPrompt))
                  .at("effect.tool-registry"),
              "functions");
    EXPECT_FALSE(
        RuleSample(step("gemini", "      functions: [f]\n" + kPrompt)).has("effect.tool-registry"));
}

TEST(EffectRules, AStepThatSetsNothingIsFound) {
    EXPECT_EQ(RuleSample(step("set_variable", "")).at("effect.sets-nothing"), "set_variable");
    EXPECT_EQ(RuleSample(step("set_variable", "      variables: {}\n")).at("effect.sets-nothing"),
              "{}");
    EXPECT_FALSE(
        RuleSample(step("set_variable", "      variables: {a: 1}\n")).has("effect.sets-nothing"));
    EXPECT_FALSE(RuleSample(step("set_variable", "      variable: a\n      value: 1\n"))
                     .has("effect.sets-nothing"));
}

TEST(EffectRules, KeysOfAMappingAreTexts) {
    const auto text = [](const std::string& key) {
        return step("data_transform",
                    "      input_source: x\n      operations:\n"
                    "        - operation: map\n          field: p\n"
                    "          mapping: {" +
                        key + ": high, low: l}\n");
    };
    for (const char* never : {"1", "-2.5", "true"})
        EXPECT_EQ(RuleSample(text(never)).at("effect.mapping-key"), never);
    for (const char* good : {"'1'", "a1", "\"true\"", "1st"})
        EXPECT_FALSE(RuleSample(text(good)).has("effect.mapping-key")) << good;
}

TEST(EffectRules, D92ThePromptThatTasksBorrowSeesNoResultsEither) {
    const std::string first = step("claude", kPrompt);
    const std::string batch =
        "    - name: b\n      type: claude_batch\n"
        "      prompt: [{type: previous_response, step: a}]\n";
    EXPECT_EQ(RuleSample(first + batch).at("effect.batch-reference"), "previous_response");
    EXPECT_TRUE(
        RuleSample(first + batch + "      tasks: [{task_id: c}]\n").has("effect.batch-reference"));
    EXPECT_FALSE(RuleSample(first + batch + "      tasks: [{task_id: c, prompt: hi}]\n")
                     .has("effect.batch-reference"));
}

TEST(EffectRules, D71AnEnvironmentChoosesThePreset) {
    const auto text = [](const std::string& mode, const std::string& fields) {
        return step("claude_smart",
                    fields + "      claude_options: {allowed_tools: [Write]}\n" + kPrompt) +
               "  environment: {mode: " + mode + "}\n";
    };
    const std::string aware = "      environment_aware: true\n";
    EXPECT_TRUE(RuleSample(text("production", aware)).has("effect.preset-tools"));
    EXPECT_FALSE(RuleSample(text("development", aware)).has("effect.preset-tools"));
    EXPECT_FALSE(RuleSample(text("production", "")).has("effect.preset-tools"));
    EXPECT_FALSE(RuleSample(text("production", "      environment_aware: false\n"))
                     .has("effect.preset-tools"));
    EXPECT_FALSE(RuleSample(text("production", aware + "      preset: development\n"))
                     .has("effect.preset-tools"));
    EXPECT_FALSE(
        RuleSample(text("production", aware) + "  defaults: {claude_preset: development}\n")
            .has("effect.preset-tools"));
}

TEST(EffectRules, D43ANestedPipelineHasTheSameHeader) {
    const auto text = [](const std::string& around, const std::string& indent) {
        return sampleOf("    - name: p\n      type: pipeline\n      pipeline:\n" + around + indent +
                        "output_dir: o\n" + indent + "variables: {a: 1}\n" + indent +
                        "safety: {}\n" + indent + "workspace_dir: w\n" + indent +
                        "steps: [{name: b, type: claude, prompt: []}]\n");
    };
    for (const auto& nested : {text("", "        "), text("        workflow:\n", "          ")})
        EXPECT_THAT(RuleSample(nested).codes(kRules),
                    ElementsAre("effect.no-effect", "effect.misnamed", "effect.no-effect"));
}

TEST(EffectRules, AReferenceToAPipelineFailsIfItIsTheOnlySource) {
    EXPECT_THAT(RuleSample(step("pipeline", "      pipeline_ref: x\n")).codes(kRules),
                ElementsAre("effect.pipeline-ref"));
    EXPECT_THAT(RuleSample(step("pipeline",
                                "      pipeline_ref: x\n      pipeline:\n"
                                "        steps: [{name: b, type: claude, prompt: []}]\n"))
                    .codes(kRules),
                ElementsAre("effect.no-effect"));
}

TEST(EffectRules, D92WhatABatchTaskCannotSeeNeedsNoPart) {
    const std::string parallel =
        "    - {name: pc, type: parallel_claude, parallel_tasks: [{id: a, prompt: []}]}\n";
    const std::string part = "[{type: previous_response, step: pc}]";
    for (const std::string& batch :
         {"tasks: [{task_id: t, prompt: " + part + "}]", "prompt: " + part})
        EXPECT_THAT(
            RuleSample(sampleOf(parallel + "    - {name: b, type: claude_batch, " + batch + "}\n"))
                .codes(kRules),
            ElementsAre("effect.batch-reference"));
    EXPECT_TRUE(
        RuleSample(sampleOf(parallel + "    - {name: b, type: claude, prompt: " + part + "}\n"))
            .has("effect.parallel-whole"));
}

TEST(EffectRules, D64NothingIsWrongInWhatIsNotRead) {
    for (const char* key : {"on_error", "error_handler"}) {
        const RuleSample checked(
            step("claude", kPrompt + "      " + key +
                               ":\n        - {name: h, type: bash, prompt: hi}\n"
                               "        - name: i\n          type: claude\n          prompt:\n"
                               "            - {type: previous_response, step: ghost}\n"));
        EXPECT_THAT(checked.codes({""}), ElementsAre("effect.no-effect")) << key;
    }
}

}  // namespace
}  // namespace pe::testing
