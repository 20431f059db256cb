// SPDX-License-Identifier: MIT
// HistoryModel: the rows of a history for a list view, as lazy as the view: a row is worked out
// when it is shown. Owned by the history panel; UI thread.
#pragma once

#include <QAbstractListModel>
#include <optional>
#include <vector>

#include "history_rows.hpp"

namespace pe::editor {

class HistoryWords;

class HistoryModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit HistoryModel(const HistoryWords& words, QObject* parent = nullptr)
        : QAbstractListModel(parent), words_(words) {}

    void show(std::vector<HistoryRow> rows, std::int64_t nowMs);
    const HistoryRow& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
    // The row whose changes contain this one; -1 if none is shown.
    int indexOf(std::uint64_t position) const;
    // What happened, in the best words known by now.
    QString what(int index) const;
    std::int64_t now() const { return nowMs_; }
    void wordsFound(int index);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    const HistoryWords& words_;
    std::vector<HistoryRow> rows_;
    std::int64_t nowMs_ = 0;
};

// Who did it, for people: a name, or where the change came from.
QString authorOf(const HistoryRow& row);

}  // namespace pe::editor
