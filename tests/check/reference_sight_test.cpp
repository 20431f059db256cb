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
