// SPDX-License-Identifier: MIT
#include "step_commands.hpp"

#include <gtest/gtest.h>

#include "canvas_drop.hpp"
#include "pe/testing/fake_document.hpp"
#include "pe/yaml/pointer.hpp"
#include "steps_text.hpp"

namespace pe::editor {
namespace {

using document::Batch;
using document::Insert;
using document::Move;
using document::Remove;
using document::SetField;
using document::SetValue;
using testing::FakeDocument;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr const char* kPipeline = R"(workflow:
  name: tour
  steps:
    # Reads the code.
    - name: read
      type: gemini
      prompt:
        - type: static
          content: "Read it."
    - name: each
      type: for_loop
      iterator: file
      data_source: "previous_response:read"
      steps:
        - name: inner
          type: claude
          prompt: []
    - name: empty
      type: while_loop
      condition: "true"
    - name: last_2
      type: claude
      prompt: []
)";

class StepCommands : public ::testing::Test {
protected:
    NodeRef at(const char* pointer) const { return *yaml::resolve(document.forest(), pointer); }
    NodeRef step(int index) const {
        return at(("/workflow/steps/" + std::to_string(index)).c_str());
    }

    FakeDocument document{kPipeline};
    std::shared_ptr<const SceneValue> scene =
        buildScene(document, format::Catalogue::builtIn(), [](NodeRef) { return false; });
    const yaml::Forest& forest = document.forest();
};

TEST_F(StepCommands, ANewStepGoesIntoTheListAfterItsSibling) {
    const auto command =
        insertSteps(*scene, forest, {kNoNode, step(0)}, {yaml::Value::mapping()}, "Add");
    ASSERT_TRUE(command);
    const auto& insert = std::get<Insert>(command->what);
    EXPECT_EQ(insert.parent, at("/workflow/steps"));
    EXPECT_EQ(insert.after, step(0));
}

TEST_F(StepCommands, AContainerWithoutAListGetsOne) {
    const auto command =
        insertSteps(*scene, forest, {step(2), kNoNode}, {yaml::Value::mapping()}, "Add");
    ASSERT_TRUE(command) << command.error().message;
    const auto& set = std::get<SetField>(command->what);
    EXPECT_EQ(set.mapping, step(2));
    EXPECT_EQ(set.key, "steps");
    EXPECT_EQ(set.value.items.size(), 1u);
}

TEST_F(StepCommands, AStepCannotBeMovedIntoItself) {
    EXPECT_FALSE(moveSteps(*scene, forest, {step(1)}, {step(1), kNoNode}));
}

TEST_F(StepCommands, MovingSeveralKeepsTheirOrder) {
    const auto command = moveSteps(*scene, forest, {step(3), step(0)}, {step(1), kNoNode});
    ASSERT_TRUE(command);
    const auto& moves = std::get<Batch>(command->what).commands;
    ASSERT_EQ(moves.size(), 2u);
    EXPECT_EQ(std::get<Move>(moves[0].what).node, step(0));
    EXPECT_EQ(std::get<Move>(moves[0].what).after, kNoNode);
    EXPECT_EQ(std::get<Move>(moves[1].what).node, step(3));
    EXPECT_EQ(std::get<Move>(moves[1].what).after, step(0));
}

TEST_F(StepCommands, MovingUpGoesBeforeTheSiblingAbove) {
    const auto command = shiftSteps(*scene, forest, {step(2)}, -1);
    ASSERT_TRUE(command);
    EXPECT_EQ(std::get<Move>(command->what).after, step(0));
    EXPECT_FALSE(shiftSteps(*scene, forest, {step(0)}, -1));
    EXPECT_FALSE(shiftSteps(*scene, forest, {step(3)}, 1));
}

TEST_F(StepCommands, DeletingAContainerAndWhatIsInItDeletesOnlyTheContainer) {
    const auto command = removeSteps(*scene, {at("/workflow/steps/1/steps/0"), step(1)});
    ASSERT_TRUE(command);
    EXPECT_EQ(std::get<Remove>(command->what).node, step(1));
}

TEST_F(StepCommands, NamesCountOnWhereTheyEndInANumber) {
    auto taken = stepNames(*scene);
    EXPECT_EQ(uniqueName("fresh", taken), "fresh");
    EXPECT_EQ(uniqueName("read", taken), "read_2");
    EXPECT_EQ(uniqueName("read", taken), "read_3");
    EXPECT_EQ(uniqueName("last_2", taken), "last_3");
}

TEST_F(StepCommands, CopiedStepsKeepTheirCommentsAndStandAtColumnZero) {
    EXPECT_EQ(stepsAsYaml(*scene, document, {step(0)}),
              "# Reads the code.\n- name: read\n  type: gemini\n  prompt:\n    - type: static\n"
              "      content: \"Read it.\"\n");
}

TEST_F(StepCommands, PastedStepsGetNamesThatAreFree) {
    const auto steps = stepsFromYaml(stepsAsYaml(*scene, document, {step(0), step(3)}), *scene);
    ASSERT_TRUE(steps) << steps.error().message;
    ASSERT_EQ(steps->size(), 2u);
    EXPECT_EQ((*steps)[0].find("name")->text, "read_2");
    EXPECT_EQ((*steps)[1].find("name")->text, "last_3");
}

TEST_F(StepCommands, AWholePipelinePastesAsItsSteps) {
    const auto steps = stepsFromYaml(kPipeline, *scene);
    ASSERT_TRUE(steps) << steps.error().message;
    EXPECT_EQ(steps->size(), 4u);
    EXPECT_FALSE(stepsFromYaml("just a sentence", *scene));
    EXPECT_FALSE(stepsFromYaml("[1, 2]", *scene));
}

TEST_F(StepCommands, ANewStepOfEveryTypeHasANameAndItsType) {
    for (const format::StepType& type : format::Catalogue::builtIn().stepTypes()) {
        const yaml::Value value = newStep(type, *scene);
        ASSERT_NE(value.find("name"), nullptr);
        EXPECT_EQ(value.find("type")->text, type.id);
    }
}

TEST_F(StepCommands, WhatIsDroppedBetweenTwoStepsGoesBetweenThem) {
    const QRectF first = scene->find(step(0))->box;
    const QRectF second = scene->find(step(1))->box;
    const QPointF between(first.center().x(), (first.bottom() + second.top()) / 2);
    const auto target = dropTargetAt(*scene, between, format::NodeKind::Step, {});
    ASSERT_TRUE(target);
    EXPECT_EQ(target->place, (StepPlace{kNoNode, step(0)}));
    EXPECT_GT(target->bar.y1(), first.bottom());
    EXPECT_LT(target->bar.y1(), second.top());
}

TEST_F(StepCommands, WhatIsDroppedInAContainerGoesIntoIt) {
    const NodeRef inner = at("/workflow/steps/1/steps/0");
    const QRectF box = scene->find(inner)->box;
    const auto target = dropTargetAt(*scene, QPointF(box.center().x(), box.bottom() + 4),
                                     format::NodeKind::Step, {});
    ASSERT_TRUE(target);
    EXPECT_EQ(target->place, (StepPlace{step(1), inner}));
}

TEST_F(StepCommands, AContainerThatIsDraggedIsNoTargetForItself) {
    const QRectF box = scene->find(at("/workflow/steps/1/steps/0"))->box;
    const auto target = dropTargetAt(*scene, box.center(), format::NodeKind::Step, {step(1)});
    ASSERT_TRUE(target);
    EXPECT_EQ(target->place.container, kNoNode);
}

}  // namespace
}  // namespace pe::editor
