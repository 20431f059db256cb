// SPDX-License-Identifier: MIT
#include "yaml_pane.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QFrame>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QtTest/QTest>

#include "find_bar.hpp"
#include "pe/testing/fake_document.hpp"
#include "theme.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {
namespace {

using testing::FakeDocument;

struct Fixture {
    explicit Fixture(std::string text)
        : document(std::move(text)), pane(document, selection, nullptr) {
        pane.resize(500, 400);
        pane.show();
    }
    // The widget shows what the bytes say.
    void expectAgreement() {
        ASSERT_EQ(edit().offsets().bytes(), document.text());
        ASSERT_EQ(edit().blockCount(), edit().offsets().lineCount());
        for (int line = 0; line < edit().blockCount(); ++line)
            ASSERT_EQ(edit().document()->findBlockByNumber(line).text(),
                      edit().offsets().shownLine(line));
    }
    void type(const char* text) { QTest::keyClicks(&edit(), QString::fromUtf8(text)); }
    void key(Qt::Key which, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(&edit(), which, with);
    }
    YamlEdit& edit() { return *pane.edit(); }

    FakeDocument document;
    Selection selection;
    YamlPane pane;
};

TEST(YamlPane, TypingChangesOnlyTheBytesTyped) {
    Fixture f("a: \xff\xc3 1\r\nb: \xf0\x9f\x98\x80\r\n");
    f.edit().setCursorOffset(f.document.text().find("\r\nb"));
    f.type("2");
    EXPECT_EQ(f.document.text(), "a: \xff\xc3 12\r\nb: \xf0\x9f\x98\x80\r\n");
    f.key(Qt::Key_Return);
    EXPECT_EQ(f.document.text(), "a: \xff\xc3 12\r\n\r\nb: \xf0\x9f\x98\x80\r\n");
    f.key(Qt::Key_Backspace);
    f.key(Qt::Key_Backspace);
    EXPECT_EQ(f.document.text(), "a: \xff\xc3 1\r\nb: \xf0\x9f\x98\x80\r\n");
    f.expectAgreement();
}

TEST(YamlPane, BackspaceTakesACodePointAndDeleteALetterWithItsMarks) {
    Fixture f("e\xcc\x81x\xf0\x9f\x98\x80");
    f.edit().setCursorOffset(f.document.text().size());
    f.key(Qt::Key_Backspace);
    EXPECT_EQ(f.document.text(), "e\xcc\x81x");
    f.edit().setCursorOffset(0);
    f.key(Qt::Key_Delete);
    EXPECT_EQ(f.document.text(), "x");
}

TEST(YamlPane, EnterKeepsTheIndentAndDeepensItAfterAnOpening) {
    Fixture f("steps:\n  - name: a");
    f.edit().setCursorOffset(f.document.text().size());
    f.key(Qt::Key_Return);
    f.type("prompt:");
    f.key(Qt::Key_Return);
    f.type("x");
    EXPECT_EQ(f.document.text(), "steps:\n  - name: a\n    prompt:\n      x");
}

TEST(YamlPane, HomeGoesToTheTextFirst) {
    Fixture f("a:\n    b: 1\n");
    const auto homeFrom = [&](std::size_t at, Qt::KeyboardModifiers with = Qt::NoModifier) {
        f.edit().setCursorOffset(at);
        f.key(Qt::Key_Home, with);
        return f.edit().cursorOffset();
    };
    EXPECT_EQ(homeFrom(11), 7u);
    EXPECT_EQ(homeFrom(7), 3u);
    EXPECT_EQ(homeFrom(3), 7u);
    EXPECT_EQ(homeFrom(11, Qt::ShiftModifier), 7u);
    EXPECT_EQ(f.edit().selectedBytes(), std::pair(std::size_t{7}, std::size_t{11}));
}

TEST(YamlPane, LinesAreDuplicatedAndMoved) {
    Fixture f("a: 1\r\n  b: 2\r\nc: 3");
    f.edit().setCursorOffset(8);
    f.key(Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(f.document.text(), "a: 1\r\n  b: 2\r\n  b: 2\r\nc: 3");
    EXPECT_EQ(f.edit().cursorOffset(), 16u);
    f.key(Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(f.document.text(), "a: 1\r\n  b: 2\r\nc: 3\r\n  b: 2");
    f.key(Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(f.document.text(), "a: 1\r\n  b: 2\r\nc: 3\r\n  b: 2") << "it is the last";
    for (int i = 0; i < 4; ++i)
        f.key(Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(f.document.text(), "  b: 2\r\na: 1\r\n  b: 2\r\nc: 3");
    EXPECT_EQ(f.edit().cursorOffset(), 2u);
    f.expectAgreement();
}

TEST(YamlPane, LinesThatArePastedTakeOnTheIndentOfThePlace) {
    Fixture f("steps:\n    \n  p: |\n    one\n");
    const auto paste = [&](std::size_t at, const char* text) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
        f.edit().setCursorOffset(at);
        f.key(Qt::Key_V, Qt::ControlModifier);
    };
    paste(11, "- name: a\n  type: b\n\n  c:\n    - d");
    EXPECT_EQ(f.document.text(),
              "steps:\n    - name: a\n      type: b\n\n      c:\n        - d\n  p: |\n    one\n");
    paste(f.document.text().find("one") + 3, " two\nthree\n\n  four");
    EXPECT_TRUE(f.document.text().ends_with("  p: |\n    one two\n    three\n\n      four\n"))
        << f.document.text();
}

TEST(YamlPane, TheTextFollowsTheThemeBackAndForth) {
    Fixture f("a: 1\n");
    auto& application = *static_cast<QApplication*>(QCoreApplication::instance());
    for (const Theme* theme : {&Theme::light(), &Theme::darkTheme(), &Theme::light()}) {
        theme->apply(application);
        QCoreApplication::processEvents();
        EXPECT_EQ(&f.edit().theme(), theme);
        EXPECT_TRUE(f.edit().styleSheet().contains(theme->surface.name()));
    }
}

TEST(YamlPane, EnterLeftOfALineMovesItDownAsItIs) {
    for (const char* lineBreak : {"\n", "\r\n"})
        for (std::size_t column : {0, 1, 4, 6}) {
            const std::string above = std::string("steps:") + lineBreak;
            const std::string line = std::string("      - name: a") + lineBreak;
            Fixture f(above + line);
            f.edit().setCursorOffset(above.size() + column);
            f.key(Qt::Key_Return);
            EXPECT_EQ(f.document.text(), above + lineBreak + line) << column;
            EXPECT_EQ(f.edit().cursorOffset(),
                      above.size() + std::string(lineBreak).size() + column);
        }
}

TEST(YamlPane, WordsOnAnEmptyLineOfABlockTextAreOfThatText) {
    Fixture f("a:\n  p: |\n\n    one\n\n      two\n\nb: 1\n");
    const auto typeAtLine = [&](std::size_t line) {
        f.edit().setCursorOffset(f.edit().offsets().lineBegin(static_cast<int>(line)));
        f.type("xy");
    };
    typeAtLine(4);
    EXPECT_EQ(f.document.text(), "a:\n  p: |\n\n    one\n    xy\n      two\n\nb: 1\n");
    typeAtLine(2);
    EXPECT_EQ(f.document.text(), "a:\n  p: |\n    xy\n    one\n    xy\n      two\n\nb: 1\n");
    // Behind its last line it may be over.
    typeAtLine(6);
    EXPECT_EQ(f.document.text(), "a:\n  p: |\n    xy\n    one\n    xy\n      two\nxy\nb: 1\n");
}

TEST(YamlPane, TabAndCommentKeysWorkOnTheSelectedLines) {
    Fixture f("a: 1\r\n\r\nb: 2\r\n");
    f.edit().selectBytes(0, f.document.text().size());
    f.key(Qt::Key_Tab);
    EXPECT_EQ(f.document.text(), "  a: 1\r\n\r\n  b: 2\r\n");
    f.key(Qt::Key_Slash, Qt::ControlModifier);
    EXPECT_EQ(f.document.text(), "  # a: 1\r\n\r\n  # b: 2\r\n");
    f.key(Qt::Key_Slash, Qt::ControlModifier);
    f.key(Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_EQ(f.document.text(), "a: 1\r\n\r\nb: 2\r\n");
}

TEST(YamlPane, UndoAndRedoAreTheDocuments) {
    Fixture f("a: 1\n");
    f.key(Qt::Key_Z, Qt::ControlModifier);
    f.key(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(f.document.undone, 1);
    EXPECT_EQ(f.document.redone, 1);
}

TEST(YamlPane, ChangesFromElsewhereKeepCursorAndSelection) {
    Fixture f("a: 1\nb: 2\nc: 3\n");
    f.edit().selectBytes(5, 9);
    (void)f.document.replaceText(0, 0, "# above\n", 7);
    EXPECT_EQ(f.edit().selectedBytes(), (std::pair<std::size_t, std::size_t>(13, 17)));
    (void)f.document.replaceText(f.document.text().size(), 0, "d: 4\n", 7);
    EXPECT_EQ(f.edit().selectedBytes(), (std::pair<std::size_t, std::size_t>(13, 17)));
    f.expectAgreement();
}

TEST(YamlPane, ChangesFromElsewhereDoNotScrollSideways) {
    Fixture f("a: " + std::string(8000, 'x') + "\nb: 2\n");
    QApplication::processEvents();
    QScrollBar& bar = *f.edit().horizontalScrollBar();
    f.edit().setFocus();
    f.edit().setCursorOffset(4);
    bar.setValue(40);
    (void)f.document.replaceText(3, 8000, std::string(7000, 'y'), 7);
    QApplication::processEvents();
    EXPECT_EQ(bar.value(), 40);
    document::ChangeSet undone;
    undone.origin = document::Origin::Undo;
    undone.patches.push_back({3, 7000, std::string(7000, 'y')});
    f.document.changed.emit(undone);
    QApplication::processEvents();
    EXPECT_EQ(bar.value(), 40);
}

TEST(YamlPane, WhatAnotherDoorDoesToTheWidgetReachesTheDocument) {
    Fixture f("a: \xff\nb: 2\n");
    QTextCursor cursor(f.edit().document()->findBlockByNumber(1));
    cursor.insertText(QStringLiteral("x: 1\n"));
    QCoreApplication::processEvents();
    EXPECT_EQ(f.document.text(), "a: \xff\nx: 1\nb: 2\n");
    f.expectAgreement();
}

TEST(YamlPane, SelectingElsewhereMovesTheCursorAndTypingSelectsTheEntry) {
    Fixture f("workflow:\n  name: x\n  steps:\n    - name: a\n      type: claude\n");
    const std::size_t at = f.document.text().find("type");
    f.selection.select(f.document.nodeAt(at), &f.selection);
    EXPECT_EQ(f.edit().cursorOffset(), at);
    f.key(Qt::Key_Up);
    EXPECT_EQ(f.selection.current(), f.document.nodeAt(f.document.text().find("name: a")));
}

TEST(YamlPane, ADraftSaysWhereAndWhat) {
    Fixture f("a: 1\n");
    const auto canBeDiscarded = [&f] {
        for (const QPushButton* button : f.pane.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Discard changes") && button->isVisible())
                return true;
        return false;
    };
    f.document.draft = true;
    (void)f.document.replaceText(3, 1, "\"1", 7);
    EXPECT_FALSE(canBeDiscarded()) << "it was never a pipeline";
    f.document.changes.emplace_back();
    (void)f.document.replaceText(3, 1, "\"1", 7);
    EXPECT_TRUE(canBeDiscarded());
    EXPECT_NE(f.edit().markOnLine(0), nullptr);
}

TEST(FindBar, ReplacingAllIsOneEditThatLeavesTheRestAlone) {
    const TextOffsets offsets("Name: \xff\nname: b\r\n");
    EXPECT_EQ(findMatches(offsets, {QStringLiteral("name"), false, false}).size(), 2u);
    EXPECT_EQ(findMatches(offsets, {QStringLiteral("name"), true, false}).size(), 1u);
    EXPECT_TRUE(findMatches(offsets, {QStringLiteral("("), false, true}).empty());
    const auto groups =
        findMatches(offsets, {QStringLiteral("(n)ame"), true, true}, QStringLiteral("\\1o"));
    ASSERT_EQ(groups.size(), 1u);
    EXPECT_EQ(groups[0].replacement, QStringLiteral("no"));
}

RC_GTEST_PROP(YamlPane, ShowsWhatTheBytesSayAfterAnyChange, ()) {
    static const std::vector<std::string> pieces = {
        "a", "aa", "\n", "\r", "\r\n", "  ", "\xff", "\xc3\xa9", "\xf0\x9f\x98\x80", "x: |\n"};
    const auto text = [] {
        std::string made;
        const int count = *rc::gen::inRange(0, 8);
        for (int i = 0; i < count; ++i)
            made += pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
        return made;
    };
    YamlEdit edit;
    std::string bytes = text();
    edit.load(bytes);
    for (int step = 0; step < 6; ++step) {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
        const auto removed = *rc::gen::inRange<std::size_t>(0, bytes.size() - at + 1);
        const std::string inserted = text();
        bytes.replace(at, removed, inserted);
        edit.apply({{at, removed, inserted}});
        RC_ASSERT(edit.offsets().bytes() == bytes);
        RC_ASSERT(edit.document()->toRawText().replace(QChar::ParagraphSeparator, u'\n') ==
                  edit.offsets().shownText());
    }
}

}  // namespace
}  // namespace pe::editor
