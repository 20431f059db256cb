// SPDX-License-Identifier: MIT
// The round of a loop, which the steps of its body read by the name `loop`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> kRules = {"reference.", "source.", "template."};

const std::string kGroups =
    "    - name: s\n      type: set_variable\n"
    "      variables: {groups: [{files: [{name: a}, {name: b}], title: x}]}\n";

// The prompt of a step in a loop over files, in a loop over groups.
std::string nested(const std::string& part, const std::string& source = "loop:group.files") {
    return sampleOf(kGroups +
                    "    - name: outer\n      type: for_loop\n      iterator: group\n"
                    "      data_source: groups\n      steps:\n"
                    "        - name: inner\n          type: for_loop\n          iterator: file\n"
                    "          data_source: " +
                    source +
                    "\n          steps:\n            - name: ask\n              type: claude\n"
                    "              prompt:\n                - " +
                    part + "\n");
}

std::string round(const std::string& extract, const std::string& more = "") {
    return "{type: previous_response, step: loop, extract: " + extract + more + "}";
}

TEST(LoopRound, APromptReadsItsParts) {
    for (const char* part : {"file", "file.name", "index", "total", "first", "last", "level",
                             "parent", "parent.group", "parent.group.title", "parent.index"})
        EXPECT_THAT(RuleSample(nested(round(part))).codes(kRules), IsEmpty()) << part;
    EXPECT_THAT(RuleSample(nested("{type: previous_response, step: loop}")).codes(kRules),
                IsEmpty());
    EXPECT_THAT(RuleSample(nested(round("nope", ", strict: false"))).codes(kRules), IsEmpty());
}

TEST(LoopRound, APartThatItLacksIsTold) {
    RuleSample outer(nested(round("group.title")));
    EXPECT_EQ(outer.at("reference.loop-helper"), "group");
    EXPECT_EQ(outer.fixed("reference.loop-helper"), nested(round("parent.group.title")));
    EXPECT_EQ(RuleSample(nested(round("is_last"))).fixed("reference.loop-helper"),
              nested(round("last")));
    EXPECT_THAT(RuleSample(nested(round("parent.file"))).message("reference.loop-helper"),
                HasSubstr("`outer` has no `file`; it has index, total"));
    EXPECT_THAT(RuleSample(nested(round("parent.parent"))).codes(kRules),
                ElementsAre("reference.loop-helper"));
}

TEST(LoopRound, AWhileLoopHasItsOwn) {
    const auto text = [](const std::string& part) {
        return sampleOf(kGroups +
                        "    - name: w\n      type: while_loop\n      condition: s.scope == 'x'\n"
                        "      steps:\n        - name: ask\n          type: claude\n"
                        "          prompt:\n            - " +
                        round(part) + "\n");
    };
    for (const char* part : {"iteration", "count"})
        EXPECT_THAT(RuleSample(text(part)).codes(kRules), IsEmpty()) << part;
    EXPECT_THAT(RuleSample(text("index")).codes(kRules), ElementsAre("reference.loop-helper"));
}

TEST(LoopRound, ASourceReadsItsParts) {
    const std::string part = round("file");
    for (const char* source : {"loop:group.files", "group:files"})
        EXPECT_THAT(RuleSample(nested(part, source)).codes(kRules), IsEmpty()) << source;
    EXPECT_THAT(RuleSample(nested(part, "loop:files")).codes(kRules),
                ElementsAre("reference.loop-helper"));
    EXPECT_THAT(RuleSample(nested(part, "loop")).codes(kRules), ElementsAre("source.whole-result"));
}

TEST(LoopRound, ATemplateOfAnItemBecomesAPart) {
    const auto content = [](const std::string& text) {
        return nested("type: static\n                  content: \"" + text + "\"");
    };
    const auto part = [](const std::string& path) {
        return nested(
            "type: previous_response\n                  step: loop\n"
            "                  extract: " +
            path);
    };
    EXPECT_EQ(RuleSample(content("{{loop.file}}")).fixed("template.erased-scope"), part("file"));
    EXPECT_EQ(RuleSample(content("{{file.name}}")).fixed("template.unset-variable"),
              part("file.name"));
    EXPECT_EQ(RuleSample(content("{{group}}")).fixed("template.unset-variable"),
              part("parent.group"));
    EXPECT_EQ(RuleSample(content("{{steps.loop.index}}")).fixed("reference.template-missing"),
              part("index"));
    EXPECT_EQ(RuleSample(content("{{loop.nope}}")).fixed("template.erased-scope"), "-");
    EXPECT_THAT(RuleSample(content("{{file}}")).message("template.unset-variable"),
                HasSubstr("`extract: file`"));
}

TEST(LoopRound, AStepOfThatNameIsHidden) {
    const std::string ask =
        "        - name: ask\n          type: claude\n          prompt:\n"
        "            - {type: previous_response, step: loop, extract: scope}\n";
    const std::string loop =
        "    - name: each\n      type: for_loop\n      iterator: group\n"
        "      data_source: groups\n      steps:\n";
    const std::string step = "    - {name: loop, type: set_variable, variables: {x: 1}}\n";
    EXPECT_EQ(RuleSample(sampleOf(kGroups + step + loop + ask)).codes(kRules),
              std::vector<std::string>{"reference.hidden-step"});
    EXPECT_THAT(RuleSample(sampleOf(kGroups + loop + "    " + step + ask)).codes(kRules),
                IsEmpty());
    EXPECT_THAT(RuleSample(sampleOf(kGroups + loop + ask)).codes(kRules),
                ElementsAre("reference.loop-helper"));
    EXPECT_THAT(RuleSample(sampleOf(kGroups + "    - name: b\n      type: claude\n      prompt:\n"
                                              "        - {type: previous_response, step: loop}\n"))
                    .codes(kRules),
                ElementsAre("reference.missing"));
}

}  // namespace
}  // namespace pe::testing
