// SPDX-License-Identifier: MIT
#include "workspace_delegate.hpp"

#include <QPainter>
#include <QTextLayout>

#include "icons.hpp"
#include "relative_time.hpp"
#include "row_painting.hpp"
#include "theme.hpp"
#include "workspace_model.hpp"

namespace pe::editor {

namespace {

QString fieldName(workspace::FoundIn field) {
    switch (field) {
        case workspace::FoundIn::Step:
            return WorkspaceModel::tr("step");
        case workspace::FoundIn::Description:
            return WorkspaceModel::tr("description");
        case workspace::FoundIn::Type:
            return WorkspaceModel::tr("type");
        case workspace::FoundIn::Text:
            return WorkspaceModel::tr("text");
        case workspace::FoundIn::Path:
            return WorkspaceModel::tr("path");
        default:
            return WorkspaceModel::tr("name");
    }
}

QList<QTextLayout::FormatRange> markedRanges(const WorkspaceEntry& entry, const Theme& theme) {
    QList<QTextLayout::FormatRange> ranges;
    const QByteArray bytes = QByteArray::fromStdString(entry.excerpt);
    for (const auto& [begin, end] : entry.marks) {
        const auto from = QString::fromUtf8(bytes.left(static_cast<qsizetype>(begin))).size();
        const auto to = QString::fromUtf8(bytes.left(static_cast<qsizetype>(end))).size();
        QTextCharFormat format;
        format.setForeground(theme.text);
        format.setBackground(theme.warningSoft);
        format.setFontWeight(QFont::DemiBold);
        ranges.append({static_cast<int>(from), static_cast<int>(to - from), format});
    }
    return ranges;
}

// One line, as much as there is room for; the marked words stand out.
void drawExcerpt(QPainter& painter, const QRect& rect, const WorkspaceEntry& entry,
                 const Theme& theme) {
    const QString field = fieldName(entry.field) + QStringLiteral("  ");
    painter.setPen(theme.textFaint);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, field);
    const int indent = painter.fontMetrics().horizontalAdvance(field);
    QTextLayout layout(QString::fromStdString(entry.excerpt), painter.font());
    layout.setFormats(markedRanges(entry, theme));
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(100'000);
    layout.endLayout();
    painter.save();
    painter.setClipRect(rect.adjusted(indent, 0, 0, 0));
    painter.setPen(theme.textMuted);
    layout.draw(&painter,
                QPointF(rect.left() + indent, rect.center().y() - line.height() / 2 + 0.5));
    painter.restore();
}

enum class Tone { Quiet, Attention, Bad };

Tone toneOf(const WorkspaceModel& model, int row) {
    const workspace::PipelineInfo& info = model.entry(row).info;
    if (model.isMissing(row) || info.draft)
        return Tone::Bad;
    return info.unsaved || info.path.empty() ? Tone::Attention : Tone::Quiet;
}

int drawState(QPainter& painter, const QRect& rect, const QString& state, Tone tone,
              const Theme& theme) {
    const int width = painter.fontMetrics().horizontalAdvance(state) + 16;
    const QRect pill(rect.right() - width, rect.center().y() - 9, width, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone == Tone::Bad         ? theme.errorSoft
                     : tone == Tone::Attention ? theme.warningSoft
                                               : theme.surfaceSunken);
    painter.drawRoundedRect(pill, 9, 9);
    painter.setPen(tone == Tone::Bad         ? theme.error
                   : tone == Tone::Attention ? theme.warning
                                             : theme.textMuted);
    painter.drawText(pill, Qt::AlignCenter, state);
    return width + Theme::kSpace2;
}

}  // namespace

QSize WorkspaceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {200, 2 * option.fontMetrics.height() + 14};
}

void WorkspaceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const auto& model = static_cast<const WorkspaceModel&>(*index.model());
    const WorkspaceEntry& entry = model.entry(index.row());
    const Theme& theme = Theme::of(*option.widget);
    painter->save();
    QRect rect = paintRowBack(*painter, option).adjusted(0, 3, 0, -3);
    icon(QStringLiteral("ui/file"))
        .paint(painter, QRect(rect.left(), rect.top() + 2, Theme::kIconSize, Theme::kIconSize));
    rect.setLeft(rect.left() + Theme::kIconSize + Theme::kSpace2);
    QRect top = rect.adjusted(0, 0, 0, -rect.height() / 2);
    const QRect below = rect.adjusted(0, rect.height() / 2, 0, 0);
    painter->setFont(Theme::smallFont());
    const std::int64_t touched = std::max(entry.info.editedAtMs, entry.info.openedAtMs);
    const QString time = touched > 0 ? relativeTime(touched, model.now()) : QString();
    painter->setPen(theme.textMuted);
    top.setRight(top.right() - paintAtRight(*painter, top, time) - Theme::kSpace2);
    const QString state = model.state(index.row());
    if (!state.isEmpty())
        top.setRight(top.right() -
                     drawState(*painter, top, state, toneOf(model, index.row()), theme));
    painter->setFont(option.font);
    painter->setPen(theme.text);
    paintElided(*painter, top, QString::fromStdString(entry.info.title), Qt::ElideMiddle);
    painter->setFont(Theme::smallFont());
    if (!entry.excerpt.empty()) {
        drawExcerpt(*painter, below, entry, theme);
    } else {
        painter->setPen(theme.textMuted);
        const QString folder = entry.info.path.empty()
                                   ? WorkspaceModel::tr("in the journal on this computer only")
                                   : shortFolder(QString::fromStdString(entry.info.path));
        paintElided(*painter, below, folder, Qt::ElideMiddle);
    }
    painter->restore();
}

}  // namespace pe::editor
