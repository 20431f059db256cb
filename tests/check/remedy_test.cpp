// SPDX-License-Identifier: MIT
// Fixes for what the documents show and the engine does not read: they write what is meant in the
// engine's terms, and keep the comments beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "checked.hpp"
#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPrompt = "      prompt: [{type: static, content: go}]\n";
const std::string kAsk = "    - name: ask\n      type: gemini\n" + kPrompt;

std::string step(const std::string& type, const std::string& more) {
    return sampleOf(kAsk + "    - name: a\n      type: " + type + "\n" + more);
}

// What the first fix of the rule makes of the fields of such a step.
std::string fixedFields(const std::string& code, const std::string& type, const std::string& more) {
    const std::string before = step(type, "");
    const std::string text = RuleSample(before + more).fixed(code);
    return text.starts_with(before) ? text.substr(before.size()) : text;
}

std::string transform(const std::string& operation) {
    return "      input_source: previous_response:ask\n      operations:\n        - " + operation +
           "\n";
}

TEST(Remedy, D43TheOutputFolderMovesBelowDefaults) {
    const std::string head = "workflow:\n  name: x\n";
    const std::string steps = "  steps:\n" + kAsk;
    EXPECT_EQ(RuleSample(head + "  output_dir: out  # here\n  defaults:\n    a: 1\n" + steps)
                  .fixed("effect.no-effect"),
              head + "  defaults:\n    a: 1\n    output_dir: out  # here\n" + steps);
    EXPECT_EQ(RuleSample(head + "  output_dir: out  # here\n" + steps).fixed("effect.no-effect"),
              head + "  defaults:  # here\n    output_dir: out\n" + steps);
}

TEST(Remedy, D06ABreakAtTheEndOfARoundIsTheBreakConditionOfTheLoop) {
    const std::string head = "      iterator: x\n      data_source: ask:list\n";
    const std::string body =
        "      steps:\n        - name: b\n          type: claude\n"
        "          prompt: [{type: static, content: go}]\n";
    const std::string stop =
        "        - name: stop\n          type: break\n          condition: b.success == false\n";
    EXPECT_EQ(fixedFields("effect.loop-control", "for_loop", head + body + stop),
              head + "      break_condition: b.success == false\n" + body);
    EXPECT_EQ(fixedFields("effect.loop-control", "for_loop",
                          head + body + "        - {name: stop, type: break}\n"),
              "-");
}

TEST(Remedy, D37UniqueIsAFunction) {
    EXPECT_EQ(fixedFields("field.choice-fails", "data_transform",
                          transform("{operation: unique, field: a}")),
              transform("{operation: aggregate, field: a, function: unique}"));
}

TEST(Remedy, D94ADocumentThatIsNotReadCanGo) {
    const std::string last = "---\nworkflow:\n  name: b\n  steps:\n" + kAsk;
    const std::string text = "---\nworkflow:\n  name: a\n  steps:\n" + kAsk + last;
    const RuleSample checked(text);
    const check::Diagnostic* found = checked.find("yaml.several-documents");
    ASSERT_NE(found, nullptr);
    FakeClock clock;
    const auto document = document::Document::open(1, text, clock);
    ASSERT_TRUE(check::applyFix(*document, found->fixes.front()));
    EXPECT_EQ(document->text(), last);
}

TEST(Remedy, D08ADefaultMovesIntoTheStepsThatLackIt) {
    const auto text = [](const std::string& defaults, const std::string& model) {
        return "workflow:\n  name: x\n  defaults:\n    output_dir: out\n" + defaults +
               "  steps:\n    - name: a\n      type: gemini\n" + model + kPrompt +
               "    - name: b\n      type: gemini\n      model: own\n" + kPrompt;
    };
    EXPECT_EQ(RuleSample(text("    gemini_model: m\n", "")).fixed("effect.defaults"),
              text("", "      model: m\n"));
    EXPECT_EQ(
        RuleSample(text("    gemini_model: m\n", "      model: n\n")).fixed("effect.defaults"),
        "-");
}

TEST(Remedy, D21TheLaterStepTakesItsReferencesAlong) {
    const std::string user =
        "    - name: c\n      type: claude\n"
        "      prompt: [{type: previous_response, step: ";
    const auto text = [&](const std::string& name) {
        return sampleOf(kAsk + "    - name: " + name + "  # again\n      type: gemini\n" + kPrompt +
                        user + name + "}]\n");
    };
    EXPECT_EQ(RuleSample(text("ask")).fixed("name.duplicate"), text("ask_2"));
}

TEST(Remedy, D73TheRoundsOfASessionAreAnOptionOfClaude) {
    EXPECT_EQ(fixedFields("effect.no-effect", "claude_session",
                          "      session_config: {session_name: s, max_turns: 3}\n" + kPrompt),
              "      session_config: {session_name: s}\n      claude_options:\n"
              "        max_turns: 3\n" +
                  kPrompt);
}

TEST(Remedy, D49OperationsReadFieldAndNothingElse) {
    EXPECT_EQ(fixedFields("effect.misnamed", "data_transform",
                          transform("{operation: sort, by: n, order: asc}")),
              transform("{operation: sort, field: n, order: asc}"));
    EXPECT_EQ(fixedFields("effect.misnamed", "data_transform",
                          transform("{operation: group_by, field: list, key: size}")),
              "      input_source: previous_response:ask:list\n      operations:\n"
              "        - {operation: group_by, field: size}\n");
    EXPECT_EQ(fixedFields("effect.misnamed", "data_transform",
                          transform("{operation: sort, field: list, by: size}\n"
                                    "        - {operation: sort, field: other}")),
              transform("{operation: sort, field: size}\n"
                        "        - {operation: sort, field: other}"));
}

TEST(Remedy, D50OneFileIsAPath) {
    EXPECT_EQ(fixedFields("field.missing", "file_ops",
                          "      operation: delete\n      files:  # all\n        - path: a.txt\n"),
              "      operation: delete\n      path: a.txt  # all\n");
    EXPECT_EQ(fixedFields("field.missing", "file_ops",
                          "      operation: delete\n      files: [{path: a}, {path: b}]\n"),
              "-");
    EXPECT_EQ(fixedFields("field.type-fails", "file_ops",
                          "      operation: copy\n      source: [a]\n      destination: b\n"),
              "      operation: copy\n      source: a\n      destination: b\n");
}

TEST(Remedy, D50AGlobBecomesAnExpressionOnNames) {
    const auto pattern = [](const std::string& glob) {
        return "      operation: list\n      path: .\n      pattern: " + glob + "\n";
    };
    EXPECT_EQ(fixedFields("effect.glob-pattern", "file_ops", pattern("src/**/*.{ex,exs}")),
              pattern("\\.(ex|exs)$"));
    EXPECT_EQ(fixedFields("effect.glob-pattern", "file_ops", pattern("lib/*/a?_*.c++")),
              pattern("^a._.*\\.c\\+\\+$"));
}

TEST(Remedy, D54TheVariableStandsOnTheLineWithTheComment) {
    EXPECT_EQ(fixedFields("effect.misnamed", "set_variable",
                          "      variable: x  # name\n      value: 1\n"),
              "      variables:  # name\n        x: 1\n");
    EXPECT_EQ(fixedFields("effect.misnamed", "set_variable",
                          "      variable: x\n      value: 1  # start\n"),
              "      variables:  # start\n        x: 1\n");
    EXPECT_EQ(fixedFields("effect.misnamed", "set_variable", "      variable: x\n"),
              "      variables:\n        x: null\n");
    EXPECT_FALSE(
        RuleSample(step("set_variable", "      variable: x  # name\n      value: 1  # start\n"))
            .isSafe("effect.misnamed"));
}

TEST(Remedy, D55FieldsThatExamplesSpellOtherwise) {
    EXPECT_EQ(
        fixedFields("effect.misnamed", "claude_smart", "      options: {max_turns: 2}\n" + kPrompt),
        "      claude_options: {max_turns: 2}\n" + kPrompt);
    EXPECT_EQ(fixedFields("effect.misnamed", "claude_smart",
                          "      claude_options: {timeout_seconds: 30}\n" + kPrompt),
              "      claude_options: {timeout_ms: 30000}\n" + kPrompt);
    EXPECT_EQ(fixedFields("effect.misnamed", "claude_session",
                          "      session_config: {checkpoint_interval: 3}\n" + kPrompt),
              "      session_config: {checkpoint_frequency: 3}\n" + kPrompt);
}

TEST(Remedy, D59DefinitionsThatTheLoaderWantsAreNotRemoved) {
    const std::string text =
        "workflow:\n  name: x\n  gemini_functions:\n    f: {description: d, parameters: {}}\n"
        "  steps:\n" +
        kAsk;
    EXPECT_THAT(RuleSample(text).fixed("effect.no-effect"), Not(HasSubstr("gemini_functions")));
    EXPECT_EQ(RuleSample(text + "      functions: [f]\n").fixed("effect.no-effect"), "-");
}

TEST(Remedy, D60APromptInAPartThatAddsNothingBecomesStatic) {
    const std::string part =
        "      prompt:\n        - type: claude_continue\n          session_id: s\n"
        "          new_prompt: go on  # now\n";
    const std::string fixed =
        "      prompt:\n        - type: static\n          content: go on  # now\n";
    EXPECT_EQ(fixedFields("effect.empty-part", "claude", part), fixed);
    EXPECT_EQ(fixedFields("prompt.part-incomplete", "claude",
                          "      prompt:\n        - type: claude_continue\n"
                          "          new_prompt: go on  # now\n"),
              fixed);
}

TEST(Remedy, D66TheFileOfATaskWithPartsBecomesOneOfThem) {
    EXPECT_EQ(fixedFields("effect.batch-file", "claude_batch",
                          "      tasks:\n        - file: a.ex  # old\n          prompt:\n"
                          "            - {type: static, content: go}\n"),
              "      tasks:\n        - prompt:\n            - {type: static, content: go}\n"
              "            - {type: file, path: a.ex}\n");
}

TEST(Remedy, D66TextAndFileOfATaskBecomeParts) {
    EXPECT_EQ(fixedFields("effect.batch-file", "claude_batch",
                          "      tasks: [{task_id: t, file: f, prompt: hi}]\n"),
              "      tasks: [{task_id: t, prompt: [{type: static, content: hi}, "
              "{type: file, path: f}]}]\n");
}

TEST(Remedy, D27BothLoadersTakeOneOfTwoSpellings) {
    EXPECT_EQ(
        fixedText(step("claude", "      claude_options: {output_format: stream-json}\n" + kPrompt)),
        step("claude", "      claude_options: {output_format: stream_json}\n" + kPrompt));
}

TEST(Remedy, D38FunctionsHaveOtherNamesElsewhere) {
    EXPECT_EQ(fixedFields("field.choice", "data_transform",
                          transform("{operation: aggregate, field: n, function: avg}")),
              transform("{operation: aggregate, field: n, function: average}"));
}

TEST(Remedy, D33AnUnknownWordCanBecomeWhatTheEngineTakesItFor) {
    EXPECT_EQ(fixedFields("field.choice", "set_variable",
                          "      scope: local\n      variables: {a: 1}\n"),
              "      scope: global\n      variables: {a: 1}\n");
}

TEST(Remedy, D45ATruthValueStaysOneWhereTheStepNeedsItsCondition) {
    const std::string off = "      condition: false  # off\n" + kPrompt;
    EXPECT_EQ(fixedFields("condition.not-text", "claude", off),
              "      condition: true == false  # off\n" + kPrompt);
    // What then is said of the step is new.
    EXPECT_EQ(fixedText(step("claude", off)), step("claude", off));
    EXPECT_EQ(fixedText(step("claude", "      condition: \"true\"\n" + kPrompt)),
              step("claude", kPrompt));
    EXPECT_EQ(fixedFields("condition.not-text", "for_loop", "      break_condition: true\n"),
              "      break_condition: true == true\n");
    // Only its author knows whether a loop is to have no end.
    const std::string endless = step("while_loop", "      condition: true\n      steps: []\n");
    EXPECT_EQ(fixedText(endless), endless);
    EXPECT_EQ(RuleSample(endless).fixed("condition.not-text"),
              step("while_loop", "      condition: true == true\n      steps: []\n"));
    EXPECT_FALSE(RuleSample(step("while_loop", "      condition: \"true\"\n      steps: []\n"))
                     .isSafe("condition.literal"));
}

TEST(Remedy, D48HelpersOfLoopsHaveOtherNames) {
    const auto loop = [](const std::string& condition) {
        return "      iterator: x\n      data_source: ask:list\n      break_condition: " +
               condition + "\n      steps: []\n";
    };
    EXPECT_EQ(
        RuleSample(step("for_loop", loop("loop.is_last == true"))).at("reference.loop-helper"),
        "is_last");
    EXPECT_EQ(fixedFields("reference.loop-helper", "for_loop", loop("loop.length > 5")),
              loop("loop.total > 5"));
    EXPECT_FALSE(RuleSample(step("for_loop", loop("loop.index > 5"))).has("reference.loop-helper"));
}

TEST(Remedy, D22AStepMovesBehindTheOneItNeeds) {
    const std::string user =
        "    # needs z\n    - name: b  # the user\n      type: claude\n"
        "      prompt: [{type: previous_response, step: z}]\n";
    const std::string needed = "    - name: z\n      type: gemini\n" + kPrompt;
    const std::string last = "    - name: end\n      type: gemini\n" + kPrompt;
    EXPECT_EQ(RuleSample(sampleOf(kAsk + user + needed + last)).fixed("reference.later"),
              sampleOf(kAsk + needed + user + last));
    EXPECT_EQ(RuleSample(sampleOf(kAsk + user + "    - name: n\n      type: for_loop\n" +
                                  "      iterator: i\n      data_source: ask:x\n      steps:\n" +
                                  "        - name: z\n          type: claude\n"))
                  .fixed("reference.inner"),
              "-");
}

TEST(Remedy, D23ResultsOfALoopAreItsIterations) {
    const std::string loop =
        "    - name: each\n      type: for_loop\n      iterator: x\n      data_source: ask:list\n"
        "      steps: []\n    - name: b\n      type: claude\n      prompt:\n";
    const auto using_ = [&](const std::string& part) { return sampleOf(kAsk + loop + part); };
    const std::string part = "        - {type: previous_response, step: each, extract: ";
    EXPECT_EQ(RuleSample(using_(part + "results}\n")).fixed("reference.loop-part"),
              using_(part + "iterations}\n"));
    EXPECT_EQ(
        RuleSample(using_("        - {type: static, content: \"{{steps.each.results.a}}\"}\n"))
            .at("reference.loop-part"),
        "results");
    for (const char* path : {"iterations", "success", "total_items"})
        EXPECT_FALSE(RuleSample(using_(part + path + "}\n")).has("reference.loop-part")) << path;
}

TEST(Remedy, D82AListBecomesAVariableOfItsOwn) {
    const std::string loop = "      iterator: x\n      steps: []\n      data_source: ";
    const std::string setter =
        "    - name: set_x_list\n      type: set_variable\n      variables:\n        x_list:\n"
        "          - 1\n          - 2\n";
    const std::string head = sampleOf(kAsk);
    const std::string fixed =
        head + setter + "    - name: a\n      type: for_loop\n" + loop + "x_list\n";
    EXPECT_EQ(RuleSample(step("for_loop", loop + "[1, 2]\n")).fixed("source.list"), fixed);
    EXPECT_EQ(RuleSample(step("for_loop", loop + "range(1, 3)\n")).fixed("source.unusable"), "-");
}

TEST(Remedy, D83AFileIsNoSource) {
    EXPECT_EQ(fixedFields("source.misread", "data_transform",
                          "      input_source: data.json\n      operations: []\n"),
              "-");
}

TEST(Remedy, D86ADivisionIsACall) {
    const std::string set =
        "    - name: s\n      type: set_variable\n      variables: {n: 4}\n"
        "    - name: b\n      type: claude\n      prompt: [{type: static, content: \"";
    EXPECT_EQ(RuleSample(sampleOf(set + "{{state.n / 2}}\"}]\n")).fixed("template.not-computed"),
              sampleOf(set + "{{divide(state.n, 2)}}\"}]\n"));
    EXPECT_EQ(
        RuleSample(sampleOf(set + "{{state.n + 1 + 2}}\"}]\n")).fixed("template.not-computed"),
        "-");
}

TEST(Remedy, D89APipelineInPlaceMayNotBeCalledLikeOneAroundIt) {
    const auto nested = [](const std::string& head) {
        return "      pipeline:\n" + head + "        steps:\n          - name: q\n" +
               "            type: claude\n            prompt: []\n";
    };
    EXPECT_EQ(fixedFields("file.same-name", "pipeline", nested("        name: sample  # x\n")),
              nested("        name: a  # x\n"));
    EXPECT_FALSE(RuleSample(step("pipeline", nested("        name: b\n"))).has("file.same-name"));
    EXPECT_FALSE(RuleSample(step("pipeline", nested(""))).has("file.same-name"));
}

TEST(Remedy, D90AnAnswerInATemplateBecomesAPartOfThePrompt) {
    EXPECT_EQ(fixedFields("reference.answer-field", "claude",
                          "      prompt:\n        # why\n        - type: static\n"
                          "          content: |\n            Read\n            {{steps.ask.text}}\n"
                          "            and say.\n        - type: static  # last\n"
                          "          content: end\n"),
              "      prompt:\n        # why\n        - type: static\n"
              "          content: |-\n            Read\n"
              "        - type: previous_response\n          step: ask\n          extract: text\n"
              "        - type: static\n          content: |\n            and say.\n"
              "        - type: static  # last\n          content: end\n");
    EXPECT_EQ(fixedFields("reference.answer-field", "claude",
                          "      prompt: [{type: static, content: \"{{steps.ask.score}}\"}]\n"),
              "-");
}

TEST(Remedy, D91TheWholeResultOfParallelTasksGetsAPart) {
    const std::string tasks =
        "      parallel_tasks: [{id: t, prompt: []}]\n    - name: b\n      type: claude\n"
        "      prompt: [{type: previous_response, step: a";
    EXPECT_EQ(fixedFields("effect.parallel-whole", "parallel_claude", tasks + "}]\n"),
              tasks + ", extract: combined_results}]\n");
}

}  // namespace
}  // namespace pe::testing
