// SPDX-License-Identifier: MIT
#include "line_difference.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pe::editor {
namespace {

using Kind = DifferentLine::Kind;

std::string drawn(const std::vector<DifferentLine>& lines) {
    std::string text;
    for (const DifferentLine& line : lines)
        text += " -+"[static_cast<int>(line.kind)] + line.text.toStdString() + "\n";
    return text;
}

std::string side(const std::vector<DifferentLine>& lines, Kind without) {
    std::string text;
    for (const DifferentLine& line : lines)
        if (line.kind != without)
            text += line.text.toStdString() + "\n";
    return text;
}

TEST(LineDifference, ShowsWhatWentBeforeWhatCame) {
    EXPECT_EQ(drawn(lineDifference("a\nb\nc\n", "a\nx\nc\n")), " a\n-b\n+x\n c\n");
}

TEST(LineDifference, FindsTheShortestWay) {
    EXPECT_EQ(drawn(lineDifference("a\nb\nc\nd\n", "b\nc\nx\nd\n")), "-a\n b\n c\n+x\n d\n");
}

TEST(LineDifference, AnEmptyTextHasNoLines) {
    EXPECT_EQ(drawn(lineDifference("", "a\n")), "+a\n");
    EXPECT_EQ(drawn(lineDifference("a\n", "")), "-a\n");
    EXPECT_TRUE(lineDifference("", "").empty());
}

TEST(LineDifference, NumbersAreThoseOfTheNewText) {
    const auto lines = lineDifference("a\nb\n", "x\na\nb\n");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[2].number, 2);
}

RC_GTEST_PROP(LineDifference, HoldsBothTexts, ()) {
    const auto text =
        rc::gen::map(rc::gen::container<std::vector<char>>(rc::gen::element('a', 'b', 'c', 'd')),
                     [](const std::vector<char>& letters) {
                         std::string lines;
                         for (const char letter : letters)
                             lines += std::string(1, letter) + "\n";
                         return lines;
                     });
    const std::string before = *text;
    const std::string after = *text;
    const auto lines = lineDifference(before, after);
    RC_ASSERT(side(lines, Kind::Added) == before);
    RC_ASSERT(side(lines, Kind::Removed) == after);
}

}  // namespace
}  // namespace pe::editor
