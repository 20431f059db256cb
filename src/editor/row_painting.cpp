// SPDX-License-Identifier: MIT
#include "row_painting.hpp"

#include <QPainter>

#include "theme.hpp"

namespace pe::editor {

QRect paintRowBack(QPainter& painter, const QStyleOptionViewItem& option) {
    const Theme& theme = Theme::of(*option.widget);
    const QRect rect = option.rect.adjusted(Theme::kSpace1, 1, -Theme::kSpace1, -1);
    const bool selected = option.state & QStyle::State_Selected;
    painter.setRenderHint(QPainter::Antialiasing);
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? theme.accentSoft : theme.surfaceHover);
        painter.drawRoundedRect(rect, 4, 4);
    }
    return rect.adjusted(Theme::kSpace2, 0, -Theme::kSpace2, 0);
}

void paintElided(QPainter& painter, const QRect& rect, const QString& text,
                 Qt::TextElideMode mode) {
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, mode, rect.width()));
}

int paintAtRight(QPainter& painter, const QRect& rect, const QString& text) {
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, text);
    return painter.fontMetrics().horizontalAdvance(text);
}

}  // namespace pe::editor
