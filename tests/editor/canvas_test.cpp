// SPDX-License-Identifier: MIT
#include "canvas.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QTest>

#include "canvas_binder.hpp"
#include "outline_model.hpp"
#include "palette.hpp"
#include "pe/editor/program.hpp"
#include "pe/testing/fake_document.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::editor {
namespace {

using testing::FakeDocument;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr const char* kPipeline = R"(workflow:
  name: tour
  steps:
    - name: one
      type: gemini
      prompt: []
    - name: loop
      type: for_loop
      steps:
        - name: inside
          type: claude
          prompt: []
    - name: three
      type: claude
      prompt: []
)";

class CanvasTest : public ::testing::Test {
protected:
    CanvasTest() {
        canvas.resize(800, 700);
        canvas.show();
        canvas.fitAll();
        QApplication::processEvents();
    }
    NodeRef at(const char* pointer) const { return *yaml::resolve(document.forest(), pointer); }
    QPoint middleOf(NodeRef ref) const {
        return canvas.viewportTransform().map(canvas.value().find(ref)->box.center()).toPoint();
    }
    void click(NodeRef ref, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(canvas.viewport(), Qt::LeftButton, modifiers, middleOf(ref));
    }

    FakeDocument document{kPipeline};
    Selection selection;
    Canvas canvas;
    CanvasBinder binder{document, selection, format::Catalogue::builtIn(), canvas, nullptr};
};

TEST_F(CanvasTest, AClickSelectsAndControlClickAdds) {
    const NodeRef one = at("/workflow/steps/0");
    const NodeRef three = at("/workflow/steps/2");
    click(one);
    EXPECT_EQ(selection.current(), one);
    click(three, Qt::ControlModifier);
    EXPECT_EQ(selection.steps().size(), 2u);
    EXPECT_EQ(selection.current(), three);
}

TEST_F(CanvasTest, ArrowsWalkAlongAndIntoContainers) {
    click(at("/workflow/steps/0"));
    QTest::keyClick(&canvas, Qt::Key_Down);
    EXPECT_EQ(selection.current(), at("/workflow/steps/1"));
    QTest::keyClick(&canvas, Qt::Key_Right);
    EXPECT_EQ(selection.current(), at("/workflow/steps/1/steps/0"));
    QTest::keyClick(&canvas, Qt::Key_Left);
    EXPECT_EQ(selection.current(), at("/workflow/steps/1"));
}

TEST_F(CanvasTest, DraggingAStepAsksForAMoveAndEscapeDoesNot) {
    int asked = 0;
    StepPlace place;
    QObject::connect(&canvas, &Canvas::moveRequested, [&](const auto&, const StepPlace& where) {
        ++asked;
        place = where;
    });
    const NodeRef one = at("/workflow/steps/0");
    const NodeRef three = at("/workflow/steps/2");
    const QPoint below = canvas.viewportTransform()
                             .map(canvas.value().find(three)->box.center() + QPointF(0, 30))
                             .toPoint();
    const auto drag = [&](bool escape) {
        QTest::mousePress(canvas.viewport(), Qt::LeftButton, {}, middleOf(one));
        QTest::mouseMove(canvas.viewport(), middleOf(one) + QPoint(0, 30));
        QTest::mouseMove(canvas.viewport(), below);
        if (escape)
            QTest::keyClick(&canvas, Qt::Key_Escape);
        QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, {}, below);
    };
    drag(true);
    EXPECT_EQ(asked, 0);
    drag(false);
    ASSERT_EQ(asked, 1);
    EXPECT_EQ(place, (StepPlace{kNoNode, three}));
}

TEST_F(CanvasTest, RenamingInPlaceAsksForTheNewName) {
    QString asked;
    QObject::connect(&canvas, &Canvas::renameRequested,
                     [&](NodeRef, const QString& name) { asked = name; });
    canvas.startRename(at("/workflow/steps/0"));
    auto* field = canvas.viewport()->findChild<QLineEdit*>();
    ASSERT_NE(field, nullptr);
    field->clear();
    QTest::keyClicks(field, QStringLiteral("first"));
    int opened = 0;
    QObject::connect(&canvas, &Canvas::openRequested, [&](NodeRef) { ++opened; });
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(asked, QStringLiteral("first"));
    EXPECT_EQ(opened, 0) << "the key that ends renaming means nothing else";
}

TEST_F(CanvasTest, ZoomKeepsThePointUnderTheAnchor) {
    const QPointF anchor(300, 200);
    const QPointF before = canvas.viewportTransform().inverted().map(anchor);
    canvas.setZoom(canvas.zoom() * 1.7, anchor);
    const QPointF after = canvas.viewportTransform().inverted().map(anchor);
    EXPECT_NEAR(before.x(), after.x(), 1.5);
    EXPECT_NEAR(before.y(), after.y(), 1.5);
}

TEST_F(CanvasTest, AClosedContainerIsOpenedForWhatIsSelectedInIt) {
    const NodeRef inside = at("/workflow/steps/1/steps/0");
    binder.toggleCollapsed(at("/workflow/steps/1"));
    EXPECT_FALSE(canvas.value().find(inside)->visible);
    selection.select(inside, nullptr);
    EXPECT_TRUE(canvas.value().find(inside)->visible);
}

TEST_F(CanvasTest, TypingKeepsTheSelectionWhenAllNodesAreNew) {
    selection.select(at("/workflow/steps/2"), nullptr);
    ASSERT_TRUE(document.replaceText(0, 0, "# head\n", 0));
    QTest::qWait(250);
    EXPECT_EQ(selection.current(), at("/workflow/steps/2"));
    EXPECT_EQ(canvas.currentStep(), selection.current());
}

TEST_F(CanvasTest, TheOutlineMirrorsTheNesting) {
    OutlineModel model;
    model.showScene(binder.scene());
    EXPECT_EQ(model.rowCount(), 3);
    const QModelIndex loop = model.index(1, 0);
    EXPECT_EQ(model.rowCount(loop), 1);
    EXPECT_EQ(model.refOf(model.index(0, 0, loop)), at("/workflow/steps/1/steps/0"));
    EXPECT_EQ(model.parent(model.index(0, 0, loop)), loop);
}

TEST(PaletteScore, PrefersWordStartsAndRefusesMissingLetters) {
    EXPECT_GT(paletteScore("zi", "Zoom in"), paletteScore("zi", "Fuzzy find"));
    EXPECT_GT(paletteScore("undo", "Undo typing"), paletteScore("undo", "Found odd"));
    EXPECT_LT(paletteScore("xyz", "Zoom in"), 0);
    EXPECT_GE(paletteScore("", "Zoom in"), 0);
}

TEST(ParseOptions, ReadsWhatTheContractNames) {
    const auto options =
        parseOptions({"--screenshot", "out.png", "--size", "800x600", "--theme=dark", "--select",
                      "", "--view", "graph", "--scale", "2", "a.yaml"});
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_EQ(options->screenshot, "out.png");
    EXPECT_EQ(options->width, 800);
    EXPECT_EQ(options->height, 600);
    EXPECT_EQ(options->theme, "dark");
    EXPECT_TRUE(options->hasSelect);
    EXPECT_EQ(options->scale, 2.0);
    EXPECT_EQ(options->files, std::vector<std::string>{"a.yaml"});
}

TEST(ParseOptions, RefusesWhatItDoesNotUnderstand) {
    EXPECT_FALSE(parseOptions({"--size", "big"}));
    EXPECT_FALSE(parseOptions({"--theme", "blue"}));
    EXPECT_FALSE(parseOptions({"--nonsense", "1"}));
    EXPECT_FALSE(parseOptions({"--select"}));
    EXPECT_FALSE(parseOptions({"--benchmark"}));
}

TEST(CanvasFarOut, PaintsEveryKindOfReference) {
    FakeDocument document(R"(workflow:
  name: far
  steps:
    - name: set
      type: set_variable
      variables: {mood: calm}
    - name: use
      type: claude
      prompt:
        - type: static
          content: "Be {{state.mood}}, {{steps.set.result}}"
        - type: previous_response
          step: set
)");
    Selection selection;
    Canvas canvas;
    canvas.resize(800, 700);
    CanvasBinder binder(document, selection, format::Catalogue::builtIn(), canvas, nullptr);
    canvas.show();
    QApplication::processEvents();
    bool variable = false;
    for (const SceneEdge& edge : canvas.value().edges)
        variable = variable || edge.kind == format::EdgeKind::Variable;
    EXPECT_TRUE(variable);
    for (int i = 0; i < 12; ++i)
        canvas.zoomBy(0.7);
    EXPECT_FALSE(canvas.grab().isNull());
}

}  // namespace
}  // namespace pe::editor
