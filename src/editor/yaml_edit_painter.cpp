// SPDX-License-Identifier: MIT
#include "yaml_edit_painter.hpp"

#include <QPaintEvent>
#include <QPainterPath>
#include <algorithm>

#include "yaml_edit.hpp"

namespace pe::editor {

namespace {

constexpr int kGuideEvery = 2;
// A problem that spans more lines than this is marked where it begins only.
constexpr int kLongProblem = 3;

// The same lines as those of a block's layout, with colours.
void layOutLike(QTextLayout& layout, const QTextLayout& model) {
    layout.setTextOption(model.textOption());
    if (!model.preeditAreaText().isEmpty())
        layout.setPreeditArea(model.preeditAreaPosition(), model.preeditAreaText());
    layout.beginLayout();
    for (int i = 0; i < model.lineCount(); ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(model.lineAt(i).width());
        line.setPosition(model.lineAt(i).position());
    }
    layout.endLayout();
}

}  // namespace

YamlEditPainter::YamlEditPainter(YamlEdit& edit, const QRect& clip)
    : edit_(edit), theme_(edit.theme()), painter_(edit.viewport()), clip_(clip) {}

void YamlEditPainter::paint(const QAbstractTextDocumentLayout::PaintContext& context) {
    painter_.fillRect(clip_, theme_.surface);
    QPointF origin = edit_.contentOffset();
    for (QTextBlock block = edit_.firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = edit_.blockBoundingRect(block).translated(origin);
        if (rect.bottom() >= clip_.top() && rect.top() <= clip_.bottom())
            line(block, origin, rect, context);
        origin.ry() += rect.height();
        if (origin.y() > clip_.bottom())
            break;
    }
}

void YamlEditPainter::line(const QTextBlock& block, QPointF origin, const QRectF& rect,
                           const QAbstractTextDocumentLayout::PaintContext& context) {
    const int number = block.blockNumber();
    const QString text = block.text();
    bands(number, rect);
    guides(text, origin, rect);
    QTextLayout layout(text, edit_.font(), edit_.viewport());
    layout.setFormats(formats(number));
    layOutLike(layout, *block.layout());
    matches(number, layout, origin);
    brackets(block, layout, origin);

    QList<QTextLayout::FormatRange> selections;
    for (const auto& selection : context.selections) {
        const int begin = selection.cursor.selectionStart() - block.position();
        const int end = selection.cursor.selectionEnd() - block.position();
        if (begin < block.length() && end > 0 && end > begin)
            selections.append({std::max(begin, 0),
                               std::min(end, block.length()) - std::max(begin, 0),
                               selection.format});
    }
    painter_.setPen(theme_.text);
    layout.draw(&painter_, origin, selections, clip_);
    squiggles(number, layout, origin);

    int cursor = context.cursorPosition;
    const bool inPreedit = cursor < -1 && !layout.preeditAreaText().isEmpty();
    if (inPreedit)
        cursor = layout.preeditAreaPosition() - (cursor + 2);
    else
        cursor -= block.position();
    if (inPreedit || (cursor >= 0 && cursor < block.length()))
        layout.drawCursor(&painter_, origin, cursor, edit_.cursorWidth());
}

void YamlEditPainter::bands(int number, const QRectF& rect) {
    const QRectF row(0, rect.top(), edit_.viewport()->width(), rect.height());
    const bool selected = number >= edit_.selectedFirst_ && number <= edit_.selectedLast_;
    const bool current = number == edit_.textCursor().blockNumber();
    if (selected) {
        painter_.fillRect(row, theme_.selectedLines);
        painter_.fillRect(QRectF(0, row.top(), 2, row.height()), theme_.accent);
    }
    if (current)
        painter_.fillRect(
            row.adjusted(selected ? 2 : 0, 0, 0, 0),
            selected ? mixed(theme_.selectedLines, theme_.accent, 0.08) : theme_.currentLine);
}

void YamlEditPainter::guides(const QString& text, QPointF origin, const QRectF& rect) {
    int indent = 0;
    while (indent < text.size() && text[indent] == u' ')
        ++indent;
    if (indent == text.size())
        indent = guideIndent_;
    else
        guideIndent_ = indent;
    const double step = edit_.fontMetrics().horizontalAdvance(u' ');
    const double left = origin.x() + edit_.document()->documentMargin();
    for (int column = kGuideEvery; column < indent; column += kGuideEvery)
        painter_.fillRect(QRectF(std::floor(left + column * step), rect.top(), 1, rect.height()),
                          theme_.border);
}

QList<QTextLayout::FormatRange> YamlEditPainter::formats(int number) const {
    QList<QTextLayout::FormatRange> ranges;
    for (const Token& token : edit_.highlighter_.tokens(number)) {
        if (token.kind == TokenKind::Text)
            continue;
        QTextCharFormat format;
        format.setForeground(colorOf(token.kind));
        ranges.append({token.begin, token.length, format});
    }
    return ranges;
}

QColor YamlEditPainter::colorOf(TokenKind kind) const {
    switch (kind) {
        case TokenKind::Key:
            return theme_.syntaxKey;
        case TokenKind::String:
            return theme_.syntaxString;
        case TokenKind::Number:
            return theme_.syntaxNumber;
        case TokenKind::Comment:
            return theme_.syntaxComment;
        case TokenKind::Anchor:
            return theme_.syntaxAnchor;
        case TokenKind::Template:
            return theme_.syntaxTemplate;
        case TokenKind::Punctuation:
            return theme_.syntaxPunctuation;
        case TokenKind::Text:
            break;
    }
    return theme_.text;
}

std::vector<QRectF> YamlEditPainter::rangeRects(const QTextLayout& layout, QPointF origin,
                                                int begin, int end) const {
    std::vector<QRectF> rects;
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        const int from = std::max(begin, line.textStart());
        const int to = std::min(end, line.textStart() + line.textLength());
        if (from > to || (from == to && begin != end))
            continue;
        const double left = line.cursorToX(from);
        const double right = line.cursorToX(to);
        rects.push_back(QRectF(QPointF(std::min(left, right), line.y()),
                               QSizeF(std::abs(right - left), line.height()))
                            .translated(origin));
    }
    return rects;
}

void YamlEditPainter::matches(int number, const QTextLayout& layout, QPointF origin) {
    const TextOffsets& offsets = edit_.offsets_;
    const std::size_t begin = offsets.lineBegin(number);
    const std::size_t end = offsets.lineEnd(number);
    auto each =
        std::lower_bound(edit_.matches_.begin(), edit_.matches_.end(), begin,
                         [](const yaml::Span& span, std::size_t at) { return span.end <= at; });
    for (; each != edit_.matches_.end() && each->begin <= end; ++each) {
        const int from = offsets.place(std::max(each->begin, begin)).column;
        const int to = offsets.place(std::min(each->end, end)).column;
        painter_.setPen(theme_.warning);
        painter_.setBrush(theme_.warningSoft);
        for (const QRectF& rect : rangeRects(layout, origin, from, to))
            painter_.drawRect(rect.adjusted(-0.5, 0.5, 0.5, -0.5));
    }
}

void YamlEditPainter::brackets(const QTextBlock& block, const QTextLayout& layout, QPointF origin) {
    for (const int position : edit_.brackets_) {
        if (!block.contains(position) || position < 0)
            continue;
        const int column = position - block.position();
        painter_.setPen(theme_.accent);
        painter_.setBrush(theme_.accentSoft);
        for (const QRectF& rect : rangeRects(layout, origin, column, column + 1))
            painter_.drawRect(rect.adjusted(0, 1, -1, -1));
    }
}

void YamlEditPainter::squiggles(int number, const QTextLayout& layout, QPointF origin) {
    const TextOffsets& offsets = edit_.offsets_;
    const std::size_t lineBegin = offsets.lineBegin(number);
    const std::size_t lineEnd = offsets.lineEnd(number);
    for (const TextMark& mark : edit_.marks_) {
        if (mark.begin > lineEnd)
            break;
        const std::size_t last =
            std::min(std::max(mark.end, mark.begin + 1), offsets.bytes().size());
        if (last < lineBegin || (last == lineBegin && mark.begin < lineBegin))
            continue;
        const int firstLine = offsets.lineAt(std::min(mark.begin, offsets.bytes().size()));
        if (firstLine != number && offsets.lineAt(last) - firstLine > kLongProblem)
            continue;
        // The blanks before the text of a line are nobody's fault.
        const std::size_t blanks =
            std::min(offsets.lineBytes(number).find_first_not_of(' '), lineEnd - lineBegin);
        const int from = offsets.place(std::max(mark.begin, lineBegin + blanks)).column;
        const int to = offsets.place(std::min(last, lineEnd)).column;
        if (to < from)
            continue;
        for (const QRectF& rect : rangeRects(layout, origin, from, to))
            underline(rect, mark.severity);
    }
}

// Errors and warnings as waves, what is only good to know as dots.
void YamlEditPainter::underline(const QRectF& rect, check::Severity severity) {
    const double width = std::max<double>(rect.width(), edit_.fontMetrics().averageCharWidth());
    const QColor& color = severityColor(theme_, severity);
    painter_.setRenderHint(QPainter::Antialiasing);
    if (severity <= check::Severity::Warning) {
        QPainterPath wave(QPointF(rect.left(), rect.bottom() - 1));
        for (double x = 2; x <= width; x += 2)
            wave.lineTo(rect.left() + x, rect.bottom() - (static_cast<int>(x) % 4 == 0 ? 1 : 3));
        painter_.setPen(QPen(color, 1.2));
        painter_.setBrush(Qt::NoBrush);
        painter_.drawPath(wave);
    } else {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(color);
        for (double x = 1; x <= width - 1; x += 4)
            painter_.drawEllipse(QPointF(rect.left() + x, rect.bottom() - 1.5), 0.9, 0.9);
    }
    painter_.setRenderHint(QPainter::Antialiasing, false);
}

void YamlEdit::paintEvent(QPaintEvent* event) {
    auto context = getPaintContext();
    if (isReadOnly())
        context.cursorPosition = -1;
    YamlEditPainter(*this, event->rect()).paint(context);
}

}  // namespace pe::editor
