// SPDX-License-Identifier: MIT
// Carrying the cases of a switch about, with all that is in them.
#include <gtest/gtest.h>

#include "canvas_drop.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "step_commands.hpp"

namespace pe::editor {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

constexpr const char* kTwoSwitches = R"(workflow:
  name: two
  steps:
    - name: first
      type: switch
      expression: x
      cases:
        yes:
          # inside yes
          - {name: a, type: claude, prompt: []}
        no:   # rarely
          - {name: b, type: claude, prompt: []}
      default:
        - {name: c, type: claude, prompt: []}
    - name: second
      type: switch
      expression: y
      cases:
        maybe:
          - {name: d, type: claude, prompt: []}
    - name: third
      type: switch
      expression: z
)";

class CaseMoves : public ::testing::Test {
protected:
    NodeRef at(const std::string& pointer) const {
        return *yaml::resolve(document->forest(), "/workflow/steps/" + pointer);
    }
    std::shared_ptr<const SceneValue> scene() const {
        return buildScene(*document, format::Catalogue::builtIn(), [](NodeRef) { return false; });
    }
    Result<void> move(const std::string& branch, const StepPlace& place) {
        PE_TRY_ASSIGN(const auto command,
                      moveSteps(*scene(), document->forest(), {at(branch)}, place));
        return document->execute(command);
    }
    std::string cases(const std::string& step) const {
        std::string names;
        for (const NodeRef each : document->forest().children(at(step + "/cases")))
            names += yaml::keyText(document->forest(), each) + " ";
        return names;
    }

    SystemClock clock;
    std::unique_ptr<document::Document> document = document::Document::open(1, kTwoSwitches, clock);
};

TEST_F(CaseMoves, ACaseGoesBeforeItsNeighbourWithItsCommentsAndBackByOneUndo) {
    ASSERT_TRUE(move("0/cases/no", {at("0"), kNoNode}));
    EXPECT_EQ(cases("0"), "no yes ");
    EXPECT_NE(document->text().find("no:   # rarely\n          - {name: b"), std::string::npos);
    EXPECT_NE(document->text().find("yes:\n          # inside yes"), std::string::npos);
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), kTwoSwitches);
}

TEST_F(CaseMoves, ACaseGoesToAnotherSwitchUnderItsName) {
    ASSERT_TRUE(move("0/cases/yes", {at("1"), at("1/cases/maybe")}));
    EXPECT_EQ(cases("0"), "no ");
    EXPECT_EQ(cases("1"), "maybe yes ");
}

TEST_F(CaseMoves, ASwitchWithoutCasesGetsThem) {
    ASSERT_TRUE(move("1/cases/maybe", {at("2"), kNoNode}));
    EXPECT_EQ(cases("2"), "maybe ");
}

TEST_F(CaseMoves, BehindTheDefaultMeansAfterTheLastCase) {
    ASSERT_TRUE(move("0/cases/yes", {at("0"), at("0/default")}));
    EXPECT_EQ(cases("0"), "no yes ");
}

TEST_F(CaseMoves, ANameThatIsTakenIsRefused) {
    ASSERT_TRUE(document->execute({document::RenameKey{at("1/cases/maybe"), "yes"}, {}, 0}));
    const auto moved = move("0/cases/yes", {at("1"), kNoNode});
    ASSERT_FALSE(moved);
    EXPECT_NE(moved.error().message.find("`yes`"), std::string::npos);
}

TEST_F(CaseMoves, TheDefaultStaysAndStepsDoNotBecomeCases) {
    EXPECT_FALSE(move("0/default", {at("1"), kNoNode}));
    EXPECT_FALSE(move("2", {at("1"), kNoNode}));
    EXPECT_FALSE(move("0/cases/yes", {kNoNode, kNoNode}));
}

TEST_F(CaseMoves, OverASwitchABarShowsBetweenItsCases) {
    const auto shown = scene();
    const QRectF yes = shown->find(at("0/cases/yes"))->box;
    const auto target = dropTargetAt(*shown, yes.topLeft() + QPointF(2, 20),
                                     format::NodeKind::Branch, {at("0/cases/no")});
    ASSERT_TRUE(target);
    EXPECT_EQ(target->place, (StepPlace{at("0"), kNoNode}));
    EXPECT_LT(target->bar.x1(), yes.left());
    EXPECT_FALSE(dropTargetAt(*shown, QPointF(-5000, 0), format::NodeKind::Branch, {}));
}

}  // namespace
}  // namespace pe::editor
