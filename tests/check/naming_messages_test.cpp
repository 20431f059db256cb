// SPDX-License-Identifier: MIT
// What is said of names that mean something, only not where they are written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kVariables =
    "    - name: s\n      type: set_variable\n      variables: {m: {list: [1]}}\n";

std::string loopOver(const std::string& source) {
    return sampleOf(kVariables +
                    "    - name: l\n      type: for_loop\n      iterator: i\n"
                    "      data_source: \"" +
                    source + "\"\n      steps: [{name: q, type: claude_smart, prompt: []}]\n");
}

TEST(NamingMessages, APartOfAVariableIsNoSource) {
    RuleSample dotted(loopOver("m.list"));
    EXPECT_THAT(dotted.message("source.misread"), HasSubstr("a variable of its own"));
    EXPECT_EQ(dotted.fixed("source.misread"), "-");
    EXPECT_THAT(RuleSample(loopOver("m:list")).message("reference.missing"),
                HasSubstr("`m` is a variable"));
    EXPECT_THAT(RuleSample(loopOver("n:list")).message("reference.missing"),
                HasSubstr("No step is called `n`"));
    const std::string input = sampleOf(kVariables +
                                       "    - {name: t, type: data_transform, operations: [], "
                                       "input_source: 'previous_response:m:list'}\n");
    EXPECT_THAT(RuleSample(input).message("reference.missing"), HasSubstr("`m` is a variable"));
}

TEST(NamingMessages, AVariableThatTheSameStepSetsIsNotLater) {
    const auto text = [](const std::string& first, const std::string& second) {
        return sampleOf("    - {name: s, type: set_variable, variables: {" + first + "}}\n" +
                        "    - {name: t, type: set_variable, variables: {" + second + "}}\n");
    };
    EXPECT_THAT(
        RuleSample(text("a: 1, b: '{{state.a}}'", "c: 1")).message("template.later-variable"),
        HasSubstr("set by this step"));
    EXPECT_THAT(RuleSample(text("b: '{{state.c}}'", "c: 1")).message("template.later-variable"),
                HasSubstr("set by a later step"));
    EXPECT_FALSE(RuleSample(text("a: 1", "a: 2, b: '{{state.a}}'")).has("template.later-variable"));
}

TEST(NamingMessages, ANameWithADotOrColonIsSplitWhereItIsUsed) {
    const auto text = [](const std::string& name, const std::string& use) {
        return sampleOf("    - {name: '" + name +
                        "', type: set_variable, variables: {x: 1}}\n"
                        "    - name: b\n      type: claude_smart\n" +
                        use);
    };
    const std::string condition = "      condition: v1.0.success\n      prompt: []\n";
    RuleSample split(text("v1.0", condition));
    EXPECT_THAT(split.message("reference.missing"), HasSubstr("`v1.0` ends at its dot"));
    EXPECT_THAT(RuleSample(text("v1.02", condition)).message("reference.missing"),
                Not(HasSubstr("ends at")));
    EXPECT_THAT(RuleSample(text("v1.0",
                                "      prompt: [{type: static, content: "
                                "'{{steps.v1.0.scope}}'}]\n"))
                    .message("reference.template-missing"),
                HasSubstr("ends at its dot"));
    const std::string loop =
        "    - {name: 'm:x', type: set_variable, variables: {m: 1}}\n"
        "    - name: l\n      type: for_loop\n      iterator: i\n      data_source: 'm:x:files'\n"
        "      steps: [{name: q, type: claude_smart, prompt: []}]\n";
    EXPECT_THAT(RuleSample(sampleOf(loop)).message("reference.missing"),
                HasSubstr("ends at its colon"));
}

TEST(NamingMessages, OtherWordsForStepAreKnown) {
    const auto text = [](const std::string& key) {
        return sampleOf(
            "    - {name: a, type: claude_smart, prompt: []}\n"
            "    - {name: b, type: claude_smart, prompt: [{type: previous_response, " +
            key + ": a}]}\n");
    };
    RuleSample checked(text("step_name"));
    EXPECT_THAT(checked.message("prompt.part-incomplete"), HasSubstr("`step_name`"));
    EXPECT_EQ(checked.fixed("prompt.part-incomplete"), text("step"));
    EXPECT_FALSE(checked.isSafe("prompt.part-incomplete"));
    EXPECT_EQ(RuleSample(text("other")).fixed("prompt.part-incomplete"), "-");
}

}  // namespace
}  // namespace pe::testing
