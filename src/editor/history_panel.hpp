// SPDX-License-Identifier: MIT
// HistoryPanel: who changed what and when, the newest first, by day. The chosen change asks for its
// version to be shown, two chosen ones to be compared. The words of the rows in sight are worked
// out while nothing else is to be done. Owned by the FileView, shown in the bottom dock; UI thread.
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "history_rows.hpp"
#include "history_words.hpp"
#include "pe/workspace/session.hpp"

class QLabel;
class QLineEdit;
class QListView;
class QPoint;
class QToolButton;

namespace pe::editor {

class HistoryModel;

class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    HistoryPanel(workspace::Session& session, const format::Catalogue& catalogue,
                 QWidget* parent = nullptr);
    ~HistoryPanel() override;

    HistoryWords& words() { return words_; }
    const HistoryModel& model() const { return *model_; }
    QListView& list() const { return *list_; }
    void setSearch(const QString& text);
    void setNamedOnly(bool namedOnly);
    // Shows what the document and its named versions are now.
    void refresh();
    void clearChoice();

Q_SIGNALS:
    void chosen(const HistoryRow& row);
    void comparisonChosen(const HistoryRow& from, const HistoryRow& to);
    void restoreRequested(const HistoryRow& row);
    void nameRequested(const HistoryRow& row);
    void leaveRequested();
    void refused(const QString& sentence);

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBar();
    void filter();
    void choiceChanged();
    void findWords();
    void openMenu(const QPoint& globalPosition);
    void addNameActions(class QMenu& menu, const HistoryRow& row);

    workspace::Session& session_;
    document::Document& document_;
    HistoryWords words_;
    HistoryModel* model_;
    QListView* list_;
    QLabel* nothing_;
    QLineEdit* search_ = nullptr;
    QToolButton* namedOnly_ = nullptr;
    std::vector<HistoryRow> rows_;  // all
    std::uint64_t chosenPosition_ = 0;
    bool filling_ = false;
    bool slow_ = false;  // words take too long to be worked out for rows nobody chose
    QTimer refreshSoon_;
    QTimer wordsSoon_;
    QTimer chooseSoon_;
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::editor
