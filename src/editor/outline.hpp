// SPDX-License-Identifier: MIT
// Outline: the tree of steps with a filter; as strong as the canvas, and the way in for keyboards
// and screen readers. Owned by the FileView, shown in the left dock; UI thread.
#pragma once

#include <QWidget>
#include <vector>

#include "outline_model.hpp"
#include "pe/editor/selection.hpp"

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace pe::editor {

class CanvasBinder;

class Outline final : public QWidget {
    Q_OBJECT

public:
    Outline(CanvasBinder& binder, Selection& selection, QWidget* parent = nullptr);
    QTreeView* tree() const { return tree_; }

Q_SIGNALS:
    void openRequested(yaml::NodeRef step);
    void menuRequested(const QPoint& globalPosition);

private:
    void showSelection(const QObject* origin);
    void takeSelection();
    void filter(const QString& text);

    CanvasBinder& binder_;
    Selection& selection_;
    OutlineModel* model_ = nullptr;
    QSortFilterProxyModel* filtered_ = nullptr;
    QLineEdit* search_ = nullptr;
    QTreeView* tree_ = nullptr;
    bool showing_ = false;
};

}  // namespace pe::editor
