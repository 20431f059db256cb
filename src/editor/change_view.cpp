// SPDX-License-Identifier: MIT
#include "change_view.hpp"

#include <QEvent>
#include <QTextBlock>

#include "theme.hpp"

namespace pe::editor {

ChangeView::ChangeView(QWidget* parent) : ReadingText(parent) {
    setAccessibleName(tr("What will change"));
    setPlaceholderText(tr("No change to show"));
}

void ChangeView::showChanges(std::vector<File> files) {
    files_ = std::move(files);
    fill();
}

void ChangeView::fill() {
    const Theme& theme = Theme::of(*this);
    clear();
    QTextCursor cursor(document());
    bool first = true;
    const auto line = [&](const QString& text, const QColor& color, const QColor& back, bool bold) {
        QTextBlockFormat block;
        if (back.isValid())
            block.setBackground(back);
        QTextCharFormat format;
        format.setForeground(color);
        if (bold)
            format.setFontWeight(QFont::DemiBold);
        if (first)
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block, format);
        first = false;
        cursor.insertText(text, format);
    };
    for (const File& file : files_) {
        for (const LinesChanged& change : file.changes) {
            const int number = change.first + 1;
            if (file.name.isEmpty())
                line(tr("line %1").arg(number), theme.textMuted, QColor(), false);
            else
                line(tr("%1:%2").arg(file.name).arg(number), theme.text, theme.surfaceSunken, true);
            if (!change.above.isEmpty())
                line(QStringLiteral("  ") + change.above, theme.textMuted, QColor(), false);
            for (const QString& each : change.before)
                line(QStringLiteral("- ") + each, theme.text, theme.errorSoft, false);
            for (const QString& each : change.after)
                line(QStringLiteral("+ ") + each, theme.text, theme.successSoft, false);
        }
    }
    moveCursor(QTextCursor::Start);
}

void ChangeView::changeEvent(QEvent* event) {
    ReadingText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !files_.empty())
        fill();
}

}  // namespace pe::editor
