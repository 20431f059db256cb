// SPDX-License-Identifier: MIT
#include "relative_time.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace pe::editor {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

QString say(const char* text) {
    return QCoreApplication::translate("RelativeTime", text);
}

}  // namespace

QString relativeTime(std::int64_t atMs, std::int64_t nowMs) {
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(atMs);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs);
    const std::int64_t ago = nowMs - atMs;
    const QString time = at.time().toString(QStringLiteral("HH:mm"));
    if (ago >= 0 && ago < kMinute)
        return say("just now");
    if (ago >= 0 && ago < kHour)
        return say("%1 min ago").arg(ago / kMinute);
    if (at.date() == now.date())
        return time;
    if (at.date().daysTo(now.date()) == 1)
        return say("yesterday %1").arg(time);
    if (at.date().year() == now.date().year())
        return QLocale().toString(at.date(), QStringLiteral("d MMM ")) + time;
    return QLocale().toString(at.date(), QStringLiteral("d MMM yyyy"));
}

QString dayTitle(const QDate& day, const QDate& today) {
    const std::int64_t ago = day.daysTo(today);
    if (ago == 0)
        return say("Today");
    if (ago == 1)
        return say("Yesterday");
    const bool thisYear = day.year() == today.year();
    return QLocale().toString(
        day, thisYear ? QStringLiteral("dddd d MMMM") : QStringLiteral("dddd d MMMM yyyy"));
}

QString exactTime(std::int64_t atMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(atMs),
                              QStringLiteral("dddd d MMMM yyyy, HH:mm:ss"));
}

}  // namespace pe::editor
