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

const std::vector<std::string> kRules = {"condition.", "filter.", "reference."};

// A step `a` and a step `b` with this condition, written as it stands behind `condition: `.
std::string conditionOf(const std::string& condition) {
    return sampleOf(
        "    - name: a\n      type: claude_smart\n      prompt:\n"
        "        - type: static\n          content: go\n"
        "    - name: b\n      type: claude_smart\n      condition:" +
        std::string(condition.starts_with('\n') ? "" : " ") + condition +
        "\n      prompt:\n        - type: static\n          content: go\n");
}

TEST(ConditionRules, AGoodConditionIsGood) {
    for (const char* condition :
         {"a.success", "a.text contains 'done'", "length(a.items) > 2", "[a.success, a.ready]",
          "\"{{steps.a.n}} > 5\"", "any(a.items, 'severity == \"high\"')",
          "any(a.items, severity == 'high')", "null"})
        EXPECT_THAT(RuleSample(conditionOf(condition)).codes(kRules), IsEmpty()) << condition;
}

TEST(ConditionRules, D74ThePrefixStepsIsDropped) {
    RuleSample checked(conditionOf("steps.a.success"));
    EXPECT_EQ(checked.at("condition.steps-prefix"), "steps.");
    EXPECT_TRUE(checked.isSafe("condition.steps-prefix"));
    EXPECT_EQ(checked.fixed("condition.steps-prefix"), conditionOf("a.success"));
}

TEST(ConditionRules, D75ATemplateAloneIsWrittenAsAPath) {
    RuleSample checked(conditionOf("\"{{steps.a.success}}\""));
    EXPECT_EQ(checked.fixed("condition.template-alone"), conditionOf("\"a.success\""));
    RuleSample compared(conditionOf("\"{{steps.a.score > 5}}\""));
    EXPECT_EQ(compared.at("condition.template-comparison"), "{{steps.a.score > 5}}");
    EXPECT_EQ(compared.fixed("condition.template-comparison"), conditionOf("\"a.score > 5\""));
}

// The break condition of a loop, where mappings work.
std::string breakOf(const std::string& condition) {
    return sampleOf(
        "    - name: each\n      type: for_loop\n      iterator: x\n      data_source: a:list\n"
        "      break_condition:" +
        std::string(condition.starts_with('\n') ? "" : " ") + condition +
        "\n      steps:\n        - name: b\n          type: claude_smart\n"
        "          condition: {not: b.n}\n          prompt: []\n");
}

TEST(ConditionRules, D45AStepsConditionIsNoMapping) {
    RuleSample checked(conditionOf("{and: [{not: a.x == 'y'}, {not: isEmpty(a.l)}]}"));
    EXPECT_THAT(checked.codes(kRules), ElementsAre("condition.mapping"));
    EXPECT_TRUE(checked.isSafe("condition.mapping"));
    EXPECT_EQ(checked.fixed("condition.mapping"),
              conditionOf("\n        - a.x != 'y'\n        - isEmpty(a.l) == false"));
    RuleSample listed(conditionOf("[a.n > 5, {and: [a.ok]}]"));
    EXPECT_EQ(listed.fixed("condition.mapping"), conditionOf("[a.n > 5, a.ok]"));
    EXPECT_EQ(RuleSample(conditionOf("{or: [a.ok]}")).fixed("condition.mapping"),
              conditionOf("a.ok"));
    for (const char* choice : {"{not: a.ok}", "{not: a.n > 5}", "{or: [a.x == 'p', a.x == 'q']}"}) {
        RuleSample guessed(conditionOf(choice));
        EXPECT_FALSE(guessed.isSafe("condition.mapping")) << choice;
        EXPECT_THAT(RuleSample(guessed.fixed("condition.mapping")).codes(kRules), IsEmpty());
    }
    EXPECT_EQ(RuleSample(conditionOf("{or: [a.ok, a.n > 5]}")).fixed("condition.mapping"), "-");
    for (const char* good : {"{and: [b.n > 5, {not: b.ok}]}", "{or: [b.ok, {not: b.n}]}"})
        EXPECT_FALSE(RuleSample(breakOf(good)).has("condition.mapping")) << good;
}

TEST(ConditionRules, NoSafeFixWritesAMappingAsTheConditionOfAStep) {
    for (const char* text : {"a.ok or b.ok", "not a.ok", "a.x || a.y", "!a.ok", "\"a.n in [1, 2]\"",
                             "a.ok && (a.x || a.y)", "\"any(a.l, 'y == 1') == false\""}) {
        RuleSample checked(conditionOf(text));
        for (const char* code : {"condition.boolean-word", "condition.unknown-operator",
                                 "condition.operator-in-call", "condition.brackets"})
            EXPECT_FALSE(checked.isSafe(code)) << text << ' ' << code;
    }
    EXPECT_EQ(RuleSample(conditionOf("not (a.n == 1 or a.x == 2)")).fixed("condition.boolean-word"),
              conditionOf("\n        - a.n != 1\n        - a.x != 2"));
    EXPECT_THAT(RuleSample(conditionOf("not a.ok")).message("condition.boolean-word"),
                HasSubstr("STEP.skipped == true"));
    EXPECT_TRUE(RuleSample(breakOf("b.ok or b.n > 5")).isSafe("condition.boolean-word"));
    EXPECT_EQ(RuleSample(breakOf("not b.ok")).fixed("condition.boolean-word"),
              breakOf("\n        not: b.ok"));
}

TEST(ConditionRules, D76WordsBetweenConditionsBecomeAList) {
    RuleSample checked(conditionOf("a.success and a.score > 5"));
    EXPECT_EQ(checked.at("condition.boolean-word"), "and");
    EXPECT_TRUE(checked.isSafe("condition.boolean-word"));
    RuleSample again(checked.fixed("condition.boolean-word"));
    EXPECT_THAT(again.codes(kRules), IsEmpty());
    EXPECT_TRUE(
        RuleSample(conditionOf("a.text starts_with 'x'")).has("condition.unknown-operator"));
}

TEST(ConditionRules, D77OperatorsGetTheirBlanks) {
    RuleSample checked(conditionOf("a.score>5"));
    EXPECT_EQ(checked.at("condition.operator-blanks"), ">");
    EXPECT_EQ(checked.fixed("condition.operator-blanks"), conditionOf("a.score > 5"));
}

TEST(ConditionRules, D78SignsInQuotedTextAreArithmetic) {
    RuleSample checked(conditionOf("a.status == 'in-progress'"));
    EXPECT_EQ(checked.at("condition.arithmetic-in-text"), "'in-progress'");
    EXPECT_FALSE(checked.isSafe("condition.arithmetic-in-text"));
    EXPECT_EQ(checked.fixed("condition.arithmetic-in-text"),
              conditionOf("matches(a.status, '^in-progress$')"));
}

TEST(ConditionRules, D78AStepNameWithAHyphenIsSubtracted) {
    const auto text = [](const std::string& name) {
        return sampleOf("    - name: " + name +
                        "\n      type: claude_smart\n      prompt: []\n"
                        "    - name: b\n      type: claude_smart\n      condition: " +
                        name + ".success\n      prompt: []\n");
    };
    RuleSample checked(text("my-step"));
    EXPECT_EQ(checked.at("reference.arithmetic-name"), "my-step");
    EXPECT_EQ(checked.fixed("reference.arithmetic-name"), text("my_step"));
    EXPECT_FALSE(RuleSample(text("my_step")).has("reference.arithmetic-name"));
}

TEST(ConditionRules, D79UnknownFunctionsNameTheNearest) {
    RuleSample checked(conditionOf("isEmtpy(a.items)"));
    EXPECT_THAT(checked.message("condition.unknown-function"), HasSubstr("`isEmpty`"));
}

TEST(ConditionRules, D45BooleansAndNumbersEndTheRun) {
    RuleSample checked(conditionOf("true"));
    EXPECT_EQ(checked.at("condition.not-text"), "true");
    EXPECT_THAT(checked.fixed("condition.not-text"), ::testing::Not(HasSubstr("condition")));
    EXPECT_TRUE(RuleSample(conditionOf("1")).has("condition.not-text"));
    EXPECT_TRUE(RuleSample(conditionOf("\"true\"")).has("condition.literal"));
    EXPECT_TRUE(RuleSample(conditionOf("{and: [false]}")).has("condition.not-text"));
}

TEST(ConditionRules, D45GroupsNeedListsAndKnownKeys) {
    RuleSample checked(breakOf("{or: b.success}"));
    EXPECT_TRUE(checked.has("condition.group-kind"));
    EXPECT_TRUE(checked.isSafe("condition.group-kind"));
    EXPECT_THAT(RuleSample(checked.fixed("condition.group-kind")).codes({"condition."}), IsEmpty());
    RuleSample unknown(conditionOf("{all: [a.success]}"));
    EXPECT_EQ(unknown.fixed("condition.group-key"), conditionOf("{and: [a.success]}"));
    EXPECT_EQ(RuleSample(conditionOf("{or: [a.x], and: [a.y]}")).at("condition.group-extra"), "or");
}

TEST(ConditionRules, D45AWhileConditionIsOneText) {
    const auto loop = [](const std::string& condition) {
        return sampleOf("    - name: w\n      type: while_loop\n      condition: " + condition +
                        "\n      steps:\n        - name: check\n          type: claude_smart\n"
                        "          prompt: []\n");
    };
    EXPECT_TRUE(RuleSample(loop("{and: [check.x]}")).has("condition.while-kind"));
    EXPECT_THAT(RuleSample(loop("check.done != true")).codes(kRules), IsEmpty());
    // A mapping would not do, so there is no fix.
    EXPECT_EQ(RuleSample(loop("check.x and check.y")).fixed("condition.boolean-word"), "-");
}

TEST(ConditionRules, InALoopOnlyTheLoopsOwnConditionsAreLookedAt) {
    const std::string text = sampleOf(
        "    - name: each\n      type: for_loop\n      iterator: x\n      data_source: a:list\n"
        "      break_condition: body.n>3\n"
        "      steps:\n        - name: body\n          type: claude_smart\n"
        "          condition: steps.a.x\n          prompt: []\n");
    RuleSample checked(text);
    EXPECT_EQ(checked.at("condition.operator-blanks"), ">");
    EXPECT_FALSE(checked.has("condition.steps-prefix"));
}

TEST(ConditionRules, FiltersAreALanguageOfTheirOwn) {
    const auto filter = [](const std::string& condition) {
        return sampleOf(
            "    - name: a\n      type: claude_smart\n      prompt: []\n"
            "    - name: t\n      type: data_transform\n"
            "      input_source: previous_response:a\n      operations:\n"
            "        - operation: filter\n          field: x\n          condition: " +
            condition + "\n");
    };
    EXPECT_THAT(RuleSample(filter("x>5")).codes(kRules), IsEmpty());
    EXPECT_THAT(RuleSample(filter("x > 5 and y < 3")).codes(kRules),
                ElementsAre("filter.combined"));
    EXPECT_THAT(RuleSample(filter("x > -5")).codes(kRules), ElementsAre("filter.negative-number"));
}

TEST(ConditionRules, AStepMayHaveTheNameOfAScope) {
    for (const char* name : {"steps", "state"}) {
        const std::string step = "    - name: " + std::string(name) +
                                 "\n      type: claude_smart\n      prompt: []\n"
                                 "    - name: b\n      type: claude_smart\n      condition: " +
                                 std::string(name) + ".success\n      prompt: []\n";
        EXPECT_THAT(RuleSample(sampleOf(step)).codes(kRules), IsEmpty()) << name;
    }
}

TEST(ConditionRules, OnlyAFlagIsSafelyComparedWithTrue) {
    const auto text = [](const std::string& condition) {
        return "workflow:\n  name: sample\n  global_vars: {on: true, n: 1}\n  steps:\n"
               "    - name: v\n      type: set_variable\n"
               "      variables: {flag: true, said: 'false', n: 3, text: done, late: "
               "'{{inputs.x}}',"
               " m: {on: true}}\n"
               "    - name: a\n      type: claude_smart\n      condition: \"" +
               condition + "\"\n      prompt: []\n" +
               "    - name: w\n      type: set_variable\n      variables: {later: true}\n";
    };
    for (const char* flag :
         {"{{state.flag}}", "{{flag}}", "{{state.said}}", "{{state.m.on}}", "{{global_vars.on}}"}) {
        RuleSample checked(text(flag));
        EXPECT_TRUE(checked.isSafe("condition.template-alone")) << flag;
        EXPECT_EQ(checked.fixed("condition.template-alone"), text(std::string(flag) + " == true"));
    }
    for (const char* unknown : {"{{state.late}}", "{{inputs.x}}", "{{m.on}}", "{{state.later}}"}) {
        RuleSample checked(text(unknown));
        EXPECT_FALSE(checked.isSafe("condition.template-alone")) << unknown;
        EXPECT_EQ(checked.fixed("condition.template-alone"),
                  text(std::string(unknown) + " == true"));
    }
    for (const char* never : {"{{state.n}}", "{{state.text}}", "{{global_vars.n}}", "{{state.m}}",
                              "{{n + 1}}", "{{add(n,1)}}"})
        EXPECT_EQ(RuleSample(text(never)).fixed("condition.template-alone"), "-") << never;
    EXPECT_EQ(RuleSample(text("state.n")).fixed("condition.scope"), "-");
    EXPECT_TRUE(RuleSample(text("state.flag")).isSafe("condition.scope"));
}

TEST(ConditionRules, ANameInABlockLosesItsLineBreak) {
    RuleSample checked(conditionOf("|\n        a.ok"));
    EXPECT_EQ(checked.at("condition.outer-blanks"), "a.ok");
    EXPECT_TRUE(checked.isSafe("condition.outer-blanks"));
    EXPECT_THAT(RuleSample(checked.fixed("condition.outer-blanks")).codes(kRules), IsEmpty());
    EXPECT_EQ(RuleSample(conditionOf("\" a.ok\"")).fixed("condition.outer-blanks"),
              conditionOf("\"a.ok\""));
    for (const char* good : {"|-\n        a.ok", "|\n        a.n > 5"})
        EXPECT_THAT(RuleSample(conditionOf(good)).codes(kRules), IsEmpty()) << good;
}

TEST(ConditionRules, AnInnerConditionIsOneComparison) {
    RuleSample checked(conditionOf("\"any(a.items, 'x > 5 and y == 3')\""));
    EXPECT_EQ(checked.at("condition.boolean-word"), "and");
    EXPECT_THAT(checked.message("condition.boolean-word"), HasSubstr("one comparison"));
    RuleSample called(conditionOf("\"a.text == 'note (draft)'\""));
    EXPECT_EQ(called.at("condition.unknown-function"), "note");
    EXPECT_EQ(RuleSample(conditionOf("\"a.text == 'trim(x)'\"")).at("condition.arithmetic-in-text"),
              "trim");
}

TEST(ConditionRules, WhatQuotesDoNotProtectIsNamed) {
    RuleSample split(conditionOf("\"a.l == 'b >= c'\""));
    EXPECT_EQ(split.at("condition.arithmetic-in-text"), ">=");
    EXPECT_THAT(split.codes(kRules), ElementsAre("condition.arithmetic-in-text"));
    EXPECT_THAT(RuleSample(conditionOf("\"matches(a.v, '^(x|y)$')\"")).codes(kRules),
                ElementsAre("condition.nested-call"));
    EXPECT_THAT(RuleSample(conditionOf("a.score between 5 and")).codes(kRules),
                ElementsAre("condition.between"));
    EXPECT_THAT(RuleSample(conditionOf("\"contains(a.v, 'b >= c')\"")).codes(kRules), IsEmpty());
}

TEST(ConditionRules, D45OnlyAConditionBecomesAListOfOne) {
    EXPECT_EQ(RuleSample(breakOf("{and: b.ok}")).fixed("condition.group-kind"),
              breakOf("{and: [b.ok]}"));
    EXPECT_EQ(RuleSample(breakOf("{and: {not: b.ok}}")).fixed("condition.group-kind"),
              breakOf("{and: [{not: b.ok}]}"));
    EXPECT_EQ(RuleSample(conditionOf("{and: a.ok}")).fixed("condition.group-kind"),
              conditionOf("a.ok"));
    EXPECT_EQ(RuleSample(conditionOf("{and: {b: c}}")).fixed("condition.group-kind"), "-");
}

std::string filterOf(const std::string& fields, const std::string& more = "") {
    return sampleOf(
        "    - name: a\n      type: claude_smart\n      prompt: []\n"
        "    - name: t\n      type: data_transform\n" +
        more + "      input_source: previous_response:a\n      operations:\n        - {" +
        "operation: filter" + fields + "}\n");
}

TEST(ConditionRules, AFilterComparesAFieldWithALiteral) {
    const auto codes = [](const std::string& condition) {
        return RuleSample(filterOf(", field: x, condition: \"" + condition + "\"")).codes(kRules);
    };
    for (const char* text :
         {"x <> 1", "x === 1", "x like 'y'", "x is null", "x gt 5", "x startswith 'y'",
          "x contains 'y >= z'", "x contains '<b>'", "x != 'y == z'"})
        EXPECT_THAT(codes(text), ElementsAre("filter.operator")) << text;
    for (const char* text : {"5 < x", "'y' == x", "x + 1 > 5"})
        EXPECT_THAT(codes(text), ElementsAre("filter.operand")) << text;
    EXPECT_THAT(codes("!x"), ElementsAre("filter.combined"));
    for (const char* text :
         {"x == 'y >= z'", "x == 'is like'", "x == in progress", "first-name == 'x'", "value > 3"})
        EXPECT_THAT(codes(text), IsEmpty()) << text;
}

TEST(ConditionRules, AFilterNeedsAConditionThatIsText) {
    EXPECT_EQ(RuleSample(filterOf(", field: x")).at("filter.empty"), "filter");
    EXPECT_EQ(RuleSample(filterOf(", field: x, condition: true")).at("filter.not-text"), "true");
}

TEST(ConditionRules, LazyEvaluationLooksAtTheFieldOnly) {
    const std::string lazy = "      lazy: {enabled: true}\n";
    EXPECT_FALSE(RuleSample(filterOf(", field: q, condition: q == 1", lazy)).has("filter.lazy"));
    EXPECT_TRUE(RuleSample(filterOf(", field: p, condition: q == 1", lazy)).has("filter.lazy"));
    EXPECT_EQ(RuleSample(filterOf(", condition: q == 1", lazy)).fixed("filter.lazy"),
              filterOf(", field: q, condition: q == 1", lazy));
    EXPECT_FALSE(RuleSample(filterOf(", condition: q == 1")).has("filter.lazy"));
}

TEST(ConditionRules, D75ATemplateBesideATextBecomesAPath) {
    RuleSample checked(conditionOf("\"{{steps.a.status}} == 'done'\""));
    EXPECT_EQ(checked.at("condition.template-text"), "{{steps.a.status}}");
    EXPECT_EQ(checked.fixed("condition.template-text"), conditionOf("\"a.status == 'done'\""));
}

TEST(ConditionRules, ANumberAloneIsComparedOnRequest) {
    RuleSample checked(conditionOf("length(a.items)"));
    EXPECT_FALSE(checked.isSafe("condition.number-alone"));
    EXPECT_EQ(checked.fixed("condition.number-alone"), conditionOf("length(a.items) > 0"));
    EXPECT_TRUE(RuleSample(conditionOf("a.items.length")).has("condition.length-alone"));
    EXPECT_TRUE(RuleSample(conditionOf("abs(a.x - 5) < 2")).has("condition.arithmetic-in-call"));
}

// A step that lists files before the one with this condition.
RuleSample listedBefore(const std::string& condition) {
    return RuleSample(
        "workflow:\n  name: sample\n  steps:\n"
        "    - {name: ls, type: file_ops, operation: list, path: .}\n"
        "    - name: b\n      type: claude_smart\n      condition: " +
        condition + "\n      prompt: [{type: static, content: x}]\n");
}

TEST(ConditionRules, TheOppositeOfAPartFollowsItsKind) {
    RuleSample list = listedBefore("{not: ls.files}");
    EXPECT_TRUE(list.isSafe("condition.mapping"));
    EXPECT_THAT(list.fixed("condition.mapping"), ::testing::HasSubstr("isEmpty(ls.files)"));
    EXPECT_EQ(listedBefore("{not: ls.count}").fixed("condition.mapping"), "-");
    EXPECT_EQ(listedBefore("{not: ls.path}").fixed("condition.mapping"), "-");
    EXPECT_THAT(listedBefore("{not: ls.pattern}").fixed("condition.mapping"),
                ::testing::HasSubstr("ls.pattern != true"));
}

TEST(ConditionRules, NoSafeFixInAMappingChangesWhetherItHolds) {
    RuleSample braced = listedBefore("{not: (ls.path)}");
    EXPECT_FALSE(braced.isSafe("condition.parentheses"));
    EXPECT_NE(braced.fixed("condition.parentheses"), "-");
    EXPECT_FALSE(listedBefore("{not: 'true'}").isSafe("condition.literal"));
    EXPECT_FALSE(listedBefore("[ls.path, {not: (ls.path)}]").isSafe("condition.parentheses"));
    EXPECT_TRUE(listedBefore("(ls.path)").isSafe("condition.parentheses"));
    EXPECT_TRUE(listedBefore("['(ls.path)', ls.files]").isSafe("condition.parentheses"));
}

}  // namespace
}  // namespace pe::testing
