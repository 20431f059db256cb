// SPDX-License-Identifier: MIT
// Parts of the items of a loop over a list that the pipeline holds.
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

const std::string kPart = "reference.result-part";
const std::vector<std::string> kRules = {"reference.", "source."};
const std::string kPrompt = "prompt: [{type: static, content: x}]";

std::string step(const std::string& name, const std::string& fields) {
    return "    - {name: " + name + ", " + fields + "}\n";
}

const std::string kLists =
    step("v",
         "type: set_variable, variables: {words: [a, b], mixed: [a, {name: b}], empty: [], filled: "
         "['{{n}}'], people: [{name: a, tags: [x], age: 3}, {name: b, home: {town: c}}]}") +
    step("ls", "type: file_ops, operation: list, path: .") +
    step("ask", "type: claude_smart, " + kPrompt) +
    step("sorted",
         "type: data_transform, input_source: people, output_field: o, operations: "
         "[{operation: filter, condition: age > 1}, {operation: sort, field: name}]") +
    step("mapped",
         "type: data_transform, input_source: people, output_field: o, operations: "
         "[{operation: map, field: nick, mapping: {a: b}}]") +
    step("files",
         "type: data_transform, input_source: 'previous_response:ls:files', "
         "output_field: o, operations: [{operation: sort, field: x}]");

RuleSample loop(const std::string& source, const std::string& body, const std::string& more = "") {
    return RuleSample(
        sampleOf(kLists + step("each", "type: for_loop, iterator: f, data_source: '" + source +
                                           "', " + more + "steps: [" + body + "]")));
}

std::string prompt(const std::string& path, const std::string& more = "") {
    return "{name: s, type: claude, prompt: [{type: previous_response, step: loop, extract: " +
           path + more + "}]}";
}

std::string inner(const std::string& source) {
    return "{name: in, type: for_loop, iterator: g, data_source: '" + source +
           "', steps: [{name: s, type: claude, " + kPrompt + "}]}";
}

std::string innerPrompt(const std::string& path) {
    return "{name: in, type: for_loop, iterator: g, data_source: 'f:tags', steps: [" +
           prompt(path) + "]}";
}

TEST(LoopItem, ATextHasNoParts) {
    for (const char* source : {"words", "ls:files", "v:variables_set", "files:o"})
        EXPECT_THAT(loop(source, prompt("f.name")).codes(kRules), ElementsAre(kPart)) << source;
    RuleSample sample = loop("words", prompt("f.name"));
    EXPECT_EQ(sample.message(kPart),
              "`f`, the item of `each`, is a text, and no path goes into one; end the path there.");
    EXPECT_THAT(sample.fixed(kPart), HasSubstr("extract: f}"));
    EXPECT_FALSE(sample.isSafe(kPart));
}

TEST(LoopItem, AMappingHasTheKeysThatAreWritten) {
    for (const char* source : {"people", "sorted:o"})
        for (const char* path : {"f.nme", "f.name.x", "f.tags.x", "f.home.street", "f.home.town.x"})
            EXPECT_THAT(loop(source, prompt(path)).codes(kRules), ElementsAre(kPart))
                << source << path;
    RuleSample sample = loop("people", prompt("f.nme"));
    EXPECT_EQ(sample.at(kPart), "nme");
    EXPECT_EQ(sample.message(kPart),
              "`f`, the item of `each`, never has a `nme`; it has name, "
              "tags, age and home.");
    EXPECT_THAT(sample.fixed(kPart), HasSubstr("extract: f.name}"));
    EXPECT_THAT(loop("people", prompt("f.name.x")).message(kPart),
                HasSubstr("`f.name` in the items of `each` is a text"));
    // Of items that are no mappings too, only what the others have is meant.
    EXPECT_THAT(loop("mixed", prompt("f.nme")).fixed(kPart), HasSubstr("extract: f.name}"));
}

TEST(LoopItem, WhatMayBeThereIsNoAlarm) {
    for (const char* path : {"f", "f.name", "f.age", "f.home.town", "index", "first"})
        EXPECT_THAT(loop("people", prompt(path)).codes(kRules), IsEmpty()) << path;
    for (const char* source : {"mixed", "empty", "filled", "mapped:o", "ask:items", "unknown:x"})
        EXPECT_FALSE(loop(source, prompt("f.name")).has(kPart)) << source;
    EXPECT_THAT(loop("words", prompt("f.name", ", strict: false")).codes(kRules), IsEmpty());
    EXPECT_FALSE(loop("mapped:o", prompt("f.nick")).has(kPart));
}

TEST(LoopItem, TheRoundsOfALoopAndTheTasksOfABatchHaveTheKeysOfTheEngine) {
    const auto over = [](const std::string& source, const std::string& path) {
        return RuleSample(
            sampleOf(kLists +
                     step("rounds",
                          "type: for_loop, iterator: w, data_source: words, steps: [{name: c, "
                          "type: claude_smart, " +
                              kPrompt + "}]") +
                     step("batch", "type: claude_batch, tasks: [{prompt: x}]") +
                     step("each", "type: for_loop, iterator: f, data_source: '" + source +
                                      "', steps: [" + prompt(path) + "]")));
    };
    EXPECT_THAT(over("rounds:iterations", "f.result.c").fixed(kPart),
                HasSubstr("extract: f.results.c"));
    EXPECT_TRUE(over("batch:batch_results", "f.text").has(kPart));
    for (const char* path : {"f", "f.results.c.text", "f.item", "f.error"})
        EXPECT_THAT(over("rounds:iterations", path).codes(kRules), IsEmpty()) << path;
    EXPECT_THAT(over("batch:batch_results", "f.result.text").codes(kRules), IsEmpty());
}

TEST(LoopItem, TheConditionsOfARoundLookIntoIt) {
    const auto ended = [](const std::string& source, const std::string& condition) {
        return loop(source, "{name: s, type: claude, " + kPrompt + "}",
                    "break_condition: \"" + condition + "\", ");
    };
    EXPECT_EQ(ended("words", "loop.f.name == 'a'").at(kPart), "f.name");
    EXPECT_THAT(ended("words", "loop.f.name == 'a'").fixed(kPart), HasSubstr("\"loop.f == 'a'\""));
    EXPECT_THAT(ended("people", "loop.f.nme == 'a'").find(kPart)->why, HasSubstr("null"));
    for (const char* condition : {"loop.f == 'a'", "loop.f.length > 1", "loop.index > 1"})
        EXPECT_THAT(ended("words", condition).codes(kRules), IsEmpty()) << condition;
    EXPECT_THAT(ended("people", "loop.f.name.length > 1").codes(kRules), IsEmpty());
    EXPECT_THAT(loop("words",
                     "{name: w, type: while_loop, condition: loop.f.x == 1, steps: "
                     "[{name: s, type: claude, " +
                         kPrompt + "}]}")
                    .find(kPart)
                    ->why,
                HasSubstr("the loop fails"));
}

TEST(LoopItem, ASourceInTheBodyNeedsAListInIt) {
    EXPECT_THAT(loop("words", inner("f:name")).codes(kRules), ElementsAre(kPart));
    EXPECT_THAT(loop("people", inner("f:tag")).fixed(kPart), HasSubstr("'f:tags'"));
    EXPECT_THAT(loop("people", inner("loop:f.tag")).fixed(kPart), HasSubstr("'loop:f.tags'"));
    EXPECT_THAT(loop("people", inner("f:name")).codes(kRules), ElementsAre("source.whole-result"));
    EXPECT_EQ(loop("people", inner("f:name")).message("source.whole-result"),
              "`f:name` in the items of `each` is a text, and a loop needs a list.");
    EXPECT_THAT(loop("words", inner("loop:f")).codes(kRules), ElementsAre("source.whole-result"));
    for (const char* source : {"f:tags", "loop:f.tags"})
        EXPECT_THAT(loop("people", inner(source)).codes(kRules), IsEmpty()) << source;
}

TEST(LoopItem, TheItemsOfTheLoopAroundAreFollowed) {
    EXPECT_EQ(loop("people", innerPrompt("g.name")).message(kPart),
              "`g`, the item of `in`, is a text, and no path goes into one; end the path there.");
    EXPECT_EQ(loop("people", innerPrompt("parent.f.nme")).at(kPart), "nme");
    for (const char* path : {"g", "parent.f", "parent.f.name"})
        EXPECT_THAT(loop("people", innerPrompt(path)).codes(kRules), IsEmpty()) << path;
}

}  // namespace
}  // namespace pe::testing
