// SPDX-License-Identifier: MIT
#include "pe/language/rename.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/document/document.hpp"
#include "pe/format/graph.hpp"
#include "pe/testing/corpus.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::HasSubstr;
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
    const auto files = testing::corpusFiles("pipelines");
    if (files.empty())
        GTEST_SKIP() << "there is no corpus beside this checkout";
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
    EXPECT_GT(renames, 50u);
}

}  // namespace
}  // namespace pe::language
