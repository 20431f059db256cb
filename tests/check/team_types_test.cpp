// SPDX-License-Identifier: MIT
// Steps of a team's type: what its description says is checked, and nothing that only the engine's
// own types are asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checked.hpp"
#include "pe/testing/team_types.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using ::testing::HasSubstr;
using testing::pipelineOf;
using testing::teamCatalogue;

Checked checkedOfTeam(const std::string& steps) {
    return Checked(pipelineOf(steps), nullptr, {}, teamCatalogue());
}

const std::string kAsk = "- name: ask\n  type: claude\n  prompt: [{type: static, content: hi}]\n";

TEST(TeamTypes, AGoodStepHasNothingButAHint) {
    const Checked checked =
        checkedOfTeam(kAsk +
                      "- name: ship\n  type: deploy\n  server: blue\n  build: ask\n"
                      "  only_if: ask.success == true\n  target: {after: ask, label: x}\n"
                      "  checks: [{step: ask, holds: {not: ask.failed}}]\n"
                      "  regions: {eu: {from: ask}}\n"
                      "  notes: [{type: previous_response, step: ask}]\n");
    for (const Diagnostic& each : checked.all())
        EXPECT_TRUE(each.code == "type.team" || each.code == "reference.answer-field")
            << each.code << ": " << each.message;
    EXPECT_EQ(checked.count("type.team"), 1u);
}

TEST(TeamTypes, AFieldThatNamesAStepIsCheckedLikeAnyReference) {
    const auto codeFor = [](const std::string& fields) {
        const Checked checked = checkedOfTeam(kAsk + "- name: ship\n  type: deploy\n  server: s\n" +
                                              fields + "- name: last\n  type: claude\n" +
                                              "  prompt: [{type: static, content: hi}]\n");
        std::string codes;
        for (const Diagnostic& each : checked.all())
            if (each.severity == Severity::Error)
                codes += each.code + " " + checked.marked(each.code) + "\n";
        return codes;
    };
    EXPECT_EQ(codeFor("  build: gone\n"), "reference.missing gone\n");
    EXPECT_EQ(codeFor("  build: last\n"), "reference.later last\n");
    EXPECT_EQ(codeFor("  build: ship\n"), "reference.self ship\n");
    EXPECT_EQ(codeFor("  target: {after: last}\n"), "reference.later last\n");
    EXPECT_EQ(codeFor("  checks: [{step: gone}]\n"), "reference.missing gone\n");
    EXPECT_EQ(codeFor("  regions: {eu: {from: gone}}\n"), "reference.missing gone\n");
    EXPECT_EQ(codeFor("  notes: [{type: previous_response, step: gone}]\n"),
              "reference.missing gone\n");
    EXPECT_EQ(codeFor("  build: \"{{steps.ask.success}}\"\n"), "");
}

TEST(TeamTypes, APromptOfTheirsIsAListOfParts) {
    const auto checked = [](const std::string& notes) {
        return checkedOfTeam(kAsk + "- name: ship\n  type: deploy\n  server: s\n  notes: " + notes +
                             "\n");
    };
    EXPECT_EQ(checked("hello").marked("field.type"), "hello");
    EXPECT_EQ(checked("hello").first("field.type").fixes.size(), 1u);
    EXPECT_FALSE(checked("[{type: static, content: hello}]").has("field.type"));
}

TEST(TeamTypes, AnAnswerInAPromptOfTheirsBecomesAPart) {
    const Checked checked =
        checkedOfTeam(kAsk +
                      "- name: ship\n  type: deploy\n  server: s\n"
                      "  notes: [{type: static, content: \"{{steps.ask.text}}\"}]\n");
    EXPECT_EQ(checked.first("reference.answer-field").fixes.size(), 1u);
}

TEST(TeamTypes, AMissingStepHasTheNearestAsAFix) {
    const Checked checked =
        checkedOfTeam(kAsk + "- name: ship\n  type: deploy\n  server: s\n  build: aks\n");
    const Diagnostic found = checked.first("reference.missing");
    ASSERT_EQ(found.fixes.size(), 1u);
    EXPECT_THAT(found.message, HasSubstr("`ask`"));
}

TEST(TeamTypes, AConditionOfTheirsHasTheGrammarOfConditions) {
    const Checked checked = checkedOfTeam(
        kAsk +
        "- name: ship\n  type: deploy\n  server: s\n  only_if: steps.ask.success == true\n"
        "  checks: [{holds: gone.ok}, {holds: ask.n>5}]\n");
    EXPECT_TRUE(checked.has("condition.steps-prefix"));
    EXPECT_EQ(checked.marked("reference.missing"), "gone");
    EXPECT_TRUE(checked.has("condition.operator-blanks"));
}

TEST(TeamTypes, WhatTheirDescriptionDemandsIsDemanded) {
    const Checked checked = checkedOfTeam(kAsk + "- name: ship\n  type: deploy\n");
    EXPECT_EQ(checked.marked("field.missing"), "deploy");
    EXPECT_FALSE(checked.has("prompt.missing"));
}

TEST(TeamTypes, NothingIsAskedThatOnlyTheEnginesOwnTypesAreAskedFor) {
    const Checked checked = checkedOfTeam(
        kAsk +
        "- name: ship\n  type: deploy\n  server: s\n  functions: [unknown]\n"
        "  prompt: [{type: static, content: x}]\n" +
        "- name: each\n  type: for_loop\n  iterator: i\n  data_source: ship\n  steps:\n"
        "    - name: inner\n      type: deploy\n      server: s\n      build: ship\n"
        "- name: say\n  type: gemini\n  prompt: [{type: static, content: 'x {{steps.ship}}'}]\n");
    EXPECT_EQ(checked.errors(), "");
    EXPECT_FALSE(checked.has("loader.refused"));
    for (const Diagnostic& each : checked.all())
        EXPECT_EQ(each.message.find("`deploy` step needs"), std::string::npos) << each.message;
}

}  // namespace
}  // namespace pe::check
