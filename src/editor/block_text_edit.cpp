// SPDX-License-Identifier: MIT
#include "block_text_edit.hpp"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>
#include <cmath>

#include "text_offsets.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

qsizetype codePoints(QStringView text) {
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); });
}

struct Splice {
    qsizetype at = 0;
    qsizetype removed = 0;
    qsizetype inserted = 0;
};

// The one stretch in which two texts differ, in UTF-16 units and never inside a surrogate pair.
Splice spliceBetween(const QString& before, const QString& after) {
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype prefix = 0;
    while (prefix < shorter && before[prefix] == after[prefix])
        ++prefix;
    if (prefix > 0 && before[prefix - 1].isHighSurrogate())
        --prefix;
    qsizetype suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    if (suffix > 0 && before[before.size() - suffix].isLowSurrogate())
        --suffix;
    return {prefix, before.size() - prefix - suffix, after.size() - prefix - suffix};
}

}  // namespace

BlockTextEdit::BlockTextEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(2);
    connect(this, &QPlainTextEdit::textChanged, this, &BlockTextEdit::onTextChanged);
}

void BlockTextEdit::showText(const QString& given) {
    const QString text = shownForm(given);
    if (text == shown_)
        return;
    showing_ = true;
    const Splice change = spliceBetween(shown_, text);
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(change.at));
    cursor.setPosition(static_cast<int>(change.at + change.removed), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(change.at, change.inserted));
    shown_ = text;
    showing_ = false;
    fitHeight();
}

void BlockTextEdit::setLineBounds(int fewest, int most) {
    fewest_ = fewest;
    most_ = most;
    fitHeight();
}

void BlockTextEdit::setMonospaced(bool monospaced) {
    setFont(monospaced ? Theme::monoFont() : Theme::uiFont());
    fitHeight();
}

void BlockTextEdit::onTextChanged() {
    if (showing_)
        return;
    // The raw text: the plain one has blanks for no-break spaces.
    QString now = document()->toRawText();
    now.replace(QChar::ParagraphSeparator, u'\n');
    now.replace(QChar::LineSeparator, u'\n');
    const Change made = change(shown_, now);
    if (made.removed == 0 && made.inserted.isEmpty())
        return;
    shown_ = now;
    fitHeight();
    Q_EMIT spliced(made.at, made.removed, made.inserted);
}

BlockTextEdit::Change BlockTextEdit::change(const QString& before, const QString& after) {
    const Splice splice = spliceBetween(before, after);
    return {codePoints(QStringView(before).left(splice.at)),
            codePoints(QStringView(before).mid(splice.at, splice.removed)),
            after.mid(splice.at, splice.inserted)};
}

// The height follows the wrapped lines, within the bounds.
void BlockTextEdit::fitHeight() {
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && lines <= most_;
         block = block.next()) {
        (void)document()->documentLayout()->blockBoundingRect(block);
        lines += std::max(1, block.layout()->lineCount());
    }
    const int wanted = std::clamp(lines, fewest_, most_);
    // What the style sheet puts around the text: border and padding.
    constexpr int kChrome = 10;
    setVerticalScrollBarPolicy(lines > most_ ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int margins = static_cast<int>(2 * document()->documentMargin());
    const int target = static_cast<int>(std::ceil(wanted * QFontMetricsF(font()).lineSpacing())) +
                       margins + kChrome;
    if (target != minimumHeight() || target != maximumHeight())
        setFixedHeight(target);
}

QSize BlockTextEdit::sizeHint() const {
    return {200, minimumHeight()};
}

QSize BlockTextEdit::minimumSizeHint() const {
    return {80, minimumHeight()};
}

void BlockTextEdit::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Undo))
        Q_EMIT undoRequested();
    else if (event->matches(QKeySequence::Redo))
        Q_EMIT redoRequested();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void BlockTextEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT left();
}

void BlockTextEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitHeight();
}

void BlockTextEdit::insertFromMimeData(const QMimeData* source) {
    insertPlainText(source->text());
}

// A box that shows all its text lets the form scroll.
void BlockTextEdit::wheelEvent(QWheelEvent* event) {
    if (hasFocus() && verticalScrollBar()->maximum() > 0)
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

}  // namespace pe::editor
