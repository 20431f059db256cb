// SPDX-License-Identifier: MIT
// What the pipeline file that a step runs gives to the names of this one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/language/hover.hpp"
#include "pe/language/scope.hpp"
#include "pe/testing/named_files.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::AllOf;
using testing::completed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::labels;
using ::testing::Not;
using testing::TextWithCursor;

const testing::NamedFiles& files() {
    static const testing::NamedFiles kFiles(testing::NamedFiles::Texts{
        {"sub.yaml",
         "workflow:\n  name: sub\n  steps:\n"
         "    - name: plan\n      type: gemini\n      prompt: [{type: static, content: Draft}]\n"
         "    - name: each\n      type: for_loop\n      iterator: x\n      data_source: a:b\n"
         "      steps: [{name: inner, type: set_variable, variables: {a: 1}}]\n"}});
    return kFiles;
}

// A step that runs a file, with more lines, and a step behind it.
std::string running(const std::string& file, const std::string& lines, const std::string& text) {
    return "workflow:\n  steps:\n    - name: run\n      type: pipeline\n      pipeline_file: " +
           file + "\n" + lines +
           "    - name: next\n      type: claude_smart\n      prompt:\n"
           "        - {type: static, content: '" +
           text + "'}\n";
}

TEST(CalledFile, ItsStepsCanBeOutputs) {
    EXPECT_THAT(labels(running("sub.yaml", "      outputs:\n        - ^\n", ""), &files()),
                AllOf(Contains("plan"), Contains("each"), Not(Contains("inner"))));
    EXPECT_THAT(labels(running("sub.yaml", "      outputs: [^]\n", ""), &files()),
                ElementsAre("plan", "each"));
    EXPECT_THAT(labels(running("sub.yaml", "      outputs:\n        - path: ^\n", ""), &files()),
                ElementsAre("plan", "each"));
    EXPECT_THAT(labels(running("gone.yaml", "      outputs: [^]\n", ""), &files()), IsEmpty());
    EXPECT_THAT(labels(running("sub.yaml", "      outputs: [^]\n", "")), IsEmpty());
}

TEST(CalledFile, ItsStepsAreTheResultUnlessOutputsSayOtherwise) {
    const std::string text = "{{steps.run.^}}";
    EXPECT_THAT(labels(running("sub.yaml", "", text), &files()), ElementsAre("plan", "each"));
    EXPECT_THAT(labels(running("sub.yaml", "      outputs: [plan]\n", text), &files()),
                ElementsAre("plan"));
    EXPECT_THAT(labels(running("gone.yaml", "", text), &files()), IsEmpty());
    // Of a pipeline in place beside the file the engine reads nothing.
    const std::string inPlace =
        "      pipeline: {name: x, steps: [{name: mine, type: set_variable}]}\n";
    EXPECT_THAT(labels(running("sub.yaml", inPlace, text), &files()), ElementsAre("plan", "each"));
    EXPECT_THAT(labels(running("sub.yaml", inPlace, text)), ElementsAre("mine"));
    const TextWithCursor next(running("sub.yaml", "", "^"));
    const auto names =
        scopeAt(next.subject(), format::Catalogue::builtIn(), next.offset(), &files());
    ASSERT_FALSE(names.empty());
    EXPECT_EQ(names.front().name, "run");
    EXPECT_EQ(names.front().results.size(), 2u);
}

TEST(FilePaths, AreOfferedFolderByFolder) {
    const testing::NamedFiles around(testing::NamedFiles::Texts{
        {"a.yaml", ""}, {"b.yml", ""}, {"notes.md", ""}, {"parts/c.yaml", ""}, {"parts/d.md", ""}});
    const auto offered = [&](const std::string& path) {
        return labels(
            "workflow:\n  steps:\n    - name: run\n      type: pipeline\n"
            "      pipeline_file: " +
                path + "\n",
            &around);
    };
    EXPECT_THAT(offered("^"), ElementsAre("a.yaml", "b.yml", "parts/"));
    EXPECT_THAT(offered("'p^'"), ElementsAre("parts/"));
    EXPECT_THAT(offered("parts/^"), ElementsAre("c.yaml"));
    EXPECT_THAT(offered("nowhere/^"), IsEmpty());
    EXPECT_THAT(labels("workflow:\n  steps:\n    - name: run\n      type: claude\n      prompt:\n"
                       "        - type: file\n          path: parts/^\n",
                       &around),
                ElementsAre("c.yaml", "d.md"));
    const std::string before = "workflow:\n  steps:\n    - type: pipeline\n      pipeline_file: ";
    EXPECT_EQ(completed(before + "parts/^old # x\n", "c.yaml", &around),
              before + "parts/c.yaml # x\n");
    EXPECT_EQ(completed(before + "\"^\"\n", "parts/", &around), before + "\"parts/\"\n");
    EXPECT_EQ(completed(before + "^/c.yaml\n", "parts/", &around), before + "parts/c.yaml\n");
}

TEST(CalledFile, AHoverShowsTheStepThatIsMeant) {
    const auto shown = [](const std::string& marked, const check::FileLookup* known) {
        const TextWithCursor text(marked);
        const auto hover =
            hoverAt(text.subject(), format::Catalogue::builtIn(), text.offset(), known);
        return hover ? text.at(hover->span) + ": " + hover->markdown : std::string();
    };
    EXPECT_THAT(
        shown(running("sub.yaml", "      outputs: [pl^an]\n", ""), &files()),
        AllOf(HasSubstr("plan: **plan** (step, `gemini`) of `sub.yaml`"), HasSubstr("Draft")));
    EXPECT_THAT(shown(running("sub.yaml", "", "see {{steps.run.ea^ch}}"), &files()),
                HasSubstr("each: **each** (step, `for_loop`) of `sub.yaml`"));
    EXPECT_THAT(shown(running("sub.yaml", "      outputs: [go^ne]\n", ""), &files()),
                Not(HasSubstr("sub.yaml")));
    EXPECT_THAT(shown(running("sub.yaml", "      outputs: [pl^an]\n", ""), nullptr),
                Not(HasSubstr("sub.yaml")));
    EXPECT_THAT(shown(running("sub.yaml", "", "{{steps.r^un.plan}}"), &files()),
                AllOf(HasSubstr("(step, `pipeline`)"), HasSubstr("`plan`"), HasSubstr("`each`")));
}

}  // namespace
}  // namespace pe::language
