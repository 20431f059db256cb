// SPDX-License-Identifier: MIT
#include "condition_syntax.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace pe::check {
namespace {

std::string shown(const Operand& operand, std::string_view text) {
    const std::string words(operand.range.in(text));
    switch (operand.kind) {
        case OperandKind::Empty:
            return "nothing";
        case OperandKind::Text:
            return "text " + words;
        case OperandKind::Number:
            return "number " + words;
        case OperandKind::Boolean:
            return "boolean " + words;
        case OperandKind::Null:
            return "null";
        case OperandKind::Template:
            return "template";
        case OperandKind::Path:
            return "path " + words;
        case OperandKind::Arithmetic:
            return "(" + shown(operand.operands[0], text) + " " + operand.symbol + " " +
                   shown(operand.operands[1], text) + ")";
        case OperandKind::Call:
            break;
    }
    std::string call = std::string(operand.name.in(text)) + "(";
    for (const Operand& each : operand.operands)
        call += (call.back() == '(' ? "" : ", ") + shown(each, text);
    return call + ")";
}

std::string read(std::string_view text) {
    const ConditionSyntax syntax = parseCondition(text);
    std::string result = shown(syntax.left, text);
    if (syntax.form != ConditionForm::Truth)
        result += " " + std::string(syntax.operation.in(text)) + " " + shown(syntax.right, text);
    if (syntax.form == ConditionForm::Between)
        result += " and " + shown(syntax.upper, text);
    return result;
}

TEST(ConditionSyntax, ATextWithoutOperatorsIsOnePath) {
    EXPECT_EQ(read("a.ok"), "path a.ok");
    EXPECT_EQ(read("not a.ok"), "path not a.ok");
    EXPECT_EQ(read("true"), "path true");
    EXPECT_EQ(read("  "), "nothing");
}

TEST(ConditionSyntax, AnOperatorCountsBetweenBlanksOnly) {
    EXPECT_EQ(read("a.score > 5"), "path a.score > number 5");
    EXPECT_EQ(read("a.score>5"), "path a.score>5");
    EXPECT_EQ(read("a.score >=5"), "path a.score >=5");
}

TEST(ConditionSyntax, LiteralsHaveTheirKindBesideAnOperator) {
    EXPECT_EQ(read("a.x == 'it'"), "path a.x == text 'it'");
    EXPECT_EQ(read("a.x == true"), "path a.x == boolean true");
    EXPECT_EQ(read("a.x != null"), "path a.x != null");
    EXPECT_EQ(read("a.x > -1.5"), "path a.x > number -1.5");
    EXPECT_EQ(read("a.x == nil"), "path a.x == path nil");
}

TEST(ConditionSyntax, BetweenTakesTwoBounds) {
    EXPECT_EQ(read("a.x between 1 and 9"), "path a.x between number 1 and number 9");
    EXPECT_EQ(read("a.x between 1"), "path a.x between number 1 and nothing");
}

TEST(ConditionSyntax, OperatorsAreTriedInTheEnginesOrder) {
    EXPECT_EQ(read("a == b contains c"), "path a == b contains path c");
    EXPECT_EQ(read("a + 1 == b contains c"), "(path a + number 1) == path b contains c");
    EXPECT_EQ(read("a < b >= c"), "path a < b >= path c");
}

TEST(ConditionSyntax, ArithmeticBindsAsUsualAndReadsFromTheLeft) {
    EXPECT_EQ(read("a.x * 2 + 1 > 10"), "((path a.x * number 2) + number 1) > number 10");
    EXPECT_EQ(read("a - b - c > 0"), "((path a - path b) - path c) > number 0");
    EXPECT_EQ(read("a / b * c > 0"), "((path a / path b) * path c) > number 0");
}

TEST(ConditionSyntax, NeitherNamesNorQuotesProtectFromArithmetic) {
    EXPECT_EQ(read("my-step.ok"), "(path my - path step.ok)");
    EXPECT_EQ(read("a.status == 'in-progress'"), "path a.status == (path 'in - path progress')");
}

TEST(ConditionSyntax, ACallAloneHasItsArgumentsAsTheyAre) {
    EXPECT_EQ(read("contains(my-step.text, 'a-b')"), "contains(path my-step.text, text 'a-b')");
    EXPECT_EQ(read("now()"), "now()");
    EXPECT_EQ(read("any(a.items, 'x == 1')"), "any(path a.items, text 'x == 1')");
}

TEST(ConditionSyntax, ACallIsComparedAsAValue) {
    EXPECT_EQ(read("length(a.list) > 2"), "length(path a.list) > number 2");
    EXPECT_EQ(read("count(a.list) * 2 >= 4"), "(count(path a.list) * number 2) >= number 4");
    EXPECT_EQ(read("trim(a.x) contains 'y'"), "path trim(a.x) contains 'y'");
}

TEST(ConditionSyntax, ATemplateIsOneValueWhateverItHolds) {
    EXPECT_EQ(read("{{steps.a.n + 1}} > 5"), "template > number 5");
    EXPECT_EQ(read("{{state.x}}"), "template");
}

TEST(ConditionSyntax, FunctionsAreTheEnginesTwentyEight) {
    EXPECT_EQ(conditionFunctions().size(), 28u);
    EXPECT_TRUE(std::is_sorted(
        conditionFunctions().begin(), conditionFunctions().end(),
        [](const ConditionFunction& a, const ConditionFunction& b) { return a.name < b.name; }));
    EXPECT_NE(conditionFunction("isEmpty"), nullptr);
    EXPECT_EQ(conditionFunction("upper"), nullptr);
}

bool isInside(const Operand& operand, std::size_t size) {
    return operand.range.begin <= operand.range.end && operand.range.end <= size &&
           std::all_of(operand.operands.begin(), operand.operands.end(),
                       [&](const Operand& each) { return isInside(each, size); });
}

RC_GTEST_PROP(ConditionSyntax, EveryRangeIsInsideTheText, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
        std::vector<std::string>{"a", ".b", " ", " == ", " between ", " and ", "(", ")", ",", "-",
                                 "'", "{{", "}}", " contains ", "+", "now("}));
    std::string text;
    for (const std::string& each : pieces)
        text += each;
    const ConditionSyntax syntax = parseCondition(text);
    RC_ASSERT(isInside(syntax.left, text.size()));
    RC_ASSERT(isInside(syntax.right, text.size()));
    RC_ASSERT(isInside(syntax.upper, text.size()));
}

}  // namespace
}  // namespace pe::check
