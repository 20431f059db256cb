// SPDX-License-Identifier: MIT
// ProblemsPanel: what is wrong with the text of a document, with lines; Enter jumps there.
// HistoryPanel: what was done, newest first. Owned by the FileView, shown in the bottom dock; UI
// thread.
#pragma once

#include <QWidget>

#include "pe/document/document.hpp"

class QLabel;
class QListWidget;
class QTimer;
class QTreeWidget;

namespace pe::editor {

class ProblemsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemsPanel(document::Document& document, QWidget* parent = nullptr);
    void refresh();
    int errors() const { return errors_; }
    int count() const { return count_; }

Q_SIGNALS:
    void placeChosen(std::size_t offset);
    void countChanged();

private:
    document::Document& document_;
    QTreeWidget* list_ = nullptr;
    QLabel* nothing_ = nullptr;
    QTimer* timer_ = nullptr;
    int errors_ = 0;
    int count_ = 0;
    Subscription subscription_;
};

class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(document::Document& document, QWidget* parent = nullptr);
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;

private:
    document::Document& document_;
    QListWidget* list_ = nullptr;
    QLabel* nothing_ = nullptr;
    QTimer* timer_ = nullptr;
    Subscription subscription_;
};

}  // namespace pe::editor
