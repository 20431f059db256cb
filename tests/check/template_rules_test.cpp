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

const std::vector<std::string> kRules = {"template.", "reference."};

// A step that gives `count`, a step `scan`, and a step with this text in its prompt.
std::string saying(const std::string& text) {
    return "workflow:\n  name: sample\n  global_vars: {team: red}\n  steps:\n"
           "    - name: v\n      type: set_variable\n      variables: {count: 1}\n"
           "    - name: scan\n      type: claude_smart\n      prompt:\n"
           "        - {type: static, content: go}\n"
           "    - name: say\n      type: claude_smart\n      prompt:\n"
           "        - type: static\n          content: \"" +
           text + "\"\n";
}

TEST(TemplateRules, WhatTheEngineFillsInIsGood) {
    for (const char* text : {"{{count}}", "{{state.count}}", "{{state.count + 1}}",
                             "{{steps.scan.text}}", "{{global_vars.team}}", "{{inputs.x}}",
                             "{{add(count, 2)}}", "a } b {{}} {x}", "costs ${HOME}"})
        EXPECT_THAT(RuleSample(saying(text)).codes(kRules), IsEmpty()) << text;
}

TEST(TemplateRules, D81AnUnknownWordBecomesEmptyText) {
    RuleSample checked(saying("hello {{cuont}} there"));
    EXPECT_EQ(checked.at("template.unset-variable"), "{{cuont}}");
    EXPECT_EQ(checked.fixed("template.unset-variable"), saying("hello {{count}} there"));
    EXPECT_THAT(RuleSample(saying("{{#each xs}}{{this}}{{/each}}")).codes(kRules),
                ElementsAre("template.foreign", "template.foreign", "template.foreign"));
}

TEST(TemplateRules, WhatIsNotClosedStaysInTheText) {
    RuleSample atEnd(saying("{{steps.scan.text}} {{ steps.scan.text"));
    EXPECT_THAT(atEnd.codes(kRules), ElementsAre("template.unclosed"));
    EXPECT_EQ(atEnd.at("template.unclosed"), "{{ steps.scan.text");
    EXPECT_EQ(atEnd.fixed("template.unclosed"),
              saying("{{steps.scan.text}} {{ steps.scan.text }}"));
    EXPECT_EQ(RuleSample(saying("{{steps.scan.text} now")).fixed("template.unclosed"),
              saying("{{steps.scan.text}} now"));
    EXPECT_EQ(RuleSample(saying("See {{state.count. {x}")).fixed("template.unclosed"),
              saying("See {{state.count}}. {x}"));
    RuleSample reaching(saying("{{steps.scan.text and {{state.count}}"));
    EXPECT_THAT(reaching.codes(kRules), ElementsAre("template.unclosed"));
    EXPECT_THAT(reaching.find("template.unclosed")->why, HasSubstr("the next template"));
}

TEST(TemplateRules, AnEndIsOfferedOnlyWhereItIsCertain) {
    for (const char* text : {"{{steps.scan", "{{steps.scan.result", "{{steps.scan it.text"}) {
        const RuleSample checked(saying(text));
        ASSERT_TRUE(checked.has("template.unclosed")) << text;
        EXPECT_THAT(checked.find("template.unclosed")->fixes, IsEmpty()) << text;
    }
    EXPECT_FALSE(RuleSample(saying("{{state.count")).find("template.unclosed")->fixes[0].safe);
}

TEST(TemplateRules, OtherBracesAreNoTemplatesThatLackTheirEnd) {
    for (const char* text :
         {"{{", "{{ x", "{{\\\"a\\\": 1}", "f'{{{steps.scan.text}'", "{{steps.", "{{ steps of it",
          "{{state.count}} }", "{{ steps.scan.text\\n}}", "{{#each state.xs"})
        EXPECT_FALSE(RuleSample(saying(text)).has("template.unclosed")) << text;
}

TEST(TemplateRules, TheSameTemplateIsReportedOnceForEachText) {
    EXPECT_EQ(RuleSample(saying("{{x}} {{x}} {{ x }} {{y}}")).count("template.unset-variable"), 2u);
}

TEST(TemplateRules, D80OtherScopesAreErased) {
    for (const char* text : {"{{loop.item}}", "{{workflow.name}}", "{{timestamp}}",
                             "{{environment.mode}}", "{{previous_response:scan}}"})
        EXPECT_THAT(RuleSample(saying(text)).codes(kRules), ElementsAre("template.erased-scope"))
            << text;
    EXPECT_EQ(RuleSample(saying("{{variables.count}}")).fixed("template.erased-scope"),
              saying("{{state.count}}"));
    EXPECT_EQ(RuleSample(saying("{{scan.text}}")).fixed("template.missing-scope"),
              saying("{{steps.scan.text}}"));
}

TEST(TemplateRules, D86OnlyOneOperatorIsComputed) {
    for (const char* text : {"{{state.count / 2}}", "{{count + 1 + 1}}", "{{steps.scan.n * 2}}",
                             "{{code-file}}", "{{state.count > 1 ? 'a' : 'b'}}"})
        EXPECT_THAT(RuleSample(saying(text)).codes(kRules), ElementsAre("template.not-computed"))
            << text;
    EXPECT_THAT(RuleSample(saying("{{code-file}}")).message("template.not-computed"),
                HasSubstr("minus"));
}

// A step that gives variables of many kinds, and a step with this text in its prompt.
std::string given(const std::string& text) {
    return "workflow:\n  name: sample\n  global_vars: {g: 1}\n  steps:\n"
           "    - name: v\n      type: set_variable\n"
           "      variables: {n: 1, digits: '2', price: 1.5, tag: beta, on: true, l: [x], größe: 2,"
           " late: '{{inputs.x}}', none: , m: {a: 1, b: {c: 2}, late: '{{inputs.x}}'}}\n"
           "    - name: scan\n      type: claude_smart\n      prompt:\n"
           "        - {type: static, content: go}\n"
           "    - name: say\n      type: claude_smart\n      prompt:\n"
           "        - type: static\n          content: \"a " +
           text + "\"\n";
}

TEST(TemplateRules, D86OnlyWholeNumbersAreComputed) {
    for (const char* text : {"{{price + 1}}", "{{state.price * 2}}", "{{tag + 1}}", "{{1 + on}}",
                             "{{l + 1}}", "{{größe + 1}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), ElementsAre("template.not-computed"))
            << text;
    EXPECT_EQ(RuleSample(given("{{price + 1}}")).fixed("template.not-computed"),
              given("{{add(price, 1)}}"));
    for (const char* text : {"{{tag + 1}}", "{{größe + 1}}", "{{größe / 2}}"})
        EXPECT_EQ(RuleSample(given(text)).fixed("template.not-computed"), "-") << text;
    for (const char* text : {"{{n + 1}}", "{{digits + 1}}", "{{late + 1}}", "{{none + 1}}",
                             "{{state.m.a + 1}}", "{{state.m.b.c - n}}"})
        EXPECT_FALSE(RuleSample(given(text)).has("template.whole-mapping")) << text;
    for (const char* text : {"{{n + 1}}", "{{digits + 1}}", "{{late + 1}}", "{{none + 1}}",
                             "{{state.m.a + 1}}", "{{state.m.late * 2}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), IsEmpty()) << text;
}

TEST(TemplateRules, D84AMappingInArithmeticEndsTheRun) {
    for (const char* text : {"{{m + 1}}", "{{m.a / 2}}", "{{state.m.b + 1}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), ElementsAre("template.whole-mapping"))
            << text;
    EXPECT_EQ(RuleSample(given("{{m.a + 1}}")).fixed("template.whole-mapping"),
              given("{{state.m.a + 1}}"));
    EXPECT_TRUE(RuleSample(given("see {{state.m.b}}")).has("template.whole-mapping"));
}

TEST(TemplateRules, D81WhatIsNoArgumentCountsAsZero) {
    for (const char* text : {"{{add(nope, 1)}}", "{{add(state.nope, 1)}}", "{{add(state.m.zz, 1)}}",
                             "{{add(m.a, 1)}}", "{{state.m.zz + 1}}", "{{state.m.zz}}",
                             "{{state.tag.x}}", "{{state.m.a.x}}", "{{state.l.0}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), ElementsAre("template.unset-variable"))
            << text;
    EXPECT_TRUE(RuleSample(given("{{add(global_vars.zz, 1)}}")).has("template.unknown-constant"));
    EXPECT_TRUE(RuleSample(given("{{max(loop.index, 1)}}")).has("template.erased-scope"));
    EXPECT_EQ(RuleSample(given("{{add(m.a, 1)}}")).fixed("template.unset-variable"),
              given("{{add(state.m.a, 1)}}"));
    EXPECT_EQ(RuleSample(given("{{add(scan.n, 1)}}")).fixed("template.missing-scope"),
              given("{{add(steps.scan.n, 1)}}"));
    for (const char* text : {"{{add(tag, 1)}}", "{{max(state.l, n)}}", "{{add(state.m, 1)}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), ElementsAre("template.not-computed"))
            << text;
    for (const char* text :
         {"{{add(n, -1)}}", "{{add(digits, 1)}}", "{{add(state.m.a, 1.5)}}",
          "{{add(global_vars.g, 1)}}", "{{add(inputs.x, 1)}}", "{{add(steps.scan.n, 1)}}",
          "{{state.m.late.x}}", "{{state.late.x}}", "{{state.none.x}}", "{{state.m.b.c}}"})
        EXPECT_THAT(RuleSample(given(text)).codes(kRules), IsEmpty()) << text;
}

TEST(TemplateRules, D79TemplatesHaveNineFunctions) {
    RuleSample checked(saying("{{multply(count, 2)}}"));
    EXPECT_EQ(checked.fixed("template.unknown-function"), saying("{{multiply(count, 2)}}"));
    EXPECT_TRUE(RuleSample(saying("{{length(count)}}")).has("template.unknown-function"));
    EXPECT_TRUE(RuleSample(saying("{{round(1, 2)}}")).has("template.arguments"));
    EXPECT_TRUE(RuleSample(saying("{{add(max(1, 2), 2)}}")).has("template.arguments"));
}

TEST(TemplateRules, D56ConstantsAreThoseOfGlobalVars) {
    RuleSample checked(saying("{{global_vars.taem}}"));
    EXPECT_EQ(checked.fixed("template.unknown-constant"), saying("{{global_vars.team}}"));
    EXPECT_TRUE(RuleSample(saying("{{global_vars.team.lead}}")).has("template.unknown-constant"));
}

TEST(TemplateRules, D84AMappingCannotBecomeText) {
    EXPECT_TRUE(RuleSample(saying("see {{steps.scan}}")).has("template.whole-result"));
    EXPECT_TRUE(RuleSample(saying("see {{steps.scan.result}}")).has("template.whole-result"));
    EXPECT_TRUE(RuleSample(saying("{{steps.scan.result}}")).has("template.whole-result"));
    EXPECT_FALSE(RuleSample(saying("{{steps.scan.result.x}}")).has("template.whole-result"));
}

TEST(TemplateRules, AStepThatIsNotThereLeavesTheTemplateAsItIs) {
    RuleSample checked(saying("{{steps.scna.text}}"));
    EXPECT_EQ(checked.fixed("reference.template-missing"), saying("{{steps.scan.text}}"));
}

std::string loop(const std::string& head, const std::string& body) {
    return sampleOf("    - name: w\n      type: while_loop\n" + head + "      steps:\n" + body);
}

TEST(TemplateRules, D85AWhileConditionOfTemplatesNeverChanges) {
    const std::string body =
        "        - name: check\n          type: claude_smart\n          prompt: []\n";
    EXPECT_TRUE(RuleSample(loop("      condition: \"{{state.n}} < 5\"\n", body))
                    .has("template.while-once"));
    EXPECT_FALSE(RuleSample(loop("      condition: \"check.n < {{state.most}}\"\n", body))
                     .has("template.while-once"));
}

TEST(TemplateRules, D85VariablesOfALoopAreLost) {
    const std::string body =
        "        - name: v\n          type: set_variable\n          variables: {n: 1}\n"
        "        - name: say\n          type: claude_smart\n          prompt:\n"
        "            - {type: static, content: \"{{state.n}}\"}\n";
    EXPECT_EQ(RuleSample(loop("      condition: v.x\n", body)).at("template.loop-variable"),
              "{{state.n}}");
}

TEST(TemplateRules, VariablesCountFromTheirStepOn) {
    const std::string set = "    - name: v\n      type: set_variable\n      variables: {n: 1}\n";
    const std::string use =
        "    - name: say\n      type: claude_smart\n      prompt:\n"
        "        - {type: static, content: \"{{n}}\"}\n";
    EXPECT_THAT(RuleSample(sampleOf(set + use)).codes(kRules), IsEmpty());
    EXPECT_THAT(RuleSample(sampleOf(use + set)).codes(kRules),
                ElementsAre("template.later-variable"));
}

TEST(TemplateRules, ANestedPipelineIsFilledInBeforeItRuns) {
    const auto nested = [](const std::string& content) {
        return sampleOf(
            "    - name: p\n      type: pipeline\n      inputs: {topic: x}\n"
            "      pipeline:\n        name: inner\n        steps:\n"
            "          - name: v\n            type: set_variable\n"
            "            variables: {n: 1}\n"
            "          - name: say\n            type: claude_smart\n"
            "            prompt:\n              - {type: static, content: \"" +
            content + "\"}\n");
    };
    EXPECT_TRUE(RuleSample(nested("{{n}}")).has("template.pipeline-variable"));
    EXPECT_THAT(RuleSample(nested("{{inputs.topic}} {{steps.v.scope}}")).codes(kRules), IsEmpty());
    EXPECT_EQ(RuleSample(nested("{{inputs.topci}}")).fixed("template.unknown-input"),
              nested("{{inputs.topic}}"));
}

TEST(TemplateRules, AFilePathOfNothingEndsTheRun) {
    const std::string text = sampleOf(
        "    - name: say\n      type: claude_smart\n      prompt:\n"
        "        - {type: file, path: \"{{code_file}}\"}\n");
    EXPECT_THAT(RuleSample(text).codes(kRules), ElementsAre("template.unset-path"));
}

TEST(TemplateRules, EnvironmentVariablesAreNotFilledIn) {
    const std::string text = sampleOf(
        "    - name: say\n      type: claude_smart\n      output_to_file: ${OUT:-x}/a.md\n"
        "      prompt: []\n");
    EXPECT_EQ(RuleSample(text).at("template.environment"), "${OUT:-x}");
}

TEST(TemplateRules, AScopeIsPutInFrontWhereATemplateSeesTheResult) {
    RuleSample checked(saying("{{scan.text}}"));
    EXPECT_TRUE(checked.isSafe("template.missing-scope"));
    EXPECT_EQ(checked.fixed("template.missing-scope"), saying("{{steps.scan.text}}"));
    RuleSample whole(saying("{{scan.result}}"));
    EXPECT_FALSE(whole.isSafe("template.missing-scope"));
    EXPECT_THAT(whole.fixed("template.missing-scope"), HasSubstr("extract: text"));
}

TEST(TemplateRules, AnAnswerThatTemplatesCannotSeeIsAPartOfThePrompt) {
    const std::string text = sampleOf(
        "    - name: c\n      type: claude\n      prompt: [{type: static, content: go}]\n"
        "    - name: say\n      type: claude\n      prompt:\n"
        "        - {type: static, content: \"{{c.text}}\"}\n");
    RuleSample checked(text);
    EXPECT_FALSE(checked.isSafe("template.missing-scope"));
    EXPECT_THAT(checked.fixed("template.missing-scope"),
                HasSubstr("{type: previous_response, step: c, extract: text}"));
}

TEST(TemplateRules, D84VariablesThatAreNoTextDoNotBecomeOne) {
    const auto text = [](const std::string& said) {
        std::string whole = saying(said);
        whole.replace(whole.find("count: 1"), 8, "count: 1, map: {a: 1}, list: [10, 65]");
        whole.replace(whole.find("team: red"), 9, "team: red, all: {a: 1}");
        return whole;
    };
    EXPECT_EQ(RuleSample(text("x {{map}}")).at("template.whole-mapping"), "{{map}}");
    EXPECT_EQ(RuleSample(text("x {{state.map}}")).at("template.whole-mapping"), "{{state.map}}");
    EXPECT_EQ(RuleSample(text("x {{global_vars.all}}")).at("template.whole-mapping"),
              "{{global_vars.all}}");
    // Alone it keeps its type if another pipeline runs this one, until the prompt is built.
    EXPECT_EQ(RuleSample(text("{{map}}")).at("template.whole-mapping"), "{{map}}");
    EXPECT_EQ(RuleSample(text("x {{list}}")).at("template.whole-list"), "{{list}}");
    for (const char* good : {"{{state.map.a}}", "{{count}}", "{{global_vars.team}}"})
        EXPECT_THAT(RuleSample(text(good)).codes(kRules), IsEmpty()) << good;
}

TEST(TemplateRules, APipeNeedsNoBlanksToBeAFilter) {
    EXPECT_EQ(RuleSample(saying("{{steps.scan.text|default('x')}}")).at("template.not-computed"),
              "{{steps.scan.text|default('x')}}");
}

TEST(TemplateRules, AVariableOrACallWithOneBraceIsNotClosed) {
    EXPECT_EQ(RuleSample(saying("{{count} now")).fixed("template.unclosed"),
              saying("{{count}} now"));
    EXPECT_EQ(RuleSample(saying("{{add(count, 1)} now")).fixed("template.unclosed"),
              saying("{{add(count, 1)}} now"));
    for (const char* text :
         {"{{topic} now", "{{count now", "{{mean(count)} now", "{{add(count} now", "{{count}}} now",
          "{{{count} now", "{{add}", "{{add(count, 1)}}"})
        EXPECT_FALSE(RuleSample(saying(text)).has("template.unclosed")) << text;
}

// A variable with this list, and a step with it in its prompt.
std::string listing(const std::string& items) {
    return "workflow:\n  name: sample\n  steps:\n"
           "    - {name: v, type: set_variable, variables: {rows: " +
           items +
           "}}\n"
           "    - {name: b, type: claude_smart, prompt: [{type: static, content: \"See "
           "{{rows}}\"}]}\n";
}

TEST(TemplateRules, AListOfMoreThanTextsCannotBecomeText) {
    for (const char* items : {"[{a: 1}]", "[1.5, 2.5]", "[true]", "[a, null]", "[99999999]", "[-1]",
                              "[55296]", "[[{a: 1}]]", "[123456789012345678901234567890]"})
        EXPECT_THAT(RuleSample(listing(items)).codes(kRules), ElementsAre("template.whole-mapping"))
            << items;
    for (const char* items : {"[a, b]", "[70, 71]", "[]", "[[a], [72, []]]", "[1114111]"})
        EXPECT_THAT(RuleSample(listing(items)).codes(kRules), ElementsAre("template.whole-list"))
            << items;
    EXPECT_TRUE(
        RuleSample("workflow:\n  name: sample\n  steps:\n"
                   "    - {name: p, type: pipeline, inputs: {l: [{a: 1}]}, pipeline: {name: "
                   "q, steps: [{name: b, type: claude_smart, prompt: [{type: static, "
                   "content: \"See {{inputs.l}}\"}]}]}}\n")
            .has("template.whole-mapping"));
}

}  // namespace
}  // namespace pe::testing
