// SPDX-License-Identifier: MIT
#include "readable.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workflows.hpp"

namespace pe::loader {
namespace {

std::string read(const std::string& text) {
    const auto value = readable(yaml::parse(text));
    return value ? yaml::toJson(*value) : "refused";
}

TEST(Readable, KeysMayLackTheirColonIfTheNextLineHasOne) {
    EXPECT_EQ(read("l:\n  - name \"x\"\n    type: y\n    z: 1\n"),
              R"({"l": [{"name \"x\" type": "y", "z": 1}]})");
    EXPECT_EQ(read("m:\n  name:x\n  type: y\n"), R"({"m": {"name:x type": "y"}})");
    EXPECT_EQ(read("l:\n  - a: 1\n    name \"x\"\n    type: y\n"), "refused");
    EXPECT_EQ(read("l:\n  - name \"x\" # note\n    type: y\n"), "refused");
}

TEST(Readable, AnItemThatIsAnAnchorOrATagAloneIsRefusedBeforeAKey) {
    EXPECT_EQ(read("a:\n  - &x\nb: 1\n"), "refused");
    EXPECT_EQ(read("a:\n  - - !!str # c\n\nb: 1\n"), "refused");
    EXPECT_EQ(read("a:\n  - &x\n  - 1\nb: 1\n"), R"({"a": [null, 1], "b": 1})");
    EXPECT_EQ(read("a:\n  - &x\n"), R"({"a": [null]})");
    EXPECT_EQ(read("a: &x\nb: 1\n"), R"({"a": null, "b": 1})");
}

TEST(Readable, QuotedKeysMayTakeSeveralLines) {
    EXPECT_EQ(read("m:\n  \"a\n  b\": x\n"), R"({"m": {"a b": "x"}})");
    EXPECT_EQ(read("m:\n  - \"a\n  b\": x\n"), R"({"m": [{"a b": "x"}]})");
    EXPECT_EQ(read("m: \"a\n  b\n"), "refused");
}

TEST(Readable, ATabBeginsAWordUnlessAPlainOneEndedBefore) {
    EXPECT_EQ(read("a:\n  b: \"x\"\n\tc: 1\n"), R"({"a": {"b": "x"}, "\tc": 1})");
    EXPECT_EQ(read("a:\n  b: x\n \tc: 1\n"), R"({"a": {"b": "x", "c": 1}})");
    EXPECT_EQ(read("a:\n\t\n  b: 1\n  c: 2\n"), "refused");
    EXPECT_EQ(read("a:\n  b: x\n\t\n  c: 2\n"), R"({"a": {"b": "x", "c": 2}})");
}

TEST(Readable, BlockHeadersMayRepeatTheirSigns) {
    EXPECT_EQ(read("a: |--\n  x\n"), R"({"a": "x"})");
    EXPECT_EQ(read("a: |#c\n  x\n"), R"({"a": "x\n"})");
    EXPECT_EQ(read("a: |0\n  x\n"), "refused");
    EXPECT_EQ(read("a: |\n\t\n  x\n"), R"({"a": "\nx\n"})");
}

TEST(Readable, ByteOrderMarksBeforeWordsArePassedOver) {
    EXPECT_EQ(read("\xEF\xBB\xBF\xEF\xBB\xBF"
                   "a: 1\n"),
              R"({"a": 1})");
    EXPECT_EQ(read("a: \xEF\xBB\xBF"
                   "b\n"),
              R"({"a": "b"})");
    EXPECT_EQ(read("a: \"\xEF\xBB\xBF"
                   "b\"\n"),
              "{\"a\": \"\xEF\xBB\xBF"
              "b\"}");
}

TEST(Readable, SmallWrongsAreForgiven) {
    EXPECT_EQ(read("a: & x\n"), R"({"a": "x"})");
    EXPECT_EQ(read("a: \"x\"&\nb: 1\n"), R"({"a": "x", "b": 1})");
    EXPECT_EQ(read("a: \"\\xZZ\"\n"), R"({"a": "xZZ"})");
    EXPECT_EQ(read("a: \"\\x4Z\"\n"), "refused");
    EXPECT_EQ(read("a: \"\xC2\x9F\"\n"), "{\"a\": \"\xC2\x9F\"}");
    EXPECT_EQ(read("a: !!null x\n"), R"({"a": null})");
}

TEST(Readable, SomeYamlIsRefused) {
    EXPECT_EQ(read("? \n"), "refused");
    EXPECT_EQ(read("? a\nb: 1\n"), "refused");
    EXPECT_EQ(read("? a\n? b\n"), R"({"a": null, "b": null})");
    EXPECT_EQ(read("l:\n- {a: }\nb: 1\n"), "refused");
    EXPECT_EQ(read("l:\n- {a: }\n- b\n"), R"({"l": [{"a": null}, "b"]})");
    EXPECT_EQ(read("a: !!binary x\n"), "refused");
    EXPECT_EQ(read("a: *gone\n"), "refused");
}

TEST(Readable, DepthIsNoReasonToRefuse) {
    const std::string deep(3000, '[');
    const std::string text =
        workflow(step("claude", kPrompt), "  deep: " + deep + std::string(3000, ']') + "\n");
    EXPECT_EQ(told(verdictsOf(text).config), "accept");
    EXPECT_EQ(told(verdictsOf("a: " + deep).config), "parse-error");
}

TEST(Readable, ARefusalIsExplained) {
    const Verdicts found = verdictsOf("workflow: [\n");
    EXPECT_FALSE(found.parses);
    EXPECT_EQ(found.config, found.enhanced);
    EXPECT_EQ(found.config.outcome, Outcome::ParseError);
    EXPECT_FALSE(found.config.message.empty());
}

RC_GTEST_PROP(Verdicts, EveryTextHasOne, ()) {
    const auto piece = rc::gen::element<std::string>(
        "workflow:", "\n", "  ", "name: ", "steps:", "- ", "type: ", "claude", "prompt: ", "\t",
        "[", "]", "{", "}", "\"", "'", "&", "*a", "|", "? ", ": ", "#", "!!binary ", "\xEF\xBB\xBF",
        "\\x", std::string(1, '\0'), "\xFF", "~", "0", ", ");
    std::string text;
    for (const std::string& each : *rc::gen::container<std::vector<std::string>>(piece))
        text += each;
    const Verdicts found = verdictsOf(text);
    RC_ASSERT(found.parses == (found.config.outcome != Outcome::ParseError));
    RC_ASSERT(found.config == verdictsOf(text).config);
}

}  // namespace
}  // namespace pe::loader
