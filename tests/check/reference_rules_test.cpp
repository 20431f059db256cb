// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> kRules = {"reference.", "source.", "template."};

std::string ai(const std::string& name, const std::string& prompt, const std::string& more = "") {
    return "    - name: " + name + "\n      type: claude_smart\n" + more + "      prompt:\n" +
           prompt;
}

const std::string kSay = "        - {type: static, content: go}\n";

std::string after(const std::string& step, const std::string& more = "") {
    return "        - {type: previous_response, step: " + step + more + "}\n";
}

TEST(ReferenceRules, AnEarlierStepIsSeen) {
    EXPECT_THAT(RuleSample(sampleOf(ai("a", kSay) + ai("b", after("a")))).codes(kRules), IsEmpty());
}

TEST(ReferenceRules, AMissingStepIsNamedWithTheNearestOne) {
    const std::string good = sampleOf(ai("analysis", kSay) + ai("b", after("analysis")));
    RuleSample checked(sampleOf(ai("analysis", kSay) + ai("b", after("analisys"))));
    EXPECT_EQ(checked.at("reference.missing"), "analisys");
    EXPECT_THAT(checked.message("reference.missing"), HasSubstr("`analysis`"));
    EXPECT_EQ(checked.fixed("reference.missing"), good);
}

TEST(ReferenceRules, D22LaterStepsAndTheStepItselfHaveNoResultYet) {
    EXPECT_EQ(RuleSample(sampleOf(ai("a", after("b")) + ai("b", kSay))).at("reference.later"), "b");
    EXPECT_EQ(RuleSample(sampleOf(ai("a", after("a")))).at("reference.self"), "a");
}

const std::string kLoop =
    "    - name: each\n      type: for_loop\n      iterator: x\n      data_source: a:list\n"
    "      steps:\n"
    "        - name: one\n          type: claude_smart\n          prompt: []\n"
    "        - name: two\n          type: claude_smart\n          prompt:\n";

TEST(ReferenceRules, D23WhatIsInsideALoopIsNotSeenOutside) {
    const std::string body = "            - {type: previous_response, step: one}\n";
    RuleSample checked(sampleOf(ai("a", kSay) + kLoop + body + ai("b", after("one"))));
    EXPECT_EQ(checked.count("reference.inner"), 1u);
    EXPECT_THAT(checked.codes(kRules), ElementsAre("reference.inner"));
}

TEST(ReferenceRules, D80TemplatesOfALoopDoNotSeeItsSteps) {
    const std::string body = "            - {type: static, content: \"{{steps.one.text}}\"}\n";
    RuleSample checked(sampleOf(ai("a", kSay) + kLoop + body));
    EXPECT_EQ(checked.at("reference.loop-template"), "{{steps.one.text}}");
    const std::string outer = "            - {type: static, content: \"{{steps.a.text}}\"}\n";
    EXPECT_THAT(RuleSample(sampleOf(ai("a", kSay) + kLoop + outer)).codes(kRules), IsEmpty());
}

TEST(ReferenceRules, ANestedPipelineSeesItsOwnSteps) {
    const auto nested = [](const std::string& part) {
        return sampleOf(ai("a", kSay) +
                        "    - name: p\n      type: pipeline\n      pipeline:\n"
                        "        name: inner\n        steps:\n"
                        "          - name: c\n            type: claude_smart\n"
                        "            prompt:\n              - " +
                        part + "\n");
    };
    EXPECT_TRUE(
        RuleSample(nested("{type: previous_response, step: a}")).has("reference.outside-pipeline"));
    EXPECT_THAT(RuleSample(nested("{type: static, content: \"{{steps.a.text}}\"}")).codes(kRules),
                IsEmpty());
}

TEST(ReferenceRules, ASkippedStepHasNoParts) {
    const std::string maybe = ai("b", kSay, "      condition: a.success\n");
    RuleSample checked(sampleOf(ai("a", kSay) + maybe + ai("c", after("b", ", extract: text"))));
    EXPECT_EQ(checked.at("reference.maybe-skipped"), "text");
    EXPECT_FALSE(
        RuleSample(sampleOf(ai("a", kSay) + maybe +
                            ai("c", after("b", ", extract: text"), "      condition: a.success\n")))
            .has("reference.maybe-skipped"));
    EXPECT_FALSE(RuleSample(sampleOf(ai("a", kSay) + maybe +
                                     ai("c", after("b", ", extract: text, strict: false"))))
                     .has("reference.maybe-skipped"));
}

TEST(ReferenceRules, D87PathsHaveNoIndexes) {
    RuleSample checked(sampleOf(ai("a", kSay) + ai("b", after("a", ", extract: \"items[0].x\""))));
    EXPECT_EQ(checked.at("reference.path-index"), "\"items[0].x\"");
    RuleSample dollar(sampleOf(ai("a", kSay) + ai("b", after("a", ", extract: $.text"))));
    EXPECT_EQ(dollar.fixed("reference.path-index"),
              sampleOf(ai("a", kSay) + ai("b", after("a", ", extract: text"))));
}

TEST(ReferenceRules, OutputsNameStepsOfTheNestedPipeline) {
    const std::string text = sampleOf(
        "    - name: p\n      type: pipeline\n      outputs: [done, {path: dnoe.text, as: x}]\n"
        "      pipeline:\n        name: inner\n        steps:\n"
        "          - name: done\n            type: claude_smart\n            prompt: []\n");
    RuleSample checked(text);
    EXPECT_EQ(checked.count("reference.output-missing"), 1u);
    EXPECT_EQ(checked.at("reference.output-missing"), "dnoe");
}

TEST(ReferenceRules, D90FieldsOfALiveAnswerAreNotSeenByConditions) {
    const auto text = [](const std::string& type) {
        return sampleOf("    - name: a\n      type: " + type + "\n      prompt:\n" + kSay +
                        ai("b", kSay, "      condition: a.success\n"));
    };
    EXPECT_EQ(RuleSample(text("gemini")).at("reference.answer-field"), "a.success");
    EXPECT_FALSE(RuleSample(text("claude_robust")).has("reference.answer-field"));
}

TEST(ReferenceRules, D90ALiveAnswerIsOneText) {
    const auto text = [](const std::string& part) {
        return sampleOf("    - name: a\n      type: gemini\n      prompt:\n" + kSay +
                        ai("b", after("a", ", extract: " + part)));
    };
    EXPECT_EQ(RuleSample(text("score.value")).at("reference.answer-part"), "score.value");
    EXPECT_FALSE(RuleSample(text("text")).has("reference.answer-part"));
}

TEST(ReferenceRules, D88ResultsOfPipelinesWithInputsAreWrapped) {
    const auto text = [](const std::string& path) {
        return sampleOf(
            "    - name: p\n      type: pipeline\n      inputs: {x: 1}\n      pipeline_file: "
            "c.yaml\n" +
            ai("b", kSay, "      condition: p." + path + "\n"));
    };
    RuleSample checked(text("done.ok"));
    EXPECT_EQ(checked.fixed("reference.wrapped-result"), text("result.done.ok"));
    EXPECT_FALSE(RuleSample(text("result.done.ok")).has("reference.wrapped-result"));
}

std::string loopOver(const std::string& source) {
    return sampleOf(ai("scan", kSay) +
                    "    - name: v\n      type: set_variable\n      variables: {files: [a, b]}\n"
                    "    - name: each\n      type: for_loop\n      iterator: x\n"
                    "      data_source: " +
                    source + "\n      steps:\n" +
                    "        - {name: s, type: claude_smart, prompt: []}\n");
}

TEST(SourceRules, D82DocumentedSourcesBecomeThoseThatWork) {
    for (const char* good : {"scan:files.list", "files"})
        EXPECT_THAT(RuleSample(loopOver(good)).codes(kRules), IsEmpty()) << good;
    EXPECT_EQ(RuleSample(loopOver("steps.scan.files.list")).fixed("source.misread"),
              loopOver("scan:files.list"));
    EXPECT_EQ(RuleSample(loopOver("\"{{state.files}}\"")).fixed("source.misread"),
              loopOver("\"files\""));
    EXPECT_TRUE(RuleSample(loopOver("steps.scan.files")).isSafe("source.misread"));
    EXPECT_TRUE(RuleSample(loopOver("[1, 2]")).has("source.list"));
    EXPECT_TRUE(RuleSample(loopOver("range(1, 3)")).has("source.unusable"));
    EXPECT_TRUE(RuleSample(loopOver("scan")).has("source.whole-result"));
    EXPECT_EQ(RuleSample(loopOver("scna:files")).at("reference.missing"), "scna");
}

TEST(SourceRules, D83InputsOfTransformationsHaveTheirOwnForm) {
    const auto text = [](const std::string& source) {
        return sampleOf(ai("scan", kSay) +
                        "    - name: t\n      type: data_transform\n      input_source: " + source +
                        "\n      operations: []\n");
    };
    for (const char* good : {"previous_response:scan", "previous_response:scan:a.b", "scan",
                             "context:config.workflow"})
        EXPECT_THAT(RuleSample(text(good)).codes(kRules), IsEmpty()) << good;
    EXPECT_EQ(RuleSample(text("previous_response:scan.items")).fixed("source.misread"),
              text("previous_response:scan:items"));
    EXPECT_EQ(RuleSample(text("steps.scan.items")).fixed("source.misread"),
              text("previous_response:scan:items"));
}

TEST(ReferenceRules, WhatEverySkippedStepStoresIsAlwaysThere) {
    const auto text = [](const std::string& path) {
        return sampleOf(ai("a", kSay) + ai("b", kSay, "      condition: a.ok\n") +
                        ai("c", after("b", ", extract: " + path)));
    };
    for (const char* path : {"success", "skipped", "reason"})
        EXPECT_THAT(RuleSample(text(path)).codes(kRules), IsEmpty()) << path;
    EXPECT_TRUE(RuleSample(text("text")).has("reference.maybe-skipped"));
}

TEST(ReferenceRules, AStepDoesNotMoveBehindOneThatNeedsIt) {
    EXPECT_EQ(RuleSample(sampleOf(ai("a", after("b")) + ai("b", kSay))).fixed("reference.later"),
              sampleOf(ai("b", kSay) + ai("a", after("b"))));
    EXPECT_EQ(
        RuleSample(sampleOf(ai("a", after("b")) + ai("b", after("a")))).fixed("reference.later"),
        "-");
    EXPECT_EQ(RuleSample(sampleOf(ai("a", after("c")) + ai("b", after("a")) + ai("c", kSay)))
                  .fixed("reference.later"),
              "-");
}

TEST(ReferenceRules, TheAnswerOfAStepInTheLoopIsItsText) {
    const auto text = [](const std::string& content) {
        return sampleOf(ai("a", kSay) +
                        "    - name: each\n      type: for_loop\n      iterator: x\n"
                        "      data_source: a:list\n      steps:\n"
                        "        - name: one\n          type: claude\n          prompt: []\n"
                        "        - name: two\n          type: claude\n          prompt:\n"
                        "            - " +
                        content + "\n");
    };
    for (const char* path : {"", ".result", ".result.text", ".text", ".score"})
        EXPECT_EQ(
            RuleSample(text("{type: static, content: \"{{steps.one" + std::string(path) + "}}\"}"))
                .fixed("reference.loop-template"),
            text("{type: previous_response, step: one, extract: text}"))
            << path;
}

TEST(SourceRules, TemplatesAreExpandedBeforeTheSourceIsRead) {
    const auto text = [](const std::string& source) {
        return sampleOf(ai("ask", kSay) +
                        "    - name: v\n      type: set_variable\n"
                        "      variables: {src: ask, field: items, whole: \"ask:items\"}\n"
                        "    - name: each\n      type: for_loop\n      iterator: x\n"
                        "      data_source: " +
                        source + "\n      steps: []\n") +
               "  global_vars: {where: \"ask:items\", all: [a]}\n";
    };
    for (const char* source : {"\"{{global_vars.where}}\"", "\"{{src}}:{{field}}\"",
                               "\"ask:{{field}}\"", "\"{{state.whole}}\""})
        EXPECT_THAT(RuleSample(text(source)).codes(kRules), IsEmpty()) << source;
    EXPECT_EQ(RuleSample(text("\"ask:{{fields}}\"")).at("template.unset-variable"), "{{fields}}");
    EXPECT_TRUE(RuleSample(text("\"{{global_vars.all}}\"")).has("source.unusable"));
    EXPECT_FALSE(RuleSample(text("state.whole")).isSafe("source.misread"));
}

TEST(SourceRules, AStepMayBeCalledPreviousResponse) {
    const std::string steps = ai("previous_response", kSay) +
                              "    - name: each\n      type: for_loop\n      iterator: x\n"
                              "      data_source: previous_response:items\n      steps: []\n";
    EXPECT_THAT(RuleSample(sampleOf(steps)).codes(kRules), IsEmpty());
}

TEST(SourceRules, TheItemOfALoopIsNamedWithoutItsScope) {
    const auto text = [](const std::string& source) {
        return sampleOf(ai("a", kSay) +
                        "    - name: outer\n      type: for_loop\n      iterator: it\n"
                        "      data_source: a:list\n      steps:\n"
                        "        - name: inner\n          type: for_loop\n          iterator: x\n"
                        "          data_source: " +
                        source + "\n          steps: []\n");
    };
    RuleSample checked(text("\"{{loop.it.children}}\""));
    EXPECT_TRUE(checked.isSafe("source.misread"));
    EXPECT_EQ(checked.fixed("source.misread"), text("\"it:children\""));
    EXPECT_THAT(RuleSample(text("it:children")).codes(kRules), IsEmpty());
}

TEST(SourceRules, AListOfOneTextIsTakenForANameOnlyIfItIsOne) {
    EXPECT_EQ(RuleSample(loopOver("[files]")).fixed("source.list"), loopOver("files"));
    EXPECT_FALSE(RuleSample(loopOver("[files]")).isSafe("source.list"));
    RuleSample list(loopOver("[red]"));
    EXPECT_THAT(list.fixed("source.list"), HasSubstr("variables:"));
    for (const check::Fix& fix : RuleSample(loopOver("[red]")).find("field.type")->fixes)
        EXPECT_FALSE(fix.safe) << fix.title;
}

}  // namespace
}  // namespace pe::testing
