// SPDX-License-Identifier: MIT
// Editors of single values: text on one line, long text, number, yes or no, one of several, and
// what cannot be edited here. UI thread.
#pragma once

#include <QAbstractSpinBox>
#include <QTimer>

#include "field_editor.hpp"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace pe::editor {

class BlockTextEdit;

// Shows a text in an editable box, from its beginning, without a signal.
void showText(QComboBox& box, const QString& text);
// What the line shows is handed in: nothing is left that it could undo by itself.
void settle(QLineEdit& line);

// Hands in what is typed when the user leaves the field, presses Enter, or pauses, so that little
// of it is ever lost. What was handed in by pauses can still be given up.
class TypedEditor : public FieldEditor {
    Q_OBJECT

public:
    TypedEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void commit() override;
    // Forgets what was typed since the field was entered or committed; refresh() shows again what
    // the document has. Returns how many steps of the document must be undone for that.
    int giveUp();

protected:
    // Where the text is typed; once, in the constructor.
    void setLine(QLineEdit* line) { typedIn_ = line; }
    void typed();
    // Whether a pause hands in what the line shows.
    virtual bool isWhole() const { return true; }
    void drop();
    // Something is typed that the document does not have yet; it is not overwritten.
    bool pending() const { return pending_; }

private:
    void handIn();

    QTimer pause_;
    QLineEdit* typedIn_ = nullptr;
    bool pending_ = false;
    int handedIn_ = 0;  // steps of the document since the last commit
};

class LineEditor final : public TypedEditor {
    Q_OBJECT

public:
    LineEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    QLineEdit* line_;
};

// A spin box over text: it steps numbers within bounds, and shows and takes anything.
class NumberBox final : public QAbstractSpinBox {
    Q_OBJECT

public:
    explicit NumberBox(const format::FieldSpec& spec, QWidget* parent);
    void stepBy(int steps) override;
    QLineEdit* line() const { return lineEdit(); }

Q_SIGNALS:
    void stepped();

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& text, int& at) const override;
    void wheelEvent(QWheelEvent* event) override;

private:
    double lowest_;
    double highest_;
    bool whole_;
    double usual_;
};

class NumberEditor final : public TypedEditor {
    Q_OBJECT

public:
    NumberEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;
    void commit() override;

private:
    // A number that is cleared is about to be another one.
    bool isWhole() const override;
    void showBounds();
    NumberBox* box_;
    QLabel* warning_;
};

class CheckEditor final : public FieldEditor {
    Q_OBJECT

public:
    CheckEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    QCheckBox* box_;
};

// A choice or the name of a step; other texts are shown and can be typed.
class ComboEditor final : public TypedEditor {
    Q_OBJECT

public:
    ComboEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillChoices();
    QStringList steps() const;
    QComboBox* box_;
};

class LinesEditor final : public FieldEditor {
    Q_OBJECT

public:
    LinesEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    void splice(qsizetype at, qsizetype removed, const QString& inserted);
    BlockTextEdit* box_;
    QString held_;  // line breaks at the end of the box that the document does not have yet
};

class ReadOnlyEditor final : public FieldEditor {
    Q_OBJECT

public:
    ReadOnlyEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    QLabel* text_;
    QLabel* reason_;
    QPushButton* copy_;
};

}  // namespace pe::editor
