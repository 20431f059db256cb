// SPDX-License-Identifier: MIT
// Conditions on parts of results that hold one of few words, whatever happens in the run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::HasSubstr;

const std::string kNever = "effect.never-runs";
const std::string kAlways = "effect.always-runs";

const std::string kPrompt = "prompt: [{type: static, content: x}]";

std::string step(const std::string& name, const std::string& fields) {
    return "    - {name: " + name + ", " + fields + "}\n";
}

const std::string kSteps =
    step("v", "type: set_variable, variables: {n: 1, words: [a, b]}") +
    step("cp", "type: file_ops, operation: copy, source: a, destination: b") +
    step("val", "type: file_ops, operation: validate, files: [{path: a}]") +
    step("ls", "type: file_ops, operation: list, path: .") +
    step("any", "type: file_ops, operation: '{{state.n}}', path: .") +
    step("up", "type: file_ops, operation: stream_process, source: a, processor: uppercase") +
    step("smart", "type: claude_smart, " + kPrompt) +
    step("robust", "type: claude_robust, " + kPrompt) +
    step("batch", "type: claude_batch, tasks: [{prompt: x}]") +
    step("t", "type: data_transform, input_source: words, output_field: o") +
    step("w",
         "type: while_loop, condition: v.variable_count > 0, steps: [{name: b, type: claude, " +
             kPrompt + "}]") +
    step("each",
         "type: for_loop, iterator: i, data_source: words, steps: [{name: c, type: "
         "claude_smart, " +
             kPrompt + "}]") +
    step("maybe",
         "type: file_ops, operation: copy, source: a, destination: b, condition: "
         "\"v.variable_count > 3\"") +
    step("kept", "type: claude_smart, condition: \"v.variable_count > 3\", " + kPrompt) +
    step("big",
         "type: file_ops, operation: copy, source: a, destination: b, streaming: {enabled: "
         "true}");

RuleSample asked(const std::string& condition) {
    return RuleSample(
        sampleOf(kSteps + step("last", "type: claude, condition: " + condition + ", " + kPrompt)));
}

RuleSample when(const std::string& condition) {
    return asked("\"" + condition + "\"");
}

TEST(KnownCondition, AWordThatAResultNeverHasNeverHolds) {
    for (const char* condition :
         {"cp.status == 'success'", "val.status == 'completed'", "ls.operation == 'copy'",
          "'lower' == up.processor", "up.method == 'lines'", "v.scope == 'session'",
          "maybe.status == 'done'", "smart.success == false", "kept.success != true",
          "batch.success == false", "batch.batch_processed == false", "w.condition_met == true",
          "w.condition_met", "cp.status != 'completed'", "each.parallel == false",
          "t.metadata.output_type == 'array'", "robust.fallback_type == 'cached'",
          "any.status == 'success'", "cp.status contains 'success'"}) {
        EXPECT_TRUE(when(condition).has(kNever)) << condition;
        EXPECT_FALSE(when(condition).has(kAlways)) << condition;
    }
}

TEST(KnownCondition, WhatIsAlwaysStoredHoldsAlways) {
    for (const char* condition :
         {"cp.status != 'success'", "cp.status == 'completed'", "cp.status", "smart.success",
          "kept.success", "kept.success == true", "maybe.status != 'done'", "v.scope != 1"}) {
        EXPECT_TRUE(when(condition).has(kAlways)) << condition;
        EXPECT_FALSE(when(condition).has(kNever)) << condition;
    }
}

TEST(KnownCondition, WhatMayBeOtherwiseIsNoAlarm) {
    for (const char* condition : {"maybe.status == 'completed'",
                                  "maybe.status != 'completed'",
                                  "maybe.status",
                                  "any.status == 'all_valid'",
                                  "any.operation == 'move'",
                                  "big.status == 'success'",
                                  "w.condition_met == false",
                                  "w.max_iterations_reached",
                                  "w.success == false",
                                  "each.success == false",
                                  "each.parallel",
                                  "ls.operation == 'list'",
                                  "ls.path == 'x'",
                                  "t.metadata.output_type == 'list'",
                                  "robust.fallback_type == 'cached_response'",
                                  "robust.fallback_type",
                                  "cp.status == '{{state.n}}'",
                                  "cp.status == smart.text",
                                  "smart.text == 'completed'",
                                  "v.variables_set contains 'm'",
                                  "cp.status contains 'comp'",
                                  "cp.status.length > 3",
                                  "maybe.reason == 'x'",
                                  "v.scope == 'global'"}) {
        EXPECT_FALSE(when(condition).has(kNever)) << condition;
        EXPECT_FALSE(when(condition).has(kAlways)) << condition;
    }
}

TEST(KnownCondition, AnUnknownScopeIsTheGlobalOne) {
    const auto scoped = [](const std::string& scope) {
        return RuleSample(
            sampleOf(step("s", "type: set_variable, variables: {n: 1}, scope: " + scope) +
                     step("last", "type: claude, condition: \"s.scope == 'global'\", " + kPrompt)));
    };
    EXPECT_FALSE(scoped("local").has(kNever));
    EXPECT_FALSE(scoped("'{{n}}'").has(kNever));
    EXPECT_TRUE(scoped("session").has(kNever));
}

TEST(KnownCondition, SaysWhatIsThere) {
    EXPECT_EQ(when("cp.status == 'success'").message(kNever),
              "The condition is always false: `cp.status` is always `completed`.");
    EXPECT_EQ(when("w.condition_met == true").message(kNever),
              "The condition is always false: `w.condition_met` can only be `false`.");
    EXPECT_THAT(when("t.metadata.output_type == 'array'").message(kNever),
                HasSubstr("is never `array`; it is one of `list`, `map`"));
    EXPECT_EQ(when("cp.status != 'success'").message(kAlways),
              "The condition is always true: `cp.status` is always `completed`.");
}

TEST(KnownCondition, OffersTheNearestWord) {
    RuleSample sample = when("cp.status == 'complete'");
    EXPECT_THAT(sample.fixed(kNever), HasSubstr("cp.status == 'completed'"));
    EXPECT_FALSE(when("cp.status == 'complete'").isSafe(kNever));
    EXPECT_EQ(when("cp.status == 'success'").fixed(kNever), "-");
    EXPECT_FALSE(when("cp.status").isSafe(kAlways));
    EXPECT_THAT(when("cp.status").fixed(kAlways), Not(HasSubstr("cp.status")));
}

TEST(KnownCondition, KnowsWhatTheStepsOfANestedPipelineStore) {
    const std::string inner =
        "pipeline: {name: n, steps: [{name: cp, type: file_ops, operation: copy, source: a, "
        "destination: b}, {name: ls, type: file_ops, operation: list, path: ., condition: "
        "cp.path == 'x'}]}";
    const auto asked = [&](const std::string& condition) {
        return RuleSample(sampleOf(
            step("p", "type: pipeline, " + inner) +
            step("q",
                 "type: pipeline, inputs: {x: 1}, outputs: [{path: cp.status, as: s}], " + inner) +
            step("last", "type: claude, condition: \"" + condition + "\", " + kPrompt)));
    };
    for (const char* condition : {"p.cp.status == 'success'", "q.result.s == 'success'",
                                  "p.ls.files > 3", "p.ls.operation == 'copy'"})
        EXPECT_TRUE(asked(condition).has(kNever)) << condition;
    for (const char* condition : {"p.cp.status == 'completed'", "q.result.s"})
        EXPECT_TRUE(asked(condition).has(kAlways)) << condition;
    for (const char* condition : {"p.ls.operation == 'list'", "p.ls.count > 3", "q.s == 'success'",
                                  "q.result.status == 'success'", "p.cp", "p.success"}) {
        EXPECT_FALSE(asked(condition).has(kNever)) << condition;
        EXPECT_FALSE(asked(condition).has(kAlways)) << condition;
    }
}

TEST(KnownCondition, IsTheSameInAListAndForALoop) {
    EXPECT_EQ(asked("[ls.count > 1, cp.status == 'done']").at(kNever), "cp.status == 'done'");
    const auto ended = [](const std::string& condition) {
        return RuleSample(
            sampleOf(kSteps + step("round",
                                   "type: for_loop, iterator: i, data_source: words, "
                                   "break_condition: \"" +
                                       condition + "\", steps: [{name: c, type: claude_smart, " +
                                       kPrompt + "}]")));
    };
    EXPECT_TRUE(ended("c.success == false").has(kNever));
    EXPECT_TRUE(ended("cp.status == 'done'").has(kNever));
    EXPECT_FALSE(ended("c.text == 'done'").has(kNever));
    EXPECT_TRUE(RuleSample(sampleOf(kSteps + step("again",
                                                  "type: while_loop, condition: "
                                                  "\"cp.status == 'done'\", steps: "
                                                  "[{name: d, type: claude, " +
                                                      kPrompt + "}]")))
                    .has(kNever));
}

}  // namespace
}  // namespace pe::testing
