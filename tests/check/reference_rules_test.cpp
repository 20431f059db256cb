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
    const RuleSample wrong(loopOver("[red]"));
    for (const check::Fix& fix : wrong.find("field.type")->fixes)
        EXPECT_FALSE(fix.safe) << fix.title;
}

std::string whileOf(const std::string& condition) {
    return sampleOf(ai("a", kSay) + "    - name: w\n      type: while_loop\n      condition: " +
                    condition + "\n      steps:\n        - name: b\n" +
                    "          type: claude_smart\n          prompt: []\n");
}

TEST(ReferenceRules, D45BeforeTheFirstRoundNothingInTheLoopIsThere) {
    for (const char* skipped : {"loop.iteration < 3", "b.ok == true", "b.ok", "b.n < 3", "3 > b.n",
                                "b.x contains 'y'", "b.x != null", "b.n + 1 < 5", "5 == b.n * 2",
                                "b.items.length > 0", "b.items.length between 1 and 3"})
        EXPECT_TRUE(RuleSample(whileOf(skipped)).has("reference.first-look")) << skipped;
    for (const char* runs : {"b.done != true", "b.x == null", "b.x == a.x", "a.n < 3", "b.x != a.x",
                             "isEmpty(b.x)", "length(b.items) < 3", "loop.iteration != 9",
                             "b.items.length < 3", "b.items.length between 0 and 3", "b.n + 1 != 5",
                             "b.items.length + 1 < 3", "a.n + 1 < 5"})
        EXPECT_FALSE(RuleSample(whileOf(runs)).has("reference.first-look")) << runs;
    RuleSample checked(whileOf("b.ok == true"));
    EXPECT_EQ(checked.fixed("reference.first-look"), whileOf("b.ok != false"));
    EXPECT_FALSE(checked.isSafe("reference.first-look"));
}

TEST(ReferenceRules, D48AForLoopHasHelpersOfItsOwn) {
    const auto loop = [](const std::string& condition) {
        return sampleOf(ai("a", kSay) +
                        "    - name: each\n      type: for_loop\n      iterator: item\n"
                        "      data_source: a:list\n      break_condition: " +
                        condition + "\n      steps: []\n");
    };
    for (const char* wrong : {"loop.iteration > 2", "loop.count > 2", "loop.parent.index > 1"})
        EXPECT_TRUE(RuleSample(loop(wrong)).has("reference.loop-helper")) << wrong;
    for (const char* good : {"loop.item.done", "loop.index > 2", "loop.first", "loop.level > 1"})
        EXPECT_FALSE(RuleSample(loop(good)).has("reference.loop-helper")) << good;
    EXPECT_EQ(RuleSample(loop("loop.itm.done")).fixed("reference.loop-helper"),
              loop("loop.item.done"));
}

// A pipeline with one step `one`, and a step that uses a part of its result.
std::string nestedOf(const std::string& fields, const std::string& extract) {
    return sampleOf("    - name: p\n      type: pipeline\n" + fields +
                    "      pipeline:\n        name: inner\n        steps:\n"
                    "          - {name: one, type: claude_smart, prompt: []}\n" +
                    ai("b", after("p", ", extract: " + extract)));
}

TEST(ReferenceRules, D88PartsOfAPipelineStandBelowResultIfItHasInputs) {
    const std::string inputs = "      inputs: {x: 1}\n";
    RuleSample checked(nestedOf(inputs, "one.text"));
    EXPECT_EQ(checked.fixed("reference.wrapped-result"), nestedOf(inputs, "result.one.text"));
    EXPECT_THAT(RuleSample(nestedOf(inputs, "result.one.text")).codes(kRules), IsEmpty());
    EXPECT_EQ(RuleSample(nestedOf("", "result.one")).fixed("reference.wrapped-result"),
              nestedOf("", "one"));
    EXPECT_THAT(RuleSample(nestedOf("", "one.text")).codes(kRules), IsEmpty());
    EXPECT_THAT(RuleSample(nestedOf("      inputs: \"{{state.all}}\"\n", "result.one"))
                    .codes({"reference."}),
                IsEmpty());
}

TEST(ReferenceRules, OutputsHideTheStepsOfAPipeline) {
    const std::string outputs = "      outputs: [{path: one.text, as: t}]\n";
    RuleSample checked(nestedOf(outputs, "one.text"));
    EXPECT_EQ(checked.at("reference.pipeline-part"), "one");
    EXPECT_EQ(checked.fixed("reference.pipeline-part"), nestedOf(outputs, "t"));
    EXPECT_THAT(RuleSample(nestedOf(outputs, "t")).codes(kRules), IsEmpty());
    const std::string said = sampleOf(
        "    - name: p\n      type: pipeline\n" + outputs +
        "      pipeline: {name: c, steps: [{name: one, type: claude_smart, prompt: []}]}\n" +
        ai("b", "        - {type: static, content: \"{{steps.p.one.text}}\"}\n"));
    EXPECT_EQ(RuleSample(said).at("reference.pipeline-part"), "one");
}

TEST(ReferenceRules, AnUnknownStepIsFoundInANumberToo) {
    const std::string condition = "      condition: length(analisys.items)\n";
    EXPECT_TRUE(RuleSample(sampleOf(ai("analysis", kSay) + ai("b", kSay, condition)))
                    .has("reference.missing"));
}

TEST(ReferenceRules, WhetherAPipelineWasSkippedStandsBesideItsResult) {
    EXPECT_THAT(RuleSample(nestedOf("      inputs: {x: 1}\n", "skipped")).codes({"reference."}),
                IsEmpty());
}

TEST(ReferenceRules, AStreamedAnswerIsNotKept) {
    const auto text = [](const std::string& enabled, const std::string& part) {
        return sampleOf(ai("a", kSay, "      streaming: {enabled: " + enabled + "}\n") +
                        ai("b", after("a", ", extract: " + part)));
    };
    EXPECT_EQ(RuleSample(text("true", "text")).at("reference.streamed-part"), "text");
    EXPECT_FALSE(RuleSample(text("false", "text")).has("reference.streamed-part"));
    EXPECT_FALSE(RuleSample(text("true", "stream_id")).has("reference.streamed-part"));
}

TEST(SourceRules, JoinsReadNoVariables) {
    const auto join = [](const std::string& source) {
        return sampleOf(ai("a", kSay) +
                        "    - name: v\n      type: set_variable\n      variables: {lst: [1]}\n"
                        "    - name: t\n      type: data_transform\n"
                        "      input_source: previous_response:a\n      operations:\n"
                        "        - {operation: join, join_key: text, right_source: " +
                        source + "}\n");
    };
    EXPECT_EQ(RuleSample(join("lst")).message("reference.missing"), "No step is called `lst`.");
    EXPECT_THAT(RuleSample(join("a")).codes(kRules), IsEmpty());
    EXPECT_EQ(RuleSample(join("state.lst")).fixed("source.misread"), "-");
}

}  // namespace
}  // namespace pe::testing
