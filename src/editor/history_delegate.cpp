// SPDX-License-Identifier: MIT
#include "history_delegate.hpp"

#include <QPainter>

#include "history_model.hpp"
#include "icons.hpp"
#include "relative_time.hpp"
#include "row_painting.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kRowPadding = 9;
constexpr int kLeast = 140;  // width that stays for what happened

// The name of a version on a flag; returns the width it took.
int drawName(QPainter& painter, const QRect& rect, const QString& name, const Theme& theme) {
    const QString shown = painter.fontMetrics().elidedText(name, Qt::ElideRight, rect.width() / 3);
    const int width = painter.fontMetrics().horizontalAdvance(shown) + 28;
    const QRect pill(rect.left(), rect.center().y() - 9, width, 19);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accentSoft);
    painter.drawRoundedRect(pill, 9, 9);
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(pill.left() + 6, pill.center().y() - 6,
                       tintedPixmap(QStringLiteral("ui/flag"), theme.accent, 12, ratio));
    painter.setPen(theme.text);
    painter.drawText(pill.adjusted(21, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter, shown);
    return width + Theme::kSpace2;
}

}  // namespace

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {kLeast, option.fontMetrics.height() + kRowPadding};
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto& model = static_cast<const HistoryModel&>(*index.model());
    const HistoryRow& row = model.row(index.row());
    const Theme& theme = Theme::of(*option.widget);
    painter->save();
    QStyleOptionViewItem back = option;
    if (row.isDay)
        back.state &= ~(QStyle::State_Selected | QStyle::State_MouseOver);
    QRect rect = paintRowBack(*painter, back);
    painter->setFont(Theme::smallFont());
    painter->setPen(theme.textMuted);
    if (row.isDay) {
        QFont font = Theme::smallFont();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, model.what(index.row()));
        painter->restore();
        return;
    }
    const int timeWidth =
        painter->fontMetrics().horizontalAdvance(QStringLiteral("yesterday 00:00 "));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, relativeTime(row.atMs, model.now()));
    rect.setLeft(rect.left() + timeWidth);
    QString who = authorOf(row);
    if (row.pending)
        who = HistoryModel::tr("%1, not sent yet").arg(who);
    who = painter->fontMetrics().elidedText(who, Qt::ElideRight, rect.width() / 3);
    if (rect.width() > 2 * kLeast)
        rect.setRight(rect.right() - paintAtRight(*painter, rect, who) - Theme::kSpace3);
    if (!row.name.isEmpty())
        rect.setLeft(rect.left() + drawName(*painter, rect, row.name, theme));
    painter->setFont(option.font);
    painter->setPen(theme.text);
    paintElided(*painter, rect, model.what(index.row()));
    painter->restore();
}

}  // namespace pe::editor
