// SPDX-License-Identifier: MIT
#include "conflict_bar.hpp"

#include <QTest>

#include "header_bar.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

class ConflictBarTest : public WindowTest {
protected:
    // The condition of the loop, changed here and in the file.
    FileView& conflicted() {
        FileView& view = openFile("a.yaml");
        auto& document = view.session().document();
        EXPECT_TRUE(document.execute(
            {document::SetValue{at(view, kPlace), yaml::Value::ofString("mine")}, {}, 0}));
        std::string theirs = kTour;
        theirs.replace(theirs.find("\"true\""), 6, "\"theirs\"");
        write("a.yaml", theirs);
        EXPECT_TRUE(eventually([&] { return !document.conflicts().empty(); }));
        return view;
    }
    static std::string shown(FileView& view) {
        auto& document = view.session().document();
        const yaml::Span span = document.valueSpan(at(view, kPlace));
        return document.text().substr(span.begin, span.end - span.begin);
    }
    static constexpr const char* kPlace = "/workflow/steps/1/condition";
};

TEST_F(ConflictBarTest, NothingShowsWhileNothingIsToBeDecided) {
    EXPECT_TRUE(openFile("a.yaml").conflicts().isHidden());
}

TEST_F(ConflictBarTest, BothValuesShowWithOneMarkedAsShown) {
    FileView& view = conflicted();
    EXPECT_FALSE(view.conflicts().isHidden());
    const document::Conflict* conflict = view.conflicts().current();
    ASSERT_NE(conflict, nullptr);
    ASSERT_EQ(conflict->versions.size(), 2U);
    EXPECT_NE(conflict->versions[0].shown, conflict->versions[1].shown);
    EXPECT_EQ(window->findChild<HeaderBar*>()->badge().text, QStringLiteral("1 conflict"));
}

TEST_F(ConflictBarTest, OneKeyChoosesTheOtherValueAndUndoTakesItBack) {
    FileView& view = conflicted();
    const std::string before = shown(view);
    const auto& versions = view.conflicts().current()->versions;
    const bool firstShown = versions[0].shown;
    QTest::keyClick(&view.conflicts(), firstShown ? Qt::Key_2 : Qt::Key_1);
    EXPECT_TRUE(view.session().document().conflicts().empty());
    EXPECT_TRUE(view.conflicts().isHidden());
    EXPECT_NE(shown(view), before);
    view.undo();
    EXPECT_EQ(shown(view), before);
}

TEST_F(ConflictBarTest, DeleteKeepsWhatIsShown) {
    FileView& view = conflicted();
    const std::string before = shown(view);
    QTest::keyClick(&view.conflicts(), Qt::Key_Delete);
    EXPECT_TRUE(view.session().document().conflicts().empty());
    EXPECT_EQ(shown(view), before);
}

TEST_F(ConflictBarTest, EnterShowsWhereItIs) {
    FileView& view = conflicted();
    QTest::keyClick(&view.conflicts(), Qt::Key_Return);
    EXPECT_EQ(view.selection().current(), at(view, kPlace));
}

TEST_F(ConflictBarTest, TheStepOfAConflictHasABadge) {
    FileView& view = conflicted();
    const NodeBadges& badges = view.canvas().state().badges;
    const auto badge = badges.find(at(view, "/workflow/steps/1"));
    ASSERT_NE(badge, badges.end());
    EXPECT_TRUE(badge->second.text.contains(
        QString::fromStdString(view.conflicts().current()->sentence).simplified()));
}

}  // namespace
}  // namespace pe::editor
