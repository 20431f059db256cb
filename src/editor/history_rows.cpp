// SPDX-License-Identifier: MIT
#include "history_rows.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <map>

namespace pe::editor {

namespace {

// Changes of one kind that follow one another this closely are one gesture.
constexpr std::int64_t kPauseMs = 20'000;

QString say(const char* text) {
    return QCoreApplication::translate("HistoryRows", text);
}

QString labelOf(const document::Revision& revision) {
    if (revision.origin == document::RevisionOrigin::Import)
        return say("Beginning of the history");
    return QString::fromStdString(revision.label);
}

bool continues(const HistoryRow& row, const document::Revision& next) {
    return row.name.isEmpty() && row.origin == next.origin && row.pending == next.pending &&
           row.origin != document::RevisionOrigin::Import && next.atMs - row.atMs <= kPauseMs &&
           row.label == labelOf(next) && row.author == QString::fromStdString(next.author);
}

QString joined(const QString& before, const std::string& name) {
    const QString more = QString::fromStdString(name);
    return before.isEmpty() ? more : before + QStringLiteral(", ") + more;
}

}  // namespace

std::vector<HistoryRow> historyRows(const std::vector<document::Revision>& revisions,
                                    const std::vector<workspace::NamedVersion>& named) {
    std::map<std::uint64_t, QString> names;
    for (const workspace::NamedVersion& each : named)
        names[each.position] = joined(names[each.position], each.name);
    std::vector<HistoryRow> rows;
    for (const document::Revision& each : revisions) {
        if (rows.empty() || !continues(rows.back(), each)) {
            HistoryRow row;
            row.first = each.position;
            row.label = labelOf(each);
            row.author = QString::fromStdString(each.author);
            row.origin = each.origin;
            row.pending = each.pending;
            rows.push_back(std::move(row));
        }
        HistoryRow& row = rows.back();
        row.last = each.position;
        row.atMs = each.atMs;
        if (const auto name = names.find(each.position); name != names.end())
            row.name = name->second;
    }
    for (HistoryRow& row : rows)
        row.day = QDateTime::fromMSecsSinceEpoch(row.atMs).date();
    std::reverse(rows.begin(), rows.end());
    return rows;
}

std::vector<HistoryRow> shownRows(const std::vector<HistoryRow>& rows, const QString& text,
                                  bool namedOnly) {
    const QString wanted = text.trimmed();
    const auto isWanted = [&](const HistoryRow& row) {
        if (namedOnly && row.name.isEmpty())
            return false;
        return wanted.isEmpty() || row.label.contains(wanted, Qt::CaseInsensitive) ||
               row.author.contains(wanted, Qt::CaseInsensitive) ||
               row.name.contains(wanted, Qt::CaseInsensitive);
    };
    std::vector<HistoryRow> shown;
    for (const HistoryRow& row : rows) {
        if (!isWanted(row))
            continue;
        if (shown.empty() || shown.back().day != row.day) {
            HistoryRow heading;
            heading.isDay = true;
            heading.day = row.day;
            shown.push_back(std::move(heading));
        }
        shown.push_back(row);
    }
    return shown;
}

}  // namespace pe::editor
