// SPDX-License-Identifier: MIT
#include "pe/compare/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/compare/listing.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::compare {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Difference> between(const std::string& before, const std::string& after) {
    const yaml::Tree was = yaml::parse(before);
    const yaml::Tree is = yaml::parse(after);
    return differences(was, is, format::Catalogue::builtIn());
}

std::vector<std::string> said(const std::string& before, const std::string& after) {
    std::vector<std::string> sentences;
    for (const Difference& each : between(before, after))
        sentences.push_back(std::string(kindName(each.kind)) + ": " + each.sentence);
    return sentences;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

const std::string kScan = R"(    - name: scan
      type: claude
      claude_options:
        max_turns: 3
        allowed_tools: [Read, Write]
      prompt:
        - type: static
          content: Look at the files.
)";
const std::string kReview = R"(    # Looks again
    - name: review
      type: gemini
      prompt:
        - type: static
          content: Review this.
        - type: previous_response
          step: scan
)";
const std::string kLoop = R"(    - name: files
      type: for_loop
      iterator: file
      steps:
        - name: inner
          type: claude
          prompt:
            - type: static
              content: One file.
)";
const std::string kHead = "workflow:\n  name: demo\n  description: What it does\n  steps:\n";
const std::string kText = kHead + kScan + kReview + kLoop;

TEST(Differences, ATextDiffersInNothingFromItself) {
    EXPECT_THAT(between(kText, kText), IsEmpty());
    EXPECT_THAT(between("", ""), IsEmpty());
    for (const auto& path : pe::testing::corpusFiles()) {
        const std::string text = pe::testing::readFile(path);
        EXPECT_THAT(between(text, text), IsEmpty()) << path;
    }
}

TEST(Differences, StepsComeAndGo) {
    EXPECT_THAT(said(kHead + kScan + kLoop, kText),
                ElementsAre("step-added: added step `review` (gemini) after step `scan`"));
    EXPECT_THAT(said(kText, kHead + kScan + kLoop),
                ElementsAre("step-removed: removed step `review`"));
    EXPECT_THAT(said(kText, kHead + kScan + kReview),
                ElementsAre("step-removed: removed loop `files`"));
}

TEST(Differences, AStepThatStandsElsewhereHasMoved) {
    EXPECT_THAT(said(kText, kHead + kReview + kScan + kLoop),
                ElementsAre("step-moved: moved step `review` to the beginning"));
    std::string inside;
    for (std::size_t at = 0; at < kScan.size();) {
        const auto end = kScan.find('\n', at) + 1;
        inside += "    " + kScan.substr(at, end - at);
        at = end;
    }
    EXPECT_THAT(said(kText, kHead + kReview + kLoop + inside),
                ElementsAre("step-moved: moved step `scan` into loop `files` after step `inner`"));
    EXPECT_THAT(said(kHead + kReview + kLoop + inside, kText),
                ElementsAre("step-moved: moved step `scan` to the top level to the beginning"));
}

TEST(Differences, ARenamedStepIsKnownAgain) {
    const auto found = between(kText, replaced(kText, "name: scan", "name: survey"));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].kind, DifferenceKind::StepRenamed);
    EXPECT_EQ(found[0].sentence, "renamed step `scan` to `survey`");
    EXPECT_EQ(found[0].before, "\"scan\"");
    EXPECT_EQ(found[0].after, "\"survey\"");
    EXPECT_EQ(found[0].step, "survey");
    EXPECT_EQ(found[0].pathAfter, "/workflow/steps/0");
}

TEST(Differences, TextsThatFollowARenameBelongToIt) {
    const std::string before =
        "workflow:\n  name: w\n  steps:\n"
        "    - name: scan\n      type: gemini\n      prompt: [{type: static, content: look}]\n"
        "    - name: use\n      type: claude\n      condition: scan.ok == true\n"
        "      prompt:\n"
        "        - type: previous_response\n          step: scan\n"
        "        - {type: static, content: \"{{steps.scan.text}} of scan\"}\n"
        "    - name: each\n      type: for_loop\n      iterator: i\n"
        "      data_source: scan:items\n      steps: []\n";
    std::string after = before;
    for (const char* place :
         {"name: scan", "condition: scan", "step: scan", "steps.scan", "data_source: scan"}) {
        const std::string text = place;
        after.replace(after.find(text), text.size(), text.substr(0, text.size() - 4) + "survey");
    }
    const auto found = between(before, after);
    ASSERT_EQ(found.size(), 1u) << found[1].sentence;
    EXPECT_EQ(found[0].sentence, "renamed step `scan` to `survey`, and 4 references with it");
    EXPECT_THAT(found[0].references,
                ::testing::UnorderedElementsAre(
                    "/workflow/steps/1/condition", "/workflow/steps/1/prompt/0/step",
                    "/workflow/steps/1/prompt/1/content", "/workflow/steps/2/data_source"));
}

TEST(Differences, ATextThatChangesMoreThanTheNameIsToldApart) {
    const std::string before =
        "workflow:\n  name: w\n  steps:\n"
        "    - name: scan\n      type: gemini\n      prompt: [{type: static, content: look}]\n"
        "    - name: use\n      type: claude\n      condition: scan.ok == true\n";
    std::string after = before;
    after.replace(after.find("name: scan"), 10, "name: survey");
    after.replace(after.find("scan.ok == true"), 15, "survey.ok == false");
    const auto found = between(before, after);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].sentence, "renamed step `scan` to `survey`");
    EXPECT_EQ(found[1].field, "condition");
}

TEST(Differences, AnotherStepInItsPlaceIsNoRename) {
    const std::string other =
        "    - name: build\n      type: pipeline\n      pipeline_file: build.yaml\n";
    EXPECT_THAT(said(kText, kHead + other + kReview + kLoop),
                ElementsAre("step-removed: removed step `scan`",
                            "step-added: added step `build` (pipeline) to the beginning"));
}

TEST(Differences, TypesAndFieldsChange) {
    EXPECT_THAT(said(kText, replaced(kText, "type: gemini", "type: claude")),
                ElementsAre("step-type-changed: changed the type of step `review` from gemini to "
                            "claude"));
    const auto found = between(kText, replaced(kText, "max_turns: 3", "max_turns: 5"));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].sentence, "changed `claude_options.max_turns` of step `scan` from 3 to 5");
    EXPECT_EQ(found[0].field, "claude_options.max_turns");
    EXPECT_EQ(found[0].before, "3");
    EXPECT_EQ(found[0].after, "5");
    EXPECT_EQ(found[0].pathBefore, "/workflow/steps/0/claude_options/max_turns");
    EXPECT_THAT(said(kText, replaced(kText, "        max_turns: 3\n", "")),
                ElementsAre("field-removed: removed `claude_options.max_turns` (3) from step "
                            "`scan`"));
    EXPECT_THAT(said(kText, replaced(kText, "      iterator: file\n",
                                     "      iterator: file\n      parallel: true\n")),
                ElementsAre("field-added: added `parallel` (true) to loop `files`"));
}

TEST(Differences, ListsOfWordsChangeAsAWhole) {
    EXPECT_THAT(said(kText, replaced(kText, "[Read, Write]", "[Read, Edit]")),
                ElementsAre("field-changed: changed `claude_options.allowed_tools` of step `scan` "
                            "from [\"Read\", \"Write\"] to [\"Read\", \"Edit\"]"));
}

TEST(Differences, PartsOfAPromptAreToldApart) {
    EXPECT_THAT(said(kText, replaced(kText, "content: Review this.", "content: Check this.")),
                ElementsAre("field-changed: changed `prompt[0].content` of step `review` from "
                            "\"Review this.\" to \"Check this.\""));
    EXPECT_THAT(
        said(kText,
             replaced(kText, "        - type: previous_response\n          step: scan\n", "")),
        ElementsAre("field-removed: removed `prompt[1]` ({\"type\": "
                    "\"previous_response\", \"step\": \"scan\"}) from step `review`"));
    const std::string first = "        - type: static\n          content: Review this.\n";
    const std::string second = "        - type: previous_response\n          step: scan\n";
    EXPECT_THAT(said(kText, replaced(kText, first + second, second + first)),
                ElementsAre("field-moved: moved `prompt[1]` of step `review` to place 1"));
}

TEST(Differences, TheWorkflowHasFieldsToo) {
    EXPECT_THAT(said(kText, replaced(kText, "name: demo", "name: show")),
                ElementsAre("field-changed: changed `name` of the workflow from \"demo\" to "
                            "\"show\""));
    EXPECT_THAT(said(kText, "version: 2\n" + kText),
                ElementsAre("field-added: added `version` (2) to the workflow"));
}

TEST(Differences, CommentsCountAndFormattingOnlyAlone) {
    EXPECT_THAT(said(kText, replaced(kText, "# Looks again", "# Looks twice")),
                ElementsAre("comment-changed: changed the comment at step `review`"));
    EXPECT_THAT(said(kText, replaced(kText, "max_turns: 3", "max_turns: 3  # enough")),
                ElementsAre("comment-changed: added a comment at `claude_options.max_turns` of "
                            "step `scan`"));
    EXPECT_THAT(said(kText, replaced(kText, "name: demo", "name: \"demo\"")),
                ElementsAre("formatting-changed: only the formatting changed"));
    EXPECT_THAT(said(kText, replaced(kText, "[Read, Write]", "[Read,  Write]")),
                ElementsAre("formatting-changed: only the formatting changed"));
    EXPECT_THAT(said(kText, replaced(replaced(kText, "max_turns: 3", "max_turns: 4"), "name: demo",
                                     "name: 'demo'")),
                ElementsAre("field-changed: changed `claude_options.max_turns` of step `scan` from "
                            "3 to 4"));
}

TEST(Differences, BetweenSomethingAndNothingIsOneWord) {
    EXPECT_EQ(between("", "a: 1\n").at(0).sentence, "added everything: there was nothing");
    EXPECT_EQ(between("a: 1\n", "# gone\n").at(0).sentence, "removed everything");
}

TEST(Listing, SaysTheSameOfWhatMeansTheSame) {
    const auto listed = [](const std::string& text) {
        return listing(yaml::parse(text), format::Catalogue::builtIn());
    };
    EXPECT_EQ(listed(kText), listed(replaced(kText, "name: demo", "name: 'demo'")));
    EXPECT_EQ(listed(kText), listed(replaced(kText, "# Looks again", "# Looks twice")));
    EXPECT_EQ(listed(kHead + kLoop), R"(  workflow.description: "What it does"
  workflow.name: "demo"

files
  iterator: "file"
  name: "files"
  type: "for_loop"

files > inner
  name: "inner"
  prompt[0].content: "One file."
  prompt[0].type: "static"
  type: "claude"
)");
}

}  // namespace
}  // namespace pe::compare
