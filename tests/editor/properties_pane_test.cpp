// SPDX-License-Identifier: MIT
#include "properties_pane.hpp"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest/QTest>

#include "block_text_edit.hpp"
#include "pe/yaml/pointer.hpp"
#include "shared_note.hpp"

namespace pe::editor {
namespace {

constexpr const char* kText =
    "workflow:\n"
    "  name: demo\n"
    "  steps:\n"
    "    # First.\n"
    "    - name: one\n"
    "      type: claude\n"
    "      strange: 5  # kept\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: |\n"
    "            Hello\n"
    "            world\n"
    "    - name: two\n"
    "      type: nobody_knows\n";

struct Fixture {
    explicit Fixture(const char* text = kText)
        : document(document::Document::open(1, text, clock)),
          pane(*document, selection, format::Catalogue::builtIn(), nullptr) {
        pane.resize(280, 700);
        pane.show();
    }
    yaml::NodeRef at(const char* pointer) const {
        return yaml::resolve(document->forest(), pointer).value();
    }
    // The box with this accessible name.
    template <class Box>
    Box* box(const QString& name) {
        for (Box* each : pane.findChildren<Box*>())
            if (each->accessibleName() == name && each->isVisible())
                return each;
        return nullptr;
    }

    FakeClock clock;
    std::unique_ptr<document::Document> document;
    Selection selection;
    PropertiesPane pane;
};

std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

TEST(PropertiesPane, ShowsTheWorkflowUntilSomethingIsSelected) {
    Fixture f;
    EXPECT_EQ(f.box<QLineEdit>(QStringLiteral("Name"))->text(), QStringLiteral("demo"));
    f.selection.select(f.at("/workflow/steps/0/prompt/0/content"), nullptr);
    EXPECT_EQ(f.box<QLineEdit>(QStringLiteral("Name"))->text(), QStringLiteral("one"))
        << "a field inside a step shows the step";
}

TEST(PropertiesPane, AnAliasShowsTheTextThatItStandsFor) {
    Fixture f(with(with(kText, "name: demo", "name: &n demo"), "name: one", "name: *n").c_str());
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    EXPECT_EQ(f.box<QLineEdit>(QStringLiteral("Name"))->text(), QStringLiteral("demo"));
    f.selection.select(f.at("/workflow"), nullptr);
    QStringList steps;
    for (const QPushButton* each : f.pane.findChildren<QPushButton*>())
        steps << each->text();
    EXPECT_FALSE(steps.contains(QStringLiteral("*n"))) << steps.join(u' ').toStdString();
}

TEST(PropertiesPane, ALongNameShowsItsBeginning) {
    const std::string name(80, 'n');
    Fixture f(with(kText, "demo", name).c_str());
    EXPECT_EQ(f.box<QLineEdit>(QStringLiteral("Name"))->cursorPosition(), 0);
}

TEST(PropertiesPane, AFieldTheCatalogueDoesNotKnowIsShownAndKeepsItsType) {
    Fixture f;
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    QLineEdit* line = nullptr;
    for (QLineEdit* each : f.pane.findChildren<QLineEdit*>())
        if (each->text() == QStringLiteral("5"))
            line = each;
    ASSERT_NE(line, nullptr);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("70"));
    f.pane.commitPending();
    EXPECT_EQ(f.document->text(), with(kText, "strange: 5 ", "strange: 70 "));
}

TEST(PropertiesPane, TypingInALongTextChangesItsLineOnly) {
    Fixture f;
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    auto* box = f.box<BlockTextEdit>(QStringLiteral("Content"));
    ASSERT_NE(box, nullptr);
    QTextCursor cursor = box->textCursor();
    cursor.setPosition(5);
    box->setTextCursor(cursor);
    QTest::keyClicks(box, QStringLiteral("!?"));
    EXPECT_EQ(f.document->text(), with(kText, "Hello\n", "Hello!?\n"));
    EXPECT_EQ(box->textCursor().position(), 7) << "the box being typed in is not disturbed";
}

TEST(PropertiesPane, TheCommentAboveAStepIsANote) {
    Fixture f;
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    auto* note = f.box<BlockTextEdit>(QStringLiteral("Note"));
    ASSERT_NE(note, nullptr);
    EXPECT_EQ(note->toPlainText(), QStringLiteral("First."));
    note->moveCursor(QTextCursor::End);
    QTest::keyClicks(note, QStringLiteral(" Really."));
    f.pane.commitPending();
    EXPECT_EQ(f.document->text(), with(kText, "# First.", "# First. Really."));
}

TEST(PropertiesPane, RenamingAStepIsACommand) {
    Fixture f;
    f.selection.select(f.at("/workflow/steps/1"), nullptr);
    f.pane.editName();
    QTest::keyClicks(f.box<QLineEdit>(QStringLiteral("Name")), QStringLiteral("three"));
    f.pane.commitPending();
    EXPECT_EQ(f.document->text(), with(kText, "name: two", "name: three"));
}

TEST(PropertiesPane, WhileTheTextHasAnErrorTheFieldsWait) {
    Fixture f;
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    const std::string text = f.document->text();
    ASSERT_TRUE(f.document->replaceText(text.find("claude"), 0, "\"", 9).has_value());
    ASSERT_TRUE(f.document->hasDraft());
    EXPECT_FALSE(f.box<QLineEdit>(QStringLiteral("Name"))->isEnabled());
    f.document->discardDraft();
    EXPECT_TRUE(f.box<QLineEdit>(QStringLiteral("Name"))->isEnabled());
}

constexpr const char* kShared =
    "workflow:\n"
    "  name: demo\n"
    "  steps:\n"
    "    - name: one\n"
    "      type: claude\n"
    "      description: &words Says hello\n"
    "      timeout_seconds: 5\n"
    "      prompt:\n"
    "        - &hello\n"
    "          type: static\n"
    "          content: Hello\n"
    "    - name: two\n"
    "      type: claude\n"
    "      description: *words\n"
    "      prompt: [*hello]\n"
    "    - name: three\n"
    "      type: claude\n"
    "      prompt: [*hello]\n";

QStringList sharedNotes(const PropertiesPane& pane) {
    QStringList shown;
    for (const SharedNote* each : pane.findChildren<SharedNote*>())
        if (each->isVisible())
            shown.append(each->text());
    return shown;
}

TEST(PropertiesPane, AnAliasIsReadOnly) {
    Fixture f(kShared);
    EXPECT_EQ(formFor({}, f.document->forest(), f.at("/workflow/steps/1/description")),
              EditorForm::ReadOnly);
    EXPECT_NE(formFor({}, f.document->forest(), f.at("/workflow/steps/0/description")),
              EditorForm::ReadOnly);
}

TEST(PropertiesPane, AFormSaysWhereElseAValueStands) {
    Fixture f(kShared);
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    const QStringList notes = sharedNotes(f.pane);
    ASSERT_EQ(notes.size(), 2) << notes.join(u'|').toStdString();
    EXPECT_TRUE(notes.join(u'|').contains(QStringLiteral("once more")));
    EXPECT_TRUE(notes.join(u'|').contains(QStringLiteral("*words")));
    EXPECT_TRUE(notes.join(u'|').contains(QStringLiteral("2 more times")));
    EXPECT_TRUE(notes.join(u'|').contains(QStringLiteral("*hello")));
    f.selection.select(f.at("/workflow/steps/1"), nullptr);
    EXPECT_TRUE(sharedNotes(f.pane).isEmpty()) << "an alias says so itself";
    f.selection.select(f.at("/workflow"), nullptr);
    EXPECT_TRUE(sharedNotes(f.pane).isEmpty());
}

TEST(PropertiesPane, AValueThatAliasesRepeatIsTypedOver) {
    Fixture f(kShared);
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    auto* words = f.box<BlockTextEdit>(QStringLiteral("Description"));
    ASSERT_NE(words, nullptr);
    words->moveCursor(QTextCursor::Start);
    QTest::keyClicks(words, QStringLiteral("It "));
    auto* content = f.box<BlockTextEdit>(QStringLiteral("Content"));
    ASSERT_NE(content, nullptr);
    content->moveCursor(QTextCursor::Start);
    QTest::keyClicks(content, QStringLiteral("Oh "));
    f.pane.commitPending();
    EXPECT_EQ(f.document->text(), with(with(kShared, "Says hello", "It Says hello"),
                                       "content: Hello", "content: Oh Hello"));
}

TEST(PropertiesPane, OnlyAliasesThatMeanTheValueAreCounted) {
    Fixture f(
        "workflow:\n"
        "  name: &n demo\n"
        "  description: *n\n"
        "  version: &n other\n"
        "  author: *n\n");
    f.selection.select(f.at("/workflow"), nullptr);
    ASSERT_FALSE(sharedNotes(f.pane).isEmpty());
    for (const QString& each : sharedNotes(f.pane))
        EXPECT_TRUE(each.contains(QStringLiteral("once more"))) << each.toStdString();
}

TEST(PropertiesPane, WhatStandsInsideSomethingSharedSaysSo) {
    Fixture f(
        "workflow:\n"
        "  steps: &all\n"
        "    - name: one\n"
        "      type: claude\n"
        "  again: *all\n");
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    EXPECT_EQ(sharedNotes(f.pane).size(), 1);
    f.pane.editName();
    QTest::keyClicks(f.box<QLineEdit>(QStringLiteral("Name")), QStringLiteral("two"));
    f.pane.commitPending();
    EXPECT_NE(f.document->text().find("name: two"), std::string::npos) << f.document->text();
}

TEST(PropertiesPane, AnAliasGivesWayToACopyThatCanBeChanged) {
    Fixture f("workflow:\n  name: &n demo\n  description: *n\n");
    f.selection.select(f.at("/workflow"), nullptr);
    QPushButton* copy = nullptr;
    for (QPushButton* each : f.pane.findChildren<QPushButton*>())
        if (each->text() == QStringLiteral("Replace by a copy") && !each->isHidden())
            copy = each;
    ASSERT_NE(copy, nullptr);
    copy->click();
    EXPECT_EQ(f.document->text(), "workflow:\n  name: &n demo\n  description: demo\n");
    EXPECT_NE(formFor({}, f.document->forest(), f.at("/workflow/description")),
              EditorForm::ReadOnly);
}

constexpr const char* kNamed =
    "workflow:\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: claude\n"
    "    - name: write\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: plan\n"
    "    - name: later\n"
    "      type: claude\n";

// The box for the step that the second one names, with the focus.
QComboBox* stepBox(Fixture& f) {
    f.selection.select(f.at("/workflow/steps/1"), nullptr);
    for (QComboBox* each : f.pane.findChildren<QComboBox*>())
        if (each->currentText() == QStringLiteral("plan") && each->isVisible()) {
            each->setFocus();
            return each;
        }
    return nullptr;
}

TEST(PropertiesPane, TheNameOfAStepIsTypedAsInAnyField) {
    Fixture f(kNamed);
    QComboBox* box = stepBox(f);
    ASSERT_NE(box, nullptr);
    QTest::keyClick(box, Qt::Key_Home);
    QTest::keyClicks(box, QStringLiteral("my_"));
    EXPECT_EQ(box->currentText(), QStringLiteral("my_plan"));
    QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(box, QStringLiteral("it"));
    EXPECT_EQ(box->currentText(), QStringLiteral("it"));
    QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(box->currentText(), QStringLiteral("my_plan"));
    f.pane.commitPending();
    EXPECT_EQ(f.document->text(), with(kNamed, "step: plan", "step: my_plan"));
}

TEST(PropertiesPane, OnlyStepsThatCanBeMeantAreOffered) {
    Fixture f(kNamed);
    QComboBox* box = stepBox(f);
    ASSERT_NE(box, nullptr);
    QStringList offered;
    QTest::keyClick(box, Qt::Key_Up);
    for (int i = 0; i < box->count(); ++i)
        offered.append(box->itemText(i));
    EXPECT_EQ(offered, QStringList{QStringLiteral("plan")});
}

TEST(PropertiesPane, ClosesInTheMiddleOfTyping) {
    for (const char* pointer : {"/workflow", "/workflow/steps/0", "/workflow/steps/1"}) {
        Fixture f;
        f.selection.select(f.at(pointer), nullptr);
        f.pane.activateWindow();
        for (QLineEdit* line : f.pane.findChildren<QLineEdit*>()) {
            line->setFocus();
            QTest::keyClicks(line, QStringLiteral("x"));
        }
    }
}

TEST(PropertiesPane, SeveralSelectedStepsAreCounted) {
    Fixture f;
    f.selection.selectSteps({f.at("/workflow/steps/0"), f.at("/workflow/steps/1")},
                            f.at("/workflow/steps/0"), nullptr);
    bool counted = false;
    for (const QLabel* label : f.pane.findChildren<QLabel*>())
        counted =
            counted || (label->isVisible() && label->text().startsWith(QStringLiteral("2 steps")));
    EXPECT_TRUE(counted);
}

TEST(ValueLike, ANumberStaysANumberAndATextAText) {
    const auto number = yaml::Value::ofInteger("5");
    const auto text = yaml::Value::ofString("5");
    using format::FieldKind;
    EXPECT_EQ(valueLike(&number, FieldKind::Any, "6"), yaml::Value::ofInteger("6"));
    EXPECT_EQ(valueLike(&number, FieldKind::Any, "six"), yaml::Value::ofString("six"));
    EXPECT_EQ(valueLike(&text, FieldKind::Text, "6"), yaml::Value::ofString("6"));
    EXPECT_EQ(valueLike(&text, FieldKind::Integer, "6"), yaml::Value::ofString("6"));
    EXPECT_EQ(valueLike(nullptr, FieldKind::Integer, "6"), yaml::Value::ofInteger("6"));
    EXPECT_EQ(valueLike(nullptr, FieldKind::Text, "true"), yaml::Value::ofString("true"));
}

TEST(ValueLike, AWholeNumberIsOneHoweverItIsTyped) {
    using format::FieldKind;
    const auto typed = [](const char* text) {
        return valueLike(nullptr, FieldKind::Integer, text);
    };
    EXPECT_EQ(typed("1e3"), yaml::Value::ofInteger("1000"));
    EXPECT_EQ(typed("-20.0"), yaml::Value::ofInteger("-20"));
    EXPECT_EQ(typed("1.5"), yaml::resolvePlain("1.5"));
    EXPECT_EQ(typed("1e30"), yaml::resolvePlain("1e30")) << "not all digits are known";
    EXPECT_EQ(typed("many"), yaml::Value::ofString("many"));
    EXPECT_EQ(valueLike(nullptr, FieldKind::Number, "1e3"), yaml::resolvePlain("1e3"));
}

TEST(PropertiesPane, ARenamerIsAskedBeforeAStepGetsItsName) {
    Fixture f;
    QString asked;
    bool takes = true;
    f.pane.setRenamer([&](yaml::NodeRef, const QString& name) {
        asked = name;
        return takes;
    });
    f.selection.select(f.at("/workflow/steps/0"), nullptr);
    auto* name = f.box<QLineEdit>(QStringLiteral("Name"));
    const auto enter = [&] {
        f.pane.editName();
        QTest::keyClicks(name, QStringLiteral("three"));
        f.pane.commitPending();
    };
    enter();
    EXPECT_EQ(asked, QStringLiteral("three"));
    EXPECT_EQ(name->text(), QStringLiteral("one"));
    EXPECT_EQ(f.document->text(), kText);
    takes = false;
    enter();
    EXPECT_EQ(f.document->text(), with(kText, "name: one", "name: three"));
}

}  // namespace
}  // namespace pe::editor
