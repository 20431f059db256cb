// SPDX-License-Identifier: MIT
#include "condition_intent.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "condition_faults.hpp"

namespace pe::check {
namespace {

std::vector<ConditionFault> faults(std::string_view text) {
    std::vector<ConditionFault> all;
    for (const ConditionProblem& each : conditionProblems(text))
        all.push_back(each.fault);
    return all;
}

std::string meant(std::string_view text) {
    const auto intent = intendedCondition(text);
    return intent ? yaml::toJson(intent->value) : "-";
}

using Faults = std::vector<ConditionFault>;

TEST(ConditionFaults, WhatTheEngineReadsAsMeantHasNone) {
    for (const char* text :
         {"a.ok", "a.score > 5", "a.x == 'it is'", "a.list.length > 2", "a.score between 5 and 9",
          "a.txt matches '^he'", "a.score * 2 > 10", "length(a.list) > 2",
          "any(a.items, 'sev == \"high\"')", "{{steps.a.n}} > 5", "loop.index < 3",
          "count(a.items, 'open') > 1", "a.note contains \"don't\"", "not_done.ok", "isEmpty(a.x)",
          "a.errors == 0", "contains_errors.ok", "a.x != null"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, EachMistakeHasItsOwnFault) {
    using F = ConditionFault;
    EXPECT_EQ(faults(" "), Faults{F::Empty});
    EXPECT_EQ(faults("true"), Faults{F::LoneLiteral});
    EXPECT_EQ(faults("'x'"), Faults{F::LoneLiteral});
    EXPECT_EQ(faults("steps.a.ok"), Faults{F::StepsPrefix});
    EXPECT_EQ(faults("length(steps.a.list) > 1"), Faults{F::StepsPrefix});
    EXPECT_EQ(faults("state.on"), Faults{F::ScopePath});
    EXPECT_EQ(faults("{{steps.a.ok}}"), Faults{F::TemplateAlone});
    EXPECT_EQ(faults("{{steps.a.n > 5}}"), Faults{F::TemplateComparison});
    EXPECT_EQ(faults("a.n>5"), Faults{F::OperatorBlanks});
    EXPECT_EQ(faults("a.n >"), Faults{F::MissingOperand});
    EXPECT_EQ(faults("a.ok and b.ok"), Faults{F::BooleanWord});
    EXPECT_EQ(faults("a.ok || b.ok"), Faults{F::BooleanWord});
    EXPECT_EQ(faults("!a.ok"), Faults{F::BooleanWord});
    EXPECT_EQ(faults("a.x starts_with 'y'"), Faults{F::UnknownOperator});
    EXPECT_EQ(faults("a.x = 5"), Faults{F::UnknownOperator});
    EXPECT_EQ(faults("(a.ok)"), (Faults{F::Parenthesis, F::Parenthesis}));
    EXPECT_EQ(faults("a.list[0] == 1"), Faults{F::Bracket});
    EXPECT_EQ(faults("upper(a.x)"), Faults{F::UnknownFunction});
    EXPECT_EQ(faults("contains(a.x)"), Faults{F::ArgumentCount});
    EXPECT_EQ(faults("count(a.x, 'y > 1, z')"), Faults{F::ArgumentCount});
    EXPECT_EQ(faults("length(trim(a.x)) > 1"), Faults{F::NestedCall});
    EXPECT_EQ(faults("trim(a.x) contains 'y'"), Faults{F::CallWithWord});
    EXPECT_EQ(faults("any(a.x, 'y == 1') == false"), Faults{F::OperatorInCall});
    EXPECT_EQ(faults("a.x == 'in-progress'"), Faults{F::ArithmeticInText});
    EXPECT_EQ(faults("1 < a.x < 5"), Faults{F::Chained});
    EXPECT_EQ(faults("a.x between 1"), Faults{F::BetweenWithoutAnd});
    EXPECT_EQ(faults("a.x > now() - days(7)"), Faults{F::Now});
}

TEST(ConditionFaults, WordsOfOtherLanguagesAreNoOperators) {
    using F = ConditionFault;
    for (const char* text : {"a.x gt 5", "a.x eq 5", "a.x ne 5", "a.x includes 'y'", "a.x has y",
                             "a.x defined", "a.x ≥ 5", "a.x ≠ 5"})
        EXPECT_EQ(faults(text), Faults{F::UnknownOperator}) << text;
    EXPECT_EQ(faults("a.x And b.y"), Faults{F::BooleanWord});
    EXPECT_EQ(faults("has.gt == 'a ≥ b'"), Faults{});
}

TEST(ConditionFaults, ANumberAloneIsAlwaysTrue) {
    using F = ConditionFault;
    for (const char* text : {"length(a.items)", "count(a.x, 'y > 1')", "a.n % 2", "a.x - a.y"})
        EXPECT_EQ(faults(text), Faults{F::NumberAlone}) << text;
    EXPECT_EQ(faults("a.text.length"), Faults{F::LengthAlone});
    for (const char* text : {"trim(a.x)", "isEmpty(a.x)", "max(a.x)", "my-step.ok", "a.n % 2 == 0"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, ArgumentsAreNotComputed) {
    using F = ConditionFault;
    EXPECT_EQ(faults("abs(a.x - 5) < 2"), Faults{F::ArithmeticInCall});
    for (const char* text : {"abs(my-step.x) < 2", "pow(a.x, -2) > 1", "contains(a.x, 'y - z')",
                             "any(a.x, y - 1 > 2)"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, ATemplateBesideATextNeedsQuotes) {
    using F = ConditionFault;
    EXPECT_EQ(faults("{{steps.a.x}} == 'y'"), Faults{F::BareTemplate});
    EXPECT_EQ(faults("'y' != {{state.x}}"), Faults{F::BareTemplate});
    for (const char* text : {"'{{steps.a.x}}' == 'y'", "{{steps.a.n}} == 5", "{{state.on}} == true",
                             "{{steps.a.x}} == b.x"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, QuotesProtectNoWordBeforeAParenthesis) {
    using F = ConditionFault;
    for (const char* text : {"a.x matches 'error(s)?'", "a.x == 'note (draft)'",
                             "a.x == 'this and (that)'", "a.x == 'length(x)'"})
        EXPECT_EQ(faults(text), Faults{F::CallInText}) << text;
    EXPECT_EQ(faults("a.x contains 'note (draft'"), Faults{F::CallWithWord});
    for (const char* text : {"a.x == 'note (draft'", "contains(a.x, 'note (draft')",
                             "a.x == '(draft)'", "a.x == '{{state.x}}(s)'"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, TheConditionOnEachItemIsAConditionToo) {
    using F = ConditionFault;
    EXPECT_EQ(faults("any(a.items, 'x>5')"), Faults{F::OperatorBlanks});
    EXPECT_EQ(faults("count(a.items, x>5) > 2"), Faults{F::OperatorBlanks});
    EXPECT_EQ(faults("all(a.items, 'x > 5 and y == 3')"), Faults{F::BooleanWord});
    EXPECT_EQ(faults("any(a.items, ' open ')"), Faults{F::OuterBlanks});
    EXPECT_EQ(faults("any(a.items, '@ startswith \"y\"')"), Faults{F::UnknownOperator});
    const std::string_view text = "any(a.items, 'x>5')";
    const ConditionProblem found = conditionProblems(text).front();
    EXPECT_EQ(found.range.begin, text.find('>'));
    EXPECT_TRUE(found.inner);
    for (const char* good : {"any(a.items, '@ > 5')", "any(a.items, 'state.x == 1')",
                             "any(a.items, 'x between 1 and 5')", "contains(a.x, 'x>5')",
                             "any(a.items, 'band == \"x>5 and y\"')", "any(a.items)"})
        EXPECT_EQ(faults(good), Faults{}) << good;
}

TEST(ConditionFaults, NeitherAQuoteNorALineBreakIsABlank) {
    using F = ConditionFault;
    for (const char* text : {"a.x contains'y'", "a.x matches'^y'", "'y'contains a.x",
                             "a.x contains\n'y'", "a.x contains{{state.x}}"})
        EXPECT_EQ(faults(text), Faults{F::OperatorBlanks}) << text;
    EXPECT_EQ(meant("a.x contains'y'"), "\"a.x contains 'y'\"");
    EXPECT_EQ(meant("a.x contains\n'y'"), "\"a.x contains 'y'\"");
    EXPECT_EQ(faults("a.contains == 'contains'"), Faults{});
}

TEST(ConditionFaults, ASignStandsBetweenTwoValues) {
    using F = ConditionFault;
    for (const char* text :
         {"a.n > +5", "a.n > - 1", "a.n > 5%", "a.n * -1 > 3", "-a.n < 3", "a.n between - 1 and 5"})
        EXPECT_EQ(faults(text), Faults{F::MissingTerm}) << text;
    EXPECT_EQ(meant("a.n > +5"), "\"a.n > 5\"");
    EXPECT_EQ(meant("a.n > - 1"), "\"a.n > -1\"");
    for (const char* text : {"a.n > -1", "a.n - 1 > 2", "my-step.n > 1", "my--step.n > 1",
                             "a.n between -1 and 5", "contains(a.x, '- 1')"})
        EXPECT_EQ(faults(text), Faults{}) << text;
    EXPECT_EQ(faults("a.x == '- 1'"), Faults{F::ArithmeticInText});
}

TEST(ConditionFaults, APointStandsBetweenDigits) {
    EXPECT_EQ(faults("a.n == .5"), Faults{ConditionFault::NumberForm});
    EXPECT_EQ(meant("a.n == .5"), "\"a.n == 0.5\"");
    EXPECT_EQ(meant("a.n > 5."), "\"a.n > 5.0\"");
    for (const char* text : {"a.n == 0.5", "a.x == '.5'", "2nd.n > 1", "a.5 == 1"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, ANameAloneIsNotTrimmed) {
    for (const char* text : {"a.ok\n", " a.ok",
                             "a"
                             " "})
        EXPECT_EQ(faults(text), Faults{ConditionFault::OuterBlanks}) << text;
    EXPECT_EQ(meant("a.ok\n"), "\"a.ok\"");
    for (const char* text : {"a.n > 5\n", " isEmpty(a.x) ", "contains_errors.ok\n", "my-step.ok\n"})
        EXPECT_EQ(faults(text), Faults{}) << text;
}

TEST(ConditionFaults, OfVeryManyTheFirstAreTold) {
    std::string text = "a.x";
    for (int i = 0; i < 1000; ++i)
        text += " and a.x";
    EXPECT_EQ(faults(text).size(), 20u);
}

TEST(ConditionFaults, ConstantsDecideAlone) {
    EXPECT_EQ(decidedBy("1 == 2"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("3 > 5"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("-3 <= 2.5"), Decided::AlwaysTrue);
    EXPECT_EQ(decidedBy("5 == 5.0"), Decided::No);
    EXPECT_EQ(decidedBy("true == false"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("'a' == 'b'"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("'a' == \"a\""), Decided::No);
    EXPECT_EQ(decidedBy("'{{state.x}}' == 'b'"), Decided::No);
    EXPECT_EQ(decidedBy("1 == 'x'"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("true == true"), Decided::AlwaysTrue);
    EXPECT_EQ(decidedBy("true"), Decided::AlwaysFalse);
    EXPECT_EQ(decidedBy("a.x == 1"), Decided::No);
}

TEST(ConditionIntent, BlanksAndPrefixesAreRepaired) {
    EXPECT_EQ(meant("steps.a.score>=5"), "\"a.score >= 5\"");
    EXPECT_EQ(meant("(a.score > 5)"), "\"a.score > 5\"");
    EXPECT_EQ(meant("length(steps.a.list)>0"), "\"length(a.list) > 0\"");
    EXPECT_EQ(meant("a.x = 5"), "\"a.x == 5\"");
}

TEST(ConditionIntent, WhatIsTakenForTrueOrFalseIsTold) {
    EXPECT_EQ(intendedCondition("{{state.x}} and a.ok")->flags,
              std::vector<std::string>{"{{state.x}}"});
    EXPECT_EQ(intendedCondition("state.x")->flags, std::vector<std::string>{"{{state.x}}"});
    EXPECT_TRUE(intendedCondition("{{steps.a.ok}}")->flags.empty());
    EXPECT_EQ(meant("{{not state.x}}"), R"j({"not": "{{state.x}} == true"})j");
    EXPECT_EQ(meant("{{state.n + 1}}"), "-");
}

TEST(ConditionIntent, WordsBetweenComparisonsBecomeMappings) {
    EXPECT_EQ(meant("a.ok and b.n > 1"), R"j({"and": ["a.ok", "b.n > 1"]})j");
    EXPECT_EQ(meant("a.ok && !b.ok || c.ok"),
              R"j({"or": [{"and": ["a.ok", {"not": "b.ok"}]}, "c.ok"]})j");
    EXPECT_EQ(meant("not (a.ok or b.ok)"), R"j({"not": {"or": ["a.ok", "b.ok"]}})j");
    EXPECT_EQ(meant("a.n between 1 and 3 and b.ok"),
              R"j({"and": ["a.n between 1 and 3", "b.ok"]})j");
}

TEST(ConditionIntent, WordsAndSignsForComparisonsBecomeOperators) {
    EXPECT_EQ(meant("a.x gt 5"), "\"a.x > 5\"");
    EXPECT_EQ(meant("a.x ≥ 5"), "\"a.x >= 5\"");
    EXPECT_EQ(meant("a.x ne 'y'"), "\"a.x != 'y'\"");
    EXPECT_EQ(meant("a.x includes 'y'"), "\"a.x contains 'y'\"");
    EXPECT_EQ(meant("a.x And b.y"), R"j({"and": ["a.x", "b.y"]})j");
    EXPECT_EQ(meant("length(a.x)"), "\"length(a.x) > 0\"");
    EXPECT_FALSE(intendedCondition("a.x.length")->exact);
    EXPECT_FALSE(intendedCondition("a.x has y")->exact);
    EXPECT_TRUE(intendedCondition("a.x has 'y'")->exact);
}

TEST(ConditionIntent, OtherOperatorsBecomeFunctions) {
    EXPECT_EQ(meant("a.x starts_with 'y'"), R"j("startsWith(a.x, 'y')")j");
    EXPECT_EQ(meant("a.x in ['p', 'q']"), R"j({"or": ["a.x == 'p'", "a.x == 'q'"]})j");
    EXPECT_EQ(meant("a.x not_in b.list"), R"j({"not": "b.list contains a.x"})j");
    EXPECT_EQ(meant("a.issues != []"), R"j({"not": "isEmpty(a.issues)"})j");
    EXPECT_EQ(meant("a.x == 'in-progress'"), R"j("matches(a.x, '^in-progress$')")j");
    EXPECT_EQ(meant("any(a.x, 'y == 1') == false"), R"j({"not": "any(a.x, 'y == 1')"})j");
}

TEST(ConditionIntent, TemplatesLoseTheirBracesWhereAPathSaysTheSame) {
    EXPECT_EQ(meant("{{steps.a.ok}}"), "\"a.ok\"");
    EXPECT_EQ(meant("{{steps.a.n > 5}}"), "\"a.n > 5\"");
    EXPECT_EQ(meant("{{steps.a.x}} == 'y'"), "\"a.x == 'y'\"");
    EXPECT_EQ(meant("{{state.x}} == 'y'"), "\"'{{state.x}}' == 'y'\"");
    EXPECT_EQ(meant("{{state.done}}"), "\"{{state.done}} == true\"");
    EXPECT_EQ(meant("{{state.n < state.most}}"), "\"{{state.n}} < {{state.most}}\"");
}

TEST(ConditionIntent, ATruthValueAloneBecomesAComparison) {
    EXPECT_EQ(meant("true"), "\"true == true\"");
    EXPECT_EQ(meant(" false"), "\"true == false\"");
}

TEST(ConditionIntent, WhatCannotBeSaidIsLeftAlone) {
    for (const char* text : {"a.ok", "a.b ? c : d", "1 < a.x < 5", "{{context.depth < 5}}",
                             "a.list[0] == 1", "{{steps.a.result.n > 5}}", "a.x is empty"})
        EXPECT_EQ(meant(text), "-") << text;
}

bool isSound(const yaml::Value& value) {
    if (value.isString())
        return conditionProblems(value.text).empty();
    bool sound = true;
    for (const auto& [key, part] : value.entries)
        sound = sound && isSound(part);
    for (const yaml::Value& item : value.items)
        sound = sound && isSound(item);
    return sound;
}

RC_GTEST_PROP(ConditionIntent, WhatIsOfferedHasNoFault, ()) {
    const auto pieces =
        *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "a.x", "steps.b.y", " and ", " or ", "not ", "!", "(", ")", "==", " > ", "'t-u'", "5",
            "{{steps.c.z}}", "{{state.v}}", " in ", "[1, 2]", "length(", " between ", " exists"}));
    std::string text;
    for (const std::string& each : pieces)
        text += each;
    const auto intent = intendedCondition(text);
    if (intent)
        RC_ASSERT(isSound(intent->value));
}

}  // namespace
}  // namespace pe::check
