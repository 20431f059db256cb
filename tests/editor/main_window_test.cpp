// SPDX-License-Identifier: MIT
#include "main_window.hpp"

#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QStatusBar>
#include <QTest>
#include <QUrl>
#include <algorithm>

#include "actions.hpp"
#include "file_notice.hpp"
#include "findings.hpp"
#include "window_fixture.hpp"
#include "yaml_edit.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {
namespace {

using MainWindowTest = WindowTest;
using workspace::FileState;

TEST_F(MainWindowTest, WithoutAFileThereAreNoPanels) {
    const auto docks = window->findChildren<QDockWidget*>();
    ASSERT_FALSE(docks.isEmpty());
    for (const QDockWidget* dock : docks)
        EXPECT_TRUE(dock->isHidden()) << dock->windowTitle().toStdString();
    openFile("a.yaml");
    for (const QDockWidget* dock : docks)
        EXPECT_FALSE(dock->isHidden()) << dock->windowTitle().toStdString();
}

TEST_F(MainWindowTest, WithoutAFileNoViewOfItIsChosen) {
    const auto chosen = [&](const char* id) {
        return (*window->findChild<Actions*>())[QLatin1String(id)]->isChecked();
    };
    EXPECT_FALSE(chosen("view.split"));
    openFile("tour.yaml");
    EXPECT_TRUE(chosen("view.split"));
    window->setViewMode(ViewMode::Graph);
    EXPECT_FALSE(chosen("view.split"));
    EXPECT_TRUE(chosen("view.graph"));
    window->closeTab(0);
    EXPECT_FALSE(chosen("view.graph"));
    openFile("tour.yaml");
    EXPECT_TRUE(chosen("view.split"));
}

TEST_F(MainWindowTest, APanelThatWasClosedStaysClosedForTheNextFile) {
    openFile("a.yaml");
    auto* dock = window->findChild<QDockWidget*>(QStringLiteral("bottom"));
    dock->hide();
    ASSERT_TRUE(window->closeTab(0));
    openFile("b.yaml");
    EXPECT_TRUE(dock->isHidden());
}

TEST_F(MainWindowTest, OpeningAFileTwiceBringsUpItsTab) {
    openFile("a.yaml");
    openFile("b.yaml");
    openFile("a.yaml");
    EXPECT_EQ(window->fileCount(), 2);
    EXPECT_EQ(window->current()->session().title(), "a.yaml");
}

TEST_F(MainWindowTest, EveryFileThatCannotBeOpenedIsNamed) {
    std::filesystem::create_directory(folder / "folder.yaml");
    const QString good = QString::fromStdString(write("good.yaml", kTour));
    EXPECT_FALSE(window->openFiles({QString::fromStdString((folder / "folder.yaml").string()), good,
                                    QString::fromStdString((folder / "none.yaml").string())}));
    EXPECT_EQ(window->fileCount(), 1);
    EXPECT_TRUE(window->message().contains(QStringLiteral("folder.yaml")));
    EXPECT_TRUE(window->message().contains(QStringLiteral("none.yaml")));
}

TEST_F(MainWindowTest, SavingWritesOnlyWhatChanged) {
    FileView& view = openFile("a.yaml");
    EXPECT_FALSE(view.hasUnsaved());
    appendText(view, "# end\n");
    EXPECT_TRUE(view.hasUnsaved());
    EXPECT_TRUE(window->isWindowModified());
    ASSERT_TRUE(window->save(view));
    EXPECT_FALSE(view.hasUnsaved());
    EXPECT_FALSE(window->isWindowModified());
    EXPECT_EQ(read("a.yaml"), std::string(kTour) + "# end\n");
}

TEST_F(MainWindowTest, WhatIsBeingTypedInTheFormIsSavedToo) {
    FileView& view = openFile("a.yaml");
    view.select(at(view, "/workflow/steps/0"));
    QLineEdit* name = nullptr;
    for (QLineEdit* field : view.propertiesPage()->findChildren<QLineEdit*>())
        if (field->text() == QStringLiteral("one"))
            name = field;
    ASSERT_NE(name, nullptr);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("first"));
    ASSERT_TRUE(window->save(view));
    EXPECT_NE(read("a.yaml").find("- name: first"), std::string::npos);
    EXPECT_NE(read("a.yaml").find("step: first"), std::string::npos) << "references follow";
}

TEST_F(MainWindowTest, AFileThatIsShownAgainKnowsWhatOthersHaveSaved) {
    write(".git", "");
    write("child.yaml", kTour);
    const QString path = QString::fromStdString((folder / "caller.yaml").string());
    FileView& caller =
        openFile("caller.yaml",
                 "workflow:\n  name: caller\n  steps:\n"
                 "    - {name: sub, type: pipeline, pipeline_file: child.yaml, outputs: [more]}\n");
    const auto complains = [&] {
        const auto& all = caller.findings().all();
        return std::any_of(all.begin(), all.end(), [](const check::Diagnostic& each) {
            return each.code == "file.output-missing";
        });
    };
    ASSERT_TRUE(complains());
    FileView& child = openFile("child.yaml");
    appendText(child, "    - {name: more, type: gemini}\n");
    ASSERT_TRUE(window->save(child));
    ASSERT_TRUE(window->openFile(path));
    EXPECT_FALSE(complains());
}

TEST_F(MainWindowTest, F8GoesFromProblemToProblem) {
    FileView& view = openFile("a.yaml",
                              "workflow:\n  name: a\n  steps:\n"
                              "    - {name: one, type: gemini, prompt: go}\n"
                              "    - {name: two, type: gemini, prompt: [], condition: none.x}\n");
    const auto& actions = *window->findChild<Actions*>();
    const auto go = [&](const char* id) {
        actions[QLatin1String(id)]->trigger();
        return view.text().edit()->textCursor().blockNumber() + 1;
    };
    EXPECT_EQ(go("go.nextProblem"), 4);
    EXPECT_TRUE(window->statusBar()->currentMessage().startsWith(
        QStringLiteral("Problem 1 of 2: A prompt must")));
    EXPECT_EQ(go("go.nextProblem"), 5);
    EXPECT_EQ(go("go.nextProblem"), 4) << "round again";
    EXPECT_EQ(go("go.previousProblem"), 5);
    EXPECT_EQ(go("go.previousProblem"), 4);
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/0"));
    window->setViewMode(ViewMode::Graph);
    EXPECT_EQ(go("go.nextProblem"), 5);
    EXPECT_EQ(view.viewMode(), ViewMode::Split);
    openFile("sound.yaml",
             "workflow:\n  name: a\n  steps: [{name: o, type: gemini, prompt: []}]\n");
    actions[QStringLiteral("go.nextProblem")]->trigger();
    EXPECT_EQ(window->statusBar()->currentMessage(), QStringLiteral("There are no problems."));
}

TEST_F(MainWindowTest, ClosingACleanFileAsksNothing) {
    openFile("a.yaml");
    EXPECT_TRUE(window->closeTab(0));
    EXPECT_TRUE(person.askedBeforeClosing.empty());
    EXPECT_EQ(window->fileCount(), 0);
}

TEST_F(MainWindowTest, ANewPipelineThatNobodyTouchedIsNotAskedAbout) {
    window->newFile();
    EXPECT_TRUE(window->closeTab(0));
    EXPECT_TRUE(person.askedBeforeClosing.empty());
}

TEST_F(MainWindowTest, CancelKeepsTheFileOpenAndItsEdits) {
    FileView& view = openFile("a.yaml");
    appendText(view, "# end\n");
    person.answer = CloseAnswer::Cancel;
    EXPECT_FALSE(window->closeTab(0));
    ASSERT_EQ(person.askedBeforeClosing.size(), 1u);
    EXPECT_EQ(window->fileCount(), 1);
    EXPECT_EQ(read("a.yaml"), kTour);
}

TEST_F(MainWindowTest, DiscardForgetsTheEditsForGood) {
    appendText(openFile("a.yaml"), "# end\n");
    person.answer = CloseAnswer::Discard;
    EXPECT_TRUE(window->closeTab(0));
    EXPECT_EQ(read("a.yaml"), kTour);
    FileView& again = openFile("a.yaml");
    EXPECT_EQ(again.session().document().text(), kTour);
    EXPECT_FALSE(again.session().recovered());
}

TEST_F(MainWindowTest, SaveWritesTheFileAndClosesIt) {
    appendText(openFile("a.yaml"), "# end\n");
    person.answer = CloseAnswer::Save;
    EXPECT_TRUE(window->closeTab(0));
    EXPECT_EQ(read("a.yaml"), std::string(kTour) + "# end\n");
}

TEST_F(MainWindowTest, QuittingAsksOnceForAllFiles) {
    appendText(openFile("a.yaml"), "# end\n");
    openFile("clean.yaml");
    appendText(openFile("b.yaml"), "# end\n");
    person.answer = CloseAnswer::Cancel;
    EXPECT_FALSE(window->close());
    ASSERT_EQ(person.askedBeforeClosing.size(), 1u);
    EXPECT_EQ(person.askedBeforeClosing.front(), QStringList({"a.yaml", "b.yaml"}));
    EXPECT_EQ(window->fileCount(), 3);
    person.answer = CloseAnswer::Save;
    EXPECT_TRUE(window->close());
    EXPECT_EQ(read("a.yaml"), std::string(kTour) + "# end\n");
    EXPECT_EQ(read("b.yaml"), std::string(kTour) + "# end\n");
}

TEST_F(MainWindowTest, WhatCannotBeSavedKeepsEverythingOpen) {
    openFile("a.yaml");
    window->newFile();
    appendText(*window->current(), "# end\n");
    person.answer = CloseAnswer::Save;
    person.saveTo = QString::fromStdString((folder / "missing" / "x.yaml").string());
    EXPECT_FALSE(window->close());
    EXPECT_EQ(window->fileCount(), 2);
    EXPECT_FALSE(window->message().isEmpty());
}

TEST_F(MainWindowTest, AMessageThatAFileCannotBeSavedGoesWhenItIsSaved) {
    std::filesystem::create_directory(folder / "work");
    FileView& view = openFile("work/a.yaml");
    appendText(view, "# end\n");
    std::filesystem::rename(folder / "work", folder / "away");
    EXPECT_FALSE(window->save(view));
    EXPECT_FALSE(window->message().isEmpty());
    std::filesystem::rename(folder / "away", folder / "work");
    ASSERT_TRUE(window->save(view));
    EXPECT_EQ(window->message(), QString());
}

TEST_F(MainWindowTest, TheBarAboutRecoveredEditsGoesWhenTheyAreInTheFile) {
    appendText(openFile("a.yaml"), "# end\n");
    crash();
    start();
    window->openFile(QString::fromStdString((folder / "a.yaml").string()));
    FileView& view = *window->current();
    EXPECT_FALSE(view.notice().text().isEmpty());
    ASSERT_TRUE(window->save(view));
    EXPECT_EQ(view.notice().text(), QString());
}

TEST_F(MainWindowTest, ANewPipelineIsSavedUnderTheNameThatIsChosen) {
    window->newFile();
    FileView& view = *window->current();
    appendText(view, "# mine\n");
    EXPECT_FALSE(window->save(view)) << "no name was chosen";
    person.saveTo = QString::fromStdString((folder / "mine.yaml").string());
    ASSERT_TRUE(window->save(view));
    EXPECT_EQ(view.session().title(), "mine.yaml");
    EXPECT_NE(read("mine.yaml").find("# mine"), std::string::npos);
}

TEST_F(MainWindowTest, AFileThatIsOpenElsewhereIsNotSavedOver) {
    FileView& first = openFile("a.yaml");
    FileView& second = openFile("b.yaml", "workflow: {name: b, steps: []}\n");
    person.saveTo = QString::fromStdString(first.session().path());
    EXPECT_FALSE(window->saveAs(second));
    EXPECT_EQ(read("a.yaml"), kTour);
}

TEST_F(MainWindowTest, AChangeOutsideIsMergedWithTheEditsHere) {
    FileView& view = openFile("a.yaml");
    appendText(view, "# mine\n");
    write("a.yaml", "# theirs\n" + std::string(kTour));
    EXPECT_TRUE(eventually([&] {
        return view.session().document().text() == "# theirs\n" + std::string(kTour) + "# mine\n";
    }));
    EXPECT_TRUE(view.notice().text().isEmpty());
}

TEST_F(MainWindowTest, AChangeThatCannotBeMergedWaitsForAChoice) {
    FileView& view = openFile("a.yaml");
    appendText(view, "# mine\n");
    write("a.yaml", "workflow: {name: [\n");
    ASSERT_TRUE(eventually([&] { return view.session().state() == FileState::DiskNewer; }));
    EXPECT_FALSE(view.notice().text().isEmpty());
    EXPECT_FALSE(window->save(view)) << "the usual key must not write over the other's work";
    EXPECT_EQ(read("a.yaml"), "workflow: {name: [\n");
    ASSERT_TRUE(view.session().save(true));
    EXPECT_TRUE(view.notice().text().isEmpty());
    EXPECT_EQ(read("a.yaml"), std::string(kTour) + "# mine\n");
}

TEST_F(MainWindowTest, AFileThatIsDeletedCanBeWrittenAgain) {
    FileView& view = openFile("a.yaml");
    std::filesystem::remove(folder / "a.yaml");
    ASSERT_TRUE(eventually([&] { return view.session().state() == FileState::Missing; }));
    EXPECT_TRUE(view.notice().text().contains(QStringLiteral("a.yaml")));
    EXPECT_TRUE(view.hasUnsaved()) << "closing now would lose the pipeline";
    ASSERT_TRUE(window->save(view));
    EXPECT_EQ(read("a.yaml"), kTour);
    EXPECT_TRUE(view.notice().text().isEmpty());
}

TEST_F(MainWindowTest, FilesAreOpenAgainAfterARestart) {
    openFile("a.yaml");
    openFile("b.yaml");
    ASSERT_TRUE(window->close());
    end();
    start();
    window->reopenFiles();
    window->restoreUnsaved();
    ASSERT_EQ(window->fileCount(), 2);
    EXPECT_EQ(window->fileAt(0)->session().title(), "a.yaml");
    EXPECT_FALSE(window->fileAt(1)->hasUnsaved());
}

TEST_F(MainWindowTest, UnsavedEditsAreBackAfterACrash) {
    appendText(openFile("a.yaml"), "# mine\n");
    window->newFile();
    appendText(*window->current(), "# new\n");
    crash();
    start();
    window->reopenFiles();
    window->restoreUnsaved();
    ASSERT_EQ(window->fileCount(), 2);
    FileView& view = *window->fileAt(0);
    EXPECT_EQ(view.session().document().text(), std::string(kTour) + "# mine\n");
    EXPECT_FALSE(view.notice().text().isEmpty()) << "the user is told";
    EXPECT_TRUE(view.hasUnsaved());
    EXPECT_TRUE(window->fileAt(1)->hasUnsaved());
    EXPECT_EQ(read("a.yaml"), kTour);
}

TEST_F(MainWindowTest, AStepFoundByItsNameShowsInTheTextWhereSomebodyWorksThere) {
    FileView& view = openFile("a.yaml");
    YamlEdit& edit = *view.text().edit();
    const std::size_t three = view.session().document().text().find("name: three");
    const auto find = [&] {
        (*window->findChild<Actions*>())[QStringLiteral("go.palette")]->trigger();
        QWidget* field = QApplication::focusWidget();
        ASSERT_NE(qobject_cast<QLineEdit*>(field), nullptr);
        QTest::keyClicks(field, QStringLiteral("three"));
        QTest::keyClick(field, Qt::Key_Return);
    };
    edit.setFocus();
    edit.setCursorOffset(0);
    find();
    EXPECT_EQ(edit.cursorOffset(), three);
    EXPECT_TRUE(edit.hasFocus());
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/2"));
    window->setViewMode(ViewMode::Text);
    view.propertiesPage()->setFocus();
    edit.setCursorOffset(0);
    find();
    EXPECT_EQ(edit.cursorOffset(), three);
}

TEST_F(MainWindowTest, TheGraphShowsWhatWasSelectedWhileItWasHidden) {
    std::string text = "workflow:\n  name: long\n  steps:\n";
    for (int i = 0; i < 60; ++i)
        text += "    - name: step_" + std::to_string(i) + "\n      type: claude\n";
    FileView& view = openFile("long.yaml", text);
    view.canvas().showStart();
    window->setViewMode(ViewMode::Text);
    view.select(at(view, "/workflow/steps/59"));
    view.canvas().showStart();
    window->setViewMode(ViewMode::Split);
    QTest::qWait(50);
    const SceneStep* step = view.canvas().value().find(at(view, "/workflow/steps/59"));
    ASSERT_NE(step, nullptr);
    EXPECT_TRUE(view.canvas().visibleScene().contains(step->box));
}

TEST_F(MainWindowTest, FromTheTextAKeyLeadsToTheGraph) {
    FileView& view = openFile("a.yaml");
    view.text().edit()->setFocus();
    QTest::keyClick(view.text().edit(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(view.canvas().hasFocus());
}

TEST_F(MainWindowTest, FilesDroppedOnTheWindowAreOpened) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(write("a.yaml", kTour))),
                  QUrl::fromLocalFile(QString::fromStdString(write("b.yaml", kTour)))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &drop);
    EXPECT_EQ(window->fileCount(), 2);
}

}  // namespace
}  // namespace pe::editor
