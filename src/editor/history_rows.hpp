// SPDX-License-Identifier: MIT
// HistoryRows: the changes of a document as a person reads them: the newest first, under the day
// they were made on, what belongs to one gesture (typing, dragging a number) as one row. Values;
// pure functions.
#pragma once

#include <QDate>
#include <QString>
#include <cstdint>
#include <vector>

#include "pe/document/replica.hpp"
#include "pe/workspace/session.hpp"

namespace pe::editor {

struct HistoryRow {
    bool isDay = false;       // a heading; only `day` counts
    QDate day;                // local
    std::uint64_t first = 0;  // positions of the changes, see document::Revision
    std::uint64_t last = 0;
    QString label;
    QString author;
    QString name;  // that somebody gave to the version after it
    std::int64_t atMs = 0;
    document::RevisionOrigin origin = document::RevisionOrigin::Own;
    bool pending = false;
    bool operator==(const HistoryRow&) const = default;
};

// Without headings.
std::vector<HistoryRow> historyRows(const std::vector<document::Revision>& revisions,
                                    const std::vector<workspace::NamedVersion>& named);
// What contains the text (in label, author or name) and, with `namedOnly`, has a name; under its
// days.
std::vector<HistoryRow> shownRows(const std::vector<HistoryRow>& rows, const QString& text,
                                  bool namedOnly);

}  // namespace pe::editor
