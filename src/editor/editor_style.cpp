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
constexpr int kChoice = 14;

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

// Fusion's own stand out too little from a dark window.
void drawChoice(const QStyleOption& option, QPainter& painter, const QWidget& widget, bool round) {
    const Theme& theme = Theme::of(widget);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool partly = option.state & QStyle::State_NoChange;
    const bool chosen = partly || (option.state & QStyle::State_On);
    const bool pointed = enabled && (option.state & QStyle::State_MouseOver);
    const QColor fill = enabled ? theme.accent : theme.textDisabled;
    QRectF box(0, 0, kChoice, kChoice);
    box.moveCenter(QRectF(option.rect).center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(chosen ? fill : pointed ? theme.accent : theme.borderStrong);
    painter.setBrush(chosen ? fill : theme.surface);
    const double radius = round ? kChoice / 2.0 : 3;
    painter.drawRoundedRect(box, radius, radius);
    const QColor mark = enabled ? theme.accentText : theme.surface;
    painter.setBrush(mark);
    if (partly) {
        painter.fillRect(box.adjusted(3, kChoice / 2.0 - 1, -3, 1 - kChoice / 2.0), mark);
    } else if (chosen && round) {
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(box.center(), 2.5, 2.5);
    } else if (chosen) {
        painter.setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF points[] = {box.topLeft() + QPointF(3, 7.5), box.topLeft() + QPointF(5.8, 10),
                                  box.topLeft() + QPointF(11, 4)};
        painter.drawPolyline(points, 3);
    }
    painter.restore();
}

}  // namespace

EditorStyle::EditorStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void EditorStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const {
    if (element == PE_IndicatorTabClose && widget)
        drawTabClose(*option, *painter, *widget);
    else if ((element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton) && widget)
        drawChoice(*option, *painter, *widget, element == PE_IndicatorRadioButton);
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
