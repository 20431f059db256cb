// SPDX-License-Identifier: MIT
#include "pe/language/rename.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pe/document/document.hpp"
#include "pe/format/graph.hpp"
#include "pe/language/callers.hpp"
#include "pe/testing/corpus.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TextWithCursor;

const format::Catalogue& catalogue() {
    return format::Catalogue::builtIn();
}

Result<RenamePlan> plan(const std::string& marked, const std::string& name,
                        std::map<std::string, std::string> others = {}) {
    const TextWithCursor text(marked);
    FakeClock clock;
    return planRename({"/p/main.yaml", text.text(), text.offset(), name, std::move(others)},
                      catalogue(), clock);
}

std::string renamed(const std::string& marked, const std::string& name) {
    const auto result = plan(marked, name);
    if (!result)
        return "refused: " + result.error().message;
    return applied(TextWithCursor(marked).text(), result->files.at("/p/main.yaml"));
}

const std::string kHead = "workflow:\n  name: demo\n  steps:\n";

TEST(TextEdits, ComposePatchesThatFollowOneAnother) {
    const std::string text = "one two three";
    const auto edits = editsOf(text, {{0, 3, "1"}, {2, 3, "2"}, {0, 1, "uno"}});
    EXPECT_EQ(applied(text, edits), "uno 2 three");
    EXPECT_EQ(edits.size(), 2u);
}

TEST(TextEdits, LeaveOutWhatStays) {
    const auto edits = editsOf("a: plan # note\n", {{0, 15, "a: draft # note\n"}});
    EXPECT_EQ(edits, (std::vector<TextEdit>{{{3, 7}, "draft"}}));
}

TEST(TextEdits, NeverCutACharacter) {
    const auto edits = editsOf("\u00e4", {{0, 2, "\u00f6"}});
    EXPECT_EQ(edits, (std::vector<TextEdit>{{{0, 2}, "\u00f6"}}));
}

TEST(RenameOfAStep, ChangesEveryFormAndNothingElse) {
    const std::string before = kHead +
                               "    - name: pl^an # plan\n"
                               "      type: gemini\n"
                               "    - name: other\n"
                               "      type: claude\n"
                               "      condition: plan.success == \"plan\"\n"
                               "      prompt:\n"
                               "        - {type: previous_response, step: 'plan'}\n"
                               "        - type: static\n"
                               "          content: |\n"
                               "            plan {{steps.plan.text}} and {{ steps.planner.x }}\n";
    std::string after = before;
    after.erase(after.find('^'), 1);
    for (const std::string mark :
         {"name: plan #", "condition: plan.", "step: 'plan'", "steps.plan.text"}) {
        std::string changed = mark;
        changed.replace(changed.find("plan"), 4, "draft");
        after.replace(after.find(mark), mark.size(), changed);
    }
    EXPECT_EQ(renamed(before, "draft"), after);
}

std::string replacedAll(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

// Every way in which a text can name a step (here @), with words beside it that only look like it.
TEST(RenameOfAStep, FollowsEveryFormOfReference) {
    const std::vector<std::string> forms = {
        "      condition: @.a.b.c > @.max\n",
        "      condition: \"{{steps.@.n}} > 5\"\n",
        "      condition: {and: [@.x == 'plan', {not: \"length(@.items) == 2\"}]}\n",
        "      condition: [steps.@.x == 1, \"any(@.items, 'plan == 1')\"]\n",
        "      description: \"{{steps.@}} {{ steps.@.a.b.c }} {{@.result.x}}\"\n",
        "      description: '{{add(steps.@.n, 1)}} {{previous_response:@}} plan {{plan}}'\n",
        "      description: >-\n        {{inputs.plan}} {{global_vars.plan}}\n"
        "        {{loop.plan.x}} ${plan} {plan} {{steps.planner.x}}\n        {{steps.@.text}}\n",
        "      output_to_file: \"{{steps.@.name}}.md\"\n",
        "      data_source: @:items.plan\n",
        "      data_source: @\n",
        "      data_source: previous_response:@\n",
        "      data_source: steps.@.items\n",
        "      data_source: \"{{steps.@.items}}\"\n",
        "      input_source: previous_response:@:items\n",
        "      operations: [{operation: join, right_source: previous_response:@}]\n",
        "      operations: [{operation: filter, condition: plan == 1}, \"{{steps.@.x}}\"]\n",
        "      break_condition: @.done == true\n",
        "      continue_condition: @.more == true\n",
        "      expression: steps.@.kind\n",
        "      pipeline_file: \"{{steps.@.file}}\"\n",
        "      inputs: {plan: \"{{steps.@.text}}\"}\n",
        "      prompt:\n        - type: previous_response\n          step: @\n"
        "          extract: plan.plan\n",
        "      prompt: [{type: file, path: \"{{steps.@.file}}\"}]\n",
        "      prompt: [{type: claude_continue, session_id: plan, new_prompt: "
        "\"{{steps.@.x}}\"}]\n",
        "      tasks: [{prompt: [{type: static, content: \"{{steps.@.x}}\"}]}]\n"};
    const std::string head = kHead + "    - name: ";
    for (const std::string& form : forms) {
        const std::string rest =
            "\n      type: claude\n      description: plan\n"
            "    - name: use\n      type: claude\n" +
            form;
        EXPECT_EQ(renamed(head + "pl^an" + replacedAll(rest, "@", "plan"), "draft"),
                  head + "draft" + replacedAll(rest, "@", "draft"));
    }
}

TEST(RenameOfAStep, FollowsPathsThroughANestedPipeline) {
    const std::string before =
        kHead +
        "    - name: sub\n      type: pipeline\n      inputs: {x: 1}\n      pipeline:\n"
        "        name: sub\n        steps:\n          - name: pl^an\n            type: claude\n"
        "    - name: use\n      type: claude\n      condition: sub.result.plan.ok == true\n"
        "      prompt:\n        - {type: previous_response, step: sub, extract: result.plan.text}\n"
        "        - {type: static, content: \"{{steps.sub.plan.text}} {{steps.sub.planner}}\"}\n";
    std::string after = before;
    after.erase(after.find('^'), 1);
    for (const char* place :
         {"name: plan", "result.plan.ok", "result.plan.text", "sub.plan.text"}) {
        std::string changed = place;
        changed.replace(changed.find("plan"), 4, "draft");
        after.replace(after.find(place), std::string(place).size(), changed);
    }
    EXPECT_EQ(renamed(before, "draft"), after);
}

TEST(RenameOfAStep, FollowsPathsThroughTheFileInOthers) {
    const std::string caller =
        "workflow:\n  name: caller\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan, {path: plan.x, as: plan_x}]\n"
        "    - name: use\n      type: claude\n      condition: run.plan.ok == true\n"
        "      description: '{{steps.run.plan.a}} {{steps.run.plan_x}} {{steps.run.plan.b}}'\n";
    const auto result = plan(kHead + "    - name: pl^an\n      type: claude\n", "draft",
                             {{"/p/caller.yaml", caller}});
    ASSERT_TRUE(result) << result.error().message;
    std::string expected = caller;
    for (const char* place : {"[plan", "path: plan.x", "run.plan.ok", "run.plan.a", "run.plan.b"}) {
        std::string changed = place;
        changed.replace(changed.find("plan"), 4, "draft");
        expected.replace(expected.find(place), std::string(place).size(), changed);
    }
    EXPECT_EQ(applied(caller, result->files.at("/p/caller.yaml")), expected);
}

TEST(RenameOfAStep, ChangesANameThatAliasesRepeatOnce) {
    const std::string text = kHead +
                             "    - {name: two, type: claude}\n"
                             "    - name: a\n      type: claude\n      prompt:\n"
                             "        - {type: previous_response, step: &nm two}\n"
                             "        - {type: static, content: &text \"{{steps.two.x}} two\"}\n"
                             "    - name: b\n      type: claude\n      prompt:\n"
                             "        - {type: previous_response, step: *nm}\n"
                             "        - {type: static, content: *text}\n";
    std::string after =
        replacedAll(replacedAll(text, "name: two", "name: second"), "&nm two", "&nm second");
    after = replacedAll(after, "steps.two", "steps.second");
    for (const std::string cursor : {"name: tw", "&nm t", "step: *n"}) {
        std::string marked = text;
        marked.insert(marked.find(cursor) + cursor.size(), "^");
        EXPECT_EQ(renamed(marked, "second"), after) << cursor;
    }
}

TEST(RenameOfAStep, TakesTheConditionOfALoopForItsOwnBody) {
    const std::string loop =
        "    - name: @\n      type: while_loop\n      condition: body.text != 'x'\n"
        "      steps:\n        - {name: body, type: claude_smart}\n";
    const std::string first = replacedAll(loop, "@", "one");
    const std::string second = replacedAll(loop, "@", "two");
    const std::string marked = replacedAll(second, "name: body", "name: bo^dy");
    EXPECT_EQ(renamed(kHead + first + marked, "inner"),
              kHead + first + replacedAll(second, "body", "inner"));
}

// What a loop asks between its rounds can mean a step above it first, and one of its body later.
TEST(RenameOfAStep, IsRefusedWhereAConditionMeansAnotherStepAsWell) {
    const std::string outer = "    - {name: body, type: claude_smart}\n";
    const std::string loop =
        "    - name: one\n      type: while_loop\n      condition: body.text != 'x'\n"
        "      steps:\n        - {name: body, type: claude_smart}\n";
    const std::string head = kHead + outer + loop;
    for (const char* place : {"- {name: body, type: claude_smart}\n    - name: one", "body.text",
                              "  - {name: body, type: claude_smart}\n        "}) {
        std::string marked = head + "        ";
        marked.insert(marked.find("body", marked.find(place)) + 1, "^");
        EXPECT_THAT(renamed(marked, "inner"), HasSubstr("refused: With the name 'inner'")) << place;
    }
    // A for_loop's own condition is asked before it runs.
    const std::string each =
        "    - name: one\n      type: for_loop\n      iterator: i\n      data_source: [1]\n"
        "      condition: body.text\n      steps:\n        - {name: body, type: claude_smart}\n";
    EXPECT_EQ(renamed(kHead + replacedAll(outer, "body", "bo^dy") + each, "inner"),
              kHead + replacedAll(outer, "body", "inner") +
                  replacedAll(each, "condition: body", "condition: inner"));
}

TEST(RenameOfAStep, KnowsTheBodyThatLoopsShare) {
    const std::string before =
        kHead +
        "    - name: one\n      type: while_loop\n      condition: body.text != 'x'\n"
        "      steps: &steps\n        - {name: bo^dy, type: claude_smart}\n"
        "    - name: between\n      type: while_loop\n      condition: 'true'\n"
        "      steps:\n        - {name: body, type: claude_smart}\n"
        "    - name: two\n      type: while_loop\n      condition: body.text != 'x'\n"
        "      steps: *steps\n";
    std::string after = replacedAll(before, "bo^dy", "inner");
    after = replacedAll(after, "body.text", "inner.text");
    EXPECT_EQ(renamed(before, "inner"), after);
}

TEST(RenameOfAVariable, ChangesThatOfItsPipelineOnly) {
    const std::string setter = "{name: set, type: set_variable, variables: {kv: [1]}}\n";
    const std::string loop = "{name: lp, type: for_loop, iterator: i, data_source: kv}\n";
    const std::string inner = kHead + "    - " + setter + "    - " + loop +
                              "    - name: p\n      type: pipeline\n      pipeline:\n"
                              "        name: q\n        steps:\n          - ";
    const std::string changed =
        replacedAll(setter, "kv", "own") + "          - " + replacedAll(loop, "kv", "own");
    EXPECT_EQ(renamed(inner + setter + "          - " + replacedAll(loop, "kv", "k^v"), "own"),
              inner + changed);
    const std::string rest = inner.substr(inner.find("    - name: p"));
    EXPECT_EQ(
        renamed(replacedAll(inner, "source: kv", "source: k^v") + setter + "          - " + loop,
                "own"),
        kHead + "    - " + replacedAll(setter, "kv", "own") + "    - " +
            replacedAll(loop, "kv", "own") + rest + setter + "          - " + loop);
}

std::vector<std::string> findings(const std::string& text) {
    const yaml::Tree tree = yaml::parse(text);
    check::Checker checker(catalogue(), {}, nullptr);
    std::vector<std::string> codes;
    for (const check::Diagnostic& each : checker.check(*check::subjectOf(tree)))
        codes.push_back(each.code);
    return codes;
}

const std::vector<std::string> kOddNames = {"x+y",       "a/b",
                                            "a*b",       "50%",
                                            "alpha (2)", "a == b",
                                            "a, b",      "a > b",
                                            "a b",       "f(x)",
                                            "a,b",       "a <= b",
                                            "a != b",    "a and b",
                                            "a between", "a contains b",
                                            "2x",        "z\u00e4hler",
                                            "a.b",       "a: b",
                                            "a#b",       "a|b",
                                            "a[0]",      "{a}",
                                            "12",        "true",
                                            "it's",      "say \"x\"",
                                            "my-step",   "loop",
                                            "steps",     "a matches b",
                                            "$a",        "@a",
                                            "a?",        "not",
                                            "a'b'c",     "between 1 and 2"};

// What is accepted reads as it did.
void expectNoNewFindings(const std::string& text) {
    const std::vector<std::string> before = findings(TextWithCursor(text).text());
    for (const std::string& name : kOddNames) {
        const std::string after = renamed(text, name);
        EXPECT_TRUE(after.starts_with("refused") || findings(after) == before) << after;
    }
}

TEST(RenameOfAStep, AcceptsOnlyNamesThatCanStandInEveryUse) {
    for (const char* use :
         {"condition: \"alpha.success == true\"", "condition: \"alpha.cost > 1\"",
          "condition: \"length(alpha.text) > 2\"", "condition: alpha",
          "condition: {and: [\"contains(alpha.text, 'x')\"]}",
          "description: \"{{steps.alpha.text}}\"", "description: \"{{add(steps.alpha.cost, 1)}}\""})
        expectNoNewFindings(kHead +
                            "    - name: al^pha\n      type: claude_smart\n"
                            "      prompt: [{type: static, content: hi}]\n"
                            "    - name: use\n      type: claude_smart\n"
                            "      prompt: [{type: static, content: hi}]\n      " +
                            use + "\n");
}

TEST(RenameOfAVariable, AcceptsOnlyNamesThatCanStandInEveryUse) {
    for (const char* use : {"{{state.count + 1}}", "{{count * 2}}", "{{state.count}}", "{{count}}",
                            "{{add(count, 1)}}", "{{add(state.count, 1)}}"})
        expectNoNewFindings(kHead +
                            "    - name: set\n      type: set_variable\n"
                            "      variables:\n        cou^nt: 1\n"
                            "    - name: use\n      type: claude_smart\n"
                            "      prompt: [{type: static, content: \"" +
                            use + "\"}]\n");
}

TEST(RenameOfAVariable, ChangesItsKeyAndItsTemplates) {
    EXPECT_EQ(renamed(kHead + "    - name: s\n      type: set_variable\n      variables:\n"
                              "        to^pic: cats\n"
                              "    - name: l\n      type: for_loop\n      data_source: topic\n"
                              "      steps:\n        - name: topic\n          type: claude\n"
                              "          prompt:\n            - type: static\n"
                              "              content: 'topic {{state.topic}} {{topic}}'\n",
                      "subject"),
              kHead +
                  "    - name: s\n      type: set_variable\n      variables:\n"
                  "        subject: cats\n"
                  "    - name: l\n      type: for_loop\n      data_source: subject\n"
                  "      steps:\n        - name: topic\n          type: claude\n"
                  "          prompt:\n            - type: static\n"
                  "              content: 'topic {{state.subject}} {{subject}}'\n");
}

TEST(RenameOfAFunction, ChangesItsDefinitionAndTheLists) {
    EXPECT_EQ(renamed("workflow:\n  gemini_functions:\n    look: {description: look}\n  steps:\n"
                      "    - name: look\n      type: gemini\n      functions: [\"lo^ok\"]\n",
                      "find"),
              "workflow:\n  gemini_functions:\n    find: {description: look}\n  steps:\n"
              "    - name: look\n      type: gemini\n      functions: [\"find\"]\n");
}

TEST(Rename, RefusesANameThatAReferenceCannotHold) {
    const auto result = plan(kHead +
                                 "    - name: a^b\n      type: claude\n"
                                 "    - name: c\n      type: claude\n      condition: ab.success\n",
                             "a-b");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Refused);
    EXPECT_THAT(result.error().message, HasSubstr("letters, digits and underscores"));
}

TEST(Rename, RefusesAVariableNameThatTemplatesReadOtherwise) {
    const auto result = plan(kHead +
                                 "    - name: s\n      type: set_variable\n"
                                 "      variables: {to^pic: x, text: '{{topic}}'}\n",
                             "a.b");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Refused);
}

TEST(Rename, RefusesToCaptureWhatMeansSomethingElse) {
    const std::string text = kHead +
                             "    - name: pl^an\n      type: claude\n"
                             "    - name: use\n      type: claude\n"
                             "      prompt:\n        - type: static\n"
                             "          content: '{{steps.missing.x}} {{steps.plan.x}}'\n";
    const auto result = plan(text, "missing");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Conflict);
    EXPECT_THAT(result.error().message, HasSubstr("something else"));
}

TEST(Rename, TemplatesDoNotKnowTheItemsOfALoop) {
    const std::string before = kHead +
                               "    - name: s\n      type: set_variable\n"
                               "      variables: {to^pic: x}\n"
                               "    - name: l\n      type: for_loop\n      iterator: topic\n"
                               "      data_source: topic\n      steps:\n"
                               "        - name: i\n          type: claude\n"
                               "          role: '{{topic}} {{state.topic}}'\n"
                               "          condition: topic.ok\n";
    EXPECT_EQ(renamed(before, "subject"),
              kHead +
                  "    - name: s\n      type: set_variable\n"
                  "      variables: {subject: x}\n"
                  "    - name: l\n      type: for_loop\n      iterator: topic\n"
                  "      data_source: subject\n      steps:\n"
                  "        - name: i\n          type: claude\n"
                  "          role: '{{subject}} {{state.subject}}'\n"
                  "          condition: topic.ok\n");
}

TEST(Rename, TheVariablesOfANestedPipelineHideNoStep) {
    const std::string inner =
        "    - name: sub\n      type: pipeline\n      pipeline:\n        name: n\n"
        "        steps:\n          - name: v\n            type: set_variable\n"
        "            variables: {plan: 1}\n";
    EXPECT_EQ(renamed(kHead + "    - name: pl^an\n      type: claude\n" + inner +
                          "    - name: l\n      type: for_loop\n      iterator: i\n"
                          "      data_source: plan\n",
                      "draft"),
              kHead + "    - name: draft\n      type: claude\n" + inner +
                  "    - name: l\n      type: for_loop\n      iterator: i\n"
                  "      data_source: draft\n");
}

TEST(Rename, TheOuterConstantIsMeantInANestedPipeline) {
    const std::string before =
        "workflow:\n  name: demo\n  global_vars: {la^ng: de}\n  steps:\n"
        "    - name: sub\n      type: pipeline\n      pipeline:\n"
        "        name: n\n        global_vars: {lang: fr}\n"
        "        steps:\n          - name: a\n            type: claude\n"
        "            role: '{{global_vars.lang}}'\n";
    EXPECT_THAT(renamed(before, "tongue"), HasSubstr("role: '{{global_vars.tongue}}'"));
}

TEST(Rename, ChangesWhatSeveralPlacesShare) {
    EXPECT_EQ(renamed(kHead + "    - name: &n pl^an\n      type: claude\n"
                              "    - name: b\n      type: claude\n"
                              "      prompt: [{type: previous_response, step: *n}]\n",
                      "draft"),
              kHead +
                  "    - name: &n draft\n      type: claude\n"
                  "    - name: b\n      type: claude\n"
                  "      prompt: [{type: previous_response, step: *n}]\n");
}

TEST(RenameOfAStep, ChangesAPlaceThatSeveralAliasesRepeatOnce) {
    const auto renamed = [](const std::string& before, const std::string& after) {
        for (const char* name : {"a_name_that_is_longer", "x"}) {
            const auto with = [&](std::string text) {
                for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%'))
                    text.replace(at, 1, name);
                return text;
            };
            const auto result = plan(before, name);
            ASSERT_TRUE(result) << result.error().message;
            std::string text = before;
            text.erase(text.find('^'), 1);
            EXPECT_EQ(applied(text, result->files.begin()->second), with(after));
        }
    };
    const std::string claude = "      type: claude\n      prompt:\n";
    renamed(kHead + "    - name: &n pl^an\n      type: claude\n    - name: b\n" + claude +
                "        - {type: previous_response, step: *n}\n"
                "        - {type: previous_response, step: *n}\n",
            kHead + "    - name: &n %\n      type: claude\n    - name: b\n" + claude +
                "        - {type: previous_response, step: *n}\n"
                "        - {type: previous_response, step: *n}\n");
    const std::string shared =
        "    - name: c\n      type: claude\n      prompt: *p\n"
        "    - name: d\n      type: claude\n      prompt: *p\n";
    const std::string anchored = "    - name: b\n      type: claude\n      prompt: &p\n";
    renamed(kHead + "    - name: pl^an\n      type: claude\n" + anchored +
                "        - {type: previous_response, step: plan}\n" + shared,
            kHead + "    - name: %\n      type: claude\n" + anchored +
                "        - {type: previous_response, step: %}\n" + shared);
}

TEST(Rename, FollowsPathsThroughSeveralPipelines) {
    const std::string head = kHead +
                             "    - name: o\n      type: pipeline\n"
                             "      outputs: [{path: s.";
    const std::string middle =
        ".text, as: z}]\n      pipeline:\n        name: n\n        steps:\n"
        "          - name: s\n            type: pipeline\n            pipeline:\n"
        "              name: m\n              steps:\n                - name: ";
    const std::string tail = "\n                  type: claude\n";
    EXPECT_EQ(renamed(head + "plan" + middle + "pl^an" + tail, "draft"),
              head + "draft" + middle + "draft" + tail);
}

TEST(Rename, StopsWhereANameCannotStandInAnotherFile) {
    const std::string caller =
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n    - name: use\n      type: claude\n"
        "      role: '{{steps.sub.plan.text}}'\n";
    const auto result = plan(kHead + "    - name: pl^an\n      type: claude\n", "plan b",
                             {{"/p/caller.yaml", caller}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Refused);
    EXPECT_THAT(result.error().message, HasSubstr("/p/caller.yaml: "));
    EXPECT_THAT(result.error().message, HasSubstr("letters, digits and underscores"));
}

TEST(Rename, RefusesANameThatADataSourceEndsAtItsColon) {
    const auto result = plan(kHead +
                                 "    - name: pl^an\n      type: data_transform\n"
                                 "    - name: each\n      type: for_loop\n"
                                 "      data_source: \"plan:items\"\n",
                             "a: b");
    EXPECT_FALSE(result);
}

TEST(Rename, RefusesATakenName) {
    EXPECT_EQ(plan(kHead + "    - name: ^a\n      type: claude\n    - name: b\n"
                           "      type: claude\n",
                   "b")
                  .error()
                  .code,
              ErrorCode::Conflict);
}

TEST(Rename, NamesThePlaceWhereNothingCanBeRenamed) {
    EXPECT_EQ(plan("workflow:\n  na^me: x\n", "y").error().code, ErrorCode::NotFound);
}

TEST(Rename, FollowsTheFilesThatRunThisOne) {
    const std::string caller =
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan, {path: plan.text, as: plan}]\n"
        "    - name: plan\n      type: claude\n      condition: plan.ok\n";
    const std::string stranger =
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: other.yaml\n      outputs: [plan]\n";
    const auto result = plan(kHead + "    - name: pl^an\n      type: claude\n", "draft",
                             {{"/p/caller.yaml", caller}, {"/p/stranger.yaml", stranger}});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->files.size(), 2u);
    EXPECT_EQ(
        applied(caller, result->files.at("/p/caller.yaml")),
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [draft, {path: draft.text, as: plan}]\n"
        "    - name: plan\n      type: claude\n      condition: plan.ok\n");
}

TEST(UsesInOthers, AreOutputsAndPathsOfTheFilesThatRunThisOne) {
    const std::string caller =
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs:\n        - plan\n"
        "        - {path: plan.text, as: x}\n    - name: plan\n      type: claude\n"
        "      prompt:\n        - {type: static, content: 'plan {{steps.sub.plan}}'}\n";
    const std::string stranger =
        "workflow:\n  steps:\n    - name: sub\n      type: pipeline\n"
        "      pipeline_file: other.yaml\n      outputs: [plan]\n";
    const auto places = [&](const std::string& steps) {
        const TextWithCursor text(kHead + steps);
        FakeClock clock;
        const RenameRequest request{"/p/main.yaml",
                                    text.text(),
                                    text.offset(),
                                    {},
                                    {{"/p/caller.yaml", caller}, {"/p/stranger.yaml", stranger}}};
        std::vector<std::string> found;
        for (const auto& [path, spans] : usesInOthers(request, format::Catalogue::builtIn(), clock))
            for (const yaml::Span span : spans) {
                EXPECT_EQ(path, "/p/caller.yaml");
                EXPECT_EQ(caller.substr(span.begin, span.end - span.begin), "plan");
                const std::size_t line = caller.rfind('\n', span.begin) + 1;
                found.push_back(caller.substr(line, span.begin - line));
            }
        return found;
    };
    EXPECT_THAT(places("    - name: pl^an\n      type: claude\n"),
                ElementsAre("        - ", "        - {path: ",
                            "        - {type: static, content: 'plan {{steps.sub."));
    EXPECT_THAT(places("    - name: pl^anning\n      type: claude\n"), IsEmpty());
    EXPECT_THAT(places("    - name: loop\n      type: for_loop\n      steps:\n"
                       "        - {name: pl^an, type: claude}\n"),
                IsEmpty());
}

// A data_transform step without `output_field` answers below its own name.
TEST(RenameOfAStep, ChangesTheKeyOfItsResultToo) {
    const std::string forms =
        "    - name: use\n      type: claude\n      condition: sum.sum > 0\n"
        "      description: '{{steps.sum.sum}} {{steps.sum.metadata.sum}} {{steps.sum.summary}}'\n"
        "      data_source: 'sum:sum'\n      break_condition: sum.mean > sum.sum.sum\n"
        "      input_source: 'previous_response:sum:sum'\n"
        "      prompt:\n        - {type: previous_response, step: sum, extract: sum.sum}\n"
        "    - name: join\n      type: data_transform\n"
        "      input_source: 'context:results.sum.sum'\n";
    const std::string type = "      type: data_transform\n      input_source: x\n";
    const std::string own = kHead + "    - name: total\n" + type;
    std::string changed = forms;
    for (const auto& [from, to] :
         {std::pair("condition: sum.sum >", "condition: total.total >"),
          {"{{steps.sum.sum}} {{steps.sum.metadata.sum}} {{steps.sum.summary}}",
           "{{steps.total.total}} {{steps.total.metadata.sum}} {{steps.total.summary}}"},
          {"'sum:sum'", "'total:total'"},
          {"sum.mean > sum.sum.sum", "total.mean > total.total.sum"},
          {"previous_response:sum:sum", "previous_response:total:total"},
          {"step: sum, extract: sum.sum", "step: total, extract: total.sum"},
          {"context:results.sum.sum", "context:results.total.total"}})
        changed.replace(changed.find(from), std::string(from).size(), to);
    EXPECT_EQ(renamed(kHead + "    - name: s^um\n" + type + forms, "total"), own + changed);
    // Where it answers below another name, that stays.
    EXPECT_EQ(renamed(kHead + "    - name: s^um\n" + type +
                          "      output_field: sum\n    - name: use\n      type: claude\n"
                          "      condition: sum.sum > 0\n",
                      "total"),
              own +
                  "      output_field: sum\n    - name: use\n      type: claude\n"
                  "      condition: total.sum > 0\n");
}

TEST(RenameOfAStep, ChangesTheKeyOfItsResultInOtherFiles) {
    const std::string caller =
        "workflow:\n  name: c\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [sum, {path: sum.sum, as: sum}]\n"
        "    - name: use\n      type: claude\n      condition: run.sum.sum > run.sum.summary\n"
        "      prompt: [{type: previous_response, step: run, extract: sum.sum}]\n";
    const std::string after =
        "workflow:\n  name: c\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [d, {path: d.d, as: sum}]\n"
        "    - name: use\n      type: claude\n      condition: run.d.d > run.d.summary\n"
        "      prompt: [{type: previous_response, step: run, extract: d.d}]\n";
    const auto result = plan(kHead + "    - name: s^um\n      type: data_transform\n", "d",
                             {{"/p/caller.yaml", caller}});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(applied(caller, result->files.at("/p/caller.yaml")), after);
    EXPECT_EQ(result->files.at("/p/caller.yaml").size(), result->uses - 1);
}

TEST(Rename, HasOneEditForEachName) {
    const std::string text = kHead +
                             "    - name: s^0\n      type: gemini\n"
                             "    - name: b\n      type: claude\n      condition: s0.ok\n"
                             "      description: >-\n        {{steps.s0.a}} and\n"
                             "        {{steps.s0.b}}\n";
    const auto result = plan(text, "success");
    ASSERT_TRUE(result) << result.error().message;
    const auto& edits = result->files.at("/p/main.yaml");
    EXPECT_EQ(edits.size(), 4U);
    const std::string before = TextWithCursor(text).text();
    for (const TextEdit& each : edits) {
        EXPECT_EQ(before.substr(each.span.begin, each.span.end - each.span.begin), "s0");
        EXPECT_EQ(each.text, "success");
    }
}

const std::string kOuter =
    "workflow:\n  name: outer\n  steps:\n    - name: run\n      type: pipeline\n"
    "      pipeline_file: parts/main.yaml\n      outputs:\n        - polish\n"
    "        - {path: write.text, as: polish}\n    - name: use\n      type: claude\n"
    "      description: '{{steps.run.polish}}'\n";
const std::string kMain = kHead +
                          "    - {name: write, type: claude}\n    - {name: polish, type: claude}\n"
                          "    - {name: end, type: claude}\n";

TEST(Callers, KeepTheStepsThatTheyName) {
    const auto refusal = [](const std::string& path, const std::string& after,
                            const std::string& outer) {
        const auto kept =
            callersKeepTheirSteps({path, kMain, after, {{"/p/outer.yaml", outer}}}, catalogue());
        return kept ? "" : kept.error().message;
    };
    const std::string some = kHead + "    - {name: write, type: claude}\n";
    const auto told = refusal("/p/parts/main.yaml", some, kOuter);
    EXPECT_THAT(told, HasSubstr("/p/outer.yaml, line 8: 'polish'"));
    EXPECT_THAT(told, HasSubstr("/p/outer.yaml, line 12: 'polish'"));
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1);
    // Nobody names `end`, and other files may be run.
    EXPECT_EQ(
        refusal("/p/parts/main.yaml", kMain.substr(0, kMain.find("    - {name: end")), kOuter), "");
    EXPECT_EQ(refusal("/p/parts/else.yaml", some, kOuter), "");
    EXPECT_EQ(refusal("/p/parts/main.yaml", kMain + "    - {name: more, type: claude}\n", kOuter),
              "");
}

TEST(Rename, CountsEveryNameOfOneText) {
    const std::string caller =
        "workflow:\n  name: caller\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan, {path: plan.text, as: plan}]\n";
    const auto result = plan(kHead +
                                 "    - name: pl^an\n      type: gemini\n"
                                 "    - name: write\n      type: claude\n      prompt:\n"
                                 "        - type: static\n"
                                 "          content: \"{{steps.plan.a}}{{steps.plan.b}}\"\n",
                             "draft", {{"/p/caller.yaml", caller}});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->uses, 5U);
}

TEST(Rename, TheCommandDoesToTheDocumentWhatThePlanSays) {
    const TextWithCursor text(kHead +
                              "    - name: s\n      type: set_variable\n"
                              "      variables: {topic: x, more: \"{{to^pic}}\"}\n");
    FakeClock clock;
    const auto document = document::Document::open(1, text.text(), clock);
    const auto subject = check::subjectOf(*document);
    const auto target = targetAt(*subject, catalogue(), text.offset());
    ASSERT_TRUE(target);
    const auto command = renameCommand(*subject, catalogue(), *target, "subject");
    ASSERT_TRUE(command) << command.error().message;
    ASSERT_TRUE(document->execute(*command));
    const auto planned =
        planRename({"x", text.text(), text.offset(), "subject", {}}, catalogue(), clock);
    EXPECT_EQ(document->text(), applied(text.text(), planned->files.at("x")));
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), text.text());
}

// The oracle: the text with the name replaced where it is used.
std::string withUses(std::string text, const std::vector<Use>& uses, const std::string& name) {
    for (auto each = uses.rbegin(); each != uses.rend(); ++each)
        text.replace(each->span.begin, each->span.end - each->span.begin, name);
    return text;
}

TEST(RenameOverTheCorpus, ChangesTheUsesAndNoOtherByte) {
    auto files = testing::corpusFiles("pipelines");
    if (files.empty())
        GTEST_SKIP() << "there is no corpus beside this checkout";
    const auto examples = testing::corpusFiles("doc-blocks");
    files.insert(files.end(), examples.begin(), examples.end());
    std::size_t renames = 0;
    FakeClock clock;
    for (const auto& file : files) {
        const std::string text = testing::readFile(file);
        const yaml::Tree tree = yaml::parse(text);
        if (!tree.editable())
            continue;
        const auto subject = check::subjectOf(tree);
        const format::Graph graph = format::deriveGraph(tree, catalogue());
        for (const format::GraphNode& node : graph.nodes) {
            if (node.kind != format::NodeKind::Step || node.name.empty())
                continue;
            Target target{TargetKind::Step, node.name, node.ref, {}};
            const auto uses = usesOf(*subject, catalogue(), target);
            ASSERT_FALSE(uses.empty()) << file << " " << node.name;
            const auto result = planRename(
                {"x", text, uses.front().span.begin, "quite_new_name", {}}, catalogue(), clock);
            if (!result) {
                EXPECT_NE(result.error().code, ErrorCode::NotFound) << file << " " << node.name;
                continue;
            }
            ++renames;
            EXPECT_EQ(applied(text, result->files.at("x")), withUses(text, uses, "quite_new_name"))
                << file << " " << node.name;
        }
    }
    EXPECT_GT(renames, 100u);
}

}  // namespace
}  // namespace pe::language
