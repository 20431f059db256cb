// SPDX-License-Identifier: MIT
// Steps into a pipeline of their own and back, as a person does it in the window.
#include <gtest/gtest.h>

#include <QDir>
#include <QLabel>
#include <QSignalSpy>
#include <QtTest/QTest>

#include "actions.hpp"
#include "change_view.hpp"
#include "extract_dialog.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

constexpr const char* kDraft = R"(workflow:
  name: review
  steps:
    - name: plan   # first
      type: gemini
      prompt:
        - type: static
          content: Plan

    # Writes.
    - name: write
      type: claude
      prompt:
        - type: static
          content: "Write {{steps.plan.text}}"
    - name: polish
      type: claude
      prompt:
        - type: previous_response
          step: write
    - name: last
      type: claude
      prompt:
        - type: static
          content: "Check {{steps.polish.text}}"
)";

class ExtractionTest : public WindowTest {
protected:
    FileView& open() {
        QDir(QString::fromStdString(folder.path().string())).mkdir(QStringLiteral(".git"));
        return openFile("review.yaml", kDraft);
    }
    static void choose(FileView& view, const std::vector<int>& places) {
        std::vector<yaml::NodeRef> steps;
        for (const int place : places)
            steps.push_back(at(view, "/workflow/steps/" + std::to_string(place)));
        view.selection().selectSteps(steps, steps.front(), nullptr);
    }
    ExtractDialog& ask(FileView& view, const std::vector<int>& places) {
        choose(view, places);
        trigger("step.extract");
        EXPECT_NE(view.extraction(), nullptr);
        return *view.extraction();
    }
    void trigger(const char* id) { (*window->findChild<Actions*>())[QLatin1String(id)]->trigger(); }
    void accept(ExtractDialog& dialog) {
        dialog.replan();
        ASSERT_TRUE(dialog.plan()) << dialog.message().toStdString();
        dialog.accept();
    }
    static std::string text(FileView& view) { return view.session().document().text(); }
    static QString shown(const ExtractDialog& dialog) {
        return dialog.findChild<ChangeView*>()->toPlainText();
    }
};

TEST_F(ExtractionTest, NeighboursGoToAFileAndTheWayBackGivesEveryByte) {
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {2, 1});
    dialog.setName(QStringLiteral("draft"));
    EXPECT_EQ(dialog.choice().path, "draft.yaml");
    accept(dialog);
    EXPECT_EQ(read("review.yaml"), kDraft) << "is written when it is saved";
    EXPECT_NE(read("draft.yaml").find("    # Writes.\n    - name: write\n"), std::string::npos);
    EXPECT_NE(text(view).find("      pipeline_file: draft.yaml\n"), std::string::npos);
    EXPECT_NE(text(view).find("{{steps.draft.polish.text}}"), std::string::npos);
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/1"));
    EXPECT_EQ(view.nested(), FileView::Nested::File);
    trigger("step.inline");
    EXPECT_EQ(text(view), kDraft);
    EXPECT_EQ(view.selection().steps().size(), 2u) << "the steps that came back are selected";
    EXPECT_NE(read("draft.yaml"), "") << "the file stays";
}

TEST_F(ExtractionTest, IsOneStepOfTheHistoryAndUndoLeavesTheFile) {
    FileView& view = open();
    accept(ask(view, {1, 2}));
    const std::string after = text(view);
    const std::string file = read("write_to_polish.yaml");
    EXPECT_FALSE(file.empty());
    QSignalSpy said(&view, &FileView::said);
    view.undo();
    EXPECT_EQ(text(view), kDraft);
    EXPECT_TRUE(said.back().front().toString().endsWith(QStringLiteral("The file stays.")));
    EXPECT_EQ(read("write_to_polish.yaml"), file);
    view.redo();
    EXPECT_EQ(text(view), after);
    view.undo();
    accept(ask(view, {1, 2}));
    EXPECT_EQ(text(view), after) << "a file that holds these bytes already may be used again";
}

TEST_F(ExtractionTest, TakingTheInliningBackSelectsWhatTheGraphShows) {
    FileView& view = open();
    accept(ask(view, {1, 2}));
    trigger("step.inline");
    QApplication::processEvents();
    ASSERT_EQ(view.selection().steps().size(), 2u);
    view.undo();
    QApplication::processEvents();
    EXPECT_EQ(view.selection().steps(), view.binder().shownSelection());
    EXPECT_LE(view.selection().steps().size(), 1u);
    for (const QLabel* label : view.propertiesPage()->findChildren<QLabel*>())
        EXPECT_FALSE(label->isVisible() && label->text().contains(QStringLiteral("selected")));
}

TEST_F(ExtractionTest, ThePreviewShowsBothFilesAndWritesNothing) {
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {1, 2});
    dialog.setName(QStringLiteral("draft"));
    dialog.setFile(QStringLiteral("parts/draft"));
    dialog.replan();
    const QString preview = shown(dialog);
    EXPECT_TRUE(preview.contains(QStringLiteral("+       pipeline_file: parts/draft.yaml")));
    EXPECT_TRUE(preview.contains(QStringLiteral("parts/draft.yaml:1")));
    EXPECT_TRUE(preview.contains(QStringLiteral("review.yaml:10")));
    EXPECT_TRUE(preview.contains(QStringLiteral("-     - name: write")));
    EXPECT_TRUE(preview.contains(QStringLiteral("more lines")));
    EXPECT_TRUE(preview.contains(QStringLiteral("+     - name: write")));
    dialog.reject();
    EXPECT_EQ(text(view), kDraft);
    EXPECT_FALSE(std::filesystem::exists(folder / "parts"));
}

TEST_F(ExtractionTest, StepsThatAnotherFileNamesStay) {
    const std::string outer =
        "workflow:\n  name: o\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: review.yaml\n      outputs: [polish]\n";
    write("outer.yaml", outer);
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {1, 2});
    EXPECT_FALSE(dialog.plan());
    EXPECT_TRUE(dialog.message().contains(QStringLiteral("outer.yaml, line 7: 'polish'")));
    dialog.reject();
    write("outer.yaml", outer.substr(0, outer.find("      outputs")));
    ExtractDialog& again = ask(view, {1, 2});
    again.setName(QStringLiteral("draft"));
    accept(again);
    EXPECT_TRUE(again.message().contains(QStringLiteral("300 seconds")));
    write("outer.yaml", outer.substr(0, outer.find("polish")) + "draft]\n");
    QSignalSpy refused(&view, &FileView::refused);
    const std::string before = text(view);
    trigger("step.inline");
    ASSERT_EQ(refused.size(), 1);
    EXPECT_TRUE(refused[0][0].toString().contains(QStringLiteral("outer.yaml, line 7: 'draft'")));
    EXPECT_EQ(text(view), before);
}

TEST_F(ExtractionTest, AFileOfOthersIsNeverWrittenOver) {
    FileView& view = open();
    write("draft.yaml", "mine: true\n");
    ExtractDialog& dialog = ask(view, {1, 2});
    dialog.setName(QStringLiteral("draft"));
    dialog.replan();
    EXPECT_FALSE(dialog.plan());
    EXPECT_TRUE(dialog.message().contains(QStringLiteral("draft.yaml")));
    dialog.setFile(QStringLiteral("other.yaml"));
    accept(dialog);
    EXPECT_EQ(read("draft.yaml"), "mine: true\n");
    EXPECT_FALSE(read("other.yaml").empty());
}

TEST_F(ExtractionTest, TheReasonWhyNotIsSaidInTheDialog) {
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {2});
    EXPECT_FALSE(dialog.plan()) << "`polish` uses a step outside in a prompt part";
    EXPECT_TRUE(dialog.message().contains(QStringLiteral("write")));
    dialog.setName(QStringLiteral("plan"));
    dialog.replan();
    EXPECT_FALSE(dialog.plan());
}

TEST_F(ExtractionTest, StepsThatAreNoNeighboursAreRefusedWithTheOneBetween) {
    FileView& view = open();
    choose(view, {0, 2});
    QSignalSpy refused(&view, &FileView::refused);
    trigger("step.extract");
    EXPECT_EQ(view.extraction(), nullptr);
    ASSERT_EQ(refused.count(), 1);
    EXPECT_TRUE(refused.front().front().toString().startsWith(QStringLiteral("write stands")));
}

TEST_F(ExtractionTest, StepsGoIntoAPipelineOfThisFileAndBack) {
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {3});
    dialog.setIntoFile(false);
    dialog.setName(QStringLiteral("end"));
    accept(dialog);
    EXPECT_NE(text(view).find("      pipeline:\n        name: end\n"), std::string::npos);
    choose(view, {3});
    EXPECT_EQ(view.nested(), FileView::Nested::Here);
    trigger("step.inline");
    EXPECT_EQ(text(view), kDraft);
}

TEST_F(ExtractionTest, InliningTakesTheStepsAsAnotherTabShowsThem) {
    FileView& view = open();
    ExtractDialog& dialog = ask(view, {1, 2});
    dialog.setName(QStringLiteral("draft"));
    accept(dialog);
    FileView* const first = window->current();
    ASSERT_TRUE(window->openFile(QString::fromStdString((folder / "draft.yaml").string())));
    auto& inner = window->current()->session().document();
    const std::size_t place = inner.text().find("# Writes.");
    ASSERT_TRUE(inner.replaceText(place, 9, "# Drafts.", 0));
    choose(*first, {1});
    first->inlineSelected();
    EXPECT_NE(text(*first).find("    # Drafts.\n    - name: write\n"), std::string::npos);
}

TEST_F(ExtractionTest, AFileThatIsNotThereIsNamed) {
    FileView& view = openFile("a.yaml",
                              "workflow:\n  name: a\n  steps:\n    - name: run\n"
                              "      type: pipeline\n      pipeline_file: gone.yaml\n");
    choose(view, {0});
    QSignalSpy refused(&view, &FileView::refused);
    trigger("step.inline");
    ASSERT_EQ(refused.count(), 1);
    EXPECT_TRUE(refused.front().front().toString().contains(QStringLiteral("gone.yaml")));
}

TEST_F(ExtractionTest, OnlyAStepThatRunsAPipelineCanBeInlined) {
    FileView& view = open();
    choose(view, {0});
    QApplication::processEvents();
    EXPECT_FALSE((*window->findChild<Actions*>())[QStringLiteral("step.inline")]->isEnabled());
}

TEST_F(ExtractionTest, APipelineWithoutAFileKeepsItsStepsInside) {
    window->newFile();
    FileView& view = *window->current();
    view.addStep(QStringLiteral("gemini"));
    ExtractDialog& dialog = ask(view, {0});
    EXPECT_TRUE(dialog.choice().path.empty());
    accept(dialog);
    EXPECT_NE(text(view).find("pipeline:"), std::string::npos);
}

}  // namespace
}  // namespace pe::editor
