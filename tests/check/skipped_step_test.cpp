// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "checked.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using testing::pipelineOf;

const std::string kPrompt = "prompt: [{type: static, content: x}]";
const std::string kUse = "prompt: [{type: previous_response, step: m, extract: text}]";

// `m`, which may be skipped, and these steps.
Checked after(const std::string& steps, const std::string& condition = "\"a.text contains 'go'\"") {
    return Checked(pipelineOf("- {name: a, type: claude_smart, " + kPrompt + "}\n" +
                              "- {name: m, type: claude_smart, condition: " + condition + ", " +
                              kPrompt + "}\n" + steps));
}

bool isTold(const std::string& guard, const std::string& condition = "\"a.text contains 'go'\"") {
    return after("- {name: u, type: claude_smart, condition: " + guard + ", " + kUse + "}\n",
                 condition)
        .has("reference.maybe-skipped");
}

TEST(SkippedStep, IsRuledOutByWhatItDoesNotStore) {
    for (const char* guard : {"{not: m.skipped}",
                              "m.skipped != true",
                              "m.skipped == false",
                              "m.skipped == null",
                              "m.text != null",
                              "m.text",
                              "\"m.text contains 'x'\"",
                              "\"m.text matches 'x'\"",
                              "m.text.length > 2",
                              "length(m.text) > 3",
                              "count(m.items) > 0",
                              "isEmpty(m.text) == false",
                              "m.cost > 0.1",
                              "m.cost * 2 > 1",
                              "m.cost between 1 and 3",
                              "m.type == 'stream'",
                              "{or: [m.text, m.cost]}",
                              "{and: [a.ok, m.text]}",
                              "[a.ok, m.text]",
                              "{not: {or: [a.ok, m.skipped]}}"})
        EXPECT_FALSE(isTold(guard)) << guard;
}

TEST(SkippedStep, IsRuledOutByWhatDidNotHold) {
    const std::string condition = "\"a.text contains 'go'\"";
    EXPECT_FALSE(isTold(condition));
    EXPECT_FALSE(isTold("{and: [" + condition + ", a.success]}"));
    EXPECT_FALSE(isTold("[a.success, " + condition + "]"));
    EXPECT_TRUE(isTold("{or: [" + condition + ", a.success]}"));
    EXPECT_TRUE(isTold("{not: " + condition + "}"));
    EXPECT_FALSE(isTold("{and: [a.z, a.y, a.x]}", "[a.x, a.y]"));
    EXPECT_TRUE(isTold("{and: [a.z, a.y]}", "[a.x, a.y]"));
}

TEST(SkippedStep, IsNotRuledOutByWhatMayHoldAllTheSame) {
    for (const char* guard :
         {"a.text", "m", "m.success", "m.skipped", "m.reason", "m.text == null", "m.text != 'x'",
          "length(m.text) >= 0", "isEmpty(m.text)", "m.cost + 1", "{not: m.text}", "{not: a.ok}",
          "{or: [m.text, a.text]}", "\"{{steps.m.text}} != 'x'\"", "\"a.text contains m.reason\"",
          "m.text == a.text", "1 == 1"})
        EXPECT_TRUE(isTold(guard)) << guard;
}

TEST(SkippedStep, APipelineWithInputsStoresBelowResult) {
    const auto told = [](const std::string& guard) {
        return Checked(pipelineOf("- {name: a, type: claude_smart, " + kPrompt + "}\n" +
                                  "- {name: m, type: pipeline, condition: a.ok, inputs: {x: 1}, "
                                  "pipeline: {name: p, steps: [{name: q, type: claude, " +
                                  kPrompt + "}]}}\n" +
                                  "- {name: u, type: claude_smart, condition: " + guard +
                                  ", prompt: [{type: previous_response, step: m, "
                                  "extract: result.q}]}\n"))
            .has("reference.maybe-skipped");
    };
    EXPECT_FALSE(told("m.result.q"));
    EXPECT_FALSE(told("{not: m.result.skipped}"));
    EXPECT_TRUE(told("{not: m.skipped}"));
}

TEST(SkippedStep, IsRuledOutByTheConditionOfALoopNotOfAStepInIt) {
    const auto told = [](const std::string& loop, const std::string& body) {
        return after("- name: l\n  type: for_loop\n  iterator: i\n  data_source: a:list\n" + loop +
                     "  steps:\n    - {name: u, type: claude_smart, " + body + kUse + "}\n")
            .has("reference.maybe-skipped");
    };
    EXPECT_TRUE(told("", ""));
    EXPECT_FALSE(told("  condition: m.text\n", ""));
    EXPECT_TRUE(told("", "condition: m.text, "));
}

TEST(SkippedStep, WhatItStoresIsSeenByConditionsAndTemplates) {
    const auto found = [](const std::string& more, const std::string& condition,
                          const std::string& text) {
        return Checked(pipelineOf("- {name: m, type: claude, " + more + kPrompt + "}\n" +
                                  "- {name: o, type: claude, condition: " + condition +
                                  ", prompt: [{type: static, content: \"" + text + "\"}]}\n"))
            .count("reference.answer-field");
    };
    const std::string maybe = "condition: 1 == 2, ";
    EXPECT_EQ(found(maybe, "m.skipped == true", "{{steps.m.reason}}"), 0u);
    EXPECT_EQ(found(maybe, "{not: m.skipped}", "{{steps.m.skipped}}"), 0u);
    EXPECT_EQ(found(maybe, "m.text != null", "{{steps.m.result.reason}}"), 2u);
    EXPECT_EQ(found("", "m.skipped == true", "{{steps.m.reason}}"), 2u);
}

// `ls` and `v`, which may be skipped, and this step.
bool isToldOf(const std::string& step) {
    return Checked(pipelineOf("- {name: a, type: set_variable, variables: {n: 1}}\n"
                              "- {name: ls, type: file_ops, operation: list, path: ., condition: "
                              "a.variable_count > 1}\n"
                              "- {name: v, type: set_variable, variables: {l: [1], t: x}, "
                              "condition: a.variable_count > 1}\n" +
                              step))
        .has("reference.maybe-skipped");
}

const std::string kOver =
    ", steps: [{name: b, type: claude_smart, prompt: [{type: static, content: x}]}]}\n";

TEST(SkippedStep, HasNoPartsForSourcesAndTemplates) {
    const std::string same = "condition: a.variable_count > 1, ";
    const std::string loop = "- {name: f, type: for_loop, iterator: i, ";
    const std::string turn = "- {name: d, type: data_transform, output_field: o, ";
    const std::string say = "prompt: [{type: static, content: \"{{steps.ls.count}}\"}]}\n";
    EXPECT_TRUE(isToldOf(loop + "data_source: \"ls:files\"" + kOver));
    EXPECT_FALSE(isToldOf(loop + same + "data_source: \"ls:files\"" + kOver));
    EXPECT_TRUE(isToldOf(turn + "input_source: \"previous_response:ls:files\"}\n"));
    EXPECT_FALSE(isToldOf(turn + same + "input_source: \"previous_response:ls:files\"}\n"));
    EXPECT_TRUE(isToldOf("- {name: u, type: claude, " + say));
    EXPECT_FALSE(isToldOf("- {name: u, type: claude, " + same + say));
    EXPECT_FALSE(isToldOf("- {name: u, type: claude, condition: ls.count > 0, " + say));
    EXPECT_FALSE(
        isToldOf("- {name: u, type: claude, condition: \"{{steps.ls.count}} > 0\", " + say));
    EXPECT_TRUE(
        isToldOf("- {name: u, type: claude, condition: \"{{steps.ls.reason}} != 0\", " + say));
    EXPECT_FALSE(
        isToldOf("- {name: u, type: claude, prompt: [{type: static, content: "
                 "\"{{steps.ls.success}}\"}]}\n"));
}

TEST(SkippedStep, IsRuledOutByTheConditionOfThePipelineAroundATemplate) {
    const auto told = [](const std::string& condition) {
        return isToldOf("- {name: p, type: pipeline, " + condition +
                        "pipeline: {name: q, steps: [{name: u, type: claude, prompt: [{type: "
                        "static, content: \"{{steps.ls.count}}\"}]}]}}\n");
    };
    EXPECT_TRUE(told(""));
    EXPECT_FALSE(told("condition: ls.count > 0, "));
}

TEST(SkippedStep, SetsNoVariableForASource) {
    const std::string loop = "- {name: f, type: for_loop, iterator: i, ";
    EXPECT_TRUE(isToldOf(loop + "data_source: l" + kOver));
    EXPECT_TRUE(isToldOf("- {name: d, type: data_transform, output_field: o, input_source: l}\n"));
    EXPECT_FALSE(isToldOf(loop + "condition: a.variable_count > 1, data_source: l" + kOver));
    EXPECT_FALSE(isToldOf(loop + "condition: v.variable_count > 0, data_source: l" + kOver));
    EXPECT_FALSE(
        isToldOf("- {name: w, type: set_variable, variables: {l: [2]}, condition: "
                 "a.variable_count <= 1}\n" +
                 loop + "data_source: l" + kOver));
}

// Of a step with this text in its prompt, or with these fields.
std::size_t unsetIn(const std::string& text, const std::string& more = "",
                    const std::string& between = "") {
    return Checked(pipelineOf("- {name: a, type: set_variable, variables: {n: 1}}\n"
                              "- {name: v, type: set_variable, variables: {l: 1, t: x}, "
                              "condition: a.variable_count > 1}\n" +
                              between + "- {name: u, type: claude_smart, " + more +
                              "prompt: [{type: static, content: \"" + text + "\"}]}\n"))
        .count("template.maybe-unset");
}

TEST(SkippedStep, ASetterThatMayBeSkippedLeavesTemplatesEmpty) {
    for (const char* text : {"{{state.t}}", "{{t}}", "{{state.l + 1}}", "{{l * 2}}",
                             "{{add(l, 1)}}", "{{max(1, state.l)}}", "{{state.t.k}}"})
        EXPECT_EQ(unsetIn(text), 1u) << text;
    EXPECT_EQ(unsetIn("{{l + l}}"), 2u);
    for (const char* text : {"{{n}}", "{{state.n + 1}}", "{{steps.v.scope}}", "t", "{{inputs.t}}"})
        EXPECT_EQ(unsetIn(text), 0u) << text;
    EXPECT_EQ(unsetIn("{{t}}", "condition: a.variable_count > 1, "), 0u);
    EXPECT_EQ(unsetIn("{{t}}", "condition: \"{{state.t}} == 'x'\", "), 0u);
    EXPECT_EQ(unsetIn("{{l}}", "condition: \"{{state.t}} == 'x'\", "), 1u);
    EXPECT_EQ(unsetIn("{{t}}", "", "- {name: w, type: set_variable, variables: {t: y}}\n"), 0u);
}

}  // namespace
}  // namespace pe::check
