// SPDX-License-Identifier: MIT
// FindingsPanel: the problems of an open file as a list: grouped by step or by severity, filtered
// by severity and text, with the reason and the fixes of the chosen one beside it. Enter goes
// there, Ctrl+. offers what can be done. Owned by the FileView, shown in the bottom dock; UI
// thread.
#pragma once

#include <QWidget>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "findings.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QTextBrowser;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;
class QUrl;

namespace pe::editor {

class FindingsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit FindingsPanel(Findings& findings, QWidget* parent = nullptr);

    enum class Grouping { Step, Severity, None };
    void setGrouping(Grouping grouping);
    void setShown(check::Severity severity, bool shown);
    void setSearch(const QString& text);
    // The chosen problem; null if none is.
    const check::Diagnostic* current() const;
    QTreeWidget* list() const { return list_; }
    // The menu of the chosen problem, as Ctrl+. opens it.
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    // The problem is to be shown; `enter`: and the cursor put there.
    void chosen(std::size_t offset, yaml::NodeRef node, bool enter);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBar();
    void refresh();
    void fill();
    void addItems(std::vector<std::size_t> indices);
    void showCounts();
    bool isShown(const check::Diagnostic& diagnostic) const;
    QString groupOf(const check::Diagnostic& diagnostic) const;
    bool isGrouping(Grouping grouping) const;
    QTreeWidgetItem* addGroup(const QString& title, int count);
    void addItem(QTreeWidgetItem* group, std::size_t index);
    void addRest(std::size_t count);
    void finishGroups();
    std::vector<QTreeWidgetItem*> rows() const;
    int currentRow() const;
    void keepCurrent();
    void chooseAgain(int row);
    void showDetail();
    void choose(bool enter);
    void followLink(const QUrl& link);
    void openMenu(const QPoint& globalPosition);

    Findings& findings_;
    QTreeWidget* list_;
    QTextBrowser* detail_;
    QLabel* nothing_;
    QLineEdit* search_;
    QComboBox* grouping_;
    std::vector<QToolButton*> severities_;
    std::set<QString> closed_;                // groups that the user closed
    const yaml::LineIndex* lines_ = nullptr;  // while the list is filled
    // The problem that became the chosen one; its place moves with the text.
    struct Chosen {
        std::string code;
        std::string message;
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    std::optional<Chosen> chosen_;
    bool filling_ = false;
    bool stale_ = true;
    Subscription changed_;
};

}  // namespace pe::editor
