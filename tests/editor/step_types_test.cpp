// SPDX-License-Identifier: MIT
// Step types that a team describes beside its pipelines, in the window.
#include <QLineEdit>
#include <QTest>
#include <QTreeWidget>

#include "findings.hpp"
#include "library_panel.hpp"
#include "pe/testing/team_types.hpp"
#include "step_catalogues.hpp"
#include "step_look.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

const std::string& kDeploy = testing::shortTeamTypeSchema();
constexpr const char* kRelease =
    "workflow:\n  name: release\n  steps:\n    - name: ship\n      type: deploy\n"
    "      server: blue\n";

class StepTypesTest : public WindowTest {
protected:
    void describe(const std::string& name, const std::string& schema) {
        std::filesystem::create_directory(folder / ".pipeline-steps");
        write(".pipeline-steps/" + name, schema);
    }
    bool inLibrary(const QString& title) const {
        return !window->findChild<LibraryPanel*>()
                    ->findChild<QTreeWidget*>()
                    ->findItems(title, Qt::MatchExactly | Qt::MatchRecursive)
                    .isEmpty();
    }
    void comeBack() {
        QEvent activation(QEvent::ActivationChange);
        QApplication::sendEvent(window.get(), &activation);
        QApplication::processEvents();
    }
};

TEST_F(StepTypesTest, TheLibraryHasThoseOfTheFileInFront) {
    openFile("plain.yaml");
    EXPECT_FALSE(inLibrary("Deploy"));
    describe("deploy.json", kDeploy);
    std::filesystem::create_directory(folder / "team");
    FileView& view = openFile("team/release.yaml", kRelease);
    EXPECT_TRUE(inLibrary("Deploy"));
    view.addStep("deploy");
    EXPECT_NE(view.session().document().text().find("server: blue", 100), std::string::npos);
}

TEST_F(StepTypesTest, ANodeAndItsFindingsKnowTheType) {
    describe("deploy.json", kDeploy);
    FileView& view = openFile("release.yaml", std::string(kRelease) + "      colour: red\n");
    const SceneStep& step = view.binder().scene()->steps.at(0);
    ASSERT_NE(step.style, nullptr);
    EXPECT_EQ(shownType(step), "Deploy");
    EXPECT_TRUE(accentOf(*step.style).isValid());
    view.findings().settle();
    const auto& all = view.findings().all();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const check::Diagnostic& each) {
        return each.message.find("colour") != std::string::npos;
    }));
    EXPECT_TRUE(std::none_of(all.begin(), all.end(), [](const check::Diagnostic& each) {
        return each.message.find("`server`") != std::string::npos;
    }));
}

TEST_F(StepTypesTest, ATypeThatCameLaterIsTakenOnComingBackToTheWindow) {
    FileView& before = openFile("release.yaml", kRelease);
    before.select(at(before, "/workflow/steps/0"));
    EXPECT_EQ(before.binder().scene()->steps.at(0).style, nullptr);
    describe("deploy.json", kDeploy);
    comeBack();
    FileView& view = *window->current();
    EXPECT_NE(view.binder().scene()->steps.at(0).style, nullptr);
    EXPECT_EQ(view.selection().current(), at(view, "/workflow/steps/0"));
    EXPECT_TRUE(inLibrary("Deploy"));
    EXPECT_EQ(window->fileCount(), 1);
}

TEST_F(StepTypesTest, ADescriptionThatDoesNotCountIsNamedAndTheRestWorks) {
    describe("deploy.json", "{ no json");
    FileView& view = openFile("release.yaml", kRelease);
    EXPECT_TRUE(window->message().contains("deploy.json")) << window->message().toStdString();
    EXPECT_EQ(view.binder().scene()->steps.at(0).style, nullptr);
    EXPECT_TRUE(inLibrary("Claude"));
}

TEST_F(StepTypesTest, FilesUnderOneFolderShareACatalogue) {
    describe("deploy.json", kDeploy);
    StepCatalogues catalogues(format::Catalogue::builtIn(), {});
    const auto* first = catalogues.find((folder / "a.yaml").string()).catalogue;
    EXPECT_EQ(catalogues.find((folder / "b.yaml").string()).catalogue, first);
    EXPECT_EQ(catalogues.find("").catalogue, &format::Catalogue::builtIn());
    describe("announce.json", kDeploy);
    EXPECT_NE(catalogues.find((folder / "a.yaml").string()).catalogue, first);
    EXPECT_NE(first->find("deploy"), nullptr);
}

}  // namespace
}  // namespace pe::editor
