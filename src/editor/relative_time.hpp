// SPDX-License-Identifier: MIT
// RelativeTime: moments as people speak of them. Pure functions of the moment and of now, both in
// milliseconds since 1970; local time.
#pragma once

#include <QDate>
#include <QString>
#include <cstdint>

namespace pe::editor {

// "just now", "2 min ago", "14:05", "yesterday 14:05", "12 Mar 14:05", "12 Mar 2024".
QString relativeTime(std::int64_t atMs, std::int64_t nowMs);
// "Today", "Yesterday", "Monday 2 March", "Monday 2 March 2024".
QString dayTitle(const QDate& day, const QDate& today);
// The whole moment, for tooltips and titles.
QString exactTime(std::int64_t atMs);

}  // namespace pe::editor
