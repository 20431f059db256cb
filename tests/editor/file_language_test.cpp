// SPDX-License-Identifier: MIT
#include "file_language.hpp"

#include <QDialogButtonBox>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QtTest/QTest>

#include "field_completion.hpp"
#include "field_editors_group.hpp"
#include "field_notes.hpp"
#include "findings_panel.hpp"
#include "help_card.hpp"
#include "palette.hpp"
#include "problem_counts.hpp"
#include "properties_pane.hpp"
#include "rename_dialog.hpp"
#include "text_completion.hpp"
#include "window_fixture.hpp"
#include "yaml_edit.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {
namespace {

constexpr const char* kReview = R"(workflow:
  name: review
  steps:
    - name: collect
      type: claude_smart
      prompt:
        - type: static
          content: Read
    - name: loop
      type: while_loop
      condition: "steps.collect.result == 'x'"
      steps:
        - name: inner
          type: claude
          prompt:
            - type: previous_response
              step: colect
    - name: decide
      type: claude
      prompt:
        - type: previous_response
          step: collect
        - type: static
          content: |
            Use {{steps.collect.result.text}} now.
)";

class FileLanguageTest : public WindowTest {
protected:
    FileView& open(const std::string& text = kReview) {
        FileView& view = openFile("review.yaml", text);
        view.findings().settle();
        return view;
    }
    static YamlEdit& edit(FileView& view) { return *view.text().edit(); }
    static std::string text(FileView& view) { return view.session().document().text(); }
    static void putCursor(FileView& view, const std::string& at, std::size_t into = 0) {
        edit(view).setFocus();
        edit(view).setCursorOffset(text(view).find(at) + into);
    }
    static void type(FileView& view, const char* keys) {
        QTest::keyClicks(&edit(view), QString::fromUtf8(keys));
    }
    static QStringList labels(const CompletionPopup& popup) {
        QStringList found;
        for (const language::CompletionItem& each : popup.items())
            found << QString::fromStdString(each.label);
        return found;
    }
    // Asks to rename a step; null where nothing is asked.
    static RenameDialog* renaming(FileView& view, const char* step) {
        view.select(at(view, step));
        view.renameSelected();
        return view.language().renaming();
    }
    static QStringList shownProblems(FileView& view) {
        QStringList found;
        for (QTreeWidgetItemIterator at(view.problemsPage().list()); *at != nullptr; ++at)
            found << (*at)->text(0);
        return found;
    }
};

TEST_F(FileLanguageTest, ABadgeStandsOnTheStepThatIsWrongAndOnAClosedContainerAroundIt) {
    FileView& view = open();
    const yaml::NodeRef loop = at(view, "/workflow/steps/1");
    const yaml::NodeRef inner = at(view, "/workflow/steps/1/steps/0");
    const CanvasState& state = view.canvas().state();
    ASSERT_NE(state.badge(inner), nullptr);
    EXPECT_EQ(state.badge(inner)->worst, check::Severity::Error);
    EXPECT_TRUE(state.badge(inner)->text.contains(QStringLiteral("colect")));
    EXPECT_EQ(state.badge(at(view, "/workflow/steps/0")), nullptr);
    view.binder().toggleCollapsed(loop);
    EXPECT_EQ(state.badge(inner), nullptr);
    ASSERT_NE(state.badge(loop), nullptr);
    EXPECT_TRUE(state.badge(loop)->text.contains(QStringLiteral("colect")));
}

TEST_F(FileLanguageTest, ThePanelGroupsFiltersAndLeadsThere) {
    FileView& view = open();
    FindingsPanel& panel = view.problemsPage();
    QApplication::processEvents();
    EXPECT_TRUE(shownProblems(view).contains(QStringLiteral("inner")));
    panel.setGrouping(FindingsPanel::Grouping::Severity);
    EXPECT_TRUE(shownProblems(view).contains(QStringLiteral("Errors")));
    panel.setGrouping(FindingsPanel::Grouping::None);
    panel.setSearch(QStringLiteral("colect"));
    ASSERT_EQ(shownProblems(view).size(), 1);
    panel.setShown(check::Severity::Error, false);
    EXPECT_TRUE(shownProblems(view).isEmpty());
    panel.setShown(check::Severity::Error, true);
    panel.list()->setCurrentItem(panel.list()->topLevelItem(0));
    panel.list()->setFocus();
    QTest::keyClick(panel.list(), Qt::Key_Return);
    EXPECT_EQ(edit(view).cursorOffset(), text(view).find("colect"));
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/1/steps/0"));
}

TEST_F(FileLanguageTest, OnAHeadingOfThePanelTheKeysMeanTheFirstBelowIt) {
    FileView& view = open();
    FindingsPanel& panel = view.problemsPage();
    QApplication::processEvents();
    panel.setSearch(QStringLiteral("colect"));
    ASSERT_GT(panel.list()->topLevelItem(0)->childCount(), 0);
    panel.list()->setCurrentItem(panel.list()->topLevelItem(0));
    panel.list()->setFocus();
    QTest::keyClick(panel.list(), Qt::Key_Return);
    EXPECT_EQ(edit(view).cursorOffset(), text(view).find("colect"));
}

TEST_F(FileLanguageTest, InTheGraphTheUsesAreThoseOfTheStep) {
    FileView& view = open();
    view.select(at(view, "/workflow/steps/0"));
    view.canvas().setFocus();
    QSignalSpy refused(&view, &FileView::refused);
    view.language().showUses();
    EXPECT_EQ(refused.count(), 0);
}

TEST_F(FileLanguageTest, TheStatusBarCountsAndFollowsAFix) {
    FileView& view = open();
    const auto* counts = window->findChild<ProblemCounts*>();
    ASSERT_NE(counts, nullptr);
    const int errors = view.findings().count(check::Severity::Error);
    EXPECT_TRUE(counts->text().contains(QString::number(errors)));
    putCursor(view, "colect");
    QMenu menu;
    view.language().fillFixes(menu);
    ASSERT_FALSE(menu.actions().isEmpty());
    menu.actions().front()->trigger();
    EXPECT_NE(text(view).find("              step: collect\n"), std::string::npos);
    EXPECT_EQ(view.findings().count(check::Severity::Error), errors - 1);
    EXPECT_TRUE(counts->text().contains(QString::number(errors - 1)));
}

TEST_F(FileLanguageTest, AFixOfATextOfSeveralLinesIsOfferedOnEachOfThem) {
    FileView& view = open(
        "workflow:\n  name: a\n  steps:\n    - name: one\n      type: claude\n"
        "      prompt: |\n        Read\n        this.\n    - name: two\n      type: claude\n"
        "      prompt: []\n");
    const auto fixes = [&](const std::string& at) {
        putCursor(view, at);
        QMenu menu;
        view.language().fillFixes(menu);
        return menu.actions().front()->isEnabled();
    };
    EXPECT_TRUE(fixes("prompt: |"));
    EXPECT_TRUE(fixes("Read"));
    EXPECT_TRUE(fixes("this."));
    EXPECT_FALSE(fixes("name: two"));
}

TEST_F(FileLanguageTest, MarksOfTheTextMoveWithItWhileSomebodyTypes) {
    FileView& view = open();
    const auto mark = [&] {
        for (const TextMark& each : edit(view).marks())
            if (each.message.find("colect") != std::string::npos)
                return each.begin;
        return std::string::npos;
    };
    EXPECT_EQ(mark(), text(view).find("colect"));
    putCursor(view, "name: review", 6);
    type(view, "my_");
    EXPECT_EQ(mark(), text(view).find("colect"));
}

TEST_F(FileLanguageTest, AKeyIsCompletedWithOneEditThatUndoTakesBack) {
    FileView& view = open();
    putCursor(view, "      type: claude_smart\n", 24);
    QTest::keyClick(&edit(view), Qt::Key_Return);
    type(view, "mod");
    TextCompletion& completion = view.language().completion();
    completion.open();
    ASSERT_NE(completion.popup(), nullptr);
    ASSERT_TRUE(completion.popup()->isOpen());
    const std::string typed = text(view);
    ASSERT_FALSE(completion.popup()->items().empty());
    const auto first = completion.popup()->items().front();
    QTest::keyClick(&edit(view), Qt::Key_Tab);
    EXPECT_FALSE(completion.popup()->isOpen());
    std::string wanted = typed;
    wanted.replace(first.replaced.begin, first.replaced.end - first.replaced.begin, first.insert);
    EXPECT_EQ(text(view), wanted);
    view.undo();
    EXPECT_NE(text(view), wanted);
}

TEST_F(FileLanguageTest, TheColonOfASourceLeadsOnToTheParts) {
    FileView& view = open(
        "workflow:\n  name: up\n  steps:\n    - name: found\n      type: file_ops\n"
        "      operation: list\n      path: docs\n    - name: each\n      type: for_loop\n"
        "      iterator: f\n      data_source: found\n      steps: []\n");
    putCursor(view, "data_source: found\n", 18);
    type(view, ":");
    const TextCompletion& completion = view.language().completion();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return completion.popup() != nullptr && completion.popup()->isOpen(); }, 4000));
    EXPECT_TRUE(labels(*completion.popup()).contains(QStringLiteral("files")));
}

TEST_F(FileLanguageTest, PathsAndTheStepsOfTheFileThatIsRunAreOffered) {
    std::filesystem::create_directory(folder / "parts");
    write("parts/judge.yaml", kReview);
    FileView& view = open(
        "workflow:\n  name: up\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: par\n      outputs: []\n");
    putCursor(view, "par\n", 3);
    TextCompletion& completion = view.language().completion();
    completion.open();
    ASSERT_NE(completion.popup(), nullptr);
    EXPECT_EQ(labels(*completion.popup()), QStringList{QStringLiteral("parts/")});
    QTest::keyClick(&edit(view), Qt::Key_Tab);
    // Into the folder.
    ASSERT_TRUE(QTest::qWaitFor([&] { return completion.popup()->isOpen(); }, 4000));
    EXPECT_EQ(labels(*completion.popup()), QStringList{QStringLiteral("judge.yaml")});
    QTest::keyClick(&edit(view), Qt::Key_Tab);
    EXPECT_NE(text(view).find("pipeline_file: parts/judge.yaml\n"), std::string::npos);
    putCursor(view, "outputs: [", 10);
    completion.open();
    EXPECT_EQ(
        labels(*completion.popup()),
        (QStringList{QStringLiteral("collect"), QStringLiteral("loop"), QStringLiteral("decide")}));
}

TEST_F(FileLanguageTest, TemplatePathsAreOfferedByThemselvesAndEscapeLeavesTheTextAlone) {
    FileView& view = open();
    putCursor(view, "now.", 3);
    type(view, " {{steps.");
    const TextCompletion& completion = view.language().completion();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return completion.popup() != nullptr && completion.popup()->isOpen(); }, 4000));
    EXPECT_TRUE(labels(*completion.popup()).join(u' ').contains(QStringLiteral("collect")));
    const std::string before = text(view);
    QTest::keyClick(&edit(view), Qt::Key_Escape);
    EXPECT_FALSE(completion.popup()->isOpen());
    EXPECT_EQ(text(view), before);
}

TEST_F(FileLanguageTest, ThePointerShowsTheProblemWithItsFixAndTheField) {
    FileView& view = open();
    edit(view).revealLines(10, 20);
    QApplication::processEvents();
    const auto hoverOver = [&](const std::string& what) {
        const QRect place = edit(view).globalRect(text(view).find(what) + 1);
        const QPoint local = edit(view).mapFromGlobal(place.center());
        QHelpEvent event(QEvent::ToolTip, local, place.center());
        QApplication::sendEvent(&edit(view), &event);
    };
    hoverOver("colect");
    ASSERT_NE(view.language().card(), nullptr);
    EXPECT_TRUE(view.language().card()->isVisible());
    EXPECT_TRUE(view.language().card()->text().contains(QStringLiteral("collect")));
    hoverOver("condition:");
    EXPECT_FALSE(view.language().card()->text().isEmpty());
}

TEST_F(FileLanguageTest, DefinitionLeadsToTheNameOfTheStep) {
    FileView& view = open();
    putCursor(view, "step: collect\n", 7);
    view.language().goToDefinition();
    EXPECT_EQ(edit(view).cursorOffset(), text(view).find("collect"));
}

TEST_F(FileLanguageTest, DefinitionLeadsToTheStepOfTheFileThatIsRun) {
    write("review_parts.yaml", kReview);
    FileView& caller = open(
        "workflow:\n  name: up\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: review_parts.yaml\n      outputs:\n        - decide\n        - "
        "gone\n");
    putCursor(caller, "- decide", 4);
    caller.language().renameAtCursor();
    EXPECT_TRUE(window->statusBar()->currentMessage().contains(QStringLiteral("rename it there")));
    caller.language().goToDefinition();
    ASSERT_EQ(window->fileCount(), 2);
    FileView& called = *window->current();
    ASSERT_NE(&called, &caller);
    EXPECT_EQ(edit(called).cursorOffset(), text(called).find("decide"));
    putCursor(caller, "- gone", 4);
    caller.language().goToDefinition();
    EXPECT_TRUE(window->statusBar()->currentMessage().contains(QStringLiteral("no step named")));
}

TEST_F(FileLanguageTest, AFormFieldShowsItsProblemAndTheFixRemovesIt) {
    FileView& view = open();
    view.select(at(view, "/workflow/steps/1/steps/0"));
    QApplication::processEvents();
    const auto notes = [&] {
        std::vector<FieldNotes*> shown;
        for (auto* each : view.propertiesPage()->findChildren<FieldNotes*>())
            if (!each->shown().empty())
                shown.push_back(each);
        return shown;
    };
    ASSERT_EQ(notes().size(), 1u);
    const auto* row = qobject_cast<FieldRow*>(notes()[0]->parentWidget());
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->spec().key, "step");
    view.findings().carryOut(notes()[0]->shown().front(), 0);
    EXPECT_TRUE(notes().empty());
}

TEST_F(FileLanguageTest, RenamingAStepShowsEveryPlaceFirst) {
    FileView& view = open();
    RenameDialog* dialog = renaming(view, "/workflow/steps/0");
    ASSERT_NE(dialog, nullptr);
    dialog->setName(QStringLiteral("gather"));
    dialog->replan();
    ASSERT_TRUE(dialog->plan());
    EXPECT_EQ(dialog->plan()->files.begin()->second.size(), 4u);
    dialog->accept();
    EXPECT_EQ(text(view).find("collect"), std::string::npos);
    EXPECT_NE(text(view).find("{{steps.gather.result.text}}"), std::string::npos);
    view.undo();
    EXPECT_EQ(text(view), kReview);
}

TEST_F(FileLanguageTest, ANameThatIsTakenIsRefusedBeforeAnythingChanges) {
    FileView& view = open();
    RenameDialog* dialog = renaming(view, "/workflow/steps/0");
    ASSERT_NE(dialog, nullptr);
    dialog->setName(QStringLiteral("decide"));
    dialog->replan();
    EXPECT_FALSE(dialog->plan());
    EXPECT_FALSE(dialog->message().isEmpty());
    dialog->reject();
    EXPECT_EQ(text(view), kReview);
}

TEST_F(FileLanguageTest, AStepThatNobodyNamesIsRenamedInPlace) {
    FileView& view = open();
    EXPECT_EQ(renaming(view, "/workflow/steps/2"), nullptr);
}

// A file beside review.yaml that hands back a part of its step `decide`.
constexpr const char* kParent = R"(workflow:
  name: parent
  steps:
    - name: sub
      type: pipeline
      pipeline_file: review.yaml
      outputs: [{path: decide.text, as: x}]
)";

TEST_F(FileLanguageTest, AStepThatAnotherFileNamesIsRenamedWithIt) {
    write("parent.yaml", kParent);
    FileView& view = open();
    RenameDialog* dialog = renaming(view, "/workflow/steps/2");
    ASSERT_NE(dialog, nullptr);
    dialog->setName(QStringLiteral("judge"));
    dialog->replan();
    ASSERT_TRUE(dialog->plan());
    EXPECT_EQ(dialog->plan()->files.size(), 2u);
    QSignalSpy said(&view, &FileView::said);
    dialog->accept();
    ASSERT_FALSE(said.isEmpty());
    EXPECT_EQ(said.back().front().toString(),
              QStringLiteral("Renamed decide to judge, also in parent.yaml (not saved)."));
}

TEST_F(FileLanguageTest, TheUsesInOtherFilesAreListedAndLeadThere) {
    write("parent.yaml", kParent);
    FileView& view = open();
    putCursor(view, "name: decide", 7);
    view.language().showUses();
    const auto palettes = window->findChildren<Palette*>();
    const auto shown = std::find_if(palettes.begin(), palettes.end(),
                                    [](const Palette* each) { return each->isVisible(); });
    ASSERT_NE(shown, palettes.end());
    auto* list = (*shown)->findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 2);
    list->setCurrentRow(1);
    QTest::keyClick((*shown)->findChild<QLineEdit*>(), Qt::Key_Return);
    ASSERT_EQ(window->fileCount(), 2);
    FileView& parent = *window->current();
    EXPECT_EQ(parent.session().title(), "parent.yaml");
    EXPECT_EQ(edit(parent).cursorOffset(), text(parent).find("decide"));
}

TEST_F(FileLanguageTest, ANameThatAnotherFileCannotTakeIsRefused) {
    write("parent.yaml", kParent);
    FileView& view = open();
    RenameDialog* dialog = renaming(view, "/workflow/steps/2");
    ASSERT_NE(dialog, nullptr);
    dialog->setName(QStringLiteral("decide 2"));
    dialog->replan();
    EXPECT_FALSE(dialog->plan());
    EXPECT_TRUE(dialog->message().contains(QStringLiteral("parent.yaml: ")));
    auto* buttons = dialog->findChild<QDialogButtonBox*>();
    ASSERT_NE(buttons, nullptr);
    for (QAbstractButton* each : buttons->buttons()) {
        const bool accepts = buttons->buttonRole(each) == QDialogButtonBox::AcceptRole;
        EXPECT_EQ(each->isEnabled(), !accepts) << each->text().toStdString();
    }
    dialog->reject();
    EXPECT_EQ(text(view), kReview);
}

TEST_F(FileLanguageTest, ANameTypedInAFieldAsksOnlyWhereOtherFilesAreConcerned) {
    write("parent.yaml", kParent);
    FileView& view = open();
    EXPECT_FALSE(view.language().renameStepWithOthers(at(view, "/workflow/steps/0"),
                                                      QStringLiteral("gather")));
    // Refused because of this file alone: there is nothing to ask.
    EXPECT_FALSE(view.language().renameStepWithOthers(at(view, "/workflow/steps/2"),
                                                      QStringLiteral("collect")));
    EXPECT_EQ(view.language().renaming(), nullptr);
    ASSERT_TRUE(view.language().renameStepWithOthers(at(view, "/workflow/steps/2"),
                                                     QStringLiteral("judge")));
    RenameDialog* dialog = view.language().renaming();
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(dialog->name(), QStringLiteral("judge"));
    EXPECT_TRUE(dialog->plan());
    EXPECT_EQ(text(view), kReview);
    dialog->accept();
    EXPECT_NE(text(view).find("name: judge"), std::string::npos);
}

TEST_F(FileLanguageTest, EnterBehindAWordTypedInFullMakesALine) {
    FileView& view = open("workflow:\n  name: w\n  steps:\n    - name: a\n      type: claud\n");
    putCursor(view, "claud\n", 5);
    type(view, "e");
    const TextCompletion& completion = view.language().completion();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return completion.popup() != nullptr && completion.popup()->isOpen(); }, 4000));
    ASSERT_EQ(completion.popup()->items().front().label, "claude");
    ASSERT_GT(completion.popup()->items().size(), 1u);
    QTest::keyClick(&edit(view), Qt::Key_Return);
    EXPECT_FALSE(completion.popup()->isOpen());
    EXPECT_NE(text(view).find("      type: claude\n      \n"), std::string::npos) << text(view);
}

TEST_F(FileLanguageTest, FieldsAreCompletedWithWhatTheyHoldNow) {
    FileView& view = open();
    const yaml::NodeRef content = at(view, "/workflow/steps/2/prompt/1/content");
    const QString typed = QStringLiteral("Say \"{{steps.co");
    const auto items = fieldCompletions(view.session().document(), format::Catalogue::builtIn(),
                                        content, typed + QStringLiteral(" later"), typed.size());
    ASSERT_FALSE(items.empty());
    EXPECT_NE(items.front().label.find("collect"), std::string::npos);
    EXPECT_EQ(items.front().replaced.end, static_cast<std::size_t>(typed.size()));
    EXPECT_LE(items.front().replaced.begin, static_cast<std::size_t>(typed.size()) - 2);
}

TEST_F(FileLanguageTest, ATemplateWithoutAnEndTakesNothingOfTheTextBehindIt) {
    FileView& view = open();
    const yaml::NodeRef content = at(view, "/workflow/steps/2/prompt/1/content");
    const QString typed = QStringLiteral("Use X now {{steps.co");
    for (const char* behind :
         {"\nsecond line", "\n\nfar", "word", "", "\xF0\x9F\x98\x80 Use", "\\n"}) {
        const QString text = typed + QString::fromUtf8(behind);
        const auto items = fieldCompletions(view.session().document(), format::Catalogue::builtIn(),
                                            content, text, typed.size());
        ASSERT_FALSE(items.empty()) << behind;
        EXPECT_EQ(items.front().replaced.end, static_cast<std::size_t>(typed.size())) << behind;
        EXPECT_EQ(items.front().replaced.begin, static_cast<std::size_t>(typed.size()) - 2);
    }
    const auto inside =
        fieldCompletions(view.session().document(), format::Catalogue::builtIn(), content,
                         typed + QStringLiteral("llected}} now"), typed.size());
    ASSERT_FALSE(inside.empty());
    EXPECT_EQ(inside.front().replaced.end, static_cast<std::size_t>(typed.size()) + 7);
}

}  // namespace
}  // namespace pe::editor
