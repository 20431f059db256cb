// SPDX-License-Identifier: MIT
#include "history_model.hpp"

#include <QDateTime>

#include "history_words.hpp"
#include "relative_time.hpp"

namespace pe::editor {

QString authorOf(const HistoryRow& row) {
    using document::RevisionOrigin;
    if (row.origin == RevisionOrigin::Disk)
        return HistoryModel::tr("another program");
    if (row.author.isEmpty() && row.origin == RevisionOrigin::Own)
        return HistoryModel::tr("you");
    if (row.author.isEmpty() && row.origin == RevisionOrigin::Peer)
        return HistoryModel::tr("somebody else");
    return row.author;
}

void HistoryModel::show(std::vector<HistoryRow> rows, std::int64_t nowMs) {
    beginResetModel();
    rows_ = std::move(rows);
    nowMs_ = nowMs;
    endResetModel();
}

int HistoryModel::indexOf(std::uint64_t position) const {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (!rows_[i].isDay && rows_[i].first <= position && position <= rows_[i].last)
            return static_cast<int>(i);
    return -1;
}

QString HistoryModel::what(int index) const {
    const HistoryRow& at = row(index);
    if (at.isDay)
        return dayTitle(at.day, QDateTime::fromMSecsSinceEpoch(nowMs_).date());
    const QString* words = words_.known(at.first - 1, at.last);
    return words && !words->isEmpty() ? *words : at.label;
}

void HistoryModel::wordsFound(int index) {
    const QModelIndex at = this->index(index);
    Q_EMIT dataChanged(at, at);
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    const HistoryRow& at = row(index.row());
    const QString text = what(index.row());
    if (role == Qt::DisplayRole)
        return text;
    if (at.isDay)
        return {};
    const QString told = tr("%1, %2, %3").arg(text, authorOf(at), exactTime(at.atMs));
    if (role == Qt::AccessibleTextRole)
        return at.name.isEmpty() ? told : tr("Version %1: %2").arg(at.name, told);
    if (role == Qt::ToolTipRole)
        return QStringLiteral("%1\n%2\n%3").arg(text, authorOf(at), exactTime(at.atMs));
    return {};
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || row(index.row()).isDay)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

}  // namespace pe::editor
