// SPDX-License-Identifier: MIT
#include "pe/document/extraction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "extraction_texts.hpp"
#include "pe/document/document.hpp"
#include "pe/format/graph.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::document {
namespace {

using ::testing::HasSubstr;

class OpenText {
public:
    explicit OpenText(const std::string& text) : document_(Document::open(1, text, clock_)) {}

    Document& document() { return *document_; }
    yaml::NodeRef at(const std::string& pointer) const {
        return *yaml::resolve(document_->forest(), pointer);
    }
    // Extracts `count` items from `first` on of the list at the pointer.
    Result<void> extract(const std::string& list, std::size_t first, std::size_t count,
                         const std::string& name) {
        std::vector<yaml::NodeRef> steps;
        for (std::size_t i = first; i < first + count; ++i)
            steps.push_back(at(list + "/" + std::to_string(i)));
        PE_TRY_ASSIGN(const Command command, extractCommand(document_->forest(), steps, name));
        return document_->execute(command);
    }
    Result<void> inlineAt(const std::string& pointer) {
        PE_TRY_ASSIGN(const Command command, inlineCommand(document_->forest(), at(pointer)));
        return document_->execute(command);
    }

private:
    FakeClock clock_;
    std::unique_ptr<Document> document_;
};

const std::string kText = kHeadOfSteps + kPlanStep +
                          "    - name: write\n"
                          "      type: claude\n"
                          "      prompt:\n"
                          "        - {type: previous_response, step: plan}\n"
                          "    # the end\n"
                          "    - name: last\n"
                          "      type: claude\n";

TEST(ExtractSteps, MovesThemIntoANewPipelineStep) {
    OpenText open(kText);
    ASSERT_TRUE(open.extract("/workflow/steps", 0, 2, "draft"));
    EXPECT_EQ(open.document().text(),
              "workflow:\n"
              "  name: demo\n"
              "  steps:\n"
              "    - name: draft\n"
              "      type: pipeline\n"
              "      pipeline:\n"
              "        name: draft\n"
              "        steps:\n"
              "          # how it begins\n"
              "          - name: plan   # first\n"
              "            type: gemini\n"
              "            prompt:\n"
              "              - type: static\n"
              "                content: |\n"
              "                  Plan it\n"
              "\n"
              "                    deeper\n"
              "\n"
              "          - name: write\n"
              "            type: claude\n"
              "            prompt:\n"
              "              - {type: previous_response, step: plan}\n"
              "    # the end\n"
              "    - name: last\n"
              "      type: claude\n");
}

TEST(ExtractSteps, IsUndoneInOneStepAndInlinedByteForByte) {
    OpenText open(kText);
    ASSERT_TRUE(open.extract("/workflow/steps", 0, 2, "draft"));
    const std::string extracted = open.document().text();
    ASSERT_TRUE(open.document().undo());
    EXPECT_EQ(open.document().text(), kText);
    ASSERT_TRUE(open.document().redo());
    ASSERT_TRUE(open.inlineAt("/workflow/steps/0"));
    EXPECT_EQ(open.document().text(), kText);
    ASSERT_TRUE(open.extract("/workflow/steps", 0, 2, "draft"));
    EXPECT_EQ(open.document().text(), extracted);
}

std::string refusal(const std::string& text, std::size_t first, std::size_t count,
                    const std::string& name = "sub") {
    OpenText open(text);
    const auto done = open.extract("/workflow/steps", first, count, name);
    EXPECT_EQ(open.document().text() == text, !done.has_value());
    return done ? "" : done.error().message;
}

const std::string kHeadOfSteps = "workflow:\n  name: demo\n  steps:\n";

const std::string kInFolder =
    "workflow:\n  name: w\n  workspace_dir: ./ws\n  defaults: {output_dir: out}\n  steps:\n"
    "    - name: list\n      type: file_ops\n      operation: list\n"
    "    - name: say\n      type: claude\n      output_to_file: say.txt\n"
    "    - name: last\n      type: claude\n";

TEST(ExtractSteps, TakesTheSettingsAlongThatTheStepsDependOn) {
    OpenText open(kInFolder);
    ASSERT_TRUE(open.extract("/workflow/steps", 0, 2, "sub"));
    EXPECT_THAT(open.document().text(),
                HasSubstr("      pipeline:\n        name: sub\n        workspace_dir: ./ws\n"
                          "        defaults:\n          output_dir: out\n        steps:\n"));
    ASSERT_TRUE(open.inlineAt("/workflow/steps/0"));
    EXPECT_EQ(open.document().text(), kInFolder);
    ASSERT_TRUE(open.extract("/workflow/steps", 2, 1, "sub"));
    EXPECT_THAT(open.document().text(), HasSubstr("        name: sub\n        steps:\n"));
}

TEST(InlinePipeline, RefusesWhereStepsWouldRunUnderOtherSettings) {
    OpenText open(
        "workflow:\n  name: w\n  workspace_dir: ./ws\n  steps:\n    - name: sub\n"
        "      type: pipeline\n      pipeline:\n        name: sub\n        steps:\n"
        "          - name: list\n            type: file_ops\n");
    const auto done = open.inlineAt("/workflow/steps/0");
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("depend on `workspace_dir`"));
}

TEST(ExtractSteps, RefusesWhatWouldNoLongerBeReached) {
    EXPECT_THAT(refusal(kText, 0, 1), HasSubstr("'write' uses 'plan'"));
    EXPECT_THAT(refusal(kText, 1, 1), HasSubstr("'write' inserts the answer of 'plan'"));
    EXPECT_EQ(refusal(kHeadOfSteps + "    - name: a\n      type: claude\n"
                                     "    - name: b\n      type: claude\n      prompt:\n"
                                     "        - {type: static, content: \"{{steps.a.text}}\"}\n",
                      1, 1),
              "");
}

TEST(ExtractSteps, NamesEveryLineThatStandsInTheWayAndWhatToDo) {
    EXPECT_EQ(
        refusal(kHeadOfSteps + "    - name: a\n      type: claude_smart\n"
                               "    - name: b\n      type: claude\n"
                               "      condition: a.ok == true\n      prompt:\n"
                               "        - {type: previous_response, step: a}\n"
                               "    - name: c\n      type: for_loop\n      data_source: a:items\n",
                1, 2),
        "Line 8: 'b' looks at 'a' in a condition, which sees only steps of its own pipeline. "
        "Move 'a' too, or write {{steps.a...}} in the condition.\n"
        "Line 10: 'b' inserts the result of 'a', and prompt parts see only steps of their own "
        "pipeline. Move 'a' too, or write a static part with {{steps.a...}}.\n"
        "Line 13: 'c' takes its data from 'a'; only texts are handed in, and no lists. Move "
        "'a' too.");
}

TEST(ExtractSteps, ATemplateInAConditionReachesOut) {
    EXPECT_EQ(refusal(kHeadOfSteps + "    - name: a\n      type: claude_smart\n"
                                     "    - name: b\n      type: claude\n"
                                     "      condition: \"{{steps.a.score}} > 5\"\n",
                      1, 1),
              "");
}

TEST(ExtractSteps, RefusesVariablesThatWouldBeReadTooEarly) {
    EXPECT_THAT(
        refusal(kHeadOfSteps + "    - name: a\n      type: set_variable\n      variables: {x: 1}\n"
                               "    - name: b\n      type: claude\n      prompt:\n"
                               "        - {type: static, content: \"{{state.x}}\"}\n",
                0, 2),
        HasSubstr("before it is set"));
}

TEST(ExtractSteps, RefusesFunctionsTakenNamesAndGaps) {
    const std::string text =
        "workflow:\n  name: d\n  gemini_functions:\n    f: {description: d, parameters: {}}\n"
        "  steps:\n    - name: a\n      type: gemini\n      functions: [f]\n"
        "    - name: b\n      type: claude\n    - name: c\n      type: claude\n";
    EXPECT_THAT(refusal(text, 0, 1), HasSubstr("functions"));
    EXPECT_THAT(refusal(text, 1, 1, "c"), HasSubstr("already"));
    OpenText open(text);
    const auto gap =
        extractCommand(open.document().forest(),
                       {open.at("/workflow/steps/0"), open.at("/workflow/steps/2")}, "sub");
    ASSERT_FALSE(gap);
    EXPECT_THAT(gap.error().message, HasSubstr("follow one another"));
}

TEST(ExtractSteps, RefusesLoopBodiesWhereTheEngineRunsNoPipeline) {
    OpenText open(kHeadOfSteps +
                  "    - name: each\n      type: for_loop\n      iterator: x\n"
                  "      data_source: list\n      steps:\n        - name: a\n"
                  "          type: claude\n");
    const auto done = open.extract("/workflow/steps/0/steps", 0, 1, "sub");
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("'each'"));
}

std::string inlineRefusal(const std::string& step, const std::string& rest = "") {
    OpenText open(kHeadOfSteps + step + rest);
    const auto done = open.inlineAt("/workflow/steps/0");
    return done ? "" : done.error().message;
}

const std::string kPipeline =
    "    - name: sub\n      type: pipeline\n      pipeline:\n        name: sub\n"
    "        steps:\n          - name: a\n            type: claude\n";

TEST(InlinePipeline, RefusesToLoseAnything) {
    EXPECT_EQ(inlineRefusal(kPipeline), "");
    EXPECT_THAT(inlineRefusal(kPipeline + "      inputs: {x: 1}\n"), HasSubstr("`inputs`"));
    EXPECT_THAT(inlineRefusal("    # why\n" + kPipeline), HasSubstr("comment"));
    EXPECT_THAT(inlineRefusal("    - name: sub\n      type: pipeline\n"
                              "      pipeline_file: x.yaml\n"),
                HasSubstr("no inline pipeline"));
}

TEST(InlinePipeline, RefusesWhereANameWouldMeanSomethingElse) {
    EXPECT_THAT(inlineRefusal(kPipeline,
                              "    - name: b\n      type: claude\n"
                              "      condition: sub.success\n"),
                HasSubstr("'b' uses 'sub'"));
    EXPECT_THAT(inlineRefusal(kPipeline, "    - name: a\n      type: claude\n"),
                HasSubstr("another step called 'a'"));
}

// Extracts a run of steps wherever that is allowed; the way back must give the same bytes.
std::size_t roundTrips(const std::string& text, std::size_t limit) {
    OpenText open(text);
    if (open.document().hasDraft())
        return 0;
    const format::Graph graph =
        format::deriveGraph(open.document().forest(), format::Catalogue::builtIn());
    if (graph.steps == yaml::kNoNode)
        return 0;
    const std::string list = yaml::pointerTo(open.document().forest(), graph.steps);
    const std::size_t count = open.document().forest().children(graph.steps).size();
    std::size_t done = 0;
    for (std::size_t first = 0; first < count; ++first) {
        for (std::size_t size = 1; first + size <= count && done < limit; ++size) {
            if (!open.extract(list, first, size, "quite_new_name"))
                continue;
            ++done;
            const std::string extracted = open.document().text();
            EXPECT_NE(extracted, text);
            // The text alone carries the way back.
            OpenText again(extracted);
            const auto back = again.inlineAt(list + "/" + std::to_string(first));
            EXPECT_TRUE(back) << back.error().message;
            EXPECT_EQ(again.document().text(), text);
            EXPECT_TRUE(open.inlineAt(list + "/" + std::to_string(first)));
            EXPECT_EQ(open.document().text(), text);
            if (again.document().text() != text || open.document().text() != text)
                return done;
        }
    }
    return done;
}

TEST(ExtractAndInline, AreInversesOverTheCorpus) {
    roundTripsOverCorpus([](const std::string& text) { return roundTrips(text, 20); }, 20);
}

RC_GTEST_PROP(ExtractAndInline, AreInversesWhateverStandsBetweenTheSteps, ()) {
    static const std::vector<std::string> kBetween = {
        "", "\n", "    # note\n", "\n    # note\n\n", "  # left\n", "        # right\n", "   \n"};
    static const std::vector<std::string> kSteps = {
        "    - name: N\n      type: claude\n",
        "    -   name: N\n        type: claude\n",
        "    - {name: N, type: claude}\n",
        "    -\n      name: N # x\n      type: claude   \n",
        "    - name: N\n      type: claude\n      description: |+\n         text\n\n\n",
        "    - name: N\n      type: claude\n      description: >-\n        a\n         b\n  \n",
        "    - name: N\n      type: claude\n      prompt:\n      - type: static\n"
        "        content: \"a\n          b\"\n"};
    std::string text = kHeadOfSteps;
    const std::size_t count = *rc::gen::inRange<std::size_t>(1, 5);
    for (std::size_t i = 0; i < count; ++i) {
        text += *rc::gen::elementOf(kBetween);
        std::string step = *rc::gen::elementOf(kSteps);
        text += step.replace(step.find("name: N") + 6, 1, "s" + std::to_string(i));
    }
    text += *rc::gen::elementOf(kBetween);
    if (*rc::gen::inRange(0, 3) == 0)
        text.pop_back();
    OpenText open(text);
    RC_PRE(!open.document().hasDraft());
    const std::size_t first = *rc::gen::inRange<std::size_t>(0, count);
    const std::size_t size = *rc::gen::inRange<std::size_t>(1, count - first + 1);
    const auto done = open.extract("/workflow/steps", first, size, "sub");
    if (!done) {
        RC_ASSERT(done.error().message.find("stands deeper") != std::string::npos);
        RC_ASSERT(open.document().text() == text);
        return;
    }
    OpenText again(open.document().text());
    RC_ASSERT(again.inlineAt("/workflow/steps/" + std::to_string(first)).has_value());
    RC_ASSERT(again.document().text() == text);
    const auto back = open.inlineAt("/workflow/steps/" + std::to_string(first));
    RC_ASSERT(back.has_value());
    RC_ASSERT(open.document().text() == text);
}

}  // namespace
}  // namespace pe::document
