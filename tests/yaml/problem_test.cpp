// SPDX-License-Identifier: MIT
// Hand errors: each is named at its place, and what stands around it is still read.
#include "pe/yaml/problem.hpp"
#include "pe/base/utf8.hpp"

#include <gtest/gtest.h>

#include "parse_ownership.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

// "code line:column" of each problem, warnings with a `~` before.
std::vector<std::string> problemsOf(const std::string& text) {
    const Tree tree = parse(text);
    EXPECT_EQ(testing::textOf(tree), text);
    const LineIndex lines(text);
    std::vector<std::string> found;
    for (const Problem& each : tree.problems()) {
        const Position position = lines.position(each.begin);
        found.push_back((each.severity == Severity::Warning ? "~" : "") + each.code + " " +
                        std::to_string(position.line) + ":" + std::to_string(position.column));
        EXPECT_FALSE(each.message.empty());
        EXPECT_EQ(each.message.back(), '.');
    }
    return found;
}

using Problems = std::vector<std::string>;

struct Case {
    const char* text;
    Problems problems;
};

void PrintTo(const Case& each, std::ostream* out) {
    *out << ::testing::PrintToString(each.text);
}

class HandErrors : public ::testing::TestWithParam<Case> {};

TEST_P(HandErrors, AreReportedAtTheirPlace) {
    EXPECT_EQ(problemsOf(GetParam().text), GetParam().problems) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Problem, HandErrors,
    ::testing::Values(Case{"a: 1\nb: \"x\nc: 2\n", {"yaml.unclosed-quote 2:4"}},
                      Case{"a: 'x\n", {"yaml.unclosed-quote 1:4"}},
                      Case{"a: 1\nb\nc: 2\n", {"yaml.missing-colon 2:1"}},
                      Case{"name x\ntype: y\n", {"yaml.missing-colon 1:1"}},
                      Case{"- name x\n  type: y\n", {"yaml.missing-colon 1:3"}},
                      Case{"a:1\nb: 2\n", {"yaml.missing-space 1:1"}},
                      Case{"- a\n-b\n", {"yaml.missing-space 2:1"}},
                      Case{"a:\n  b: 1\n c: 2\n", {"yaml.bad-indent 3:2"}},
                      Case{"a: x\n  b: 1\n", {"yaml.bad-indent 2:3"}},
                      Case{"a:\n\tb: 1\n", {"yaml.tab-indent 2:1"}},
                      Case{"a: b: c\n", {"yaml.colon-in-value 1:5"}},
                      Case{"a: [1, 2\nb: 3\n", {"yaml.unclosed-flow 1:4"}},
                      Case{"a: [\"x\" 1]\n", {"yaml.missing-comma 1:9"}},
                      Case{"a: [1,,2]\n", {"yaml.unexpected-character 1:7"}},
                      Case{"a: [1}\n", {"yaml.missing-comma 1:6"}},
                      Case{"a: ]\n", {"yaml.unexpected-character 1:4"}},
                      Case{"a: 'it's'\n", {"yaml.text-after-value 1:8"}},
                      Case{"a: \"x\" y\nb: 1\n", {"yaml.text-after-value 1:8"}},
                      Case{"a: - b\n", {"yaml.block-in-line 1:4"}},
                      Case{"- a\nb: c\n", {"yaml.mixed-collection 2:1"}},
                      Case{"a: 1\n- b\n", {"yaml.mixed-collection 2:1"}},
                      Case{"a: |0\n  x\n", {"yaml.block-header 1:4"}},
                      Case{"a: |\n    \n  x\n", {"yaml.block-indent 2:1"}},
                      Case{"a: &x &y 1\n", {"yaml.bad-properties 1:7"}},
                      Case{"a: &x *x\n", {"yaml.bad-properties 1:7"}},
                      Case{"a: 1\nb: [&x *x]\n", {"yaml.bad-properties 2:8"}},
                      Case{"a: 1\n& b: 2\n", {"yaml.bad-properties 2:1"}},
                      Case{"a: 1\n&x &y b: 2\n", {"yaml.bad-properties 2:1"}},
                      Case{"a: !<x>!<y> 1\n", {"yaml.bad-properties 1:8"}},
                      Case{"a: 1\n&x - b: 2\n", {"yaml.bad-properties 2:1"}},
                      Case{"a: *b\nc: &b 1\n", {"yaml.undefined-alias 1:4"}},
                      Case{"a: \"\\u12\"\n", {"yaml.bad-escape 1:5"}},
                      Case{"a: \"\\ud800\"\n", {"yaml.bad-escape 1:5"}},
                      Case{"%YAML 2.0\n---\na: 1\n", {"yaml.version 1:1"}},
                      Case{"a: \xC3\xA9\x04\n", {"yaml.control-character 1:5"}},
                      Case{"a: \xE9\n", {"yaml.invalid-utf8 1:4"}},
                      Case{"a: 1\n<<<<<<< x\nb: 2\n=======\nb: 3\n>>>>>>> y\n",
                           {"yaml.conflict-marker 2:1", "yaml.conflict-marker 4:1",
                            "~yaml.duplicate-key 5:1", "yaml.conflict-marker 6:1"}},
                      Case{"a: 1\n'a': 2\n", {"~yaml.duplicate-key 2:1"}},
                      Case{"a: @x\n", {"~yaml.reserved-indicator 1:4"}},
                      Case{"a: \"\\q\"\n", {"~yaml.unknown-escape 1:5"}},
                      Case{"a: \"v\"# c\n", {"~yaml.comment-without-space 1:7"}},
                      Case{"a:\n  b: \"x\ny\"\n", {"~yaml.quote-indent 3:1"}},
                      Case{"a: [\n  x\n]\n", {"~yaml.flow-indent 3:1"}},
                      Case{"a: [x\ny, {z\nu v}]\n",
                           {"~yaml.flow-indent 2:1", "~yaml.flow-indent 3:1"}},
                      Case{"%YAML 1.2\na: 1\n", {"~yaml.directive-without-marker 1:1"}}));

TEST(Problem, SeveralErrorsAreReportedAtOnceInTheOrderOfTheText) {
    EXPECT_EQ(problemsOf("a: \"x\nb: [1\nc: 1\nd\n\te: 2\nf\n"),
              (Problems{"yaml.unclosed-quote 1:4", "yaml.unclosed-flow 2:4",
                        "yaml.missing-colon 4:1", "yaml.missing-colon 6:1"}));
}

TEST(Problem, StepsBeforeAndAfterABrokenOneAreRead) {
    const char* const broken[] = {
        "  - name: \"b\n    type: t\n",
        "  - name: b\n   type: t\n",
        "  - name b\n    type: t\n",
        "  - name: [b\n    type: t\n",
        "  - : : :\n",
        "  - name: b\n\ttype: t\n",
        "  - {name: b\n",
        "   - name: b\n",
        "  -name: b\n",
        "  - name: b\n    prompt:\n      - content: |\n          one\n words\n          two\n",
    };
    for (const char* middle : broken) {
        const Tree tree = parse(std::string("steps:\n  - name: a\n") + middle +
                                "  - name: c\n    type: t\nend: 1\n");
        EXPECT_FALSE(tree.editable()) << middle;
        EXPECT_FALSE(tree.problems().empty()) << middle;
        const auto steps = resolve(tree, "/steps");
        ASSERT_TRUE(steps) << middle;
        const auto items = tree.children(*steps);
        ASSERT_GE(items.size(), 2u) << middle;
        EXPECT_EQ(tree.lexeme(child(tree, items.front(), "name")).raw, "a") << middle;
        ASSERT_EQ(tree.style(items.back()), Style::BlockMapping) << middle;
        EXPECT_EQ(tree.lexeme(child(tree, items.back(), "name")).raw, "c") << middle;
        EXPECT_TRUE(resolve(tree, "/end")) << middle;
    }
}

TEST(Problem, WordsThatSlippedToTheLeftEndNothingAround) {
    const Tree tree = parse("a:\n  b:\n    c: 1\n words\n    d: 2\n  e: 3\nf: 4\n");
    EXPECT_EQ(tree.problems().size(), 1u);
    for (const char* each : {"/a/b/c", "/a/b/d", "/a/e", "/f"})
        EXPECT_TRUE(resolve(tree, each)) << each;
    // With nothing below that goes on, and where a key could be meant, all is as it stands.
    EXPECT_FALSE(resolve(parse("a:\n  b: 1\n words\nc: 2\n"), "/a/c"));
    EXPECT_FALSE(resolve(parse("a:\n  b: 1\n c: 2\n  d: 3\n"), "/a/d"));
}

TEST(Problem, ReportsAreBoundedByTheLimit) {
    std::string text;
    for (int i = 0; i < 50; ++i)
        text += "bad\n";
    EXPECT_EQ(parse("a: 1\n" + text, {.maxProblems = 7}).problems().size(), 7u);
}

TEST(LineIndex, CountsLinesOfAllBreaksAndColumnsInCodePoints) {
    const std::string text =
        "\xEF\xBB\xBF"
        "a\r\nb\rc\n\xC3\xA9\xF0\x9F\x99\x82x";
    const LineIndex lines(text);
    EXPECT_EQ(lines.lineCount(), 4u);
    EXPECT_EQ(lines.position(3).column, 1u);
    EXPECT_EQ(lines.position(text.size() - 1).line, 4u);
    EXPECT_EQ(lines.position(text.size() - 1).column, 3u);
    EXPECT_EQ(lines.position(9999).column, 4u);
    EXPECT_EQ(lines.offset(2), 6u);
    EXPECT_EQ(lines.offset(99), text.size());
}

// The columns of long lines are counted from marks inside of them.
TEST(LineIndex, CountsTheColumnsOfLongLines) {
    std::string text = "\xEF\xBB\xBF";
    for (int line = 0; line < 3; ++line) {
        for (int i = 0; i < 1500 + line * 700; ++i)
            text += i % 3 == 0 ? "\xC3\xA9" : "x";
        text += '\n';
    }
    const LineIndex lines(text);
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t at = 3; at < text.size(); ++at) {
        if (!utf8::isContinuation(text[at])) {
            ASSERT_EQ(lines.position(at).line, line) << at;
            ASSERT_EQ(lines.position(at).column, column) << at;
            ++column;
        }
        if (text[at] == '\n') {
            ++line;
            column = 1;
        }
    }
}

}  // namespace
}  // namespace pe::yaml
