// SPDX-License-Identifier: MIT
#include "pe/document/merge.hpp"

#include <gtest/gtest.h>

#include "merge_cases.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

std::string replaced(std::string text, const Replacements& replacements) {
    for (const auto& [from, to] : replacements) {
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        if (at != std::string::npos)
            text.replace(at, from.size(), to);
    }
    return text;
}

class MergeCases : public ::testing::TestWithParam<MergeCase> {};

TEST_P(MergeCases, GiveWhatACarefulPersonWouldWrite) {
    const MergeCase& each = GetParam();
    const std::string ours = replaced(each.base, each.ours);
    const std::string theirs = replaced(each.base, each.theirs);
    const Merged merged = mergeTexts(each.base, ours, theirs);
    EXPECT_EQ(merged.text, replaced(each.base, each.merged)) << each.name;
    EXPECT_FALSE(merged.byLines) << each.name;
    EXPECT_TRUE(yaml::parse(merged.text).editable()) << each.name;
    EXPECT_EQ(merged.conflicts.size(), each.conflicts) << each.name;
    for (const MergeConflict& conflict : merged.conflicts)
        EXPECT_GT(conflict.line, 0U) << conflict.what;
}

TEST_P(MergeCases, AreTheSameFromBothSidesExceptForWhoWins) {
    const MergeCase& each = GetParam();
    const std::string ours = replaced(each.base, each.ours);
    const std::string theirs = replaced(each.base, each.theirs);
    const Merged there = mergeTexts(each.base, theirs, ours);
    EXPECT_EQ(there.conflicts.size(), each.conflicts) << each.name;
    EXPECT_TRUE(yaml::parse(there.text).editable()) << each.name;
}

std::string testName(const ::testing::TestParamInfo<MergeCase>& info) {
    std::string name;
    for (const char c : info.param.name)
        name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Fields, MergeCases, ::testing::ValuesIn(fieldCases()), testName);
INSTANTIATE_TEST_SUITE_P(Structure, MergeCases, ::testing::ValuesIn(structureCases()), testName);
INSTANTIATE_TEST_SUITE_P(Around, MergeCases, ::testing::ValuesIn(aroundCases()), testName);

std::string windows(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '\n' ? "\r\n" : std::string(1, c);
    return out;
}

TEST(Merge, LineEndsOfOneSideAreTakenOver) {
    const std::string ours = replaced(kBase, {{"model: pro", "model: lite"}});
    const std::string theirs = replaced(kBase, {{"review", "audit"}});
    const std::string both = replaced(kBase, {{"model: pro", "model: lite"}, {"review", "audit"}});
    const Merged converted = mergeTexts(kBase, windows(ours), theirs);
    EXPECT_EQ(converted.text, windows(both));
    EXPECT_TRUE(converted.conflicts.empty());
    EXPECT_EQ(mergeTexts(windows(kBase), windows(ours), theirs).text, both);
    EXPECT_EQ(mergeTexts(windows(kBase), windows(ours), windows(theirs)).text, windows(both));
}

TEST(Merge, AConflictSaysWhereItIsAndWhatTheSidesHave) {
    const Merged merged = mergeTexts(kBase, replaced(kBase, {{"model: pro", "model: flash"}}),
                                     replaced(kBase, {{"model: pro", "model: lite"}}));
    ASSERT_EQ(merged.conflicts.size(), 1U);
    const MergeConflict& conflict = merged.conflicts.front();
    EXPECT_EQ(conflict.pointer, "/workflow/steps/1/model");
    EXPECT_EQ(conflict.line, 19U);
    EXPECT_EQ(conflict.base, "pro");
    EXPECT_EQ(conflict.ours, "flash");
    EXPECT_EQ(conflict.theirs, "lite");
}

constexpr const char* kAnchored =
    "shared:\n"
    "  base: &x\n"
    "    model: opus\n"
    "  other: 1\n"
    "steps:\n"
    "  - name: one\n"
    "    options: none\n";

TEST(Merge, ADeletedValueStandsWhereTheOtherSideUsesIt) {
    const std::string deleted = replaced(kAnchored, {{"  base: &x\n    model: opus\n", ""}});
    const Merged merged = mergeTexts(kAnchored, deleted, replaced(kAnchored, {{"none", "*x"}}));
    EXPECT_FALSE(merged.byLines);
    EXPECT_EQ(merged.text, replaced(deleted, {{"none\n", "&x\n      model: opus\n"}}));
    ASSERT_EQ(merged.conflicts.size(), 1U);
    EXPECT_EQ(merged.conflicts[0].pointer, "/steps/0/options");
    EXPECT_EQ(merged.conflicts[0].line, 5U);
    EXPECT_EQ(merged.conflicts[0].ours, "(deleted)");
    EXPECT_EQ(merged.conflicts[0].theirs, "*x");
}

TEST(Merge, WhiteLinesOfATextKeepTheirBlanks) {
    const std::string base = "a: |\n  one\n  two\n  \n\n  three\n \n  four\n";
    const Merged merged =
        mergeTexts(base, replaced(base, {{"one", "ONE"}}), replaced(base, {{"three", "THREE"}}));
    EXPECT_EQ(merged.text, replaced(base, {{"one", "ONE"}, {"three", "THREE"}}));
    EXPECT_TRUE(merged.conflicts.empty());
}

TEST(Merge, TheBreakAtTheEndIsThatOfTheSideThatChangedIt) {
    const std::string open = kBase.substr(0, kBase.size() - 1);
    const std::string edited = replaced(kBase, {{"\"Check it\"", "\"Check all\""}});
    const Merged dropped = mergeTexts(kBase, open, edited);
    EXPECT_EQ(dropped.text, edited.substr(0, edited.size() - 1));
    EXPECT_TRUE(dropped.conflicts.empty());
    const Merged added = mergeTexts(open, edited.substr(0, edited.size() - 1), kBase);
    EXPECT_EQ(added.text, edited);
    EXPECT_TRUE(added.conflicts.empty());
}

// Lines at the margin that end a document there, put into a text that somebody moves there.
TEST(Merge, ALineThatWouldEndTheDocumentStaysALineOfItsText) {
    const std::string base = "--- |\n  one\n  two\n";
    for (const std::string mark : {"...", "---"}) {
        const Merged merged =
            mergeTexts(base, "--- |\none\ntwo\n", "--- |\n  one\n  " + mark + "\n  two\n");
        const yaml::Tree tree = yaml::parse(merged.text);
        ASSERT_TRUE(tree.editable()) << merged.text;
        EXPECT_FALSE(merged.byLines);
        ASSERT_EQ(tree.children(yaml::kStream).size(), 1U) << merged.text;
        EXPECT_EQ(yaml::scalarText(tree, tree.children(yaml::kStream)[0]),
                  "one\n" + mark + "\ntwo\n");
    }
}

TEST(Merge, OneAnchorNameOfBothSidesIsTold) {
    const Merged merged =
        mergeTexts(kAnchored, replaced(kAnchored, {{"other: 1", "other: &y 1\n  more: 1"}}),
                   replaced(kAnchored, {{"name: one", "name: &y one"}, {"none", "*y"}}));
    EXPECT_TRUE(merged.conflicts.empty());
    const Merged mistaken = mergeTexts(
        replaced(kAnchored, {{"none", "none\n    last: 1"}}),
        replaced(kAnchored, {{"none", "none\n    last: *y"}, {"other: 1", "other: &y 1"}}),
        replaced(kAnchored, {{"none", "none\n    last: 1"}, {"name: one", "name: &y one"}}));
    ASSERT_EQ(mistaken.conflicts.size(), 1U);
    EXPECT_EQ(mistaken.conflicts[0].pointer, "/steps/0/last");
}

TEST(Merge, TextThatDoesNotParseIsMergedByLines) {
    const std::string base = "a: \"x\nb: 1\nc: 2\nd: 3\n";
    const Merged merged =
        mergeTexts(base, replaced(base, {{"b: 1", "b: 9"}}), replaced(base, {{"d: 3", "d: 4"}}));
    EXPECT_TRUE(merged.byLines);
    EXPECT_EQ(merged.text, replaced(base, {{"b: 1", "b: 9"}, {"d: 3", "d: 4"}}));
    EXPECT_TRUE(merged.conflicts.empty());
}

TEST(Merge, LinesThatCollideStandBetweenMarkers) {
    const Merged merged = mergeLines("a\nb\nc", "a\nB\nc", "a\nX\nc");
    EXPECT_EQ(merged.text, "a\n<<<<<<< ours\nB\n=======\nX\n>>>>>>> theirs\nc");
    EXPECT_EQ(merged.conflicts.size(), 1U);
    const Merged end = mergeLines("a\nb", "a\nB", "a\nX");
    EXPECT_EQ(end.text, "a\n<<<<<<< ours\nB\n=======\nX\n>>>>>>> theirs\n");
}

}  // namespace
}  // namespace pe::document
