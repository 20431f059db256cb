// SPDX-License-Identifier: MIT
// HistoryDelegate: paints the rows of a HistoryModel: time, what happened, the flag of a named
// version, who. UI thread.
#pragma once

#include <QStyledItemDelegate>

namespace pe::editor {

class HistoryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace pe::editor
