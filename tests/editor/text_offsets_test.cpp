// SPDX-License-Identifier: MIT
#include "text_offsets.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pe::editor {
namespace {

std::vector<QString> shownLines(const TextOffsets& offsets) {
    std::vector<QString> lines;
    for (int line = 0; line < offsets.lineCount(); ++line)
        lines.push_back(offsets.shownLine(line));
    return lines;
}

// Texts of whatever confuses byte and UTF-16 positions.
std::string hostileText() {
    static const std::vector<std::string> pieces = {"a",
                                                    "key: ",
                                                    "\n",
                                                    "\r",
                                                    "\r\n",
                                                    "\t",
                                                    std::string(1, '\0'),
                                                    "\xff",
                                                    "\xc3",
                                                    "\xa9",
                                                    "\xc3\xa9",
                                                    "e\xcc\x81",
                                                    "\xf0\x9f\x98\x80",
                                                    "\xe2\x80\xa8",
                                                    "\xe2\x80\xa9",
                                                    "\xef\xbb\xbf",
                                                    "\xf0\x9f"};
    std::string text;
    const int count = *rc::gen::inRange(0, 25);
    for (int i = 0; i < count; ++i)
        text += pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
    return text;
}

TEST(TextOffsets, EveryKindOfLineBreakEndsALine) {
    const TextOffsets offsets("a\nb\r\nc\rd");
    ASSERT_EQ(offsets.lineCount(), 4);
    EXPECT_EQ(offsets.lineBytes(1), "b");
    EXPECT_EQ(offsets.lineBreak(0), "\n");
    EXPECT_EQ(offsets.lineBreak(1), "\r\n");
    EXPECT_EQ(offsets.lineBreak(2), "\r");
    EXPECT_EQ(offsets.lineBreak(3), "");
}

TEST(TextOffsets, AstralCharactersTakeTwoUnitsAndFourBytes) {
    const TextOffsets offsets("a\xf0\x9f\x98\x80z");
    EXPECT_EQ(offsets.shownLine(0).size(), 4);
    EXPECT_EQ(offsets.place(5), (TextPlace{0, 3}));
    EXPECT_EQ(offsets.offset({0, 3}), 5u);
    EXPECT_EQ(offsets.offset({0, 2}), 1u) << "inside a pair is its start";
    EXPECT_EQ(offsets.place(3), (TextPlace{0, 1})) << "inside a character is its start";
}

TEST(TextOffsets, BytesThatCannotBeShownHaveAStandInOfTheirOwn) {
    const TextOffsets offsets(std::string("x\0\xff\xc3y", 5));
    EXPECT_EQ(offsets.shownLine(0), QStringLiteral("x\u2400\ufffd\ufffdy"));
    EXPECT_EQ(offsets.offset({0, 2}), 2u);
    EXPECT_EQ(offsets.offset({0, 4}), 4u);
}

TEST(TextOffsets, RemovingWhatKeptCarriageReturnAndLineFeedApartJoinsTheLines) {
    TextOffsets offsets("a\rX\nb");
    ASSERT_EQ(offsets.lineCount(), 3);
    const LineChange change = offsets.replace(2, 1, "");
    EXPECT_EQ(offsets.lineCount(), 2);
    EXPECT_EQ(change.first, 0);
    EXPECT_EQ(change.before - change.after, 1);
}

TEST(TextOffsets, TypedTextTakesTheLineBreakOfItsSurroundings) {
    const TextOffsets windows("a\r\nb");
    EXPECT_EQ(windows.encode(QStringLiteral("1\n2"), 0), "1\r\n2");
    EXPECT_EQ(windows.encode(QStringLiteral("1\r\n2"), 1), "1\r\n2")
        << "the last line has none: as above";
    EXPECT_EQ(TextOffsets("a").encode(QStringLiteral("1\r2"), 0), "1\n2");
    EXPECT_EQ(TextOffsets("a").encode(QStringLiteral("\u00e9\U0001F600"), 0),
              "\xc3\xa9\xf0\x9f\x98\x80");
}

TEST(TextOffsets, ADecodedTextIsShownWithAsManyUnits) {
    const QString text = QStringLiteral("a\r\u2029\n\u00a0\U0001F600");
    const QString shown = shownForm(text);
    EXPECT_EQ(shown.size(), text.size());
    EXPECT_FALSE(shown.contains(u'\r'));
    EXPECT_EQ(shown[3], u'\n');
}

RC_GTEST_PROP(TextOffsets, ReplacingEqualsStartingAnew, ()) {
    TextOffsets offsets(hostileText());
    for (int step = 0; step < 4; ++step) {
        const std::string before = offsets.bytes();
        const auto at = *rc::gen::inRange<std::size_t>(0, before.size() + 1);
        const auto removed = *rc::gen::inRange<std::size_t>(0, before.size() - at + 1);
        const std::string inserted = hostileText();
        std::vector<QString> spliced = shownLines(offsets);
        const LineChange change = offsets.replace(at, removed, inserted);

        std::string expected = before;
        expected.replace(at, removed, inserted);
        const TextOffsets fresh(expected);
        RC_ASSERT(offsets.bytes() == expected);
        RC_ASSERT(shownLines(offsets) == shownLines(fresh));
        for (int line = 0; line < fresh.lineCount(); ++line)
            RC_ASSERT(offsets.lineBegin(line) == fresh.lineBegin(line));

        const std::vector<QString> now = shownLines(fresh);
        spliced.erase(spliced.begin() + change.first,
                      spliced.begin() + change.first + change.before);
        spliced.insert(spliced.begin() + change.first, now.begin() + change.first,
                       now.begin() + change.first + change.after);
        RC_ASSERT(spliced == now);
    }
}

RC_GTEST_PROP(TextOffsets, PlacesAndOffsetsConvertBothWays, ()) {
    const TextOffsets offsets(hostileText());
    for (int line = 0; line < offsets.lineCount(); ++line) {
        const QString shown = offsets.shownLine(line);
        for (int column = 0; column <= shown.size(); ++column) {
            if (column < shown.size() && shown[column].isLowSurrogate())
                continue;
            const TextPlace place{line, column};
            RC_ASSERT(offsets.place(offsets.offset(place)) == place);
        }
    }
    RC_ASSERT(offsets.shownText().count(u'\n') == offsets.lineCount() - 1);
}

}  // namespace
}  // namespace pe::editor
