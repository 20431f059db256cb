// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checked.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using ::testing::HasSubstr;
using testing::pipelineOf;

TEST(References, ArgumentsOfTemplateFunctionsAreChecked) {
    const Checked checked(pipelineOf(
        "- name: ask\n  type: claude_smart\n  prompt: [{type: static, content: hi}]\n"
        "- name: use\n  type: claude\n  prompt:\n"
        "    - {type: static, content: \"{{add(steps.ask.n, 1)}} {{max(1, steps.akk.n)}}\"}\n"));
    EXPECT_EQ(checked.count("reference.template-missing"), 1u);
    EXPECT_THAT(checked.first("reference.template-missing").message, HasSubstr("`akk`"));
    EXPECT_EQ(checked.first("reference.template-missing").fixes.size(), 1u);
}

TEST(References, PartsInArgumentsCountAsZeroWhereTheyAreNoNumbers) {
    const auto said = [](const std::string& argument) {
        return Checked(pipelineOf(
            "- {name: ask, type: claude, prompt: [{type: static, content: hi}]}\n"
            "- {name: ls, type: file_ops, operation: list, path: data}\n"
            "- {name: some, type: file_ops, operation: list, path: data, condition: ls.count > 3}\n"
            "- {name: p, type: pipeline, pipeline: {name: q, steps: [{name: ls, type: file_ops, "
            "operation: list, path: data}]}}\n"
            "- {name: use, type: claude, prompt: [{type: static, content: \"{{add(1, " +
            argument + ")}}\"}]}\n"));
    };
    EXPECT_EQ(said("steps.ask.cost").marked("reference.answer-field"), "steps.ask.cost");
    EXPECT_EQ(said("steps.ls.files").marked("template.not-computed"), "steps.ls.files");
    EXPECT_EQ(said("steps.p.ls.files").marked("template.not-computed"), "steps.p.ls.files");
    EXPECT_EQ(said("steps.ls.cnt").marked("reference.result-part"), "cnt");
    EXPECT_EQ(said("steps.p.ls.cnt").marked("reference.result-part"), "cnt");
    EXPECT_EQ(said("steps.p.sl.count").marked("reference.pipeline-part"), "sl");
    EXPECT_THAT(said("steps.some.count").first("reference.maybe-skipped").message,
                HasSubstr("and counts as 0"));
    for (const char* fine : {"steps.ls.count", "steps.p.ls.count", " steps.ls.count "}) {
        const Checked checked = said(fine);
        for (const Diagnostic& each : checked.all())
            EXPECT_FALSE(each.code.starts_with("reference.") || each.code.starts_with("template."))
                << fine << ": " << each.message;
    }
}

TEST(References, AConditionThatAlwaysHoldsSkipsNothing) {
    const auto used = [](const std::string& condition) {
        return Checked(pipelineOf("- name: ask\n  type: claude_smart\n  condition: " + condition +
                                  "\n  prompt: [{type: static, content: hi}]\n"
                                  "- name: use\n  type: claude\n  prompt:\n"
                                  "    - {type: previous_response, step: ask, extract: text}\n"))
            .has("reference.maybe-skipped");
    };
    EXPECT_FALSE(used("1 == 1"));
    EXPECT_TRUE(used("1 == 2"));
}

}  // namespace
}  // namespace pe::check
