// SPDX-License-Identifier: MIT
// WorkspaceDelegate: paints the rows of a WorkspaceModel: title, state and time, and below them the
// folder, or the line that a search found with its words marked. UI thread.
#pragma once

#include <QStyledItemDelegate>

namespace pe::editor {

class WorkspaceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace pe::editor
