// SPDX-License-Identifier: MIT
#include "file_view.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "window_fixture.hpp"
#include "yaml_edit.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {
namespace {

class FileViewTest : public WindowTest {
protected:
    const std::string& text(FileView& view) { return view.session().document().text(); }
    std::string names(FileView& view) {
        std::string all;
        for (const SceneStep& step : view.binder().scene()->steps)
            all += (all.empty() ? "" : " ") + step.name;
        return all;
    }
    void copy(const char* yaml) { QGuiApplication::clipboard()->setText(QLatin1String(yaml)); }
    static std::string with(std::string all, const std::string& from, const std::string& to) {
        all.replace(all.find(from), from.size(), to);
        return all;
    }
};

TEST_F(FileViewTest, TypingInTheTextShowsInGraphAndForm) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/0"));
    view.goToOffset(text(view).find("one\n") + 3);
    QTest::keyClicks(view.text().edit(), QStringLiteral("s"));
    QTest::qWait(300);
    EXPECT_EQ(names(view), "ones loop three");
    bool shown = false;
    for (const QLineEdit* field : view.propertiesPage()->findChildren<QLineEdit*>())
        shown = shown || field->text() == QStringLiteral("ones");
    EXPECT_TRUE(shown);
}

TEST_F(FileViewTest, UndoPutsTheCursorWhereItStood) {
    FileView& view = openFile("a.yaml");
    YamlEdit& edit = *view.text().edit();
    for (const char* line : {"name: one\n", "# A tour.\n", "    - name: loop"})
        for (const std::size_t column : {std::size_t{0}, std::string(line).find_first_not_of(' '),
                                         std::string(line).find('\n')}) {
            const std::size_t place =
                text(view).find(line) + std::min(column, std::string(line).size());
            view.goToOffset(place);
            edit.setFocus();
            QTest::keyClick(&edit, Qt::Key_Return);
            ASSERT_NE(text(view), kTour);
            const std::size_t after = edit.cursorOffset();
            view.undo();
            ASSERT_EQ(text(view), kTour);
            EXPECT_EQ(edit.cursorOffset(), place) << line << column;
            QCoreApplication::processEvents();
            EXPECT_EQ(view.selection().current(), view.session().document().nodeAt(place));
            view.redo();
            EXPECT_NEAR(static_cast<double>(edit.cursorOffset()), static_cast<double>(after), 8);
            view.undo();
        }
}

TEST_F(FileViewTest, AnEditOnTheGraphChangesOnlyItsLines) {
    FileView& view = openFile("a.yaml");
    Q_EMIT view.canvas().renameRequested(at(view, "/workflow/steps/1"), QStringLiteral("again"));
    EXPECT_EQ(text(view), with(kTour, "name: loop", "name: again"));
    view.undo();
    EXPECT_EQ(text(view), kTour);
    EXPECT_FALSE(view.hasUnsaved());
    view.redo();
    EXPECT_EQ(names(view), "one again three");
}

TEST_F(FileViewTest, AStepDraggedIntoAContainerWithoutAListKeepsItsCommentsAndItsIdentity) {
    FileView& view = openFile("a.yaml");
    const yaml::NodeRef step = at(view, "/workflow/steps/0");
    const yaml::NodeRef loop = at(view, "/workflow/steps/1");
    Q_EMIT view.canvas().moveRequested({step}, {loop, yaml::kNoNode});
    EXPECT_EQ(at(view, "/workflow/steps/0/steps/0"), step);
    EXPECT_EQ(text(view), R"(# A tour.
workflow:
  name: tour
  steps:
    - name: loop
      type: while_loop
      condition: "true"
      steps:
        # Reads.
        - name: one
          type: gemini
          prompt: []
    - name: three
      type: claude
      prompt:
        - type: previous_response
          step: one
)");
    view.undo();
    EXPECT_EQ(text(view), kTour) << "one gesture is one undo step";
}

TEST_F(FileViewTest, SeveralStepsDraggedIntoAnEmptyListKeepTheirOrder) {
    FileView& view =
        openFile("a.yaml", with(kTour, "condition: \"true\"\n", "condition: x\n      steps:\n"));
    Q_EMIT view.canvas().moveRequested(
        {at(view, "/workflow/steps/0"), at(view, "/workflow/steps/2")},
        {at(view, "/workflow/steps/1"), yaml::kNoNode});
    EXPECT_EQ(names(view), "loop one three");
    EXPECT_NE(text(view).find("        # Reads.\n        - name: one\n"), std::string::npos)
        << text(view);
}

TEST_F(FileViewTest, PastedTextKeepsItsCommentsAndItsFormatting) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/0"));
    copy(
        "# Checks it.\n- name: check   # twice\n  type: 'claude'\n  prompt:\n  - type: static\n"
        "    content: |\n      Be strict.\n");
    view.paste();
    const std::string pasted =
        "    # Checks it.\n    - name: check   # twice\n      type: 'claude'\n      prompt:\n"
        "      - type: static\n        content: |\n          Be strict.\n";
    EXPECT_EQ(text(view), with(kTour, "      prompt: []\n", "      prompt: []\n" + pasted));
    EXPECT_EQ(view.selection().current(), at(view, "/workflow/steps/1"));
    view.undo();
    EXPECT_EQ(text(view), kTour);
}

TEST_F(FileViewTest, PastedStepsGetFreeNamesAndTheirReferencesFollow) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/2"));
    copy(
        "- name: one\n  type: gemini\n  prompt: []\n- name: use\n  type: claude\n  prompt:\n"
        "    - type: previous_response\n      step: one\n");
    view.paste();
    EXPECT_EQ(names(view), "one loop three one_2 use");
    EXPECT_NE(text(view).find("step: one_2"), std::string::npos);
    EXPECT_EQ(view.selection().steps().size(), 2u);
}

TEST_F(FileViewTest, PastingIntoBracketsWritesInBrackets) {
    FileView& view =
        openFile("a.yaml", "workflow: {name: a, steps: [{name: one, type: gemini, prompt: []}]}\n");
    copy("- name: two\n  type: claude\n  prompt: []\n");
    view.paste();
    EXPECT_EQ(names(view), "one two");
}

TEST_F(FileViewTest, WhatIsNoStepIsNotPasted) {
    FileView& view = openFile("a.yaml");
    QString refusal;
    QObject::connect(&view, &FileView::refused, [&](const QString& why) { refusal = why; });
    copy("just a sentence");
    view.paste();
    EXPECT_EQ(text(view), kTour);
    EXPECT_FALSE(refusal.isEmpty());
}

TEST_F(FileViewTest, CutAndPasteBringsTheSameTextBack) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/1"));
    view.cutSelected();
    EXPECT_EQ(names(view), "one three");
    view.select(at(view, "/workflow/steps/0"));
    view.paste();
    EXPECT_EQ(text(view), kTour);
}

TEST_F(FileViewTest, AStepCanBeAddedToAnEmptyFile) {
    FileView& view = openFile("empty.yaml", "");
    view.addStep(QStringLiteral("claude"));
    EXPECT_EQ(names(view), "claude");
    EXPECT_EQ(text(view).find("workflow:\n  name: empty\n  steps:\n"), 0u) << text(view);
}

TEST_F(FileViewTest, AStepAddedToAFileOfCommentsComesBelowThem) {
    FileView& view = openFile("notes.yaml", "# Only a note.");
    view.addStep(QStringLiteral("gemini"));
    EXPECT_EQ(names(view), "gemini");
    EXPECT_EQ(text(view).find("# Only a note.\nworkflow:\n"), 0u) << text(view);
}

TEST_F(FileViewTest, CopiesOfSeveralStepsStayTogetherAndReferToEachOther) {
    FileView& view = openFile("a.yaml");
    view.selectAll();
    view.duplicateSelected();
    EXPECT_EQ(names(view), "one loop three one_2 loop_2 three_2");
    EXPECT_NE(text(view).find("          step: one_2\n"), std::string::npos);
    EXPECT_EQ(view.selection().steps().size(), 3u) << "the copies are selected";
    EXPECT_TRUE(text(view).starts_with(kTour));
    EXPECT_EQ(view.session().document().undoLabel(), "Duplicate 3 steps");
    view.undo();
    EXPECT_EQ(text(view), kTour);
}

TEST_F(FileViewTest, TheButtonsOfTheFormDoWithSeveralStepsWhatTheKeysDo) {
    FileView& view = openFile("a.yaml");
    view.selectAll();
    QApplication::processEvents();
    const auto press = [&](const QString& text) {
        for (auto* button : view.propertiesPage()->findChildren<QPushButton*>())
            if (button->text() == text && button->isVisibleTo(view.propertiesPage()))
                return button->click();
        ADD_FAILURE() << text.toStdString();
    };
    press(QStringLiteral("Duplicate"));
    EXPECT_EQ(names(view), "one loop three one_2 loop_2 three_2");
    press(QStringLiteral("Delete"));
    EXPECT_EQ(names(view), "one loop three");
    view.undo();
    view.undo();
    EXPECT_EQ(text(view), kTour);
}

TEST_F(FileViewTest, DeletingGoesOnToTheNextStep) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/0"));
    view.removeSelected();
    EXPECT_EQ(names(view), "loop three");
    EXPECT_EQ(view.selection().current(), at(view, "/workflow/steps/0"));
}

TEST_F(FileViewTest, ClosedContainersStayClosedAfterReopening) {
    const std::string nested = with(kTour, "condition: \"true\"\n",
                                    "condition: x\n      steps:\n        - name: in\n"
                                    "          type: claude\n          prompt: []\n");
    FileView& view = openFile("a.yaml", nested);
    view.binder().toggleCollapsed(at(view, "/workflow/steps/1"));
    ASSERT_TRUE(window->closeTab(0));
    FileView& again = openFile("a.yaml", nested);
    EXPECT_TRUE(again.canvas().value().find(at(again, "/workflow/steps/1"))->collapsed);
}

}  // namespace
}  // namespace pe::editor
