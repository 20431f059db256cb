// SPDX-License-Identifier: MIT
// Commands that follow names know the step types of a team, from the folder above the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command_test.hpp"
#include "pe/testing/team_types.hpp"

namespace pe::cli {
namespace {

using ::testing::HasSubstr;

const std::string kText =
    "workflow:\n  name: w\n  steps:\n    - name: plan\n      type: claude_smart\n"
    "      prompt: [{type: static, content: hi}]\n    - name: ship\n      type: deploy\n"
    "      server: plan\n      build: plan\n      only_if: plan.ok == true\n";

class TeamTypesOnTheCommandLine : public CommandTest {
protected:
    void SetUp() override {
        ASSERT_TRUE(files_.createFolders("/p/.pipeline-steps"));
        files_.edit("/p/.pipeline-steps/deploy.json", testing::teamTypeSchema());
        ASSERT_TRUE(files_.createFolders("/p/flows"));
        files_.edit("/p/flows/w.yaml", kText);
    }
};

TEST_F(TeamTypesOnTheCommandLine, ARenameFollowsTheirFields) {
    files_.edit("/s.json",
                R"([{"op": "rename-step", "path": "/workflow/steps/0", "name": "draft"}])");
    ASSERT_EQ(run({"edit", "/p/flows/w.yaml", "--script", "/s.json"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("      server: plan\n      build: draft\n"
                                "      only_if: draft.ok == true\n"));
}

TEST_F(TeamTypesOnTheCommandLine, AnExtractionThatWouldCutThemIsRefused) {
    EXPECT_EQ(run({"extract", "/p/flows/w.yaml", "--steps", "ship", "--name", "sub"}), 4);
    EXPECT_THAT(err_, HasSubstr("Line 10: 'ship' names 'plan'"));
    EXPECT_THAT(err_, HasSubstr("Line 11: 'ship' looks at 'plan' in a condition"));
    EXPECT_EQ(run({"extract", "/p/flows/w.yaml", "--steps", "plan", "--name", "sub", "--file",
                   "/p/flows/sub.yaml"}),
              4);
    EXPECT_THAT(err_, HasSubstr("Line 10: 'ship' names 'plan'"));
    EXPECT_EQ(get("/p/flows/w.yaml"), kText);
}

TEST_F(TeamTypesOnTheCommandLine, AreEdgesOfTheGraph) {
    ASSERT_EQ(run({"graph", "/p/flows/w.yaml"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("/workflow/steps/1/build"));
    EXPECT_THAT(out_, HasSubstr("/workflow/steps/1/only_if"));
}

}  // namespace
}  // namespace pe::cli
