// SPDX-License-Identifier: MIT
#include "edge_commands.hpp"

#include <gtest/gtest.h>

#include "pe/testing/fake_document.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::editor {
namespace {

using testing::FakeDocument;
using yaml::NodeRef;

constexpr const char* kPipeline = R"(workflow:
  name: edges
  steps:
    - name: read
      type: gemini
      prompt:
        - type: static
          content: "Read {{steps.late.result}}"
    - name: each
      type: for_loop
      iterator: file
      data_source: "previous_response:read"
      steps:
        - name: inner
          type: claude
    - name: wait
      type: checkpoint
    - name: late
      type: claude
      condition: read.text
      prompt:
        - type: previous_response
          step: read
)";

class EdgeCommands : public ::testing::Test {
protected:
    NodeRef at(const std::string& pointer) const {
        return *yaml::resolve(document.forest(), pointer);
    }
    NodeRef step(int index) const { return at("/workflow/steps/" + std::to_string(index)); }
    auto choices(NodeRef from, NodeRef to) const { return edgeChoices(*scene, forest, from, to); }
    auto removal(format::EdgeKind kind) const {
        for (const SceneEdge& edge : scene->edges)
            if (edge.kind == kind)
                return removeEdge(*scene, forest, edge);
        return Result<document::Command>(fail(ErrorCode::NotFound, "no such edge"));
    }

    FakeDocument document{kPipeline};
    std::shared_ptr<const SceneValue> scene =
        buildScene(document, format::Catalogue::builtIn(), [](NodeRef) { return false; });
    const yaml::Forest& forest = document.forest();
};

TEST_F(EdgeCommands, ALineToAStepWithAPromptBecomesItsLastPart) {
    const auto found = choices(step(1), step(3));
    ASSERT_TRUE(found) << found.error().message;
    const auto& insert = std::get<document::Insert>(found->front().command.what);
    EXPECT_EQ(insert.parent, at("/workflow/steps/3/prompt"));
    EXPECT_EQ(insert.after, at("/workflow/steps/3/prompt/0"));
    EXPECT_EQ(insert.value.find("type")->text, "previous_response");
    EXPECT_EQ(insert.value.find("step")->text, "each");
}

TEST_F(EdgeCommands, AStepWithoutAPromptGetsOne) {
    const auto found = choices(step(0), at("/workflow/steps/1/steps/0"));
    ASSERT_TRUE(found) << found.error().message;
    const auto& set = std::get<document::SetField>(found->front().command.what);
    EXPECT_EQ(set.key, "prompt");
    EXPECT_EQ(set.value.items.size(), 1u);
}

TEST_F(EdgeCommands, ALineToALoopSaysWhereItsDataComesFrom) {
    const auto found = choices(step(0), step(1));
    ASSERT_TRUE(found) << found.error().message;
    const auto& set = std::get<document::SetField>(found->front().command.what);
    EXPECT_EQ(set.key, "data_source");
    EXPECT_EQ(set.value.text, "previous_response:read");
}

TEST_F(EdgeCommands, WhatCannotBeConnectedSaysWhy) {
    EXPECT_NE(choices(step(3), step(0)).error().message.find("Move it below"), std::string::npos);
    EXPECT_NE(choices(step(1), at("/workflow/steps/1/steps/0")).error().message.find("inside"),
              std::string::npos);
    EXPECT_NE(choices(step(0), step(2)).error().message.find("no field"), std::string::npos);
    EXPECT_FALSE(choices(step(0), step(0)));
}

TEST_F(EdgeCommands, DeletingALineTakesTheWholePromptPartOut) {
    const auto command = removal(format::EdgeKind::PreviousResponse);
    ASSERT_TRUE(command) << command.error().message;
    EXPECT_EQ(std::get<document::Remove>(command->what).node, at("/workflow/steps/3/prompt/0"));
}

TEST_F(EdgeCommands, DeletingAConditionsLineTakesTheConditionOut) {
    const auto command = removal(format::EdgeKind::Condition);
    ASSERT_TRUE(command) << command.error().message;
    EXPECT_EQ(std::get<document::Remove>(command->what).node, at("/workflow/steps/3/condition"));
}

TEST_F(EdgeCommands, AReferenceInTheMiddleOfATextIsLeftToTheText) {
    EXPECT_FALSE(removal(format::EdgeKind::Template));
    EXPECT_FALSE(removal(format::EdgeKind::DataSource));
    EXPECT_FALSE(removal(format::EdgeKind::Sequence));
}

}  // namespace
}  // namespace pe::editor
