// SPDX-License-Identifier: MIT
#include "template_syntax.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "filter_syntax.hpp"
#include "source_syntax.hpp"

namespace pe::check {
namespace {

TemplateSyntax only(std::string_view text) {
    const auto all = templatesIn(text);
    EXPECT_EQ(all.size(), 1u) << text;
    return all.empty() ? TemplateSyntax{} : all.front();
}

std::vector<std::string> ranges(std::string_view text) {
    std::vector<std::string> found;
    for (const TemplateSyntax& each : templatesIn(text))
        found.emplace_back(each.range.in(text));
    return found;
}

TEST(TemplateSyntax, ATemplateEndsAtTheFirstBrace) {
    EXPECT_EQ(ranges("a {{b}} c {{ d }}"), (std::vector<std::string>{"{{b}}", "{{ d }}"}));
    EXPECT_EQ(ranges("{{a {{b}}"), std::vector<std::string>{"{{a {{b}}"});
    EXPECT_EQ(ranges("{{{x}}}"), std::vector<std::string>{"{{{x}}"});
    EXPECT_EQ(ranges("{{}} {{a} b}} {{"), std::vector<std::string>{});
    EXPECT_EQ(ranges("{{}}{{x}}"), std::vector<std::string>{"{{x}}"});
}

TEST(TemplateSyntax, ScopesComeBeforeArithmeticAndStateBehindIt) {
    EXPECT_EQ(only("{{steps.a-b.c}}").kind, TemplateKind::Step);
    EXPECT_EQ(only("{{inputs.a + 1}}").kind, TemplateKind::Input);
    EXPECT_EQ(only("{{global_vars.x}}").kind, TemplateKind::Constant);
    EXPECT_EQ(only("{{state.a + 1}}").kind, TemplateKind::Arithmetic);
    EXPECT_EQ(only("{{state.a}}").kind, TemplateKind::State);
    EXPECT_EQ(only("{{my-file}}").kind, TemplateKind::Arithmetic);
    EXPECT_EQ(only("{{loop.item}}").kind, TemplateKind::Variable);
    EXPECT_EQ(only("{{max (a, 2)}}").kind, TemplateKind::Call);
}

TEST(TemplateSyntax, NameAndPathAreParts) {
    const std::string_view text = "x {{ steps.a-b.c.d }} y";
    const TemplateSyntax found = only(text);
    EXPECT_EQ(found.expression.in(text), "steps.a-b.c.d");
    EXPECT_EQ(found.name.in(text), "a-b");
    EXPECT_EQ(found.path.in(text), "c.d");
}

TEST(TemplateSyntax, ArgumentsAreSplitAtEveryComma) {
    const std::string_view text = "{{add(steps.a.n, 2)}}";
    const TemplateSyntax found = only(text);
    ASSERT_EQ(found.arguments.size(), 2u);
    EXPECT_EQ(found.arguments[0].in(text), "steps.a.n");
    EXPECT_EQ(found.arguments[1].in(text), "2");
    EXPECT_FALSE(only("{{max(1, 2) + 1}}").complete);
}

TEST(TemplateSyntax, OneOperatorOnWholeNumbersIsComputed) {
    for (const char* text : {"state.a + 1", "a*2", "state.a - state.b", "1 + 2"})
        EXPECT_TRUE(isComputable(text)) << text;
    for (const char* text : {"state.a / 2", "a + b + c", "1.5 + 1", "state.a + b", "steps.a.b * 2",
                             "code-file.x", "-x"})
        EXPECT_FALSE(isComputable(text)) << text;
}

std::string source(std::string_view text, SourceLanguage language) {
    const SourceSyntax syntax = parseSource(text, language);
    static const char* const kKinds[] = {"name", "step", "context", "misread", "mixed", "unusable"};
    return std::string(kKinds[static_cast<int>(syntax.kind)]) + " " +
           std::string(syntax.name.in(text)) +
           (syntax.path.empty() ? "" : " " + std::string(syntax.path.in(text)));
}

TEST(SourceSyntax, LoopsTakeNamesAndStepsWithPaths) {
    const auto data = [](std::string_view text) { return source(text, SourceLanguage::Data); };
    EXPECT_EQ(data("files"), "name files");
    EXPECT_EQ(data("scan:result.files"), "step scan result.files");
    EXPECT_EQ(data("steps.scan.files"), "misread scan files");
    EXPECT_EQ(data("{{steps.scan.files}}"), "misread scan files");
    EXPECT_EQ(data("{{state.files}}"), "misread files");
    EXPECT_EQ(data("previous_response:scan:files"), "misread scan files");
    EXPECT_EQ(data("loop.group.items"), "misread group items");
    EXPECT_EQ(data("range(1, 5)"), "unusable range(1, 5)");
}

TEST(SourceSyntax, TransformationsTakePreviousResponses) {
    const auto input = [](std::string_view text) { return source(text, SourceLanguage::Input); };
    EXPECT_EQ(input("previous_response:scan"), "step scan");
    EXPECT_EQ(input("previous_response:scan:a.b"), "step scan a.b");
    EXPECT_EQ(input("previous_response:scan.a"), "misread scan a");
    EXPECT_EQ(input("context:config"), "context config");
    EXPECT_EQ(input("scan"), "name scan");
    EXPECT_EQ(source("previous_response:scan:a", SourceLanguage::Right), "misread scan a");
}

std::vector<FilterFault> filterFaults(std::string_view text, bool lazy = false) {
    std::vector<FilterFault> all;
    for (const FilterProblem& each : filterProblems(text, lazy))
        all.push_back(each.fault);
    return all;
}

TEST(FilterSyntax, OperatorsNeedNoBlanksAndComeInTheirOrder) {
    const std::string_view text = "total>=100";
    const FilterSyntax syntax = parseFilter(text);
    EXPECT_EQ(syntax.left.in(text), "total");
    EXPECT_EQ(syntax.operation.in(text), ">=");
    EXPECT_EQ(syntax.right.in(text), "100");
}

TEST(FilterSyntax, OneComparisonWithALiteralIsAllThereIs) {
    EXPECT_TRUE(filterFaults("status == 'done'").empty());
    EXPECT_TRUE(filterFaults("tags contains x").empty());
    EXPECT_TRUE(filterFaults("title == 'rock and roll'").empty());
    EXPECT_EQ(filterFaults("a > 1 and b < 2"), std::vector{FilterFault::Combined});
    EXPECT_EQ(filterFaults("a > -1"), std::vector{FilterFault::NegativeNumber});
    EXPECT_EQ(filterFaults("length(a) > 1"), std::vector{FilterFault::Call});
    EXPECT_EQ(filterFaults("a in b"), std::vector{FilterFault::UnknownOperator});
    EXPECT_EQ(filterFaults("a = b"), std::vector{FilterFault::UnknownOperator});
    EXPECT_EQ(filterFaults(""), std::vector{FilterFault::Empty});
}

TEST(FilterSyntax, LazyEvaluationKnowsThreeOperatorsWithBlanks) {
    EXPECT_TRUE(filterFaults("a > 1", true).empty());
    EXPECT_EQ(filterFaults("a >= 1", true), std::vector{FilterFault::Lazy});
    EXPECT_EQ(filterFaults("a==1", true), std::vector{FilterFault::Lazy});
}

RC_GTEST_PROP(TemplateSyntax, RangesAreInsideAndInOrder, ()) {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
        std::vector<std::string>{"{", "}", "{{", "}}", "a", ".", "steps.", "(", ")", ",", " "}));
    std::string text;
    for (const std::string& each : pieces)
        text += each;
    std::size_t last = 0;
    for (const TemplateSyntax& each : templatesIn(text)) {
        RC_ASSERT(each.range.begin >= last);
        RC_ASSERT(each.range.end <= text.size());
        RC_ASSERT(each.expression.begin >= each.range.begin + 2);
        RC_ASSERT(each.expression.end <= each.range.end - 2);
        last = each.range.end;
    }
}

TEST(SourceSyntax, TemplatesInOtherTextSayNothingYet) {
    EXPECT_EQ(source("ask:{{field}}", SourceLanguage::Data), "mixed ask:{{field}}");
    EXPECT_EQ(source("{{loop.it.children}}", SourceLanguage::Data), "misread it children");
}

}  // namespace
}  // namespace pe::check
