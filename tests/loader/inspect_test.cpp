// SPDX-License-Identifier: MIT
#include "inspect.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <charconv>

#include "interpolate.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "term_order.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

std::string inspectedYaml(const std::string& text) {
    return inspected(*yaml::loadValue(yaml::parse("v: " + text + "\n"))->find("v"));
}

TEST(Inspected, ScalarsAreLiterals) {
    EXPECT_EQ(inspectedYaml("~"), "nil");
    EXPECT_EQ(inspectedYaml("true"), "true");
    EXPECT_EQ(inspectedYaml("-017"), "-17");
    EXPECT_EQ(inspectedYaml("1e10"), "10000000000.0");
    EXPECT_EQ(inspectedYaml("1e16"), "1.0e16");
    EXPECT_EQ(inspectedYaml(".inf"), ":\"+inf\"");
    EXPECT_EQ(inspectedYaml(".nan"), ":nan");
}

TEST(Inspected, TextsAreQuotedAndEscaped) {
    EXPECT_EQ(inspectedYaml(R"("a\"b\\c#{d}\n\t\e")"), R"("a\"b\\c\#{d}\n\t\e")");
    EXPECT_EQ(inspectedYaml(R"("\xA0 \u200B é 😀")"),
              "\"\\u00A0 \\u200B \xC3\xA9 \xF0\x9F\x98\x80\"");
}

TEST(Inspected, TextsThatCannotBeReadAreBytes) {
    EXPECT_EQ(inspectedYaml(R"("a\x00")"), "<<97, 0>>");
    EXPECT_EQ(inspected(Value::ofString("\xFF")), "<<255>>");
    const std::string zeros = inspected(Value::ofString(std::string(60, '\0')));
    EXPECT_TRUE(zeros.ends_with("0, ...>>")) << zeros;
    EXPECT_EQ(std::count(zeros.begin(), zeros.end(), '0'), 50);
}

TEST(Inspected, LongTextsAreCut) {
    EXPECT_EQ(inspected(Value::ofString(std::string(4097, 'a'))),
              '"' + std::string(4096, 'a') + "\" <> ...");
    EXPECT_EQ(inspected(Value::ofString(std::string(4096, 'a'))),
              '"' + std::string(4096, 'a') + '"');
}

TEST(Inspected, ListsOfLettersAreTexts) {
    EXPECT_EQ(inspectedYaml("[97, 10, 34]"), "~c\"a\\n\\\"\"");
    EXPECT_EQ(inspectedYaml("[1, 2]"), "[1, 2]");
    EXPECT_EQ(inspectedYaml("[97, 127]"), "[97, 127]");
    EXPECT_EQ(inspectedYaml("[]"), "[]");
}

TEST(Inspected, LongCollectionsEndInDots) {
    Value list = Value::sequence(std::vector<Value>(51, Value::null()));
    EXPECT_TRUE(inspected(list).ends_with("nil, ...]"));
    list.items.pop_back();
    EXPECT_TRUE(inspected(list).ends_with("nil, nil]"));
    list.items.back() = Value::sequence({Value::null()});
    EXPECT_TRUE(inspected(list).ends_with("nil, [...]]"));
}

TEST(Inspected, MappingsAreSortedAndAtomsMakeKeywords) {
    EXPECT_EQ(inspectedYaml("{b: 1, a: [x], 2: y, true: z}"),
              "%{2 => \"y\", true => \"z\", \"a\" => [\"x\"], \"b\" => 1}");
    EXPECT_EQ(inspectedYaml("{true: 1, .inf: 2}"), "%{\"+inf\": 2, true: 1}");
    EXPECT_EQ(inspectedYaml("{}"), "%{}");
}

TEST(Interpolated, FloatsTakeTheFewestCharacters) {
    const std::pair<const char*, const char*> cases[] = {
        {"1000.0", "1.0e3"},
        {"100.0", "100.0"},
        {"1200.0", "1.2e3"},
        {"123456.0", "123456.0"},
        {"0.001", "0.001"},
        {"1e-05", "1.0e-5"},
        {"0.0001", "0.0001"},
        {"-0.0", "-0.0"},
        {"12.5", "12.5"},
        {"1e+20", "1.0e20"},
        {"9007199254740992.0", "9.007199254740992e15"},
        {"0.00012", "1.2e-4"},
        {"-1.5", "-1.5"}};
    for (const auto& [number, text] : cases)
        EXPECT_EQ(shortFloat(number), text);
}

RC_GTEST_PROP(Interpolated, AFloatReadsBackAsItself, (double number)) {
    const std::string written = shortFloat(yaml::toJson(Value::ofFloat(std::to_string(number))));
    double again = 0;
    std::from_chars(written.data(), written.data() + written.size(), again);
    RC_ASSERT(again == std::stod(std::to_string(number)));
}

RC_GTEST_PROP(TermOrder, OfTwoValuesAtMostOneComesFirst,
              (const std::vector<int>& left, const std::vector<int>& right)) {
    const auto listOf = [](const std::vector<int>& numbers) {
        Value list = Value::sequence();
        for (const int number : numbers)
            list.items.push_back(Value::ofInteger(std::to_string(number)));
        return list;
    };
    RC_ASSERT(comesBefore(listOf(left), listOf(right)) == (left < right));
}

}  // namespace
}  // namespace pe::loader
