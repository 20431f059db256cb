// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "checked.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/testing/corpus.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using testing::fixedText;
using testing::pipelineOf;

bool hasError(const Checked& checked) {
    return !checked.errors().empty();
}

TEST(LoaderRules, AGoodPipelineHasNoFindings) {
    const Checked checked(
        pipelineOf("- name: ask\n"
                   "  type: claude\n"
                   "  prompt:\n"
                   "    - type: static\n"
                   "      content: hello\n"));
    for (const Diagnostic& each : checked.all())
        ADD_FAILURE() << each.code << ": " << each.message;
}

TEST(LoaderRules, EveryRefusalIsFoundNotOnlyTheFirst) {
    const Checked checked(
        "workflow:\n"
        "  steps:\n"
        "    - type: claud\n"
        "      prompt: hello\n"
        "    - name: two\n"
        "      type: gemini\n"
        "      prompt: hello\n"
        "    - name: three\n");
    EXPECT_EQ(checked.count("loader.name-missing"), 1u);
    EXPECT_EQ(checked.count("name.missing"), 1u);
    EXPECT_EQ(checked.count("type.unknown"), 1u);
    EXPECT_EQ(checked.count("prompt.text"), 1u);
    EXPECT_EQ(checked.count("type.missing"), 1u);
    EXPECT_EQ(checked.marked("type.unknown"), "claud");
    EXPECT_EQ(checked.path("prompt.text"), "/workflow/steps/1/prompt");
}

TEST(LoaderRules, PlainPromptTextBecomesOneStaticPartOfTheSameText) {
    const std::string fixed =
        fixedText(pipelineOf("- name: ask\n"
                             "  type: claude\n"
                             "  prompt: |\n"
                             "    one\n"
                             "      two\n"
                             "  role: brain\n"));
    EXPECT_EQ(fixed, pipelineOf("- name: ask\n"
                                "  type: claude\n"
                                "  prompt:\n"
                                "    - type: static\n"
                                "      content: |\n"
                                "        one\n"
                                "          two\n"
                                "  role: brain\n"));
}

TEST(LoaderRules, StepsAtTheRootMoveBelowWorkflow) {
    EXPECT_EQ(fixedText("# head\n"
                        "name: x\n"
                        "\n"
                        "steps:\n"
                        "  - name: a\n"
                        "    type: set_variable\n"),
              "# head\n"
              "workflow:\n"
              "  name: x\n"
              "\n"
              "  steps:\n"
              "    - name: a\n"
              "      type: set_variable\n");
}

TEST(LoaderRules, MissingNamesAndTellTaleTypesAreFilledIn) {
    EXPECT_EQ(fixedText("workflow:\n"
                        "  steps:\n"
                        "    - claude_options: {max_turns: 1}\n"
                        "      prompt: [{type: static, content: hi}]\n"),
              "workflow:\n"
              "  name: pipeline\n"
              "  steps:\n"
              "    - name: step_1\n"
              "      type: claude\n"
              "      claude_options: {max_turns: 1}\n"
              "      prompt: [{type: static, content: hi}]\n");
}

TEST(LoaderRules, ASlipInTheTypeIsCorrectedButAGuessIsNot) {
    const std::string slip = "- name: a\n  type: claud\n  prompt: [{type: static, content: x}]\n";
    EXPECT_NE(fixedText(pipelineOf(slip)).find("type: claude\n"), std::string::npos);
    const std::string other = "- name: a\n  type: openai\n  prompt: [{type: static, content: x}]\n";
    EXPECT_EQ(fixedText(pipelineOf(other)), pipelineOf(other));
}

// The engine refuses what has an error here, and nothing it takes is called a refusal.
TEST(LoaderRules, AgreeWithTheVerdictsOfTheEngineOnItsWholeCorpus) {
    std::ifstream lines(testing::corpusDir() / "loader-verdicts.jsonl");
    if (!lines)
        GTEST_SKIP() << "no shared corpus beside this checkout";
    std::map<std::string, int> missed;
    std::map<std::string, int> wrong;
    int refused = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        const std::string config =
            row["config"].is_string() ? row["config"].get<std::string>() : "";
        const Checked checked(row["yaml"].get<std::string>());
        bool loaderError = false;
        for (const Diagnostic& each : checked.all())
            loaderError |= each.severity == Severity::Error &&
                           (each.code.starts_with("loader.") || each.code == "type.missing");
        if (config == "parse_error")
            continue;
        const std::string id =
            row["id"].get<std::string>() + " " + row["mutation"].get<std::string>();
        if (config == "ok" && loaderError)
            ++wrong[id + "\n" + checked.errors()];
        if (config != "ok" && !hasError(checked))
            ++missed[id + ": " + config];
        refused += config != "ok" ? 1 : 0;
    }
    EXPECT_GT(refused, 500);
    for (const auto& [what, count] : missed)
        ADD_FAILURE() << "refused, but nothing found: " << what;
    // Byte order marks inside of the text, and one key longer than the engine compares.
    EXPECT_LE(wrong.size(), 6u) << wrong.begin()->first;
}

const std::string kBare =
    "name: x\nsteps:\n  - name: a\n    type: claude\n    prompt: [{type: static, content: hi}]\n";
const std::string kBelow =
    "  name: x\n  steps:\n    - name: a\n      type: claude\n"
    "      prompt: [{type: static, content: hi}]\n";

std::string withCrlf(std::string text) {
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
        text.insert(at, "\r");
    return text;
}

TEST(LoaderRules, EverythingBelowWorkflowIsWhatTheFileHoldsAndNoMarker) {
    EXPECT_EQ(fixedText(kBare + "...\n"), "workflow:\n" + kBelow + "...\n");
    EXPECT_EQ(fixedText("%YAML 1.2\n---\n# head\n" + kBare),
              "%YAML 1.2\n---\n# head\nworkflow:\n" + kBelow);
    EXPECT_EQ(fixedText(kBelow), "workflow:\n" + kBelow);
    EXPECT_EQ(fixedText(withCrlf(kBare)), withCrlf("workflow:\n" + kBelow));
}

TEST(LoaderRules, WhatDoesNotReadAsWrittenIsNotPutBelowWorkflow) {
    const std::string torn = "  name: x\nworkflow:\n" + kBelow.substr(kBelow.find("  steps"));
    EXPECT_TRUE(Checked(torn).first("loader.workflow-missing").fixes.empty());
}

TEST(LoaderRules, NoWorkflowIsSaidBehindTheComments) {
    EXPECT_EQ(Checked("# note\nname: x\n").marked("loader.workflow-missing"), "name: x");
}

TEST(LoaderRules, AMisspeltNameIsTheNameOfThePipeline) {
    const std::string steps = kBelow.substr(kBelow.find("  steps"));
    for (const char* key : {"nane", "Name"})
        EXPECT_EQ(fixedText("workflow:\n  " + std::string(key) + ": x\n" + steps),
                  "workflow:\n" + kBelow);
    EXPECT_EQ(fixedText("name: x\nworkflow:\n" + steps), "workflow:\n" + kBelow);
    EXPECT_EQ(fixedText("workflow:\n  _name: x\n" + steps),
              "workflow:\n  name: pipeline\n  _name: x\n" + steps);
}

TEST(LoaderRules, AMisspeltTypeIsRenamedFirst) {
    const auto step = [](const std::string& key, const std::string& part) {
        return pipelineOf("- name: a\n  " + key + ": claude\n  prompt: [{" + part +
                          ": static, content: hi}]\n");
    };
    for (const char* key : {"typ", "Type"})
        EXPECT_EQ(fixedText(step(key, "typ")), step("type", "type"));
    const Diagnostic kind = Checked(step("kind", "type")).first("type.missing");
    ASSERT_EQ(kind.fixes.size(), 1u);
    EXPECT_EQ(kind.fixes[0].title, "Rename `kind` to `type`");
    EXPECT_FALSE(kind.fixes[0].safe);
    EXPECT_EQ(fixedText(pipelineOf("- nane: a\n  type: claude\n"
                                   "  prompt: [{type: static, content: hi}]\n")),
              step("type", "type"));
}

TEST(LoaderRules, ASingleStepOrPartBecomesAListWithItsComments) {
    const std::string step = "- name: a\n  type: claude\n  prompt:\n";
    const std::string before = pipelineOf(step);
    EXPECT_EQ(fixedText(before + "        # one\n        type: static # two\n\n"
                                 "        content: hi # three\n"),
              before +
                  "        # one\n        - type: static # two\n\n"
                  "          content: hi # three\n");
    const std::string head = "workflow:\n  name: x\n  steps:\n";
    EXPECT_EQ(fixedText(head + "    # only\n    name: a\n    type: claude # t\n"
                               "    prompt: [{type: static, content: hi}]\n  # end\n"
                               "  description: d\n"),
              head +
                  "    # only\n    - name: a\n      type: claude # t\n"
                  "      prompt: [{type: static, content: hi}]\n  # end\n"
                  "  description: d\n");
}

TEST(LoaderRules, ATruthValueAsPromptStaysInTheText) {
    EXPECT_NE(fixedText(pipelineOf("- name: a\n  type: claude\n  prompt: true\n"))
                  .find("content: \"true\""),
              std::string::npos);
}

TEST(LoaderRules, StepsThatAreNoListAreReportedOnce) {
    for (const char* steps : {"{a: {type: claude}}", "all of them"}) {
        const Checked checked("workflow: {name: x, steps: " + std::string(steps) + "}\n");
        EXPECT_EQ(checked.count("loader.steps-missing"), 1u) << steps;
        EXPECT_EQ(checked.count("field.type"), 0u) << steps;
    }
    const Checked nested(pipelineOf("- name: p\n  type: pipeline\n  pipeline: {steps: {a: 1}}\n"));
    EXPECT_EQ(nested.count("field.type-fails"), 1u);
}

TEST(LoaderRules, AnEmptyItemIsMarkedAtItsDash) {
    const std::string text = pipelineOf(
        "# above\n-\n- name: a\n  type: claude\n"
        "  prompt: [{type: static, content: hi}]\n");
    EXPECT_EQ(Checked(text).marked("loader.step-kind"), "-");
}

TEST(LoaderRules, AListInThePlaceOfTheWorkflowHoldsNoSteps) {
    const Checked checked("workflow:\n  - name: x\n");
    ASSERT_EQ(checked.all().size(), 1u);
    EXPECT_TRUE(checked.has("loader.workflow-kind"));
}

TEST(LoaderRules, D20PromptsOfTasksAreLookedAt) {
    const auto parallel = [](const std::string& prompt) {
        return pipelineOf(
            "- name: p\n  type: parallel_claude\n  parallel_tasks:\n"
            "    - id: a\n      prompt: " +
            prompt + "\n");
    };
    EXPECT_EQ(fixedText(parallel("do it")),
              pipelineOf("- name: p\n  type: parallel_claude\n  parallel_tasks:\n"
                         "    - id: a\n      prompt:\n        - type: static\n"
                         "          content: do it\n"));
    EXPECT_TRUE(Checked(parallel("5")).has("prompt.text"));
    EXPECT_TRUE(Checked(parallel("[{type: foo}]")).has("prompt.part-type"));
    EXPECT_TRUE(Checked(parallel("[{content: x}]")).has("prompt.part-type"));
    EXPECT_TRUE(Checked(parallel("[hello]")).has("prompt.part-kind"));
    EXPECT_TRUE(Checked(parallel("[{type: file}]")).has("prompt.part-incomplete"));
    EXPECT_EQ(Checked(parallel("[{type: static, content: go}]")).errors(), "");
}

TEST(LoaderRules, ABatchTaskMayHaveATextForAPrompt) {
    const auto batch = [](const std::string& prompt) {
        return pipelineOf("- name: p\n  type: claude_batch\n  tasks: [{prompt: " + prompt + "}]\n");
    };
    EXPECT_EQ(Checked(batch("hello")).errors(), "");
    EXPECT_TRUE(Checked(batch("5")).has("prompt.text"));
    EXPECT_TRUE(Checked(batch("{a: b}")).has("prompt.text"));
    EXPECT_TRUE(Checked(batch("[{type: static}]")).has("prompt.part-incomplete"));
}

TEST(LoaderRules, D10ATypeIsFilledInInsideANestedPipelineOnly) {
    const std::string step =
        "{name: b, type: \"{{inputs.kind}}\", prompt: [{type: static, content: hi}]}";
    const std::string nested = "- {name: q, type: pipeline, inputs: {kind: gemini}, pipeline: {";
    EXPECT_FALSE(
        Checked(pipelineOf(nested + "name: k, steps: [" + step + "]}}\n")).has("type.unknown"));
    EXPECT_TRUE(Checked(pipelineOf(nested + "name: k, steps: [{name: b, type: kind}]}}\n"))
                    .has("type.unknown"));
    EXPECT_TRUE(Checked(pipelineOf("- " + step + "\n")).has("type.unknown"));
    EXPECT_TRUE(Checked(pipelineOf("- {name: l, type: for_loop, iterator: i, data_source: \"s:a\", "
                                   "steps: [" +
                                   step + "]}\n"))
                    .has("type.unknown"));
}

}  // namespace
}  // namespace pe::check
