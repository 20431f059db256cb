// SPDX-License-Identifier: MIT
// What the rows of painted lists have in common. UI thread.
#pragma once

#include <QStyleOptionViewItem>

namespace pe::editor {

// Marks a row that is selected or under the pointer; returns what is left of it for its contents.
QRect paintRowBack(QPainter& painter, const QStyleOptionViewItem& option);
// One line from the left, as much of it as there is room for.
void paintElided(QPainter& painter, const QRect& rect, const QString& text,
                 Qt::TextElideMode mode = Qt::ElideRight);
// One line at the right; returns its width.
int paintAtRight(QPainter& painter, const QRect& rect, const QString& text);

}  // namespace pe::editor
