// SPDX-License-Identifier: MIT
#include "findings_panel.hpp"

#include <gtest/gtest.h>

#include <QMenu>
#include <QTreeWidget>
#include <QtTest/QTest>

#include "fix_menu.hpp"

namespace pe::editor {
namespace {

// Two kinds of problems, by turns: a reference to a step that is not there, and a text for a list.
constexpr const char* kTwins = R"(workflow:
  name: review
  steps:
    - name: collect
      type: claude
      prompt:
        - type: static
          content: Read
    - name: first
      type: claude
      prompt:
        - type: previous_response
          step: colect
    - name: second
      type: claude
      prompt:
        - type: previous_response
          step: colect
    - name: plain
      type: claude
      prompt: Read
    - name: third
      type: claude
      prompt:
        - type: previous_response
          step: colect
)";

std::string manyWarnings(int count) {
    std::string text =
        "workflow:\n  name: many\n  steps:\n    - name: collect\n"
        "      type: claude\n      prompt:\n        - type: static\n"
        "          content: Read\n";
    for (int i = 0; i < count; ++i)
        text += "      odd_" + std::to_string(i) + ": 1\n";
    return text +
           "    - name: decide\n      type: claude\n      prompt:\n"
           "        - type: previous_response\n          step: colect\n";
}

struct Open {
    explicit Open(const std::string& text)
        : document(document::Document::open(1, text, clock)),
          findings(*document, format::Catalogue::builtIn(), {}),
          panel(findings) {
        panel.resize(700, 300);
        panel.show();
        findings.settle();
    }
    QTreeWidget& list() { return *panel.list(); }
    QTreeWidgetItem* row(int number) { return list().topLevelItem(number); }
    // Of the part of the text that stands behind the name of a step.
    std::size_t after(const std::string& name, const std::string& what) const {
        const std::string& text = document->text();
        return text.find(what, text.find("name: " + name));
    }
    void choose(std::size_t begin) {
        for (QTreeWidgetItem* item : list().findItems({}, Qt::MatchContains | Qt::MatchRecursive)) {
            list().setCurrentItem(item);
            if (item->childCount() == 0 && panel.current() && panel.current()->begin == begin)
                return;
        }
        ADD_FAILURE() << "no problem at " << begin;
    }
    void fix() { findings.carryOut(check::Diagnostic(*panel.current()), 0); }

    SystemClock clock;
    std::unique_ptr<document::Document> document;
    Findings findings;
    FindingsPanel panel;
};

TEST(FindingsPanel, OfTooManyProblemsTheWorstAreShownAndTheRestIsCounted) {
    Open open(manyWarnings(1100));
    const int all = open.findings.count();
    ASSERT_GT(all, 1100);
    open.panel.setGrouping(FindingsPanel::Grouping::Severity);
    ASSERT_EQ(open.list().topLevelItemCount(), 3);
    EXPECT_EQ(open.row(0)->text(0), QStringLiteral("Errors"));
    EXPECT_EQ(open.row(1)->text(1), QString::number(open.findings.count(check::Severity::Warning)));
    EXPECT_EQ(open.row(0)->childCount() + open.row(1)->childCount(), 1000);
    EXPECT_EQ(open.row(2)->text(0),
              QStringLiteral("… and %1 more. Filter to see them.").arg(all - 1000));
    open.panel.setGrouping(FindingsPanel::Grouping::None);
    ASSERT_EQ(open.list().topLevelItemCount(), 1001);
    EXPECT_TRUE(open.row(999)->text(0).contains(QStringLiteral("colect")));
    open.panel.setSearch(QStringLiteral("odd_109"));
    EXPECT_EQ(open.list().topLevelItemCount(), 11);
}

TEST(FindingsPanel, AStepIsCalledByTheTextThatItsAliasStandsFor) {
    Open open(
        "workflow:\n  name: &n review\n  steps:\n    - name: *n\n      type: claude\n"
        "      prompt: Read\n");
    open.panel.setGrouping(FindingsPanel::Grouping::Step);
    QStringList groups;
    for (int i = 0; i < open.list().topLevelItemCount(); ++i)
        groups << open.row(i)->text(0);
    EXPECT_TRUE(groups.contains(QStringLiteral("review"))) << groups.join(u' ').toStdString();
}

// The place that is chosen after the fix of another one.
std::size_t chosenAfterFix(Open& open, FindingsPanel::Grouping grouping, std::size_t fixed) {
    open.panel.setGrouping(grouping);
    open.choose(fixed);
    open.fix();
    const check::Diagnostic* chosen = open.panel.current();
    return chosen == nullptr ? std::string::npos : chosen->begin;
}

TEST(FindingsPanel, AfterAFixTheNextOfItsKindIsChosenAndNotTheFirst) {
    for (const auto grouping : {FindingsPanel::Grouping::None, FindingsPanel::Grouping::Step,
                                FindingsPanel::Grouping::Severity}) {
        Open open(kTwins);
        const std::size_t chosen = chosenAfterFix(open, grouping, open.after("second", "colect"));
        EXPECT_EQ(chosen, open.after("third", "colect"));
    }
}

TEST(FindingsPanel, WhereNoMoreOfItsKindFollowTheNextRowIsChosen) {
    Open open(kTwins);
    const std::size_t chosen =
        chosenAfterFix(open, FindingsPanel::Grouping::Step, open.after("plain", "Read"));
    EXPECT_EQ(chosen, open.after("third", "colect"));
}

TEST(FindingsPanel, TheChosenProblemStaysChosenWhenTheTextAboveItGrows) {
    Open open(kTwins);
    open.choose(open.after("second", "colect"));
    ASSERT_TRUE(open.document->replaceText(0, 0, "# " + std::string(400, 'x') + "\n", 0));
    open.findings.settle();
    ASSERT_NE(open.panel.current(), nullptr);
    EXPECT_EQ(open.panel.current()->begin, open.after("second", "colect"));
}

TEST(FixMenu, SaysWhichFixIsForWhichProblem) {
    Open open(kTwins);
    std::vector<check::Diagnostic> fixable;
    for (const check::Diagnostic& each : open.findings.all())
        if (!each.fixes.empty())
            fixable.push_back(each);
    ASSERT_GT(fixable.size(), 2u);
    fixable.resize(2);
    QMenu menu;
    fillFixMenu(menu, open.findings, fixable, nullptr);
    QStringList headings;
    for (const QAction* action : menu.actions())
        if (!action->isSeparator() && !action->isEnabled())
            headings << action->text();
    ASSERT_EQ(headings.size(), 2);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(headings[i],
                  QString::fromStdString(fixable[static_cast<std::size_t>(i)].message));
}

}  // namespace
}  // namespace pe::editor
