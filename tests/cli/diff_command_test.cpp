// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "command_test.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

constexpr const char* kBefore =
    "workflow:\n  name: w\n  steps:\n    - name: one\n      type: claude\n      turns: 3\n"
    "      note: |\n        a line that stays and is long enough\n        another line, old\n";

class DiffCommand : public CommandTest {
protected:
    DiffCommand() : CommandTest("diff") {}
    void SetUp() override {
        put("a.yaml", kBefore);
        put("b.yaml", kBefore);
    }
    static std::string with(const std::string& from, const std::string& to) {
        return replaced(kBefore, from, to);
    }
};

TEST_F(DiffCommand, EqualFilesPrintNothing) {
    EXPECT_EQ(run({"a.yaml", "b.yaml"}), 0);
    EXPECT_EQ(out_, "");
}

TEST_F(DiffCommand, ShortValuesStandInTheSentence) {
    put("b.yaml", with("turns: 3", "turns: 5"));
    EXPECT_EQ(run({"a.yaml", "b.yaml"}), 1);
    EXPECT_EQ(out_, "~ changed `turns` of step `one` from 3 to 5\n");
}

TEST_F(DiffCommand, LongTextsStandBelowIt) {
    put("b.yaml", with("line, old", "line, new"));
    EXPECT_EQ(run({"a.yaml", "b.yaml"}), 1);
    EXPECT_EQ(out_,
              "~ changed `note` of step `one`\n"
              "      - a line that stays and is long enough\n      - another line, old\n"
              "      + a line that stays and is long enough\n      + another line, new\n");
}

TEST_F(DiffCommand, JsonSaysWhatAndWhere) {
    put("b.yaml", with("turns: 3", "turns: 5"));
    EXPECT_EQ(run({"a.yaml", "b.yaml", "--format", "json"}), 1);
    const auto json = yaml::fromJson(out_.substr(0, out_.size() - 1));
    ASSERT_TRUE(json) << out_;
    const yaml::Value& difference = json->find("differences")->items.at(0);
    EXPECT_EQ(difference.find("kind")->text, "field-changed");
    EXPECT_EQ(difference.find("pathAfter")->text, "/workflow/steps/0/turns");
    EXPECT_EQ(difference.find("step")->text, "one");
    EXPECT_EQ(difference.find("after")->text, "5");
}

TEST_F(DiffCommand, AFileThatIsNotThereForGitIsEmpty) {
    EXPECT_EQ(run({"/dev/null", "a.yaml"}), 1);
    EXPECT_NE(out_.find("added"), std::string::npos);
}

TEST_F(DiffCommand, WhatCannotBeReadIsThree) {
    put("broken.yaml", "a: [\n");
    EXPECT_EQ(run({"a.yaml", "broken.yaml"}), 3);
    EXPECT_NE(err_.find("broken.yaml:1:"), std::string::npos) << err_;
    EXPECT_EQ(run({"a.yaml", "absent.yaml"}), 3);
    EXPECT_EQ(run({"a.yaml"}), 2);
    EXPECT_EQ(run({"a.yaml", "b.yaml", "--format", "xml"}), 2);
}

TEST_F(DiffCommand, TextconvListsMeaningAndShowsWhatIsNoYamlAsItIs) {
    EXPECT_EQ(run({"--textconv", "a.yaml"}), 0);
    EXPECT_NE(out_.find("\none\n  name: \"one\"\n"), std::string::npos) << out_;
    put("broken.yaml", "a: [\n");
    EXPECT_EQ(run({"--textconv", "broken.yaml"}), 0);
    EXPECT_EQ(out_, "a: [\n");
}

}  // namespace
}  // namespace pe::cli
