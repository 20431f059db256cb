// SPDX-License-Identifier: MIT
// References in steps of a team's type: the kinds of its fields say which texts name steps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/format/references.hpp"
#include "pe/testing/team_types.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::format {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::teamCatalogue;

const std::string kFile = R"(workflow:
  name: demo
  steps:
    - {name: plan, type: claude}
    - name: ship
      type: deploy
      server: plan
      build: plan
      only_if: {and: [plan.ok, "{{steps.plan.ready}} == yes"]}
      notes:
        - {type: previous_response, step: plan}
      target: {after: plan, label: plan}
      checks:
        - {step: plan, holds: plan.count > 1}
        - {step: "{{steps.plan.name}}"}
      regions:
        plan: {from: plan}
)";

std::vector<std::string> placesNamingPlan(const std::string& text, const Catalogue& catalogue) {
    const yaml::Tree tree = yaml::parse(text);
    const Graph graph = deriveGraph(tree, catalogue);
    std::vector<std::string> places;
    for (const HeldReference& each : referencesTo(tree, graph, 0))
        places.push_back(yaml::pointerTo(tree, each.reference.at));
    return places;
}

TEST(ReferencesOfATeam, FollowFromTheKindsOfTheFieldsAtAnyDepth) {
    EXPECT_THAT(placesNamingPlan(kFile, teamCatalogue()),
                ElementsAre("/workflow/steps/1/build", "/workflow/steps/1/only_if/and/0",
                            "/workflow/steps/1/only_if/and/1", "/workflow/steps/1/notes/0/step",
                            "/workflow/steps/1/target/after", "/workflow/steps/1/checks/0/step",
                            "/workflow/steps/1/checks/0/holds", "/workflow/steps/1/checks/1/step",
                            "/workflow/steps/1/regions/plan/from"));
}

TEST(ReferencesOfATeam, AreReadByKeysAloneWhereTheTypeIsUnknown) {
    EXPECT_THAT(placesNamingPlan(kFile, Catalogue::builtIn()),
                ElementsAre("/workflow/steps/1/only_if/and/1", "/workflow/steps/1/notes/0/step",
                            "/workflow/steps/1/checks/1/step"));
}

TEST(ReferencesOfATeam, AStepOfTheEnginesOwnTypesIsReadAsEver) {
    const std::string text =
        "workflow:\n  steps:\n    - {name: plan, type: claude}\n"
        "    - {name: b, type: gemini, build: plan, only_if: plan.ok}\n";
    EXPECT_THAT(placesNamingPlan(text, teamCatalogue()), IsEmpty());
}

TEST(ReferencesOfATeam, AreEdges) {
    const yaml::Tree tree = yaml::parse(kFile);
    const Graph graph = deriveGraph(tree, teamCatalogue());
    std::size_t condition = 0;
    std::size_t response = 0;
    for (const GraphEdge& edge : graph.edges) {
        if (edge.from != 0 || edge.to != 1)
            continue;
        condition += edge.kind == EdgeKind::Condition ? 1 : 0;
        response += edge.kind == EdgeKind::PreviousResponse ? 1 : 0;
    }
    EXPECT_EQ(condition, 3u);
    EXPECT_EQ(response, 6u);
}

TEST(ReferencesOfATeam, BehindAnAliasAreFound) {
    EXPECT_THAT(placesNamingPlan("workflow:\n  steps:\n    - {name: plan, type: claude}\n"
                                 "    - name: a\n      type: deploy\n"
                                 "      target: &t {after: plan}\n"
                                 "    - name: b\n      type: deploy\n      target: *t\n",
                                 teamCatalogue()),
                ElementsAre("/workflow/steps/1/target/after", "/workflow/steps/1/target/after"));
}

TEST(ReferencesOfATeam, TheNameOfTheOwnStepIsOneToo) {
    const yaml::Tree tree =
        yaml::parse("workflow:\n  steps:\n    - {name: a, type: deploy, build: a}\n");
    const Graph graph = deriveGraph(tree, teamCatalogue());
    ASSERT_EQ(graph.edges.size(), 1u);
    EXPECT_EQ(graph.edges[0].from, graph.edges[0].to);
}

}  // namespace
}  // namespace pe::format
