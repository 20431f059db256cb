// SPDX-License-Identifier: MIT
// What the engine's two loaders say, as findings: quoted where a rule has found the same, and
// findings of their own where none has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "checked.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/testing/corpus.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using ::testing::HasSubstr;
using testing::pipelineOf;

const std::string kAsk = "- name: ask\n  type: claude\n  prompt: [{type: static, content: hi}]\n";

TEST(EngineWords, AFindingQuotesTheLoaderThatRefusesTheFile) {
    const Checked text(pipelineOf("- name: a\n  type: claude\n  prompt: hello\n"));
    EXPECT_THAT(text.first("prompt.text").why,
                HasSubstr("The loader says: \"Step 'a' prompt must be an array of prompt parts."));
    const Checked missing(
        pipelineOf("- name: a\n  type: claude\n  prompt:\n"
                   "    - {type: previous_response, step: gone}\n"));
    EXPECT_THAT(missing.first("reference.missing").why,
                HasSubstr("references non-existent steps: gone"));
    EXPECT_THAT(Checked("workflow:\n  steps: [{name: a}]\n").first("loader.name-missing").why,
                HasSubstr("Workflow missing required 'name' field."));
    EXPECT_THAT(Checked(pipelineOf("- 5\n")).first("loader.step-kind").why,
                HasSubstr("stops with an exception: \"FunctionClauseError"));
}

TEST(EngineWords, AnAliasSaysWhyTheEngineReadsSomethingElse) {
    const std::string tail = "- *s\n" + kAsk;
    const Checked tied(pipelineOf("- &s {name: z, type: claude, prompt: []}\n" + tail));
    EXPECT_THAT(tied.first("loader.refused").message, HasSubstr("does not read `*s` as"));
    EXPECT_FALSE(Checked(pipelineOf("- &s\n  {name: z, type: claude, prompt: []}\n" + tail))
                     .has("loader.refused"));
}

TEST(EngineWords, EveryComplaintIsFoundNotOnlyTheFirst) {
    const Checked checked(
        pipelineOf("- name: a\n  type: claude\n  prompt:\n    - {type: static}\n"
                   "    - {type: fiel, path: x}\n    - {type: file}\n  functions: [f]\n"));
    EXPECT_EQ(checked.count("prompt.part-incomplete"), 2u);
    for (const Diagnostic& each : checked.all())
        EXPECT_TRUE(each.severity != Severity::Error ||
                    each.why.find("The loader says") != std::string::npos)
            << each.message;
    EXPECT_FALSE(checked.has("loader.refused"));
}

TEST(EngineWords, TypesThatTheSecondLoaderDoesNotKnowAreHints) {
    const Checked checked(pipelineOf(kAsk + "- name: l\n  type: for_loop\n  iterator: i\n"
                                            "  data_source: ask:items\n  steps: []\n"));
    EXPECT_EQ(checked.marked("enhanced.type"), "for_loop");
    EXPECT_EQ(checked.first("enhanced.type").severity, Severity::Hint);
    EXPECT_THAT(checked.first("enhanced.type").why, HasSubstr("Step 'l' has invalid type"));
}

TEST(EngineWords, APromptIsWantedWhereItHasNoMeaning) {
    const Checked checked(pipelineOf("- name: v\n  type: set_variable\n  variables: {x: 1}\n"));
    EXPECT_EQ(checked.marked("enhanced.prompt"), "set_variable");
    EXPECT_FALSE(Checked(pipelineOf("- name: a\n  type: claude\n")).has("enhanced.prompt"));
}

TEST(EngineWords, ASessionGetsItsConfiguration) {
    const std::string text = pipelineOf(
        "- name: talk\n  type: claude_session\n  prompt: [{type: static, content: hi}]\n");
    const Checked checked(text);
    EXPECT_EQ(checked.marked("enhanced.missing"), "claude_session");
    ASSERT_EQ(checked.first("enhanced.missing").fixes.size(), 1u);
    EXPECT_FALSE(checked.first("enhanced.missing").fixes[0].safe);
}

TEST(EngineWords, ValuesThatOnlyTheSecondLoaderRefusesAreInformation) {
    const Checked checked(
        pipelineOf(kAsk + "  claude_options: {stream_handler: simple, max_turns: 3}\n"));
    EXPECT_EQ(checked.marked("enhanced.value"), "simple");
    EXPECT_EQ(checked.count("enhanced.value"), 1u);
    const Checked bounds(pipelineOf(kAsk + "  claude_options: {max_turns: 0}\n"));
    EXPECT_FALSE(bounds.has("enhanced.value"));
    EXPECT_THAT(bounds.first("field.bounds").why, HasSubstr("must be positive, got: 0"));
}

TEST(EngineWords, WhatBothLoadersSayIsSaidOnce) {
    const Checked checked("name: x\nsteps:\n  - {name: a, type: claude, prompt: []}\n");
    EXPECT_TRUE(checked.has("loader.workflow-missing"));
    EXPECT_FALSE(checked.has("enhanced.missing"));
}

TEST(EngineWords, ARuleThatIsSwitchedOffStaysSilent) {
    const auto settings = Settings::parse("{\"rules\": {\"prompt.text\": \"off\"}}");
    const Checked checked(pipelineOf("- name: a\n  type: claude\n  prompt: hello\n"), nullptr,
                          *settings);
    EXPECT_TRUE(checked.all().empty());
}

TEST(EngineWords, StayOutOfTextsWithErrors) {
    const Checked checked(pipelineOf("- name: a\n  type: claude_session\n") + "\t- x: 'open\n");
    for (const Diagnostic& each : checked.all())
        EXPECT_FALSE(each.code.starts_with("enhanced.")) << each.message;
}

TEST(EngineWords, DefaultsThatCannotBeMergedAreFound) {
    const Checked checked("workflow:\n  name: x\n  defaults: {claude_options: 5}\n  steps:\n" +
                          std::string("    - {name: a, type: claude, prompt: []}\n"));
    const bool quoted = std::any_of(checked.all().begin(), checked.all().end(), [](const auto& e) {
        return e.why.find("BadMapError") != std::string::npos;
    });
    EXPECT_TRUE(quoted);
}

// Whatever a loader says of a file that is YAML stands in one of its findings.
TEST(EngineWords, QuoteEveryRefusalOfTheCorpus) {
    std::ifstream lines(testing::corpusDir() / "loader-verdicts.jsonl");
    if (!lines)
        GTEST_SKIP() << "no shared corpus beside this checkout";
    int refused = 0;
    int silent = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto text = nlohmann::json::parse(line)["yaml"].get<std::string>();
        const yaml::Tree tree = yaml::parse(text);
        if (std::any_of(tree.problems().begin(), tree.problems().end(),
                        [](const auto& each) { return each.severity == yaml::Severity::Error; }))
            continue;
        const loader::Verdicts verdicts = loader::verdicts(tree);
        const Checked checked(text);
        for (const loader::Verdict& each : {verdicts.config, verdicts.enhanced}) {
            if (!verdicts.parses || each.outcome == loader::Outcome::Accept)
                continue;
            ++refused;
            silent += std::none_of(checked.all().begin(), checked.all().end(),
                                   [&](const Diagnostic& found) {
                                       return found.why.find(each.message) != std::string::npos;
                                   })
                          ? 1
                          : 0;
        }
    }
    EXPECT_GT(refused, 1500);
    EXPECT_LE(silent * 100, refused) << silent << " of " << refused;
}

TEST(YamlVersion, OldWordsAreFoundInDocumentsThatAskForThem) {
    const std::string body = pipelineOf(kAsk + "  x-flag: yes\n  x-mode: 0644\n  x-ratio: 1.5\n");
    EXPECT_FALSE(Checked(body).has("yaml.version-1-1"));
    const Checked old("%YAML 1.1\n---\n" + body);
    EXPECT_EQ(old.count("yaml.version-1-1"), 2u);
    EXPECT_EQ(old.marked("yaml.version-1-1"), "yes");
    EXPECT_EQ(old.first("yaml.version-1-1").fixes.front().title, "Write true");
}

TEST(YamlVersion, FieldsAreReadAsTheDocumentSays) {
    const std::string body = pipelineOf(kAsk + "  claude_options: {verbose: yes}\n");
    EXPECT_TRUE(Checked(body).has("field.type"));
    EXPECT_FALSE(Checked("%YAML 1.1\n---\n" + body).has("field.type"));
}

TEST(EngineWords, AFieldThatIsDemandedIsNotDeleted) {
    const Checked checked(
        pipelineOf("- name: a\n  type: claude_smart\n  claude_options: {session_id: true}\n"
                   "  prompt:\n    - {type: static, content: hi}\n"
                   "    - {type: session_context, session_id: true}\n"));
    std::vector<std::size_t> fixes;
    for (const Diagnostic& each : checked.all())
        if (each.code == "enhanced.value")
            fixes.push_back(each.fixes.size());
    EXPECT_EQ(fixes, (std::vector<std::size_t>{1, 0}));
}

TEST(EngineWords, AMappingInThePlaceOfATextIsAWrongValue) {
    const Checked checked(
        pipelineOf("- name: a\n  type: claude_session\n"
                   "  session_config: {description: {b: c}}\n"
                   "  prompt: [{type: static, content: hi}]\n"));
    EXPECT_TRUE(checked.has("enhanced.value"));
    EXPECT_FALSE(checked.has("enhanced.missing"));
}

TEST(EngineWords, RunsTakePermissionModesInAnyCase) {
    const auto text = [](const std::string& mode) {
        return pipelineOf("- name: a\n  type: claude_smart\n  claude_options: {permission_mode: " +
                          mode + "}\n  prompt: [{type: static, content: hi}]\n");
    };
    for (const char* mode : {"BypassPermissions", "ACCEPT_EDITS", "acceptEdits", "Plan"}) {
        const Checked checked(text(mode));
        EXPECT_EQ(checked.count("enhanced.value"), 1u) << mode;
        EXPECT_FALSE(checked.has("field.choice")) << mode;
    }
    EXPECT_EQ(testing::textAfterFix(text("Plan"), "enhanced.value", 0), text("plan"));
    EXPECT_EQ(testing::textAfterFix(text("BypassPermissions"), "enhanced.value", 0),
              text("bypass_permissions"));
    EXPECT_TRUE(Checked(text("planned")).has("field.choice"));
}

}  // namespace
}  // namespace pe::check
