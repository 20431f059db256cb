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

const std::vector<std::string> kRules = {"reference.", "source.", "effect."};
const std::string kPrompt = "prompt: [{type: static, content: go}]";

std::string step(const std::string& name, const std::string& type, const std::string& more = "") {
    return "{name: " + name + ", type: " + type + ", " + more + kPrompt + "}";
}

std::string loop(const std::string& name, const std::string& source, const std::string& body,
                 const std::string& item = "x") {
    return "{name: " + name + ", type: for_loop, iterator: " + item + ", data_source: " + source +
           ", steps: [" + body + "]}";
}

// Steps, and one of which the source is tried in both languages.
RuleSample looped(const std::string& steps, const std::string& source) {
    return RuleSample(
        sampleOf(steps + "    - " + loop("each", source, step("b", "claude_smart")) + "\n"));
}

RuleSample transformed(const std::string& steps, const std::string& source) {
    return RuleSample(sampleOf(steps +
                               "    - {name: t, type: data_transform, input_source: " + source +
                               ", operations: [{operation: map, field: a, mapping: {b: c}}]}\n"));
}

std::string line(const std::string& text) {
    return "    - " + text + "\n";
}

TEST(SourceRules, AVariableIsNoPartOfTheStepThatSetsIt) {
    const std::string set = line("{name: v, type: set_variable, variables: {lst: [1]}}");
    const std::string rule = "reference.variable-part";
    EXPECT_EQ(looped(set, "\"v:lst\"").at(rule), "lst");
    EXPECT_EQ(transformed(set, "\"previous_response:v:lst\"").at(rule), "lst");
    EXPECT_THAT(looped(set, "lst").codes(kRules), IsEmpty());
    EXPECT_EQ(looped(set, "\"v:variables_set\"").at(rule), "-");
    const auto used = [&](const std::string& prompt) {
        return RuleSample(sampleOf(set + line("{name: c, type: claude, prompt: [" + prompt + "]}")))
            .at(rule);
    };
    EXPECT_EQ(used("{type: static, content: 'a {{steps.v.lst}}'}"), "lst");
    EXPECT_EQ(used("{type: static, content: 'a {{state.lst}}'}"), "-");
    EXPECT_EQ(used("{type: previous_response, step: v, extract: lst}"), "lst");
    EXPECT_EQ(used("{type: previous_response, step: v, extract: scope}"), "-");
}

TEST(SourceRules, D88PartsOfAPipelineStandBelowResult) {
    const std::string nested = ", pipeline: {name: k, steps: [" + step("d", "claude_smart") + "]}}";
    const std::string given = line("{name: p, type: pipeline, inputs: {a: 1}" + nested);
    const std::string alone = line("{name: p, type: pipeline" + nested);
    RuleSample wrapped = looped(given, "\"p:d.items\"");
    EXPECT_EQ(wrapped.at("reference.wrapped-result"), "p:d.items");
    EXPECT_THAT(wrapped.fixed("reference.wrapped-result"), HasSubstr("\"p:result.d.items\""));
    RuleSample input = transformed(given, "\"previous_response:p:d.items\"");
    EXPECT_THAT(input.fixed("reference.wrapped-result"),
                HasSubstr("\"previous_response:p:result.d.items\""));
    EXPECT_EQ(looped(alone, "\"p:nope\"").at("reference.pipeline-part"), "nope");
    EXPECT_THAT(looped(given, "\"p:result.d.items\"").codes(kRules), IsEmpty());
    EXPECT_THAT(looped(alone, "\"p:d.items\"").codes(kRules), IsEmpty());
    EXPECT_THAT(transformed(given, "\"previous_response:p\"").codes(kRules), IsEmpty());
}

TEST(SourceRules, D90LoopsSeeNothingOfALiveAnswerAndTransformationsItsParts) {
    const std::string live = line(step("a", "claude"));
    EXPECT_EQ(looped(live, "\"a:items\"").at("reference.answer-field"), "a:items");
    EXPECT_EQ(looped(live, "\"a:text\"").at("reference.answer-field"), "a:text");
    RuleSample input = transformed(live, "\"previous_response:a:items\"");
    EXPECT_EQ(input.at("reference.answer-part"), "items");
    EXPECT_THAT(input.fixed("reference.answer-part"), HasSubstr("\"previous_response:a:text\""));
    EXPECT_THAT(transformed(live, "\"previous_response:a:text\"").codes(kRules), IsEmpty());
    EXPECT_THAT(looped(line(step("a", "claude_smart")), "\"a:items\"").codes(kRules), IsEmpty());
}

TEST(SourceRules, OperationsTakeWhatIsNoListAsOneItem) {
    const std::string rule = "source.single-item";
    const std::string steps =
        line("{name: v, type: set_variable, variables: {m: {a: 1}, l: [{a: 1}], w: word}}") +
        line("{name: ls, type: file_ops, operation: list, path: data}") +
        line(
            "{name: d, type: data_transform, input_source: l, output_field: rows, operations: "
            "[]}") +
        line(step("s", "claude_smart"));
    const auto done = [&](const std::string& source, const std::string& operations) {
        return RuleSample(sampleOf(steps +
                                   "    - {name: t, type: data_transform, input_source: \"" +
                                   source + "\", operations: [" + operations + "]}\n"));
    };
    const std::string filter = "{operation: filter, field: a, condition: a == 1}";
    const std::string sort = "{operation: sort, field: a}";
    const std::string group = "{operation: group_by, field: a}";

    RuleSample whole = done("previous_response:d", group);
    EXPECT_EQ(whole.at(rule), "\"previous_response:d\"");
    EXPECT_THAT(whole.fixed(rule), HasSubstr("input_source: \"previous_response:d:rows\""));
    EXPECT_THAT(done("ls", filter).fixed(rule), HasSubstr("\"previous_response:ls:files\""));
    EXPECT_THAT(done("previous_response:s", sort).message(rule),
                HasSubstr("`previous_response:s:path`"));
    EXPECT_TRUE(done("m", sort).has(rule));
    EXPECT_TRUE(done("w", filter).has(rule));
    EXPECT_TRUE(done("previous_response:ls:count", filter).has(rule));
    EXPECT_TRUE(done("ls", "{operation: aggregate, function: sum, field: a}").has(rule));
    EXPECT_TRUE(
        done("ls", "{operation: join, left_field: a, right_source: s, join_key: b}").has(rule));

    // One item is meant where a part of it is asked for, or may be.
    EXPECT_FALSE(done("m", filter).has(rule));
    EXPECT_FALSE(done("ls", "{operation: filter, field: count, condition: value > 1}").has(rule));
    EXPECT_FALSE(done("ls", "{operation: filter, condition: count > 1}").has(rule));
    EXPECT_FALSE(done("w", "{operation: filter, condition: value == 'word'}").has(rule));
    EXPECT_FALSE(done("previous_response:s", filter).has(rule));
    EXPECT_FALSE(done("ls", "{operation: map, field: a, mapping: {b: c}}, " + filter).has(rule));
    EXPECT_FALSE(
        done("ls", "{operation: aggregate, function: sum, field: count}, " + sort).has(rule));
    for (const char* list : {"l", "previous_response:d:rows", "previous_response:ls:files"})
        EXPECT_FALSE(done(list, filter + ", " + sort + ", " + group).has(rule)) << list;
    EXPECT_FALSE(done("ls", sort + "], lazy: {enabled: true}, x: [").has(rule));
}

TEST(SourceRules, AJoinReachesIntoAResultByTheContextOnly) {
    const std::string steps = line("{name: v, type: set_variable, variables: {l: [{a: 1}]}}") +
                              line(
                                  "{name: d, type: data_transform, input_source: l, output_field: "
                                  "rows, operations: []}") +
                              line(
                                  "{name: some, type: file_ops, operation: list, path: data, "
                                  "condition: v.variable_count > 3}");
    const auto joined = [&](const std::string& source, const std::string& key = "a") {
        return RuleSample(sampleOf(
            steps +
            line("{name: t, type: data_transform, input_source: l, operations: [{operation: "
                 "join, left_field: a, join_key: " +
                 key + ", right_source: \"" + source + "\"}]}") +
            line("{name: later, type: file_ops, operation: list, path: data}")));
    };
    const std::string single = "source.single-item";
    for (const char* whole : {"previous_response:d", "d", "context:results.d"}) {
        EXPECT_TRUE(joined(whole).has(single)) << whole;
        EXPECT_THAT(joined(whole).fixed(single), HasSubstr("\"context:results.d.rows\"")) << whole;
        EXPECT_FALSE(joined(whole, "rows").has(single)) << whole;
    }
    EXPECT_THAT(joined("context:results.d.rows").codes(kRules), IsEmpty());
    EXPECT_TRUE(joined("context:results.some.count").has(single));
    EXPECT_EQ(joined("context:results.none.rows").at("reference.missing"), "none");
    EXPECT_EQ(joined("context:results.later.files").at("reference.later"), "later");
    EXPECT_EQ(joined("context:results.t.files").at("reference.self"), "t");
    EXPECT_EQ(joined("context:results.some.flies").at("reference.result-part"), "flies");
    EXPECT_THAT(joined("context:results.some.files").message("reference.maybe-skipped"),
                HasSubstr("nothing is joined"));
    for (const char* meant : {"previous_response:d:rows", "previous_response:d.rows",
                              "steps.d.rows", "{{steps.d.rows}}", "context:d.rows"})
        EXPECT_THAT(joined(meant).fixed("source.misread"), HasSubstr("\"context:results.d.rows\""))
            << meant;
    for (const char* kept :
         {"context:global_vars.users", "context:inputs.users", "context:config.x"})
        EXPECT_THAT(joined(kept).codes(kRules), IsEmpty()) << kept;
}

TEST(SourceRules, TheContextLeadsToResultsForTransformationsToo) {
    const std::string list = line("{name: ls, type: file_ops, operation: list, path: data}");
    EXPECT_THAT(transformed(list, "\"context:results.ls.files\"").codes(kRules), IsEmpty());
    EXPECT_EQ(transformed(list, "\"context:results.sl.files\"").at("reference.missing"), "sl");
    EXPECT_EQ(transformed(list, "\"context:results.ls.flies\"").at("reference.result-part"),
              "flies");
    EXPECT_THAT(transformed(list, "\"context:ls.files\"").fixed("source.misread"),
                HasSubstr("\"previous_response:ls:files\""));
    EXPECT_THAT(transformed(list, "\"context:global_vars.a\"").codes(kRules), IsEmpty());
}

TEST(SourceRules, D91AParallelResultHasTwoParts) {
    const std::string tasks =
        line("{name: a, type: parallel_claude, parallel_tasks: [{id: x, " + kPrompt + "}]}");
    EXPECT_TRUE(looped(tasks, "\"a:x\"").has("reference.answer-field"));
    RuleSample input = transformed(tasks, "\"previous_response:a:x\"");
    EXPECT_THAT(input.fixed("effect.parallel-extract"),
                HasSubstr("\"previous_response:a:combined_results\""));
    EXPECT_THAT(transformed(tasks, "\"previous_response:a:individual_results\"").codes(kRules),
                IsEmpty());
}

TEST(SourceRules, D23OfALoopOnlyTheRoundsOfAForLoopAreAList) {
    const std::string loops =
        line(step("s", "claude_smart")) +
        line(loop("done", "\"s:items\"", step("i", "claude_smart"))) +
        line("{name: while, type: while_loop, condition: \"w.n != 5\", steps: [" +
             step("w", "claude_smart") + "]}");
    EXPECT_EQ(looped(loops, "\"done:results\"").at("reference.loop-part"), "results");
    EXPECT_EQ(looped(loops, "\"while:iterations\"").at("source.whole-result"), "iterations");
    EXPECT_EQ(looped(loops, "\"done:total_items\"").at("source.whole-result"), "total_items");
    EXPECT_EQ(looped(loops, "\"s:text\"").at("source.whole-result"), "text");
    EXPECT_THAT(looped(loops, "\"done:iterations\"").codes(kRules), IsEmpty());
    EXPECT_THAT(transformed(loops, "\"previous_response:while:iterations\"").codes(kRules),
                IsEmpty());
}

TEST(SourceRules, D82BlanksCount) {
    const std::string steps = line(step("s", "claude_smart")) +
                              line("{name: v, type: set_variable, variables: {l: [1], t: word}}");
    RuleSample path = looped(steps, "\"s: items\"");
    EXPECT_TRUE(path.isSafe("source.misread"));
    EXPECT_THAT(path.fixed("source.misread"), HasSubstr("data_source: \"s:items\""));
    EXPECT_THAT(looped(steps, "\" l \"").fixed("source.misread"), HasSubstr("source: \"l\""));
    EXPECT_TRUE(transformed(steps, "\" l\"").isSafe("source.misread"));
    EXPECT_THAT(transformed(steps, "\"previous_response: s\"").fixed("source.misread"),
                HasSubstr("\"previous_response:s\""));
    EXPECT_FALSE(looped(steps, "\" t\"").isSafe("source.misread"));
    EXPECT_THAT(looped(steps, "\"l\"").codes(kRules), IsEmpty());
    EXPECT_THAT(looped(line(step("two words", "claude_smart")), "\"two words:items\"")
                    .codes({"reference.", "source."}),
                IsEmpty());
    EXPECT_THAT(looped(line(step("\" s\"", "claude_smart")), "\" s:items\"").codes({"source."}),
                IsEmpty());
}

TEST(SourceRules, WhatIsEmptyIsNoSource) {
    const std::string steps = line(step("s", "claude_smart"));
    for (const char* source : {"\"\"", "\"  \"", "\"s:\""})
        EXPECT_TRUE(looped(steps, source).has("source.unusable")) << source;
    EXPECT_TRUE(transformed(steps, "\"\"").has("source.unusable"));
    EXPECT_TRUE(transformed(steps, "\"previous_response:s:\"").has("source.unusable"));
}

TEST(SourceRules, ALoopRunsOverNoText) {
    const auto steps = [](const std::string& value) {
        return line("{name: v, type: set_variable, variables: {t: " + value + "}}");
    };
    EXPECT_TRUE(looped(steps("word"), "t").has("source.whole-result"));
    EXPECT_TRUE(looped(steps("{a: 1}"), "t").has("source.whole-result"));
    EXPECT_THAT(transformed(steps("word"), "t").codes(kRules), IsEmpty());
    // A template keeps the type of what it names where another pipeline runs the file.
    for (const char* value : {"5", "0.5", "true"})
        EXPECT_TRUE(looped(steps(value), "t").has("source.whole-result")) << value;
    for (const char* value : {"[1]", "\"{{inputs.all}}\"", "~"})
        EXPECT_THAT(looped(steps(value), "t").codes(kRules), IsEmpty()) << value;
    EXPECT_THAT(looped(steps("word") + steps("[1]"), "t").codes({"source."}), IsEmpty());
}

TEST(SourceRules, VariablesAreLookedUpInTheRunThatSetThem) {
    const std::string set = "{name: v, type: set_variable, variables: {l: [1]}}";
    const std::string each = loop("each", "l", step("b", "claude_smart"));
    const auto piped = [](const std::string& steps) {
        return "{name: p, type: pipeline, pipeline: {name: k, steps: [" + steps + "]}}";
    };
    EXPECT_THAT(RuleSample(sampleOf(line(piped(set + ", " + each)))).codes({"reference."}),
                IsEmpty());
    EXPECT_TRUE(RuleSample(sampleOf(line(set) + line(piped(each)))).has("reference.missing"));
    EXPECT_TRUE(RuleSample(sampleOf(line(each) + line(set))).has("reference.missing"));
    const std::string rounds = line(step("s", "claude_smart"));
    EXPECT_THAT(RuleSample(sampleOf(rounds + line(loop("o", "\"s:a\"", set + ", " + each, "y"))))
                    .codes({"reference."}),
                IsEmpty());
    EXPECT_TRUE(RuleSample(sampleOf(rounds + line(loop("o", "\"s:a\"", set, "y")) + line(each)))
                    .has("reference.missing"));
}

TEST(SourceRules, D82ASourceSeesTheInnermostLoopOnly) {
    const auto nested = [](const std::string& between, const std::string& source) {
        const std::string inner = loop("n", source, step("b", "claude_smart"), "z");
        const std::string body = between == "for_loop"
                                     ? loop("m", "\"cat:items\"", inner, "it")
                                     : "{name: m, type: while_loop, condition: \"q.n != 5\", "
                                       "steps: [" +
                                           step("q", "claude_smart") + ", " + inner + "]}";
        return sampleOf(line(step("s", "claude_smart")) +
                        line(loop("o", "\"s:list\"", body, "cat")));
    };
    RuleSample outer(nested("for_loop", "\"cat:others\""));
    EXPECT_EQ(outer.at("reference.missing"), "cat");
    EXPECT_EQ(outer.fixed("reference.missing"), nested("for_loop", "\"parent:cat.others\""));
    EXPECT_EQ(RuleSample(nested("while_loop", "\"cat:others\"")).fixed("reference.missing"), "-");
    for (const char* good : {"\"it:others\"", "\"parent:cat.others\"", "\"s:others\""})
        EXPECT_THAT(RuleSample(nested("for_loop", good)).codes({"reference.", "source."}),
                    IsEmpty())
            << good;
    EXPECT_TRUE(RuleSample(nested("while_loop", "\"parent:cat.x\"")).has("reference.missing"));
}

TEST(ReferenceRules, D48AWhileConditionSeesTheLoopAroundIt) {
    const auto text = [](const std::string& around, const std::string& condition) {
        const std::string inner = "{name: y, type: while_loop, condition: \"" + condition +
                                  "\", steps: [" + step("b", "claude_smart") + "]}";
        return sampleOf(line(step("s", "claude_smart")) +
                        line(around == "for_loop"
                                 ? loop("o", "\"s:list\"", inner, "cat")
                                 : "{name: o, type: while_loop, condition: \"q.n != 5\", steps: [" +
                                       step("q", "claude_smart") + ", " + inner + "]}"));
    };
    RuleSample wrong(text("for_loop", "loop.iteration < 5"));
    EXPECT_EQ(wrong.at("reference.loop-helper"), "iteration");
    EXPECT_THAT(wrong.message("reference.loop-helper"), HasSubstr("index, total"));
    EXPECT_TRUE(RuleSample(text("while_loop", "loop.index < 5")).has("reference.loop-helper"));
    EXPECT_FALSE(RuleSample(text("while_loop", "loop.count < 5")).has("reference.loop-helper"));
    for (const char* good : {"loop.index < 5", "loop.cat.open == true", "loop.first"})
        EXPECT_FALSE(RuleSample(text("for_loop", good)).has("reference.loop-helper")) << good;
}

TEST(ReferenceRules, PartsOfAStreamedAnswerAreNowhereToBeFound) {
    const auto text = [](const std::string& enabled, const std::string& use) {
        return sampleOf(line(step("s", "claude_smart", "streaming: {enabled: " + enabled + "}, ")) +
                        line(use));
    };
    const std::vector<std::string> uses = {
        step("a", "claude_smart", "condition: \"s.text contains 'x'\", "),
        "{name: a, type: claude_smart, prompt: [{type: static, content: \"{{steps.s.text}}\"}]}",
        loop("a", "\"s:items\"", step("b", "claude_smart")),
        "{name: a, type: data_transform, input_source: \"previous_response:s:items\", "
        "operations: []}"};
    for (const std::string& use : uses) {
        EXPECT_EQ(RuleSample(text("true", use)).count("reference.streamed-part"), 1u) << use;
        EXPECT_FALSE(RuleSample(text("false", use)).has("reference.streamed-part")) << use;
    }
    for (const char* good : {"s.success", "s.stream_info.size > 3", "s.skipped"})
        EXPECT_FALSE(RuleSample(text("true", step("a", "claude_smart",
                                                  "condition: \"" + std::string(good) + "\", ")))
                         .has("reference.streamed-part"))
            << good;
}

TEST(ReferenceRules, TemplatesOfANestedPipelineMeanTheStepOutside) {
    const auto text = [](const std::string& outer, const std::string& inner) {
        return sampleOf(line(outer) +
                        "    - name: p\n      type: pipeline\n      pipeline:\n        name: k\n"
                        "        steps:\n          - " +
                        step(inner, "claude_smart") +
                        "\n          - name: u\n            type: claude_smart\n"
                        "            prompt:\n"
                        "              - {type: static, content: \"{{steps.s.text}}\"}\n");
    };
    const std::string outer = step("s", "claude_smart");
    RuleSample checked(text(outer, "s"));
    EXPECT_EQ(checked.at("reference.outer-template"), "{{steps.s.text}}");
    EXPECT_THAT(checked.fixed("reference.outer-template"),
                HasSubstr("{type: previous_response, step: s, extract: text}"));
    EXPECT_THAT(RuleSample(text(outer, "own")).codes({"reference."}), IsEmpty());
    EXPECT_THAT(RuleSample(text(step("other", "claude_smart"), "s")).codes({"reference."}),
                IsEmpty());
    // What the outer result lacks, or hides, is left to the pipeline inside.
    for (const char* type : {"claude", "file_ops"})
        EXPECT_FALSE(RuleSample(text(step("s", type), "s")).has("reference.outer-template"));
    EXPECT_FALSE(RuleSample(text(step("s", "claude_smart", "condition: \"x.ok\", "), "s"))
                     .has("reference.outer-template"));
}

}  // namespace
}  // namespace pe::testing
