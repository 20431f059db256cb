// SPDX-License-Identifier: MIT
#include "version_text.hpp"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>

#include "theme.hpp"

namespace pe::editor {

using Kind = DifferentLine::Kind;

VersionText::VersionText(QWidget* parent) : ReadingText(parent), gutter_(new QWidget(this)) {
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; border-radius: 0; }"));
    setAccessibleName(tr("Text of the version"));
    gutter_->installEventFilter(this);
    connect(this, &QPlainTextEdit::updateRequest, gutter_, qOverload<>(&QWidget::update));
}

void VersionText::showLines(std::vector<DifferentLine> lines) {
    lines_ = std::move(lines);
    QString text;
    for (const DifferentLine& line : lines_)
        text += (text.isNull() ? QString(QLatin1String("")) : QStringLiteral("\n")) + line.text;
    setPlainText(text);
    placeGutter();
    // What changed is what one wants to see.
    const auto changed = std::find_if(lines_.begin(), lines_.end(), [](const DifferentLine& each) {
        return each.kind != Kind::Same;
    });
    if (changed != lines_.end())
        goToRow(static_cast<int>(changed - lines_.begin()));
}

std::pair<int, int> VersionText::counts() const {
    std::pair<int, int> counts;
    for (const DifferentLine& line : lines_) {
        counts.first += line.kind == Kind::Added ? 1 : 0;
        counts.second += line.kind == Kind::Removed ? 1 : 0;
    }
    return counts;
}

void VersionText::goToLine(int number) {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const DifferentLine& each) {
        return each.kind != Kind::Removed && each.number >= number;
    });
    if (found != lines_.end())
        goToRow(static_cast<int>(found - lines_.begin()));
}

void VersionText::goToChange(bool forward) {
    const int rows = static_cast<int>(lines_.size());
    const int from = textCursor().blockNumber();
    const auto begins = [&](int row) {
        const Kind kind = lines_[static_cast<std::size_t>(row)].kind;
        return kind != Kind::Same &&
               (row == 0 || lines_[static_cast<std::size_t>(row) - 1].kind == Kind::Same);
    };
    for (int row = from + (forward ? 1 : -1); row >= 0 && row < rows; row += forward ? 1 : -1)
        if (begins(row))
            return goToRow(row);
}

void VersionText::goToRow(int row) {
    const QTextBlock block = document()->findBlockByNumber(row);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    verticalScrollBar()->setValue(
        std::max(0, row - viewport()->height() / (3 * fontMetrics().lineSpacing())));
}

QColor VersionText::bandOf(Kind kind) const {
    const Theme& theme = Theme::of(*this);
    return kind == Kind::Added ? theme.successSoft : theme.errorSoft;
}

void VersionText::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > viewport()->height())
            break;
        const auto row = static_cast<std::size_t>(block.blockNumber());
        if (row < lines_.size() && lines_[row].kind != Kind::Same)
            painter.fillRect(QRectF(0, rect.top(), viewport()->width(), rect.height()),
                             bandOf(lines_[row].kind));
    }
    painter.end();
    ReadingText::paintEvent(event);
}

void VersionText::paintGutter() {
    const Theme& theme = Theme::of(*this);
    QPainter painter(gutter_);
    painter.fillRect(gutter_->rect(), theme.surfaceSunken);
    painter.setFont(font());
    const int top = viewport()->y() - gutter_->y();
    const int sign = fontMetrics().horizontalAdvance(QStringLiteral("+ "));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > viewport()->height())
            break;
        const auto row = static_cast<std::size_t>(block.blockNumber());
        if (row >= lines_.size())
            break;
        const DifferentLine& line = lines_[row];
        const QRectF at(0, rect.top() + top, gutter_->width() - 4, rect.height());
        if (line.kind != Kind::Same) {
            painter.fillRect(QRectF(0, at.top(), gutter_->width(), at.height()), bandOf(line.kind));
            painter.setPen(line.kind == Kind::Added ? theme.success : theme.error);
            painter.drawText(at, Qt::AlignRight | Qt::AlignVCenter,
                             line.kind == Kind::Added ? QStringLiteral("+") : QStringLiteral("−"));
        }
        painter.setPen(theme.textMuted);
        if (line.kind != Kind::Removed)
            painter.drawText(at.adjusted(0, 0, -sign, 0), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(line.number + 1));
    }
}

void VersionText::placeGutter() {
    const int digits = std::max<int>(3, QString::number(lines_.size()).size());
    const int width = fontMetrics().horizontalAdvance(u'0') * (digits + 3) + 4;
    setViewportMargins(width, 0, 0, 0);
    gutter_->setGeometry(contentsRect().left(), contentsRect().top(), width,
                         contentsRect().height());
}

void VersionText::resizeEvent(QResizeEvent* event) {
    ReadingText::resizeEvent(event);
    placeGutter();
}

void VersionText::changeEvent(QEvent* event) {
    ReadingText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        placeGutter();
}

bool VersionText::eventFilter(QObject* watched, QEvent* event) {
    if (watched != gutter_ || event->type() != QEvent::Paint)
        return ReadingText::eventFilter(watched, event);
    paintGutter();
    return true;
}

}  // namespace pe::editor
