// SPDX-License-Identifier: MIT
#include "editor_style.hpp"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kTabClose = 18;
constexpr int kTabCross = 12;

// Faint while nobody points at it; every tab keeps its own.
void drawTabClose(const QStyleOption& option, QPainter& painter, const QWidget& widget) {
    const Theme& theme = Theme::of(widget);
    const bool pointed = option.state & (QStyle::State_Raised | QStyle::State_Sunken);
    const bool current = option.state & QStyle::State_Selected;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (pointed) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(option.state & QStyle::State_Sunken
                             ? theme.border
                             : mixed(theme.surfaceHover, theme.border, 0.5));
        painter.drawRoundedRect(option.rect, 4, 4);
    }
    const QColor color = pointed ? theme.text : current ? theme.textMuted : theme.textFaint;
    QRect cross(0, 0, kTabCross, kTabCross);
    cross.moveCenter(option.rect.center());
    painter.drawPixmap(cross, tintedPixmap(QStringLiteral("ui/close"), color, kTabCross,
                                           painter.device()->devicePixelRatioF()));
    painter.restore();
}

}  // namespace

EditorStyle::EditorStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void EditorStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const {
    if (element == PE_IndicatorTabClose && widget)
        drawTabClose(*option, *painter, *widget);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int EditorStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const {
    if (metric == PM_TabCloseIndicatorWidth || metric == PM_TabCloseIndicatorHeight)
        return kTabClose;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int EditorStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QIcon EditorStyle::standardIcon(StandardPixmap picture, const QStyleOption* option,
                                const QWidget* widget) const {
    const Theme& theme = Theme::light();  // icons adapt to the theme themselves
    switch (picture) {
        case SP_MessageBoxInformation:
        case SP_MessageBoxQuestion:
            return accentIcon(QStringLiteral("ui/info"), theme.accent);
        case SP_MessageBoxWarning:
            return accentIcon(QStringLiteral("ui/warning"), theme.warning);
        case SP_MessageBoxCritical:
            return accentIcon(QStringLiteral("ui/error"), theme.error);
        default:
            return QProxyStyle::standardIcon(picture, option, widget);
    }
}

}  // namespace pe::editor
