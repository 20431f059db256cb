// SPDX-License-Identifier: MIT
#include "history_rows.hpp"

#include <gtest/gtest.h>

#include <QDateTime>

#include "relative_time.hpp"

namespace pe::editor {
namespace {

using document::Revision;
using document::RevisionOrigin;

// Noon of a day, local, so that minutes around it stay on it.
std::int64_t noon(int day) {
    return QDateTime(QDate(2025, 3, day), QTime(12, 0)).toMSecsSinceEpoch();
}

Revision revision(std::uint64_t position, const char* label, std::int64_t atMs,
                  const char* author = "Ada") {
    Revision made;
    made.position = position;
    made.label = label;
    made.author = author;
    made.atMs = atMs;
    made.origin = position == 1 ? RevisionOrigin::Import : RevisionOrigin::Own;
    return made;
}

TEST(HistoryRows, TypingWithoutAPauseIsOneRow) {
    const auto rows = historyRows(
        {revision(1, "Import", noon(1)), revision(2, "Edit text", noon(1) + 100),
         revision(3, "Edit text", noon(1) + 900), revision(4, "Edit text", noon(1) + 600'000)},
        {});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].first, 4U);
    EXPECT_EQ(rows[1].first, 2U);
    EXPECT_EQ(rows[1].last, 3U);
    EXPECT_EQ(rows[2].last, 1U);
}

TEST(HistoryRows, WhatTwoPeopleDoAtOnceStaysApart) {
    const auto rows =
        historyRows({revision(1, "Import", noon(1)), revision(2, "Edit text", noon(1), "Ada"),
                     revision(3, "Edit text", noon(1), "Bob")},
                    {});
    EXPECT_EQ(rows.size(), 3U);
}

TEST(HistoryRows, ANamedVersionEndsItsRow) {
    const auto rows =
        historyRows({revision(1, "Import", noon(1)), revision(2, "Edit text", noon(1)),
                     revision(3, "Edit text", noon(1) + 10)},
                    {{"before lunch", 2, "Ada", noon(1)}});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].first, 3U);
    EXPECT_EQ(rows[1].name, QStringLiteral("before lunch"));
    const auto named = shownRows(rows, {}, true);
    ASSERT_EQ(named.size(), 2U) << "the day and the version";
    EXPECT_EQ(named[1].last, 2U);
}

TEST(HistoryRows, EveryDayHasOneHeading) {
    const auto rows =
        historyRows({revision(1, "Import", noon(1)), revision(2, "Rename step", noon(2)),
                     revision(3, "Move step", noon(2))},
                    {});
    const auto shown = shownRows(rows, {}, false);
    ASSERT_EQ(shown.size(), 5U);
    EXPECT_TRUE(shown[0].isDay);
    EXPECT_EQ(shown[0].day, QDate(2025, 3, 2));
    EXPECT_TRUE(shown[3].isDay);
    EXPECT_EQ(shown[3].day, QDate(2025, 3, 1));
}

TEST(HistoryRows, AFilterLeavesNoHeadingWithoutRows) {
    const auto rows = historyRows(
        {revision(1, "Import", noon(1)), revision(2, "Rename step", noon(2), "Bob")}, {});
    EXPECT_EQ(shownRows(rows, QStringLiteral("bob"), false).size(), 2U);
    EXPECT_TRUE(shownRows(rows, QStringLiteral("nobody"), false).empty());
}

TEST(RelativeTime, IsCloseByInMinutesAndFurtherOffInDays) {
    const std::int64_t now = noon(10);
    EXPECT_EQ(relativeTime(now - 5'000, now), QStringLiteral("just now"));
    EXPECT_EQ(relativeTime(now - 120'000, now), QStringLiteral("2 min ago"));
    EXPECT_EQ(relativeTime(now - 2 * 3'600'000, now), QStringLiteral("10:00"));
    EXPECT_EQ(relativeTime(noon(9), now), QStringLiteral("yesterday 12:00"));
    EXPECT_EQ(dayTitle(QDate(2025, 3, 10), QDate(2025, 3, 10)), QStringLiteral("Today"));
}

}  // namespace
}  // namespace pe::editor
