// SPDX-License-Identifier: MIT
// The keys of a form as somebody who fills it in meets them.
#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

#include "block_text_edit.hpp"
#include "field_editors_scalar.hpp"
#include "properties_pane.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

constexpr const char* kForm = R"(workflow:
  name: form
  steps:
    - name: one
      type: claude
      claude_options:
        max_turns: 5
        allowed_tools: [Read]
    - name: two
      type: claude
)";

class FormKeys : public WindowTest {
protected:
    FileView& show(const std::string& text = kForm) {
        FileView& view = openFile("a.yaml", text);
        window->activateWindow();
        select("/workflow/steps/0");
        return view;
    }
    void select(const std::string& pointer) {
        FileView& view = *window->current();
        view.select(at(view, pointer));
        QApplication::processEvents();
    }
    // The field with this accessible name, with the focus.
    template <class Field>
    Field& field(const QString& name) {
        Field* found = nullptr;
        for (Field* each : window->current()->propertiesPage()->findChildren<Field*>())
            if (found == nullptr && each->accessibleName() == name && each->isVisible())
                found = each;
        EXPECT_NE(found, nullptr) << name.toStdString();
        found->setFocus();
        QApplication::processEvents();
        EXPECT_TRUE(found->hasFocus()) << name.toStdString();
        return *found;
    }
    NumberBox& turns() { return field<NumberBox>(QStringLiteral("Max turns")); }
    static void type(QWidget& field, const char* text) {
        QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(&field, QString::fromLatin1(text));
    }
    static void undo(QWidget& field) { QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier); }
    static void redo(QWidget& field) {
        QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    }
    std::string text() { return window->current()->session().document().text(); }
    static std::string with(std::string all, const std::string& from, const std::string& to) {
        return all.replace(all.find(from), from.size(), to);
    }
};

TEST_F(FormKeys, UndoInANumberFieldTakesBackWhatTheDocumentGot) {
    show();
    NumberBox& box = turns();
    type(box, "8");
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(text(), with(kForm, "turns: 5", "turns: 8"));
    undo(box);
    EXPECT_EQ(text(), kForm);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
    redo(box);
    EXPECT_EQ(text(), with(kForm, "turns: 5", "turns: 8"));
}

TEST_F(FormKeys, UndoTakesBackTheStepsOfANumberAtOnce) {
    show();
    NumberBox& box = turns();
    QTest::keyClick(&box, Qt::Key_Up);
    QTest::keyClick(&box, Qt::Key_Up);
    EXPECT_EQ(box.text(), QStringLiteral("7"));
    undo(box);
    EXPECT_EQ(text(), kForm);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
    EXPECT_TRUE(window->current()->session().document().canRedo());
}

TEST_F(FormKeys, StepsOfANumberAreHandedInWhenTheyPause) {
    show();
    QTest::keyClick(&turns(), Qt::Key_Up);
    EXPECT_EQ(text(), kForm);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return text() == with(kForm, "turns: 5", "turns: 6"); }, 20'000));
}

TEST_F(FormKeys, TypingIsHandedInWhenItPausesAndEscapeGivesItUpAllTheSame) {
    show();
    NumberBox& box = turns();
    type(box, "8");
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return text() == with(kForm, "turns: 5", "turns: 8"); }, 20'000));
    QTest::keyClicks(&box, QStringLiteral("1"));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return text() == with(kForm, "turns: 5", "turns: 81"); }, 20'000));
    QTest::keyClicks(&box, QStringLiteral("2"));
    QTest::keyClick(&box, Qt::Key_Escape);
    EXPECT_EQ(text(), kForm);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
    // What Enter took is kept.
    type(box, "9");
    QTest::keyClick(&box, Qt::Key_Return);
    QTest::keyClick(&box, Qt::Key_Escape);
    EXPECT_EQ(text(), with(kForm, "turns: 5", "turns: 9"));
    // A number that is cleared is about to be another one.
    QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&box, Qt::Key_Delete);
    QTest::qWait(900);
    EXPECT_EQ(text(), with(kForm, "turns: 5", "turns: 9"));
}

TEST_F(FormKeys, TypingThatIsNotHandedInIsUndoneInTheField) {
    show();
    auto& name = field<QLineEdit>(QStringLiteral("Name"));
    type(name, "first");
    QTest::keyClick(&name, Qt::Key_Return);
    EXPECT_EQ(text(), with(kForm, "name: one", "name: first"));
    QTest::keyClicks(&name, QStringLiteral("ly"));
    undo(name);
    EXPECT_EQ(name.text(), QStringLiteral("first")) << "not what was handed in before";
    EXPECT_EQ(text(), with(kForm, "name: one", "name: first"));
    redo(name);
    EXPECT_EQ(name.text(), QStringLiteral("firstly"));
    undo(name);
    undo(name);
    EXPECT_EQ(name.text(), QStringLiteral("one"));
    EXPECT_EQ(text(), kForm);
}

TEST_F(FormKeys, UndoInTheLineThatAddsToAListTakesTheItemBack) {
    show();
    auto& add = field<QComboBox>(QStringLiteral("Add to Allowed tools"));
    QTest::keyClicks(&add, QStringLiteral("Bash"));
    QTest::keyClick(&add, Qt::Key_Return);
    EXPECT_EQ(text(), with(kForm, "[Read]", "[Read, Bash]"));
    undo(add);
    EXPECT_EQ(text(), kForm);
}

TEST_F(FormKeys, UndoInAFieldTakesBackWhatWasDoneElsewhere) {
    FileView& view = show();
    appendText(view, "# end\n");
    undo(turns());
    EXPECT_EQ(text(), kForm);
}

TEST_F(FormKeys, EscapePutsTheOldValueBack) {
    FileView& view = show();
    NumberBox& box = turns();
    type(box, "7");
    QTest::qWait(900);
    QTest::keyClick(&box, Qt::Key_Escape);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
    QTest::keyClick(&box, Qt::Key_Up);
    QTest::keyClick(&box, Qt::Key_Escape);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
    auto& name = field<QLineEdit>(QStringLiteral("Name"));
    QTest::keyClick(&name, Qt::Key_End);
    QTest::keyClicks(&name, QStringLiteral("w"));
    QTest::keyClick(&name, Qt::Key_Escape);
    EXPECT_EQ(name.text(), QStringLiteral("one"));
    auto& kind = field<QComboBox>(QStringLiteral("Type"));
    type(kind, "gem");
    QTest::keyClick(&kind, Qt::Key_Escape);
    EXPECT_EQ(kind.currentText(), QStringLiteral("claude"));
    auto& item = field<QLineEdit>(QStringLiteral("Allowed tools"));
    type(item, "Write");
    QTest::keyClick(&item, Qt::Key_Escape);
    EXPECT_EQ(item.text(), QStringLiteral("Read"));
    auto& add = field<QComboBox>(QStringLiteral("Add to Allowed tools"));
    QTest::keyClicks(&add, QStringLiteral("Bash"));
    QTest::keyClick(&add, Qt::Key_Escape);
    EXPECT_EQ(add.currentText(), QString());
    turns();
    view.commitPending();
    EXPECT_EQ(text(), kForm);
}

TEST_F(FormKeys, AnOptionalNumberThatIsClearedLeavesTheFile) {
    show();
    NumberBox& box = turns();
    QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&box, Qt::Key_Delete);
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(text(), with(kForm, "        max_turns: 5\n", ""));
    window->current()->undo();
    EXPECT_EQ(text(), kForm);
}

TEST_F(FormKeys, ARequiredNumberThatIsClearedStays) {
    document::Document& document = show().session().document();
    FormContext context{document,
                        format::Catalogue::builtIn(),
                        [&](Action action) {
                            return document.execute({std::move(action), {}, 0}).has_value();
                        },
                        {}};
    format::FieldSpec spec;
    spec.key = "max_turns";
    spec.kind = format::FieldKind::Integer;
    spec.required = true;
    NumberEditor editor(context, spec, nullptr);
    const yaml::NodeRef options = at(*window->current(), "/workflow/steps/0/claude_options");
    editor.bind({options, spec.key, yaml::child(document.forest(), options, spec.key)});
    auto& box = *editor.findChild<NumberBox*>();
    QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&box, Qt::Key_Delete);
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(text(), kForm);
    EXPECT_EQ(box.text(), QStringLiteral("5"));
}

TEST_F(FormKeys, AWholeNumberIsWrittenAsOne) {
    show();
    NumberBox& box = turns();
    type(box, "1e3");
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(text(), with(kForm, "turns: 5", "turns: 1000"));
    EXPECT_EQ(box.text(), QStringLiteral("1000"));
}

TEST_F(FormKeys, TabGoesDownTheFormPastTheHelp) {
    FileView& view = show();
    select("/workflow/steps/1");  // other rows, and then those of before again
    select("/workflow/steps/0");
    const QWidget* page = view.propertiesPage();
    QWidget* now = &field<QLineEdit>(QStringLiteral("Name"));
    QStringList inputs;
    for (int i = 0; i < 40 && now != nullptr && page->isAncestorOf(now); ++i) {
        const bool named = !now->accessibleName().isEmpty();  // notes are not
        if (named && qobject_cast<QToolButton*>(now) == nullptr)
            inputs.append(now->accessibleName());
        EXPECT_FALSE(now->accessibleName().startsWith(QStringLiteral("About ")));
        QTest::keyClick(now, Qt::Key_Tab);
        now = QApplication::focusWidget();
    }
    const QStringList expected = {
        QStringLiteral("Name"),          QStringLiteral("Type"),
        QStringLiteral("Note"),          QStringLiteral("Max turns"),
        QStringLiteral("Allowed tools"), QStringLiteral("Add to Allowed tools"),
        QStringLiteral("Add a field"),   QStringLiteral("Add a field")};
    EXPECT_EQ(inputs, expected) << inputs.join(u'|').toStdString();
}

TEST_F(FormKeys, AStepThatUndoBringsBackIsSelected) {
    FileView& view = show();
    view.canvas().setFocus();
    const yaml::NodeRef one = at(view, "/workflow/steps/0");
    view.removeSelected();
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/0"));
    EXPECT_NE(view.canvas().currentStep(), one);
    view.undo();
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/0"));
    EXPECT_EQ(view.selection().steps(), std::vector{at(view, "/workflow/steps/0")});
    select("/workflow/steps/1");
    view.renameSelected();
    Q_EMIT view.canvas().renameRequested(at(view, "/workflow/steps/0"), QStringLiteral("first"));
    view.undo();
    EXPECT_EQ(view.canvas().currentStep(), at(view, "/workflow/steps/1")) << "nothing came back";
}

}  // namespace
}  // namespace pe::editor
