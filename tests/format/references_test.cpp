// SPDX-License-Identifier: MIT
#include "pe/format/references.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::format {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> steps(std::string_view text, ReferenceRole role) {
    std::vector<std::string> names;
    for (const Reference& each : referencesInText(text, role)) {
        EXPECT_EQ(text.substr(each.begin, each.end - each.begin), each.name);
        if (namesStep(each.target))
            names.push_back(each.name);
    }
    return names;
}

std::vector<std::string> variables(std::string_view text) {
    std::vector<std::string> names;
    for (const Reference& each : referencesInText(text, ReferenceRole::Text))
        if (each.target == ReferenceTarget::Variable)
            names.push_back(each.name);
    return names;
}

TEST(References, TemplatesNameStepsInEveryForm) {
    const auto role = ReferenceRole::Text;
    EXPECT_THAT(steps("a {{steps.plan.result}} b {{ steps.my-step }}", role),
                ElementsAre("plan", "my-step"));
    EXPECT_THAT(steps("{{previous_response:plan}} {{previous_response:plan.x}}", role),
                ElementsAre("plan", "plan"));
    EXPECT_THAT(steps("{{analyze.score}}", role), ElementsAre("analyze"));
    EXPECT_THAT(steps("{{add(steps.a.n, steps.b.n)}}", role), ElementsAre("a", "b"));
    EXPECT_THAT(steps("{{steps.a.n + 1}}", role), ElementsAre("a"));
}

TEST(References, TemplatesOfOtherScopesNameNoStep) {
    for (const char* text :
         {"{{loop.item.name}}", "{{workflow.name}}", "{{inputs.x}}", "{{global_vars.x}}",
          "{{state.x}}", "{{timestamp}}", "{{secrets.get('steps.a')}}", "steps.a", "${steps.a}",
          "{steps.a}", "{{steps.a", "{{'steps.a.b'}}", "{{1.5}}"})
        EXPECT_THAT(steps(text, ReferenceRole::Text), IsEmpty()) << text;
}

TEST(References, TemplatesNameVariables) {
    EXPECT_THAT(variables("{{state.count + 1}} {{folder}}"), ElementsAre("count", "folder"));
    EXPECT_THAT(variables("{{true}} {{max(total, 3)}}"), ElementsAre("total"));
}

TEST(References, ConditionsNameStepsInEveryForm) {
    const auto role = ReferenceRole::Condition;
    EXPECT_THAT(steps("review.score > 5", role), ElementsAre("review"));
    EXPECT_THAT(steps("steps.review.score > 5", role), ElementsAre("review"));
    EXPECT_THAT(steps("{{steps.review.score}} > limit.max", role), ElementsAre("review", "limit"));
    EXPECT_THAT(steps("review", role), ElementsAre("review"));
    EXPECT_THAT(steps("length(a.list) > 2", role), ElementsAre("a"));
    EXPECT_THAT(steps("a.n + b.n*c.n - d.n > 1.5", role), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(steps("any(a.items, 'sev == high')", role), ElementsAre("a"));
}

TEST(References, WordsOfTheConditionLanguageAreNoSteps) {
    const auto role = ReferenceRole::Condition;
    EXPECT_THAT(steps("loop.index > 3", role), IsEmpty());
    EXPECT_THAT(steps("true", role), IsEmpty());
    EXPECT_THAT(steps("a.x contains 'b.y'", role), ElementsAre("a"));
    EXPECT_THAT(steps("a.x between 1 and 9", role), ElementsAre("a"));
}

TEST(References, DataSourcesNameStepsInEveryForm) {
    const auto role = ReferenceRole::DataSource;
    EXPECT_THAT(steps("plan:files.list", role), ElementsAre("plan"));
    EXPECT_THAT(steps("previous_response:plan", role), ElementsAre("plan"));
    EXPECT_THAT(steps("previous_response:plan:path", role), ElementsAre("plan"));
    EXPECT_THAT(steps("previous_response:plan.path", role), ElementsAre("plan"));
    EXPECT_THAT(steps("steps.plan.files", role), ElementsAre("plan"));
    EXPECT_THAT(steps("{{steps.plan.files}}", role), ElementsAre("plan"));
    EXPECT_THAT(steps("plan", role), ElementsAre("plan"));
    EXPECT_THAT(steps("context:plan", role), IsEmpty());
    EXPECT_THAT(steps("range(1, 5)", role), IsEmpty());
    EXPECT_THAT(steps("[1, 2]", role), IsEmpty());
}

TEST(References, TemplatesInTheQuotesOfAConditionAreFilledInFirst) {
    const auto role = ReferenceRole::Condition;
    EXPECT_THAT(steps("'{{steps.plan.text}}' == 'go'", role), ElementsAre("plan"));
    EXPECT_THAT(steps("\"a {{steps.a.x}} 'b' {{steps.b.x}}\" == c.x", role),
                ElementsAre("a", "b", "c"));
    EXPECT_THAT(steps("'{{steps.plan.text | default('x')}}' == d.x", role),
                ElementsAre("plan", "d"));
    EXPECT_THAT(steps("'{{steps.plan' == 'x'", role), IsEmpty());
}

TEST(References, ANameMayBeginWithADigit) {
    EXPECT_THAT(steps("2nd.success == true", ReferenceRole::Condition), ElementsAre("2nd"));
    EXPECT_THAT(steps("a.x > 2.5", ReferenceRole::Condition), ElementsAre("a"));
    EXPECT_THAT(steps("{{2nd.text}} {{steps.3rd.text}}", ReferenceRole::Text),
                ElementsAre("2nd", "3rd"));
}

TEST(References, NamesOfSeveralWordsAreReferencesWhereAStepHasThem) {
    const std::vector<std::string> names{"plan b", "v1.2", "a + b", "a: b"};
    const auto with = [&](std::string_view text, ReferenceRole role) {
        std::vector<std::string> found;
        for (const Reference& each : referencesInText(text, role, names))
            if (namesStep(each.target))
                found.push_back(each.name);
        return found;
    };
    EXPECT_THAT(with("{{steps.plan b.text}} {{ plan b.x }} {{steps.plan.x}}", ReferenceRole::Text),
                ElementsAre("plan b", "plan b", "plan"));
    EXPECT_THAT(with("plan b.success == true", ReferenceRole::Condition), ElementsAre("plan b"));
    EXPECT_THAT(with("plan bc.success == true", ReferenceRole::Condition),
                ElementsAre("plan", "bc"));
    EXPECT_THAT(with("v1.2", ReferenceRole::DataSource), ElementsAre("v1.2"));
    EXPECT_THAT(with("previous_response:v1.2", ReferenceRole::DataSource), ElementsAre("v1.2"));
    EXPECT_THAT(with("plan b:items", ReferenceRole::DataSource), ElementsAre("plan b"));
    EXPECT_THAT(with("a: b:items", ReferenceRole::DataSource), ElementsAre("a"));
    // The engine splits templates and conditions at the dot.
    EXPECT_THAT(with("{{steps.v1.2.text}}", ReferenceRole::Text), ElementsAre("v1"));
    EXPECT_EQ(renamed("plan b.ok", ReferenceRole::Condition, "plan b", "c"), "c.ok");
}

TEST(References, RenamingChangesEveryFormAndNothingElse) {
    EXPECT_EQ(renamed("plan: {{steps.plan.plan}} {{plan.x}} {{previous_response:plan}} {{plan}}",
                      ReferenceRole::Text, "plan", "outline"),
              "plan: {{steps.outline.plan}} {{outline.x}} {{previous_response:outline}} {{plan}}");
    EXPECT_EQ(renamed("plan.ok == 'plan' ", ReferenceRole::Condition, "plan", "outline"),
              "outline.ok == 'plan' ");
    EXPECT_EQ(renamed("previous_response:plan:plan", ReferenceRole::DataSource, "plan", "outline"),
              "previous_response:outline:plan");
    EXPECT_EQ(renamed("plan", ReferenceRole::PromptStep, "plan", "a b"), "a b");
    EXPECT_EQ(renamed("plan.plan", ReferenceRole::Output, "plan", "outline"), "outline.plan");
    EXPECT_EQ(renamed("planner.ok", ReferenceRole::Condition, "plan", "outline"), std::nullopt);
    EXPECT_EQ(renamed("plan", ReferenceRole::Text, "plan", "outline"), std::nullopt);
    EXPECT_EQ(renamed("plan", ReferenceRole::Function, "plan", "outline"), std::nullopt);
}

TEST(References, SomeNamesCannotBeWrittenEverywhere) {
    EXPECT_TRUE(canName("my-step", ReferenceRole::Text));
    EXPECT_FALSE(canName("my-step", ReferenceRole::Condition));
    EXPECT_TRUE(canName("my step", ReferenceRole::Text));
    EXPECT_TRUE(canName("my step", ReferenceRole::Condition));
    EXPECT_FALSE(canName("v1.2", ReferenceRole::Text));
    EXPECT_TRUE(canName("v1.2", ReferenceRole::DataSource));
    EXPECT_FALSE(canName("a: b", ReferenceRole::DataSource));
    EXPECT_TRUE(canName("my step", ReferenceRole::PromptStep));
    EXPECT_FALSE(canName("", ReferenceRole::PromptStep));
    EXPECT_TRUE(canName("schr\u00f6der", ReferenceRole::Condition));
}

RC_GTEST_PROP(ReferenceLaws, RenamingThereAndBackGivesTheSameText, ()) {
    const auto words =
        *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "{{steps.", "plan", "}}", "{{", ".", " ", "'", "state.", ":", "x", "-",
            "previous_response:", "(", ")", "==", "\n", "\xc3\xa4", "steps."}));
    const auto role = static_cast<ReferenceRole>(*rc::gen::inRange(0, 5));
    std::string text;
    for (const std::string& each : words)
        text += each;
    const auto there = renamed(text, role, "plan", "fresh_name");
    if (!there)
        return;
    RC_ASSERT(referencesInText(text, role).size() == referencesInText(*there, role).size());
    RC_ASSERT(renamed(*there, role, "fresh_name", "plan") == text);
}

constexpr const char* kFile = R"(workflow:
  name: w
  steps:
    - name: plan
      type: gemini
      prompt:
        - type: static
          content: "\x7b\x7bsteps.plan.self}}"
    - name: loop
      type: for_loop
      iterator: item
      data_source: "plan:list"
      steps:
        - name: plan
          type: claude
          prompt:
            - {type: static, content: "{{item.plan}} {{steps.loop.x}}"}
        - name: use
          type: claude
          prompt:
            - type: previous_response
              step: plan
    - name: last
      type: claude
      condition:
        or: [plan.ok, {not: "loop.done"}]
      functions: [rate]
      prompt:
        - type: previous_response
          step: plan
)";

TEST(References, BelongToTheStepThatHoldsThemAndResolveToTheNearest) {
    const yaml::Tree tree = yaml::parse(kFile);
    const Graph graph = deriveGraph(tree, Catalogue::builtIn());
    const auto pathsOf = [&](GraphIndex step) {
        std::vector<std::string> paths;
        for (const HeldReference& each : referencesTo(tree, graph, step))
            paths.push_back(yaml::pointerTo(tree, each.reference.at));
        return paths;
    };
    ASSERT_EQ(graph.nodes.size(), 5u);
    EXPECT_THAT(pathsOf(0),
                ElementsAre("/workflow/steps/0/prompt/0/content", "/workflow/steps/1/data_source",
                            "/workflow/steps/2/condition/or/0", "/workflow/steps/2/prompt/0/step"));
    EXPECT_THAT(pathsOf(2), ElementsAre("/workflow/steps/1/steps/1/prompt/0/step"));
    EXPECT_THAT(pathsOf(1), ElementsAre("/workflow/steps/1/steps/0/prompt/0/content"));
}

TEST(References, OfABrokenEntryAreNone) {
    const yaml::Tree tree = yaml::parse("- a\n- [1, 2]\n-\n");
    for (const yaml::NodeRef each : tree.children(yaml::rootDocument(tree)))
        EXPECT_THAT(referencesIn(tree, each), IsEmpty());
}

}  // namespace
}  // namespace pe::format
