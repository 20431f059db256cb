// SPDX-License-Identifier: MIT
// YAML that the engine's own reader refuses: found with or without its verdict, once, with its
// place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checked.hpp"
#include "pe/testing/corpus.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using ::testing::HasSubstr;

const std::string kHead = "workflow:\n  name: w\n";
const std::string kSteps =
    "  steps:\n    - {name: a, type: claude, prompt: [{type: static, content: hi}]}\n";

TEST(ReaderRefusal, IsFoundAtTheEntryThatTheReaderStopsOn) {
    const Checked lone(kHead + "  ? x-note\n" + kSteps);
    EXPECT_EQ(lone.count("yaml.refused"), 1u);
    EXPECT_THAT(lone.first("yaml.refused").why, HasSubstr("`? key` without a value"));
    EXPECT_THAT(lone.marked("yaml.refused"), HasSubstr("? x-note"));
    const Checked empty(kHead + "  x-list:\n    - {a: }\n" + kSteps);
    EXPECT_THAT(empty.first("yaml.refused").why, HasSubstr("empty value"));
}

TEST(ReaderRefusal, OfValuesThatAliasesBlowUpStandsAtTheFirstLine) {
    std::string text = "x0: &a0\n  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string old = "*a" + std::to_string(i - 1);
        text += "x" + std::to_string(i) + ": &a" + std::to_string(i) + "\n  [";
        for (int k = 0; k < 10; ++k)
            text += (k == 0 ? "" : ", ") + old;
        text += "]\n";
    }
    const Checked checked(text + kHead + kSteps);
    EXPECT_EQ(checked.count("yaml.refused"), 1u);
    EXPECT_EQ(checked.first("yaml.refused").begin, 0u);
}

TEST(ReaderRefusal, IsNotSaidTwiceWhereTheYamlIsWrong) {
    EXPECT_FALSE(Checked("workflow: [\n").has("yaml.refused"));
    EXPECT_FALSE(Checked(kHead + "  x-n: !!int abc\n" + kSteps).has("yaml.refused"));
}

TEST(ReaderRefusal, IsNotSaidOfWhatTheReaderTakes) {
    for (const std::string& odd :
         {std::string("  x-a: &a {b: 1}\n  x-b: *a\n"), std::string("  ? x-k\n  : v\n"),
          std::string("  x-l:\n    - {a: 1}\n"), std::string("  x-t: !!str 5\n")})
        EXPECT_FALSE(Checked(kHead + odd + kSteps).has("yaml.refused")) << odd;
}

TEST(ReaderRefusal, HasTheSeverityThatATeamGivesIt) {
    const std::string text = kHead + "  ? x-note\n" + kSteps;
    const auto off = Settings::parse(R"({"rules": {"yaml.refused": "off"}})");
    EXPECT_FALSE(Checked(text, nullptr, *off).has("yaml.refused"));
    const auto hint = Settings::parse(R"({"rules": {"yaml.refused": "warning"}})");
    EXPECT_EQ(Checked(text, nullptr, *hint).first("yaml.refused").severity, Severity::Warning);
}

TEST(ReaderRefusal, IsTheSameWithTheVerdictAtHand) {
    for (const std::string& text :
         {kHead + "  ? x-note\n" + kSteps, kHead + "  x-list:\n    - {a: }\n" + kSteps,
          kHead + "  ~: 1\n" + kSteps, kHead + kSteps}) {
        const yaml::Tree tree = yaml::parse(text);
        const loader::Verdicts verdicts = loader::verdicts(tree);
        Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        std::size_t found = 0;
        for (const Diagnostic& each : checker.check(*subjectOf(tree), &verdicts))
            found += each.code == "yaml.refused" ? 1 : 0;
        EXPECT_EQ(found, verdicts.parses ? 0u : 1u) << text;
        EXPECT_EQ(Checked(text).count("yaml.refused"), found) << text;
    }
}

// The command line has the verdicts at hand, the window and the language server have not.
TEST(Findings, OfTheCorpusAreTheSameForEveryConsumer) {
    const auto files = testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no shared corpus beside this checkout";
    for (const auto& path : files) {
        const yaml::Tree tree = yaml::parse(testing::readFile(path));
        const loader::Verdicts verdicts = loader::verdicts(tree);
        const auto codes = [&](const loader::Verdicts* known) {
            Checker checker(format::Catalogue::builtIn(), {}, nullptr);
            std::vector<std::string> found;
            for (const Diagnostic& each : checker.check(*subjectOf(tree), known))
                found.push_back(std::to_string(each.begin) + " " + each.code);
            return found;
        };
        EXPECT_EQ(codes(nullptr), codes(&verdicts)) << path;
    }
}

TEST(ReaderRefusal, OfAKeyThatIsNothingStandsAtItsEntry) {
    for (const std::string key : {"", "~", "null"}) {
        const Checked checked(kHead + "  global_vars:\n    a: 1\n    " + key + ": x\n" + kSteps);
        EXPECT_EQ(checked.marked("yaml.refused"), key.empty() ? "x" : key);
        EXPECT_THAT(checked.first("yaml.refused").why, HasSubstr("key that is nothing"));
    }
    EXPECT_EQ(Checked(kHead + "  global_vars: {a: 1, null: x}\n" + kSteps).marked("yaml.refused"),
              "null");
    EXPECT_FALSE(Checked(kHead + "  global_vars:\n    \"\": x\n" + kSteps).has("yaml.refused"));
}

}  // namespace
}  // namespace pe::check
