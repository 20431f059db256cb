// SPDX-License-Identifier: MIT
// Names in steps of a team's type: uses, rename and completion see them like any other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/language/rename.hpp"
#include "pe/language/uses.hpp"
#include "pe/testing/team_types.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::ElementsAre;
using testing::teamCatalogue;
using testing::TextWithCursor;

const std::string kHead =
    "workflow:\n  name: demo\n  steps:\n"
    "    - name: plan\n      type: claude\n"
    "    - name: ship\n      type: deploy\n";

std::vector<std::string> offered(const std::string& marked) {
    const TextWithCursor text(marked);
    std::vector<std::string> labels;
    for (const auto& each : completionsAt(text.subject(), teamCatalogue(), text.offset()))
        if (each.kind == CompletionKind::Step)
            labels.push_back(each.label);
    return labels;
}

TEST(NamesInTeamTypes, AreUsesOfTheStep) {
    const TextWithCursor text(kHead +
                              "      build: pl^an\n      only_if: plan.ok == 1\n"
                              "      target: {after: plan, label: plan}\n");
    const auto target = targetAt(text.subject(), teamCatalogue(), text.offset());
    ASSERT_TRUE(target);
    std::vector<std::size_t> lines;
    for (const Use& each : usesOf(text.subject(), teamCatalogue(), *target))
        lines.push_back(yaml::LineIndex(text.text()).position(each.span.begin).line);
    EXPECT_THAT(lines, ElementsAre(4u, 8u, 9u, 10u));
}

TEST(NamesInTeamTypes, AreRenamedAndNothingElseIs) {
    const std::string before = kHead +
                               "      build: plan\n      only_if: plan.ok == 1\n"
                               "      target: {after: plan, label: plan}\n      server: plan\n";
    FakeClock clock;
    const auto plan =
        planRename({"/p/a.yaml", before, before.find("plan"), "draft", {}}, teamCatalogue(), clock);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(applied(before, plan->files.at("/p/a.yaml")),
              "workflow:\n  name: demo\n  steps:\n"
              "    - name: draft\n      type: claude\n"
              "    - name: ship\n      type: deploy\n"
              "      build: draft\n      only_if: draft.ok == 1\n"
              "      target: {after: draft, label: plan}\n      server: plan\n");
}

TEST(NamesInTeamTypes, AreOfferedWhereAStepIsNamed) {
    EXPECT_THAT(offered(kHead + "      build: ^\n"), ElementsAre("plan"));
    EXPECT_THAT(offered(kHead + "      only_if: ^\n"), ElementsAre("plan"));
    EXPECT_THAT(offered(kHead + "      target:\n        after: ^\n"), ElementsAre("plan"));
    EXPECT_THAT(offered(kHead + "      checks:\n        - step: ^\n"), ElementsAre("plan"));
}

}  // namespace
}  // namespace pe::language
