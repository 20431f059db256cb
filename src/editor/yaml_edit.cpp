// SPDX-License-Identifier: MIT
#include "yaml_edit.hpp"

#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>

#include "findings.hpp"
#include "line_gutter.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kNoHint = -1;

// Blocks [first, last) of a document, joined by LF.
QString blockText(const QTextDocument& document, int first, int last) {
    QString text;
    QTextBlock block = document.findBlockByNumber(first);
    for (int line = first; line < last && block.isValid(); ++line, block = block.next()) {
        if (line > first)
            text += u'\n';
        text += block.text();
    }
    return text;
}

QString shownLines(const TextOffsets& offsets, int first, int last) {
    QString text;
    for (int line = first; line < last; ++line) {
        if (line > first)
            text += u'\n';
        text += offsets.shownLine(line);
    }
    return text;
}

struct Difference {
    int prefix = 0;
    int suffix = 0;
};

// What two texts share at both ends, never half of a surrogate pair.
Difference difference(const QString& before, const QString& after, int mostPrefix) {
    Difference found;
    const auto shorter = static_cast<int>(std::min(before.size(), after.size()));
    const int limit = mostPrefix < 0 ? shorter : std::min(shorter, mostPrefix);
    while (found.prefix < limit && before[found.prefix] == after[found.prefix])
        ++found.prefix;
    if (found.prefix > 0 && before[found.prefix - 1].isHighSurrogate())
        --found.prefix;
    while (found.suffix < shorter - found.prefix &&
           before[before.size() - 1 - found.suffix] == after[after.size() - 1 - found.suffix])
        ++found.suffix;
    if (found.suffix > 0 && before[before.size() - found.suffix].isLowSurrogate())
        --found.suffix;
    return found;
}

}  // namespace

YamlEdit::YamlEdit(QWidget* parent)
    : QPlainTextEdit(parent), highlighter_([this](int line) { return offsets_.shownLine(line); }) {
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("YAML text"));
    setCursorWidth(2);
    gutter_ = new LineGutter(this);
    restyle();
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, rect.y(), gutter_->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { placeGutter(); });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        matchBracket();
        viewport()->update();
        gutter_->update();
        if (applying_ == 0 && !editing_)
            Q_EMIT cursorMoved();
    });
    connect(document(), &QTextDocument::contentsChange, this, [this] {
        if (applying_ > 0 || outsideEdits_)
            return;
        outsideEdits_ = true;
        QMetaObject::invokeMethod(this, &YamlEdit::takeOutsideEdits, Qt::QueuedConnection);
    });
}

YamlEdit::~YamlEdit() = default;

void YamlEdit::load(const std::string& bytes) {
    ++applying_;
    outsideEdits_ = false;
    offsets_ = TextOffsets(bytes);
    highlighter_.invalidate(0);
    brackets_[0] = brackets_[1] = -1;
    setPlainText(offsets_.shownText());
    --applying_;
    placeGutter();
}

void YamlEdit::apply(const std::vector<document::TextPatch>& patches) {
    if (patches.empty())
        return;
    QTextCursor top(firstVisibleBlock());
    const int topBefore = top.blockNumber();
    const int scroll = verticalScrollBar()->value();
    ++applying_;
    QTextCursor group(document());
    group.beginEditBlock();
    for (const document::TextPatch& patch : patches) {
        const TextPlace place = offsets_.place(patch.offset);
        const LineChange change = offsets_.replace(patch.offset, patch.removed, patch.inserted);
        for (TextMark& mark : marks_)
            moveWith(patch, mark.begin, mark.end);
        int hint = place.column;
        for (int line = change.first; line < place.line; ++line)
            hint += document()->findBlockByNumber(line).length();
        highlighter_.invalidate(change.first);
        reconcile(change.first, offsets_.lineCount() - change.first - change.after, hint);
    }
    group.endEditBlock();
    --applying_;
    outsideEdits_ = false;
    if (!editing_ && top.blockNumber() != topBefore)
        verticalScrollBar()->setValue(scroll + top.blockNumber() - topBefore);
    matchBracket();
    viewport()->update();
    gutter_->update();
}

// Makes the widget's blocks from `first` to `linesAfter` before the end show what the bytes say,
// changing as little as possible.
void YamlEdit::reconcile(int first, int linesAfter, int keepPrefix) {
    const QString shown = blockText(*document(), first, blockCount() - linesAfter);
    const QString wanted = shownLines(offsets_, first, offsets_.lineCount() - linesAfter);
    if (shown == wanted)
        return;
    const Difference same = difference(shown, wanted, keepPrefix);
    const int start = document()->findBlockByNumber(first).position();
    QTextCursor cursor(document());
    cursor.setPosition(start + same.prefix);
    cursor.setPosition(start + static_cast<int>(shown.size()) - same.suffix,
                       QTextCursor::KeepAnchor);
    cursor.insertText(wanted.mid(same.prefix, wanted.size() - same.prefix - same.suffix));
}

// Turns what somebody did to the widget's text into a byte edit, after the fact.
void YamlEdit::takeOutsideEdits() {
    if (!outsideEdits_)
        return;
    outsideEdits_ = false;
    int first = 0;
    const int shortest = std::min(blockCount(), offsets_.lineCount());
    QTextBlock block = document()->firstBlock();
    while (first < shortest - 1 && block.text() == offsets_.shownLine(first)) {
        ++first;
        block = block.next();
    }
    int after = 0;
    block = document()->lastBlock();
    while (after < shortest - first - 1 &&
           block.text() == offsets_.shownLine(offsets_.lineCount() - 1 - after)) {
        ++after;
        block = block.previous();
    }
    const QString before = shownLines(offsets_, first, offsets_.lineCount() - after);
    const QString now = blockText(*document(), first, blockCount() - after);
    if (before == now)
        return;
    const Difference same = difference(before, now, kNoHint);
    const auto placeIn = [&](qsizetype units) {
        const QStringView head = QStringView(before).left(units);
        const auto line = static_cast<int>(head.count(u'\n'));
        return TextPlace{first + line, static_cast<int>(units - head.lastIndexOf(u'\n') - 1)};
    };
    const std::size_t begin = offsets_.offset(placeIn(same.prefix));
    const std::size_t end = offsets_.offset(placeIn(before.size() - same.suffix));
    const std::string bytes = offsets_.encode(
        now.mid(same.prefix, now.size() - same.prefix - same.suffix), offsets_.lineAt(begin));
    if (!edit(begin, end - begin, bytes)) {
        ++applying_;
        reconcile(first, after, kNoHint);
        --applying_;
    }
}

bool YamlEdit::edit(std::size_t offset, std::size_t removed, std::string_view inserted) {
    if (!sink_ || isReadOnly() || (removed == 0 && inserted.empty()))
        return false;
    const std::size_t after = offset + inserted.size();
    editing_ = true;
    const bool taken = sink_(offset, removed, inserted);
    if (taken)
        setCursorOffset(after);
    editing_ = false;
    if (taken) {
        ensureCursorVisible();
        Q_EMIT cursorMoved();
    }
    return taken;
}

TextPlace YamlEdit::placeOf(int position) const {
    const QTextBlock block = document()->findBlock(position);
    return {block.blockNumber(), position - block.position()};
}

int YamlEdit::positionOf(TextPlace place) const {
    const QTextBlock block = document()->findBlockByNumber(place.line);
    return block.position() + std::min(place.column, block.length() - 1);
}

std::size_t YamlEdit::cursorOffset() const {
    return offsets_.offset(placeOf(textCursor().position()));
}

std::size_t YamlEdit::anchorOffset() const {
    return offsets_.offset(placeOf(textCursor().anchor()));
}

std::pair<std::size_t, std::size_t> YamlEdit::selectedBytes() const {
    const QTextCursor cursor = textCursor();
    return {offsets_.offset(placeOf(cursor.selectionStart())),
            offsets_.offset(placeOf(cursor.selectionEnd()))};
}

void YamlEdit::setCursorOffset(std::size_t offset) {
    selectBytes(offset, offset);
}

void YamlEdit::selectBytes(std::size_t begin, std::size_t end) {
    const std::size_t size = offsets_.bytes().size();
    QTextCursor cursor(document());
    cursor.setPosition(positionOf(offsets_.place(std::min(begin, size))));
    cursor.setPosition(positionOf(offsets_.place(std::min(end, size))), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void YamlEdit::revealLines(int first, int last) {
    const int visible = std::max(1, viewport()->height() / std::max(1, fontMetrics().height()) - 1);
    const int top = firstVisibleBlock().blockNumber();
    if (first < top || first >= top + visible)
        verticalScrollBar()->setValue(std::max(0, first - visible / 4));
    else if (last >= top + visible)
        verticalScrollBar()->setValue(std::min(first, last - visible + 1));
}

void YamlEdit::setMarks(std::vector<TextMark> marks) {
    marks_ = std::move(marks);
    std::stable_sort(marks_.begin(), marks_.end(),
                     [](const auto& a, const auto& b) { return a.begin < b.begin; });
    viewport()->update();
    gutter_->update();
}

const TextMark* YamlEdit::markOnLine(int line) const {
    const std::size_t end = line + 1 < offsets_.lineCount() ? offsets_.lineBegin(line + 1)
                                                            : offsets_.bytes().size() + 1;
    auto each = std::lower_bound(marks_.begin(), marks_.end(), offsets_.lineBegin(line),
                                 [](const TextMark& m, std::size_t at) { return m.begin < at; });
    const TextMark* worst = nullptr;
    for (; each != marks_.end() && each->begin < end; ++each)
        if (worst == nullptr || each->severity < worst->severity)
            worst = &*each;
    return worst;
}

QRect YamlEdit::globalRect(std::size_t offset) const {
    QTextCursor cursor(document());
    cursor.setPosition(positionOf(offsets_.place(std::min(offset, offsets_.bytes().size()))));
    const QRect rect = cursorRect(cursor);
    return {viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

void YamlEdit::setSelectedLines(int first, int last) {
    selectedFirst_ = first;
    selectedLast_ = last;
    viewport()->update();
}

void YamlEdit::setMatches(std::vector<yaml::Span> matches) {
    matches_ = std::move(matches);
    viewport()->update();
}

int YamlEdit::gutterWidth() const {
    const auto digits = std::max<qsizetype>(3, QString::number(blockCount()).size());
    return static_cast<int>(digits) * fontMetrics().horizontalAdvance(u'9') + Theme::kSpace3 +
           Theme::kSpace4;
}

void YamlEdit::forVisibleLines(const std::function<void(int, QRectF)>& visit) const {
    QPointF offset = contentOffset();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingRect(block).translated(offset);
        visit(block.blockNumber(), rect);
        offset.ry() += rect.height();
        if (offset.y() > viewport()->height())
            break;
    }
}

const Theme& YamlEdit::theme() const {
    return Theme::of(parentWidget() == nullptr ? static_cast<const QWidget&>(*this)
                                               : *parentWidget());
}

void YamlEdit::restyle() {
    const Theme& theme = this->theme();
    const QString style = QStringLiteral(
                              "QPlainTextEdit { border: none; border-radius: 0; padding: 0; "
                              "background: %1; color: %2; }")
                              .arg(theme.surface.name(), theme.text.name());
    // Setting it changes the palette again.
    if (style != styleSheet())
        setStyleSheet(style);
    viewport()->update();
    gutter_->update();
}

void YamlEdit::placeGutter() {
    const int width = gutterWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect rect = contentsRect();
    gutter_->setGeometry(rect.left(), rect.top(), width, rect.height());
}

// Finds the pair of brackets at the cursor, within a bounded stretch of text.
void YamlEdit::matchBracket() {
    static const QString kOpen = QStringLiteral("[{(");
    static const QString kClose = QStringLiteral("]})");
    constexpr int kFarthest = 20000;
    brackets_[0] = brackets_[1] = -1;
    const int position = textCursor().position();
    for (const int at : {position, position - 1}) {
        const QChar here = at >= 0 ? document()->characterAt(at) : QChar();
        const bool forward = kOpen.contains(here);
        if (here.isNull() || (!forward && !kClose.contains(here)))
            continue;
        const QString& pairs = forward ? kClose : kOpen;
        const QChar partner = pairs[(forward ? kOpen : kClose).indexOf(here)];
        int depth = 0;
        for (int i = at, steps = 0; i >= 0 && steps < kFarthest; i += forward ? 1 : -1, ++steps) {
            const QChar c = document()->characterAt(i);
            if (c.isNull())
                break;
            depth += c == here ? 1 : c == partner ? -1 : 0;
            if (depth == 0) {
                brackets_[0] = at;
                brackets_[1] = i;
                return;
            }
        }
    }
}

}  // namespace pe::editor
