// SPDX-License-Identifier: MIT
// New words in texts of several lines: the lines, escapes and other words stay.
#include <gtest/gtest.h>

#include <string>

#include "edit_check.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

std::string withValue(const std::string& text, const std::string& pointer,
                      const std::string& value) {
    const Tree tree = parse(text);
    const auto edit = setValue(tree, *resolve(tree, pointer), Value::ofString(value));
    return edit ? testing::applied(tree, *edit) : "refused: " + edit.error().message;
}

TEST(SetWords, AFoldedTextStaysFolded) {
    EXPECT_EQ(withValue("k: >-\n  Check {{steps.a.b}}\n  and go on\n\n  here\n", "/k",
                        "Check {{steps.new.b}} and go on\nhere"),
              "k: >-\n  Check {{steps.new.b}}\n  and go on\n\n  here\n");
    EXPECT_EQ(withValue("k: >\n  one\n    deep a\n  two a\n", "/k", "one\n  deep b\ntwo a\n"),
              "k: >\n  one\n    deep b\n  two a\n");
}

TEST(SetWords, QuotedTextsKeepLinesAndEscapes) {
    EXPECT_EQ(withValue("k: \"a\\x41 word\n  more\"\n", "/k", "aA other more"),
              "k: \"a\\x41 other\n  more\"\n");
    EXPECT_EQ(withValue("k: 'it''s word\n\n  more'\n", "/k", "it's o'ther\nmore"),
              "k: 'it''s o''ther\n\n  more'\n");
}

TEST(SetWords, PlainTextsTakeWordsThatMeanNothingElse) {
    EXPECT_EQ(withValue("k: one two\n  three\n", "/k", "one two four"), "k: one two\n  four\n");
    EXPECT_EQ(withValue("k: one two\n  three\n", "/k", "one #two three"),
              "k: \"one #two three\"\n");
}

TEST(SetWords, APlainTextStaysPlainWhateverStandsBesideTheName) {
    EXPECT_EQ(withValue("k: {a: from:old, b: 1}\n", "/k/a", "from:new"),
              "k: {a: from:new, b: 1}\n");
    EXPECT_EQ(withValue("k: 1.x\n", "/k", "1.5"), "k: \"1.5\"\n");
    EXPECT_EQ(withValue("k: x 2\n", "/k", "x #"), "k: \"x #\"\n");
}

TEST(SetWords, TheRightOneOfEqualWordsChanges) {
    EXPECT_EQ(withValue("k: >-\n  a b a\n  a b\n", "/k", "a b a a c"), "k: >-\n  a b a\n  a c\n");
}

TEST(SetWords, MoreThanWordsIsWrittenAnew) {
    const std::string text = withValue("k: >-\n  one\n  two\n", "/k", "one\ntwo\n");
    EXPECT_EQ(text.find(">"), std::string::npos) << text;
}

}  // namespace
}  // namespace pe::yaml
