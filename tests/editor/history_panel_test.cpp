// SPDX-License-Identifier: MIT
#include "history_panel.hpp"

#include <QLabel>
#include <QListView>
#include <QTest>
#include <set>

#include "history_model.hpp"
#include "version_text.hpp"
#include "version_view.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

class HistoryPanelTest : public WindowTest {
protected:
    // A file in which two steps got other names.
    FileView& renamedTwice() {
        FileView& view = openFile("a.yaml");
        rename(view, "/workflow/steps/0", "first");
        rename(view, "/workflow/steps/2", "last");
        panel(view).refresh();
        return view;
    }
    static void rename(FileView& view, const std::string& step, const std::string& name) {
        auto& document = view.session().document();
        ASSERT_TRUE(document.execute({document::RenameStep{at(view, step), name}, {}, 0}));
    }
    static HistoryPanel& panel(FileView& view) { return view.historyPage(); }
    // By position, since labels of one kind within seconds are one row.
    static HistoryRow row(std::uint64_t first, std::uint64_t last) {
        HistoryRow made;
        made.first = first;
        made.last = last;
        made.label = QStringLiteral("Rename step");
        return made;
    }
};

TEST_F(HistoryPanelTest, RowsSayWhatHappenedInWordsOfThePipeline) {
    FileView& view = openFile("a.yaml");
    rename(view, "/workflow/steps/0", "first");
    panel(view).refresh();
    ASSERT_GT(panel(view).model().rowCount(), 1);
    panel(view).words().words(1, 2);
    EXPECT_TRUE(panel(view).model().what(1).contains(QStringLiteral("first")))
        << panel(view).model().what(1).toStdString();
}

TEST_F(HistoryPanelTest, AChosenChangeShowsItsVersionInPlaceOfThePipeline) {
    FileView& view = renamedTwice();
    Q_EMIT panel(view).chosen(row(2, 2));
    EXPECT_FALSE(view.version().isHidden());
    ASSERT_FALSE(view.version().differences().empty());
    EXPECT_EQ(view.version().differences()[0].kind, compare::DifferenceKind::StepRenamed);
    const QString shown = view.version().text().toPlainText();
    EXPECT_TRUE(shown.contains(QStringLiteral("- name: first")));
    EXPECT_FALSE(shown.contains(QStringLiteral("- name: last")));
    EXPECT_EQ(view.version().text().counts().first, 2) << "the name and the reference to it";
}

TEST_F(HistoryPanelTest, AnyTwoVersionsCanBeCompared) {
    FileView& view = renamedTwice();
    Q_EMIT panel(view).comparisonChosen(row(1, 1), row(3, 3));
    EXPECT_EQ(view.version().text().counts().first, 3) << "two names and a reference";
}

TEST_F(HistoryPanelTest, OfSeveralRowsTheOldestAndTheNewestAreCompared) {
    FileView& view = openFile("a.yaml");
    panel(view).show();
    rename(view, "/workflow/steps/0", "first");
    auto& document = view.session().document();
    ASSERT_TRUE(document.execute({document::Remove{at(view, "/workflow/steps/1")}, {}, 0}));
    rename(view, "/workflow/steps/1", "last");
    panel(view).refresh();
    auto* list = panel(view).findChild<QListView*>();
    ASSERT_EQ(panel(view).model().rowCount(), 5) << "the day, three changes and the beginning";
    list->selectAll();
    list->selectionModel()->setCurrentIndex(panel(view).model().index(1),
                                            QItemSelectionModel::NoUpdate);
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_EQ(view.version().position(), document.revisions().back().position);
    std::set<compare::DifferenceKind> kinds;
    for (const compare::Difference& each : view.version().differences())
        kinds.insert(each.kind);
    EXPECT_TRUE(kinds.contains(compare::DifferenceKind::StepRenamed));
    EXPECT_TRUE(kinds.contains(compare::DifferenceKind::StepRemoved));
}

TEST_F(HistoryPanelTest, TheTitleIsThatOfTheVersionShown) {
    FileView& view = renamedTwice();
    const auto titled = [&view](const QString& text) {
        for (const QLabel* label : view.version().findChildren<QLabel*>())
            if (label->text() == text)
                return true;
        return false;
    };
    HistoryRow one = row(2, 2);
    one.label = QStringLiteral("One");
    HistoryRow two = row(3, 3);
    two.label = QStringLiteral("Two");
    Q_EMIT panel(view).chosen(one);
    EXPECT_TRUE(titled(QStringLiteral("One")));
    Q_EMIT panel(view).chosen(two);
    EXPECT_TRUE(titled(QStringLiteral("Two")));
}

TEST_F(HistoryPanelTest, AVersionIsComparedWithThePipelineAsItIsNow) {
    FileView& view = renamedTwice();
    Q_EMIT panel(view).chosen(row(2, 2));
    view.version().compareWithNow();
    ASSERT_EQ(view.version().differences().size(), 1U);
    EXPECT_EQ(view.version().differences()[0].step, "last");
}

TEST_F(HistoryPanelTest, RestoringIsOneChangeThatCanBeUndone) {
    FileView& view = renamedTwice();
    auto& document = view.session().document();
    const std::string before = document.text();
    Q_EMIT panel(view).chosen(row(1, 1));
    ASSERT_TRUE(view.version().restore());
    EXPECT_TRUE(view.version().isHidden());
    EXPECT_EQ(document.text(), kTour);
    view.undo();
    EXPECT_EQ(document.text(), before);
}

TEST_F(HistoryPanelTest, ANamedVersionIsFoundAgainAfterARestart) {
    FileView& view = renamedTwice();
    ASSERT_TRUE(workspace->flush());
    Q_EMIT panel(view).chosen(row(2, 2));
    ASSERT_TRUE(view.version().giveName(QStringLiteral(" good one ")));
    EXPECT_FALSE(view.version().giveName(QStringLiteral("good one"))) << "the name is taken";
    crash();
    start();
    FileView& again = openFile("a.yaml");
    panel(again).setNamedOnly(true);
    panel(again).refresh();
    ASSERT_EQ(panel(again).model().rowCount(), 2);
    EXPECT_EQ(panel(again).model().row(1).name, QStringLiteral("good one"));
    EXPECT_EQ(panel(again).model().row(1).last, 2U);
}

TEST_F(HistoryPanelTest, EscapeGoesBackToThePipeline) {
    FileView& view = renamedTwice();
    Q_EMIT panel(view).chosen(row(2, 2));
    QTest::keyClick(&panel(view).list(), Qt::Key_Escape);
    EXPECT_TRUE(view.version().isHidden());
}

TEST_F(HistoryPanelTest, AVersionShowsAsAGraphThatChangesNothing) {
    FileView& view = renamedTwice();
    Q_EMIT panel(view).chosen(row(1, 1));
    view.version().setGraphShown(true);
    Canvas* canvas = view.version().findChild<Canvas*>();
    ASSERT_NE(canvas, nullptr);
    ASSERT_EQ(canvas->value().steps.size(), 3U);
    EXPECT_EQ(canvas->value().steps[0].name, "one");
    EXPECT_NE(view.session().document().text().find("- name: first"), std::string::npos);
}

TEST(HistoryModel, AsksOnlyForTheRowsThatAreShown) {
    std::vector<document::Revision> revisions(24'000);
    for (std::size_t i = 0; i < revisions.size(); ++i) {
        revisions[i].position = i + 1;
        revisions[i].label = "Change " + std::to_string(i);
        revisions[i].atMs = static_cast<std::int64_t>(i) * 60'000;
    }
    const auto rows = historyRows(revisions, {});
    EXPECT_EQ(rows.size(), revisions.size());
    FakeClock clock;
    const auto document = document::Document::open(1, kTour, clock);
    const HistoryWords words(*document, format::Catalogue::builtIn());
    HistoryModel model(words);
    model.show(shownRows(rows, {}, false), 0);
    EXPECT_EQ(model.what(1), QStringLiteral("Change 23999"));
    EXPECT_EQ(model.indexOf(24'000), 1);
}

}  // namespace
}  // namespace pe::editor
