// SPDX-License-Identifier: MIT
#include "line_gutter.hpp"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include "theme.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {

LineGutter::LineGutter(YamlEdit* edit) : QWidget(edit), edit_(edit) {
    setAccessibleName(tr("Line numbers"));
}

QSize LineGutter::sizeHint() const {
    return {edit_->gutterWidth(), 0};
}

void LineGutter::paintEvent(QPaintEvent* event) {
    const Theme& theme = edit_->theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), theme.surface);
    painter.setFont(edit_->font());
    const int current = edit_->textCursor().blockNumber();
    edit_->forVisibleLines([&](int line, QRectF rect) {
        const QRectF row(0, rect.top(), width() - Theme::kSpace3, fontMetrics().height());
        painter.setPen(line == current ? theme.text : theme.textFaint);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QString::number(line + 1));
        const TextMark* mark = edit_->markOnLine(line);
        if (mark == nullptr || mark->severity == check::Severity::Hint)
            return;
        const bool error = mark->severity == check::Severity::Error;
        painter.setPen(Qt::NoPen);
        painter.setBrush(severityColor(theme, mark->severity));
        const double size = fontMetrics().height() * 0.45;
        const QPointF middle(Theme::kSpace1 + size / 2 + 1, row.center().y());
        if (error) {
            painter.drawEllipse(middle, size / 2, size / 2);
        } else if (mark->severity == check::Severity::Information) {
            painter.drawEllipse(middle, size / 4, size / 4);
        } else {
            const QPointF points[] = {middle + QPointF(0, -size / 2),
                                      middle + QPointF(size / 2, size / 2),
                                      middle + QPointF(-size / 2, size / 2)};
            painter.drawPolygon(points, 3);
        }
    });
}

void LineGutter::mousePressEvent(QMouseEvent* event) {
    const int line = lineAt(static_cast<int>(event->position().y()));
    if (line < 0)
        return;
    QTextCursor cursor(edit_->document()->findBlockByNumber(line));
    cursor.movePosition(QTextCursor::NextBlock, QTextCursor::KeepAnchor);
    edit_->setTextCursor(cursor);
    edit_->setFocus(Qt::MouseFocusReason);
}

bool LineGutter::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = lineAt(help->pos().y());
    const TextMark* mark = line < 0 ? nullptr : edit_->markOnLine(line);
    if (mark != nullptr)
        QToolTip::showText(help->globalPos(), QString::fromStdString(mark->message), this);
    else
        QToolTip::hideText();
    return true;
}

int LineGutter::lineAt(int y) const {
    int found = -1;
    edit_->forVisibleLines([&](int line, QRectF rect) {
        if (y >= rect.top() && y < rect.bottom())
            found = line;
    });
    return found;
}

}  // namespace pe::editor
