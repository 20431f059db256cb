// SPDX-License-Identifier: MIT
#include "pattern_syntax.hpp"

#include <gtest/gtest.h>

#include "rule_sample.hpp"

namespace pe::check {
namespace {

using testing::RuleSample;
using testing::sampleOf;

TEST(PatternSyntax, WhatCannotBeCompiledIsTold) {
    for (const char* pattern : {"[a", "[^]", "[[:alpha:]", "(a", "a)", "(a))", "*a", "a|*", "a**",
                                "a+?+", "(+a)", "a{2,1}", "{2}", "a\\", "(?:a"})
        EXPECT_NE(patternFault(pattern), "") << pattern;
}

TEST(PatternSyntax, WhatMayBeCompiledIsNot) {
    for (const char* pattern :
         {"",       "a",     "[]a]",   "[^]]",   "[[:alpha:]]", "[[:]",  "\\[a",     "\\(",
          "(a|b)*", "a*?",   "a++",    "a{2,5}", "a{,2}",       "a{x",   "}",        "]",
          "^*a",    "(?:a)", "(?:=+)", "(?i)[a", "(?<n>a",      "\\Q[a", "(*UTF8)*", ".*\\.ex$"})
        EXPECT_EQ(patternFault(pattern), "") << pattern;
}

std::string conditionOf(const std::string& condition) {
    return sampleOf(
        "    - {name: a, type: claude_smart, prompt: []}\n"
        "    - name: b\n      type: claude_smart\n      condition: \"" +
        condition + "\"\n      prompt: []\n");
}

TEST(PatternSyntax, ConditionsMatchWithPatterns) {
    EXPECT_EQ(RuleSample(conditionOf("a.x matches '[a'")).at("condition.pattern"), "[a");
    EXPECT_EQ(RuleSample(conditionOf("matches(a.x, 'b**')")).at("condition.pattern"), "b**");
    for (const char* good : {"a.x matches '[a]'", "a.x matches '{{state.p}}['", "a.x == '[a'",
                             "a.x matches a.p", "contains(a.x, '[a')", "a.x contains '[a'"})
        EXPECT_FALSE(RuleSample(conditionOf(good)).has("condition.pattern")) << good;
}

TEST(PatternSyntax, FilesAreListedByPatterns) {
    const auto listed = [](const std::string& pattern, const std::string& operation = "list") {
        return sampleOf("    - {name: a, type: file_ops, operation: " + operation +
                        ", path: lib, pattern: '" + pattern + "'}\n");
    };
    EXPECT_EQ(RuleSample(listed("[a")).at("effect.pattern"), "'[a'");
    EXPECT_FALSE(RuleSample(listed("[a]")).has("effect.pattern"));
    EXPECT_FALSE(RuleSample(listed("[{{x}}")).has("effect.pattern"));
    EXPECT_FALSE(RuleSample(listed("[a", "copy")).has("effect.pattern"));
    EXPECT_FALSE(RuleSample(listed("*.ex")).has("effect.pattern"));
}

}  // namespace
}  // namespace pe::check
