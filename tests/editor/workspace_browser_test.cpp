// SPDX-License-Identifier: MIT
#include "workspace_browser.hpp"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTest>

#include "header_bar.hpp"
#include "window_fixture.hpp"
#include "workspace_model.hpp"

namespace pe::editor {
namespace {

class WorkspaceBrowserTest : public WindowTest {
protected:
    // Two edited pipelines in the replica, none open.
    void fill() {
        edit("reviews.yaml", "    - name: judge_findings\n      type: claude\n      prompt: []\n");
        edit("tours.yaml", "    - name: walk_the_city\n      type: gemini\n      prompt: []\n");
        workspace->finishIndexing();
    }
    void edit(const std::string& name, const std::string& steps) {
        FileView& view = openFile(name);
        appendText(view, steps);
        EXPECT_TRUE(window->save(view));
        EXPECT_TRUE(window->closeTab(0));
    }
    WorkspaceBrowser& opened() {
        window->showBrowser();
        QApplication::processEvents();
        return window->browser();
    }
    static std::string title(WorkspaceBrowser& browser, int row) {
        return browser.model().entry(row).info.title;
    }
};

TEST_F(WorkspaceBrowserTest, ListsAllPipelinesTheLastEditedFirst) {
    fill();
    WorkspaceBrowser& browser = opened();
    ASSERT_EQ(browser.model().rowCount(), 2);
    EXPECT_EQ(title(browser, 0), "tours.yaml");
    EXPECT_EQ(title(browser, 1), "reviews.yaml");
}

TEST_F(WorkspaceBrowserTest, FindsAStepAndOpensThePipelineAtIt) {
    fill();
    WorkspaceBrowser& browser = opened();
    browser.setQuery(QStringLiteral("findings"));
    ASSERT_EQ(browser.model().rowCount(), 1);
    EXPECT_FALSE(browser.model().entry(0).marks.empty());
    QTest::keyClick(&browser.field(), Qt::Key_Return);
    ASSERT_EQ(window->fileCount(), 1);
    FileView& view = *window->current();
    EXPECT_EQ(view.session().title(), "reviews.yaml");
    const auto& scene = *view.binder().scene();
    const SceneStep* step = scene.find(
        stepAround(scene, view.session().document().forest(), view.selection().current()));
    ASSERT_NE(step, nullptr);
    EXPECT_EQ(step->name, "judge_findings");
}

TEST_F(WorkspaceBrowserTest, AFileThatWasOnlyLookedAtIsFoundByItsName) {
    openFile("seen.yaml");
    EXPECT_TRUE(window->closeTab(0));
    WorkspaceBrowser& browser = opened();
    browser.setQuery(QStringLiteral("seen"));
    EXPECT_EQ(browser.model().rowCount(), 1);
}

TEST_F(WorkspaceBrowserTest, SaysWhichFilesAreGoneOrHaveUnsavedEdits) {
    fill();
    std::filesystem::remove(folder / "reviews.yaml");
    appendText(openFile("tours.yaml"), "# more\n");
    ASSERT_TRUE(workspace->flush());
    WorkspaceBrowser& browser = opened();
    for (int row = 0; row < browser.model().rowCount(); ++row)
        EXPECT_EQ(browser.model().state(row), title(browser, row) == "reviews.yaml"
                                                  ? QStringLiteral("File is gone")
                                                  : QStringLiteral("Unsaved edits"));
}

TEST_F(WorkspaceBrowserTest, APipelineWhoseFileIsGoneOpensFromTheJournal) {
    fill();
    std::filesystem::remove(folder / "reviews.yaml");
    WorkspaceBrowser& browser = opened();
    browser.setQuery(QStringLiteral("judge"));
    browser.openChosen();
    ASSERT_EQ(window->fileCount(), 1);
    EXPECT_NE(window->current()->session().document().text().find("judge_findings"),
              std::string::npos);
}

TEST_F(WorkspaceBrowserTest, AFileThatHasMovedIsBoundToItsNewPlace) {
    fill();
    std::filesystem::rename(folder / "reviews.yaml", folder / "moved.yaml");
    WorkspaceBrowser& browser = opened();
    browser.setQuery(QStringLiteral("judge"));
    ASSERT_EQ(browser.model().rowCount(), 1);
    person.open = {QString::fromStdString((folder / "moved.yaml").string())};
    Q_EMIT browser.rebindRequested(QString::fromStdString(browser.model().entry(0).info.id));
    ASSERT_EQ(window->fileCount(), 1);
    EXPECT_EQ(window->current()->session().title(), "moved.yaml");
    EXPECT_GT(window->current()->session().document().revisions().size(), 1U);
}

TEST_F(WorkspaceBrowserTest, AnEmptyReplicaSaysSoInWords) {
    WorkspaceBrowser& browser = opened();
    EXPECT_EQ(browser.model().rowCount(), 0);
    EXPECT_TRUE(browser.list().isHidden());
}

TEST_F(WorkspaceBrowserTest, TheHeaderSaysWhereTheEditsAre) {
    FileView& view = openFile("a.yaml");
    const HeaderBar& header = *window->findChild<HeaderBar*>();
    EXPECT_EQ(header.badge().text, QStringLiteral("In the file"));
    appendText(view, "# more\n");
    ASSERT_TRUE(workspace->flush());
    ASSERT_TRUE(eventually([&] { return header.badge().text == QStringLiteral("Saved here"); }));
    EXPECT_TRUE(header.badge().explanation.contains(QStringLiteral("a.yaml")));
    ASSERT_TRUE(window->save(view));
    ASSERT_TRUE(eventually([&] { return header.badge().text == QStringLiteral("In the file"); }));
}

TEST_F(WorkspaceBrowserTest, AfterACrashEveryRestoredFileIsNamed) {
    appendText(openFile("a.yaml"), "# mine\n");
    appendText(openFile("b.yaml"), "# mine\n");
    crash();
    start();
    window->restoreUnsaved();
    EXPECT_TRUE(window->message().contains(QStringLiteral("a.yaml")));
    EXPECT_TRUE(window->message().contains(QStringLiteral("b.yaml")));
}

}  // namespace
}  // namespace pe::editor
