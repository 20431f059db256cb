// SPDX-License-Identifier: MIT
// The doors through which a user changes the text of a YamlEdit: keys, input methods, clipboard,
// drops.
#include <QApplication>
#include <QClipboard>
#include <QDragLeaveEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpression>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>

#include "line_gutter.hpp"
#include "pasted_lines.hpp"
#include "theme.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {

namespace {

constexpr int kIndent = 2;

std::size_t bytesOfIndent(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

bool isBlankLine(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

// A line of the block text that the state says it stands in.
bool isInBlock(const LineState& state, const QString& line) {
    return state.inside == LineState::Inside::BlockScalar && indentOf(line) > state.indent;
}

// The indent a line takes that follows `line`, of which only the part before the cursor counts.
int indentAfter(const QString& line) {
    static const QRegularExpression opens(
        QStringLiteral("(?:^|\\s|:)(?:[|>][-+0-9]*)\\s*$|:\\s*(?:#.*)?$"));
    static const QRegularExpression dashes(QStringLiteral("^ *(?:- +)+(?=[^\\s].*:(?:\\s|$))"));
    int indent = indentOf(line);
    if (const auto match = dashes.match(line); match.hasMatch())
        indent = static_cast<int>(match.capturedLength());
    if (line.trimmed().startsWith(u'#'))
        return indent;
    return opens.match(line).hasMatch() ? indent + kIndent : indent;
}

}  // namespace

void YamlEdit::insertText(const QString& text) {
    const auto [begin, end] = selectedBytes();
    edit(begin, end - begin, offsets_.encode(text, offsets_.lineAt(begin)));
}

void YamlEdit::keyPressEvent(QKeyEvent* event) {
    takeOutsideEdits();
    if (event->matches(QKeySequence::Undo)) {
        Q_EMIT undoRequested();
    } else if (event->matches(QKeySequence::Redo) ||
               (event->key() == Qt::Key_Y && event->modifiers() == Qt::ControlModifier)) {
        Q_EMIT redoRequested();
    } else if (event->key() == Qt::Key_Escape) {
        tabLeaves_ = true;
        event->ignore();
        return;
    } else if (event->matches(QKeySequence::MoveToStartOfLine) ||
               event->matches(QKeySequence::SelectStartOfLine)) {
        goHome(event->matches(QKeySequence::SelectStartOfLine));
    } else if (isReadOnly() || !keyEdits(event)) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    tabLeaves_ = false;
    event->accept();
}

// True if the key is an editing key, whose effect has then happened.
bool YamlEdit::keyEdits(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->matches(QKeySequence::Cut)) {
        cut();
    } else if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if (event->key() == Qt::Key_D && modifiers == Qt::ControlModifier) {
        duplicateLines();
    } else if ((event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) &&
               modifiers == Qt::AltModifier) {
        moveLines(event->key() == Qt::Key_Up);
    } else if (event->matches(QKeySequence::DeleteStartOfWord)) {
        deleteBy(QTextCursor::PreviousWord);
    } else if (event->matches(QKeySequence::DeleteEndOfWord)) {
        deleteBy(QTextCursor::NextWord);
    } else if (event->matches(QKeySequence::DeleteEndOfLine)) {
        deleteBy(QTextCursor::EndOfBlock);
    } else if (event->key() == Qt::Key_Delete && modifiers == Qt::NoModifier) {
        deleteBy(QTextCursor::NextCharacter);
    } else if (event->key() == Qt::Key_Backspace && !(modifiers & ~Qt::ShiftModifier)) {
        backspace();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        newLine();
    } else if (event->key() == Qt::Key_Slash && modifiers == Qt::ControlModifier) {
        toggleComment();
    } else if (event->key() == Qt::Key_Tab && modifiers == Qt::NoModifier) {
        indentSelection();
    } else if (event->key() == Qt::Key_Backtab || event->key() == Qt::Key_Tab) {
        outdentSelection();
    } else if (!event->text().isEmpty() &&
               (event->text()[0].isPrint() || event->text().size() > 1) &&
               (modifiers & (Qt::ControlModifier | Qt::MetaModifier)) == 0) {
        typeText(event->text());
        Q_EMIT typed(event->text());
    } else {
        return false;
    }
    return true;
}

void YamlEdit::typeText(const QString& text) {
    const bool isBlank = text.trimmed().isEmpty();
    insertText(isBlank ? text : QString(missingIndent(), u' ') + text);
}

// On an empty line in the middle of a block text: how many blanks it lacks to be a line of that
// text. Words left of it would end the text, and with it all that follows.
int YamlEdit::missingIndent() {
    const auto [begin, end] = selectedBytes();
    const int line = offsets_.lineAt(begin);
    const LineState state = highlighter_.stateAt(line);
    const QString here = offsets_.shownLine(line);
    if (begin != end || state.inside != LineState::Inside::BlockScalar ||
        !here.trimmed().isEmpty() || offsets_.place(begin).column != here.size())
        return 0;
    const auto nextWritten = [&](int step) {
        int at = line + step;
        while (at >= 0 && at < offsets_.lineCount() && offsets_.shownLine(at).trimmed().isEmpty())
            at += step;
        return at < 0 || at >= offsets_.lineCount() ? -1 : indentOf(offsets_.shownLine(at));
    };
    const int above = nextWritten(-1);
    const int below = nextWritten(1);
    if (below <= state.indent)
        return 0;
    // Above may be the line of the key.
    const int indent = above > state.indent ? above : below;
    return std::max(0, indent - static_cast<int>(here.size()));
}

void YamlEdit::newLine() {
    const auto [begin, end] = selectedBytes();
    const int line = offsets_.lineAt(begin);
    const TextPlace place = offsets_.place(begin);
    const QString head = offsets_.shownLine(line).left(place.column);
    // Left of its text the line moves down as it is.
    const std::string_view own = offsets_.lineBytes(line);
    if (begin == end && !isBlankLine(own) && head.trimmed().isEmpty()) {
        const std::string lineBreak = offsets_.encode(QStringLiteral("\n"), line);
        if (edit(offsets_.lineBegin(line), 0, lineBreak))
            setCursorOffset(begin + lineBreak.size());
        return;
    }
    const LineState state = highlighter_.stateAt(line);
    const bool inBlock = isInBlock(state, head);
    const int indent = std::min(inBlock ? indentOf(head) : indentAfter(head), 1000);
    // Blanks left of the rest of the line would add to its new indent.
    const std::string_view rest = offsets_.lineBytes(offsets_.lineAt(end));
    const std::size_t column = end - offsets_.lineBegin(offsets_.lineAt(end));
    const std::size_t blanks = bytesOfIndent(rest.substr(column));
    edit(begin, end - begin + blanks, offsets_.encode(u'\n' + QString(indent, u' '), line));
}

// To the text of the line; from there, or left of it, to its start or back.
void YamlEdit::goHome(bool select) {
    QTextCursor cursor = textCursor();
    const TextPlace place = placeOf(cursor.position());
    const int indent = indentOf(offsets_.shownLine(place.line));
    cursor.setPosition(positionOf({place.line, place.column == indent ? 0 : indent}),
                       select ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
    setTextCursor(cursor);
}

// The copy stands below, with the cursor where it was in the lines.
void YamlEdit::duplicateLines() {
    const auto [first, last] = selectedLineRange();
    const std::size_t begin = offsets_.lineBegin(first);
    const std::size_t end = offsets_.lineEnd(last);
    const std::size_t cursor = cursorOffset();
    const std::string copy =
        offsets_.encode(QStringLiteral("\n"), last) + offsets_.bytes().substr(begin, end - begin);
    if (edit(end, 0, copy))
        setCursorOffset(std::min(cursor, end) + copy.size());
}

void YamlEdit::moveLines(bool up) {
    const auto [first, last] = selectedLineRange();
    const int other = up ? first - 1 : last + 1;
    if (other < 0 || other >= offsets_.lineCount() ||
        (!up && other + 1 == offsets_.lineCount() && offsets_.lineBytes(other).empty()))
        return;
    const auto [selectionBegin, selectionEnd] = selectedBytes();
    const bool selected = textCursor().hasSelection();
    const std::size_t begin = offsets_.lineBegin(up ? other : first);
    const std::size_t end = offsets_.lineEnd(up ? last : other);
    const std::size_t ownBegin = offsets_.lineBegin(first);
    const std::string own = offsets_.bytes().substr(ownBegin, offsets_.lineEnd(last) - ownBegin);
    const std::string neighbour(offsets_.lineBytes(other));
    const std::string lineBreak(offsets_.lineBreak(up ? other : last));
    const std::size_t nowBegin = up ? begin : begin + neighbour.size() + lineBreak.size();
    if (!edit(begin, end - begin, up ? own + lineBreak + neighbour : neighbour + lineBreak + own))
        return;
    const auto moved = [&](std::size_t offset) {
        return nowBegin + std::min(offset - ownBegin, own.size());
    };
    selectBytes(moved(selected ? selectionBegin : selectionEnd), moved(selectionEnd));
}

void YamlEdit::deleteBy(QTextCursor::MoveOperation move) {
    QTextCursor cursor = textCursor();
    if (!cursor.hasSelection())
        cursor.movePosition(move, QTextCursor::KeepAnchor);
    const std::size_t begin = offsets_.offset(placeOf(cursor.selectionStart()));
    const std::size_t end = offsets_.offset(placeOf(cursor.selectionEnd()));
    edit(begin, end - begin, {});
}

// Takes back one code point (of a letter with marks, the last mark), or one step of indent.
void YamlEdit::backspace() {
    auto [begin, end] = selectedBytes();
    if (begin == end) {
        const TextPlace place = offsets_.place(begin);
        const std::size_t lineBegin = offsets_.lineBegin(place.line);
        const std::string_view head = offsets_.lineBytes(place.line).substr(0, begin - lineBegin);
        if (place.column == 0 && place.line > 0)
            begin = offsets_.lineEnd(place.line - 1);
        else if (!head.empty() && bytesOfIndent(head) == head.size())
            begin = lineBegin + (head.size() - 1) / kIndent * kIndent;
        else if (place.column > 0)
            begin = offsets_.offset({place.line, place.column - 1});
    }
    edit(begin, end - begin, {});
}

std::pair<int, int> YamlEdit::selectedLineRange() const {
    const QTextCursor cursor = textCursor();
    const TextPlace first = placeOf(cursor.selectionStart());
    const TextPlace last = placeOf(cursor.selectionEnd());
    const bool lastUntouched = last.line > first.line && last.column == 0;
    return {first.line, lastUntouched ? last.line - 1 : last.line};
}

// Rewrites each selected line; the bytes a change does not touch stay what they are, and the lines
// stay selected.
void YamlEdit::mapLines(const std::function<std::string(std::string_view)>& change) {
    const auto [first, last] = selectedLineRange();
    const bool hadSelection = textCursor().hasSelection();
    const std::size_t cursorFromEnd =
        offsets_.lineEnd(last) - std::min(cursorOffset(), offsets_.lineEnd(last));
    std::string bytes;
    for (int line = first; line <= last; ++line) {
        bytes += change(offsets_.lineBytes(line));
        if (line < last)
            bytes += offsets_.lineBreak(line);
    }
    const std::size_t begin = offsets_.lineBegin(first);
    if (!edit(begin, offsets_.lineEnd(last) - begin, bytes))
        return;
    if (hadSelection)
        selectBytes(begin, begin + bytes.size());
    else
        setCursorOffset(begin + bytes.size() - std::min(cursorFromEnd, bytes.size()));
}

void YamlEdit::indentSelection() {
    const auto [first, last] = selectedLineRange();
    if (first == last && !(textCursor().hasSelection() && textCursor().selectedText().size() >=
                                                              offsets_.shownLine(first).size())) {
        const int column = placeOf(textCursor().selectionStart()).column;
        insertText(QString(kIndent - column % kIndent, u' '));
        return;
    }
    mapLines([](std::string_view line) {
        return isBlankLine(line) ? std::string(line)
                                 : std::string(kIndent, ' ') + std::string(line);
    });
}

void YamlEdit::outdentSelection() {
    mapLines([](std::string_view line) {
        return std::string(line.substr(std::min<std::size_t>(bytesOfIndent(line), kIndent)));
    });
}

void YamlEdit::toggleComment() {
    const auto [first, last] = selectedLineRange();
    const bool several = first != last;
    bool all = true;
    std::size_t column = std::string::npos;
    for (int line = first; line <= last; ++line) {
        const std::string_view bytes = offsets_.lineBytes(line);
        if (isBlankLine(bytes) && several)
            continue;
        all = all && bytesOfIndent(bytes) < bytes.size() && bytes[bytesOfIndent(bytes)] == '#';
        column = std::min(column, bytesOfIndent(bytes));
    }
    mapLines([&](std::string_view line) {
        if (isBlankLine(line) && several)
            return std::string(line);
        if (!all)
            return std::string(line.substr(0, column)) + "# " + std::string(line.substr(column));
        const std::size_t hash = bytesOfIndent(line);
        const std::size_t text = hash + (line.substr(hash + 1).starts_with(' ') ? 2 : 1);
        return std::string(line.substr(0, hash)) + std::string(line.substr(text));
    });
}

void YamlEdit::inputMethodEvent(QInputMethodEvent* event) {
    takeOutsideEdits();
    const bool changes = !event->commitString().isEmpty() || event->replacementLength() > 0;
    if (changes && !isReadOnly()) {
        const QTextCursor cursor = textCursor();
        const bool replaces = event->replacementLength() > 0;
        const int start = replaces ? std::max(0, cursor.position() + event->replacementStart())
                                   : cursor.selectionStart();
        const int end = replaces ? start + event->replacementLength() : cursor.selectionEnd();
        QInputMethodEvent none;
        QPlainTextEdit::inputMethodEvent(&none);
        const std::size_t from = offsets_.offset(placeOf(start));
        const std::size_t to = offsets_.offset(placeOf(end));
        edit(from, to - from, offsets_.encode(event->commitString(), offsets_.lineAt(from)));
    }
    QInputMethodEvent preedit(event->preeditString(), event->attributes());
    ++applying_;
    QPlainTextEdit::inputMethodEvent(&preedit);
    --applying_;
    event->accept();
}

bool YamlEdit::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText();
}

void YamlEdit::insertFromMimeData(const QMimeData* source) {
    if (source->hasText())
        insertText(fittedToPlace(source->text()));
}

// Lines take on the indent of the place if they go on behind the blanks of a line, or in a text.
QString YamlEdit::fittedToPlace(const QString& text) {
    if (!text.contains(u'\n'))
        return text;
    const TextPlace place = offsets_.place(selectedBytes().first);
    const QString line = offsets_.shownLine(place.line);
    const QString head = line.left(place.column);
    const bool behindBlanks = !head.isEmpty() && head.trimmed().isEmpty();
    const LineState state = highlighter_.stateAt(place.line);
    const bool inText = isInBlock(state, line);
    if (!behindBlanks && (!inText || head.isEmpty()))
        return text;
    // In the middle of a line the first one goes on with it.
    const int blanks = behindBlanks ? 0 : indentOf(text.section(u'\n', 0, 0));
    const QString lines = text.left(blanks) + pastedLines(text.mid(blanks), indentOf(head));
    // What stands behind the cursor keeps its place.
    const bool rest = !line.mid(place.column).trimmed().isEmpty();
    return lines.endsWith(u'\n') && rest ? lines + head : lines;
}

QMimeData* YamlEdit::createMimeDataFromSelection() const {
    const auto [begin, end] = selectedBytes();
    auto* copied = new QMimeData;
    copied->setText(
        QString::fromUtf8(offsets_.bytes().data() + begin, static_cast<qsizetype>(end - begin)));
    return copied;
}

// A file that is dropped is meant for the window, which opens it.
void YamlEdit::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QPlainTextEdit::dragEnterEvent(event);
}

// A drop inserts a copy; taking the original away as well would be two edits.
void YamlEdit::dropEvent(QDropEvent* event) {
    if (event->source() != viewport() && event->source() != this) {
        QPlainTextEdit::dropEvent(event);
        return;
    }
    // The caret that shows where it would drop has done its work.
    QDragLeaveEvent over;
    QPlainTextEdit::dragLeaveEvent(&over);
    const auto [begin, end] = selectedBytes();
    const std::size_t target =
        offsets_.offset(placeOf(cursorForPosition(event->position().toPoint()).position()));
    if (target >= begin && target <= end)
        return;
    const std::string bytes = offsets_.bytes().substr(begin, end - begin);
    const bool moves = event->dropAction() == Qt::MoveAction;
    const std::string between = target < begin ? offsets_.bytes().substr(target, begin - target)
                                               : offsets_.bytes().substr(end, target - end);
    if (!moves)
        edit(target, 0, bytes);
    else if (target < begin)
        edit(target, end - target, bytes + between);
    else
        edit(begin, target - begin, between + bytes);
    // The drag must not remove the original as well.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void YamlEdit::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    const bool editable = !isReadOnly();
    const bool selected = textCursor().hasSelection();
    menu.addAction(tr("Undo"), QKeySequence::Undo, this, &YamlEdit::undoRequested);
    menu.addAction(tr("Redo"), QKeySequence::Redo, this, &YamlEdit::redoRequested);
    menu.addSeparator();
    menu.addAction(tr("Cut"), QKeySequence::Cut, this, &YamlEdit::cut)
        ->setEnabled(editable && selected);
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, &YamlEdit::copy)->setEnabled(selected);
    menu.addAction(tr("Paste"), QKeySequence::Paste, this, &YamlEdit::paste)
        ->setEnabled(editable && canPaste());
    menu.addSeparator();
    menu.addAction(tr("Toggle comment"), QKeySequence(tr("Ctrl+/")), this, &YamlEdit::toggleComment)
        ->setEnabled(editable);
    menu.addAction(tr("Select all"), QKeySequence::SelectAll, this, &YamlEdit::selectAll);
    const int position = cursorForPosition(event->pos()).position();
    Q_EMIT menuAboutToShow(&menu, offsets_.offset(placeOf(position)));
    menu.exec(event->globalPos());
}

void YamlEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void YamlEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
    if (event->type() == QEvent::FontChange)
        placeGutter();
}

void YamlEdit::wheelEvent(QWheelEvent* event) {
    if ((event->modifiers() & Qt::ControlModifier) == 0) {
        QPlainTextEdit::wheelEvent(event);
        return;
    }
    Q_EMIT zoomed(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

bool YamlEdit::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPoint inside = viewport()->mapFrom(this, help->pos());
    const std::size_t at = offsets_.offset(placeOf(cursorForPosition(inside).position()));
    if (hover_) {
        if (!hover_(at, globalRect(at)))
            QToolTip::hideText();
        return true;
    }
    for (const TextMark& mark : marks_) {
        if (at + 1 >= mark.begin && at <= std::max(mark.end, mark.begin + 1)) {
            QToolTip::showText(help->globalPos(), QString::fromStdString(mark.message), this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

bool YamlEdit::focusNextPrevChild(bool next) {
    return (tabLeaves_ || isReadOnly()) && QPlainTextEdit::focusNextPrevChild(next);
}

}  // namespace pe::editor
