// SPDX-License-Identifier: MIT
// Gestures that need a document that does what it is asked: lines, opening while dragging,
// drill-in, and what a screen reader meets.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QTest>

#include "breadcrumbs.hpp"
#include "edge_tool.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

class CanvasGestures : public WindowTest {
protected:
    FileView& show(const std::string& text) {
        FileView& view = openFile("a.yaml", text);
        view.setViewMode(ViewMode::Graph);
        QApplication::processEvents();
        view.canvas().setZoom(1.0, QPointF(1, 1));
        view.canvas().centerOnScene(view.canvas().value().bounds.center());
        return view;
    }
    static QPoint on(FileView& view, const QPointF& scenePoint) {
        return view.canvas().viewportTransform().map(scenePoint).toPoint();
    }
    static const SceneStep& step(FileView& view, const char* name) {
        for (const SceneStep& each : view.canvas().value().steps)
            if (each.name == name)
                return each;
        throw std::runtime_error(name);
    }
    const std::string& text(FileView& view) { return view.session().document().text(); }
};

constexpr const char* kThree = R"(workflow:
  name: three
  steps:
    - name: one
      type: gemini
      prompt: []
    - name: loop
      type: while_loop
      condition: "true"
      steps:
        - name: inside
          type: claude
          prompt: []
    - name: three
      type: claude
      prompt: []
)";

TEST_F(CanvasGestures, ALineDrawnFromThePortWritesThePromptPart) {
    FileView& view = show(kThree);
    QWidget* target = view.canvas().viewport();
    const QPoint port = on(view, portRect(step(view, "one")).center());
    const QPoint end = on(view, step(view, "three").box.center());
    QTest::mouseMove(target, on(view, step(view, "one").box.center()));
    QTest::mousePress(target, Qt::LeftButton, {}, port);
    QTest::mouseMove(target, end - QPoint(0, 40));
    QTest::mouseMove(target, end);
    QTest::mouseRelease(target, Qt::LeftButton, {}, end);
    EXPECT_NE(text(view).find("- type: previous_response\n          step: one"), std::string::npos)
        << text(view);
    view.undo();
    EXPECT_EQ(text(view), kThree);
}

TEST_F(CanvasGestures, ALineThatIsClickedAndDeletedLeavesTheFile) {
    FileView& view = show(kTour);
    const auto& edges = view.canvas().value().edges;
    const auto edge = std::find_if(edges.begin(), edges.end(), [](const SceneEdge& each) {
        return each.kind == format::EdgeKind::PreviousResponse;
    });
    ASSERT_NE(edge, edges.end());
    const format::Point middle = edge->route[edge->route.size() / 2];
    QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {},
                      on(view, QPointF(middle.x, middle.y - 12)));
    EXPECT_NE(view.canvas().state().edgeAt, yaml::kNoNode);
    QTest::keyClick(&view.canvas(), Qt::Key_Delete);
    EXPECT_EQ(text(view).find("previous_response"), std::string::npos) << text(view);
    EXPECT_NE(text(view).find("name: three"), std::string::npos) << "the step stays";
}

TEST_F(CanvasGestures, AClosedContainerOpensWhenAStepIsHeldOverIt) {
    FileView& view = show(kThree);
    view.binder().toggleCollapsed(at(view, "/workflow/steps/1"));
    ASSERT_TRUE(step(view, "loop").collapsed);
    QWidget* target = view.canvas().viewport();
    const QPoint start = on(view, step(view, "three").box.center());
    QTest::mousePress(target, Qt::LeftButton, {}, start);
    QTest::mouseMove(target, start - QPoint(0, 30));
    QTest::mouseMove(target, on(view, step(view, "loop").box.center()));
    EXPECT_TRUE(step(view, "loop").collapsed) << "not at once";
    EXPECT_TRUE(QTest::qWaitFor([&] { return !step(view, "loop").collapsed; }, 20'000));
    QTest::keyClick(&view.canvas(), Qt::Key_Escape);
    QTest::mouseRelease(target, Qt::LeftButton, {}, start);
    EXPECT_EQ(text(view), kThree);
}

TEST_F(CanvasGestures, APipelineFileIsDrilledIntoWithAWayBack) {
    write("child.yaml", kTour);
    FileView& view = show(
        "workflow:\n  name: up\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: child.yaml\n");
    view.openStep(at(view, "/workflow/steps/0"));
    ASSERT_EQ(window->fileCount(), 2);
    FileView& child = *window->current();
    EXPECT_EQ(child.session().title(), "child.yaml");
    ASSERT_EQ(child.crumbs().trail().size(), 1);
    Q_EMIT child.crumbs().chosen(child.crumbs().trail().front());
    EXPECT_EQ(window->current(), &view);
}

TEST_F(CanvasGestures, CasesChangePlacesWithTheKeyboard) {
    FileView& view = show(R"(workflow:
  name: cases
  steps:
    - name: choose
      type: switch
      expression: "{{x}}"
      cases:
        a:
          - {name: first, type: claude, prompt: []}
        b:
          - {name: second, type: claude, prompt: []}
)");
    view.select(at(view, "/workflow/steps/0/cases/b"));
    view.shiftSelected(-1);
    EXPECT_LT(text(view).find("        b:"), text(view).find("        a:")) << text(view);
}

TEST_F(CanvasGestures, AScreenReaderFindsTheStepsByName) {
    FileView& view = show(kThree);
    QAccessibleInterface* graph = QAccessible::queryAccessibleInterface(&view.canvas());
    ASSERT_NE(graph, nullptr);
    ASSERT_EQ(graph->childCount(), 4);
    EXPECT_EQ(graph->role(), QAccessible::List);
    QAccessibleInterface* inside = graph->child(2);
    EXPECT_EQ(inside->text(QAccessible::Name), QStringLiteral("inside"));
    EXPECT_TRUE(inside->text(QAccessible::Description).contains(QStringLiteral("loop")));
    view.select(at(view, "/workflow/steps/1/steps/0"));
    EXPECT_TRUE(inside->state().selected);
    EXPECT_FALSE(graph->child(0)->state().selected);
    EXPECT_EQ(graph->indexOfChild(inside), 2);
}

}  // namespace
}  // namespace pe::editor
