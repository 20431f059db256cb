// SPDX-License-Identifier: MIT
#include "yaml_highlighter.hpp"

#include <gtest/gtest.h>

#include <QStringList>

namespace pe::editor {
namespace {

// The tokens of one line of a text, as "kind:text" words.
QStringList tokensOf(const QStringList& lines, int line) {
    YamlHighlighter highlighter([&lines](int at) { return lines.value(at); });
    static const QStringList kNames = {"key",     "string", "text",     "number",
                                       "comment", "anchor", "template", "mark"};
    QStringList words;
    for (const Token& token : highlighter.tokens(line))
        words.append(kNames[static_cast<int>(token.kind)] + u':' +
                     lines[line].mid(token.begin, token.length));
    return words;
}

TEST(YamlHighlighter, AnEntryHasKeyColonValueAndComment) {
    EXPECT_EQ(tokensOf({"- name: \"x\" # note"}, 0),
              QStringList({"mark:-", "key:name", "mark::", "string:\"x\"", "comment:# note"}));
    EXPECT_EQ(tokensOf({"max: 12"}, 0), QStringList({"key:max", "mark::", "number:12"}));
    EXPECT_EQ(tokensOf({"on: true"}, 0), QStringList({"key:on", "mark::", "number:true"}));
    EXPECT_EQ(tokensOf({"a: &x !t 1"}, 0),
              QStringList({"key:a", "mark::", "anchor:&x", "anchor:!t", "number:1"}));
}

TEST(YamlHighlighter, ABlockScalarEndsWhereTheIndentDoes) {
    const QStringList lines = {"- content: |", "    key: no key here", "", "    {{steps.a}} end",
                               "  step: b"};
    EXPECT_EQ(tokensOf(lines, 1), QStringList({"text:    key: no key here"}));
    EXPECT_EQ(tokensOf(lines, 3), QStringList({"text:    ", "template:{{steps.a}}", "text: end"}));
    EXPECT_EQ(tokensOf(lines, 4), QStringList({"key:step", "mark::", "text:b"}));
}

TEST(YamlHighlighter, QuotesGoOnOverLines) {
    const QStringList lines = {"a: 'one", "  it''s: two' # c", "b: 1"};
    EXPECT_EQ(tokensOf(lines, 1), QStringList({"string:  it''s: two'", "comment:# c"}));
    EXPECT_EQ(tokensOf(lines, 2), QStringList({"key:b", "mark::", "number:1"}));
}

TEST(YamlHighlighter, FlowCollectionsNest) {
    EXPECT_EQ(tokensOf({"a: [x, {b: 2}]"}, 0),
              QStringList({"key:a", "mark::", "mark:[", "text:x", "mark:,", "mark:{", "key:b",
                           "mark::", "number:2", "mark:}", "mark:]"}));
}

TEST(YamlHighlighter, StrayMarksNeverStopIt) {
    for (const char* line :
         {"{a:}", ": :", "- - -", "}", "]]", "'", "\"", "{{", "a: {{x", "&", "|", "? x"})
        (void)tokensOf({"[", line}, 1);
}

TEST(YamlHighlighter, AChangeAboveChangesTheLinesBelow) {
    QStringList lines = {"a: |", "  b: 1"};
    YamlHighlighter highlighter([&lines](int at) { return lines.value(at); });
    EXPECT_EQ(highlighter.tokens(1).front().kind, TokenKind::Text);
    lines[0] = QStringLiteral("a:");
    highlighter.invalidate(0);
    EXPECT_EQ(highlighter.tokens(1).front().kind, TokenKind::Key);
}

}  // namespace
}  // namespace pe::editor
