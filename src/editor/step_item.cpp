// SPDX-License-Identifier: MIT
#include "step_item.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <array>

#include "icons.hpp"
#include "step_look.hpp"
#include "text_mark.hpp"

namespace pe::editor {

namespace {

constexpr double kRadius = 10;
constexpr double kTile = 36;  // square behind the icon
constexpr double kInset = 14;
constexpr double kHeader = 44;
constexpr std::size_t kKeptTexts = 4000;

// What is drawn from which zoom on, and how large a name is then in scene units.
struct Detail {
    double zoom;
    int namePixels;
    bool icon;
    bool lines;  // type and preview below the name
};
constexpr std::array<Detail, 4> kDetails{{{0.62, 13, true, true},
                                          {0.42, 19, true, false},
                                          {0.27, 28, false, false},
                                          {0.17, 40, false, false}}};
constexpr int kFromAfar = int(kDetails.size());

int detailLevel(double zoom) {
    for (int level = 0; level < kFromAfar; ++level)
        if (zoom >= kDetails[level].zoom)
            return level;
    return kFromAfar;
}

QFont canvasFont(int pixels, bool bold) {
    QFont font = Theme::uiFont();
    font.setPixelSize(pixels);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QStaticText prepared(const std::string& text, const QFont& font, double width) {
    const QString whole = QString::fromUtf8(text).simplified();
    QStaticText result(QFontMetricsF(font).elidedText(whole, Qt::ElideRight, width));
    result.setTextFormat(Qt::PlainText);
    result.setPerformanceHint(QStaticText::AggressiveCaching);
    result.prepare(QTransform(), font);
    return result;
}

QString iconName(const SceneStep& step) {
    if (step.kind == format::NodeKind::Branch)
        return QStringLiteral("branch");
    if (step.kind == format::NodeKind::Task)
        return QStringLiteral("task");
    return step.style ? iconNameOf(*step.style) : QStringLiteral("unknown");
}

}  // namespace

QRectF chevronRect(const SceneStep& step) {
    return {step.box.right() - 36, step.box.top() + (std::min(step.box.height(), kHeader) - 24) / 2,
            24, 24};
}

QRectF nameRect(const SceneStep& step) {
    if (step.container)
        return {step.box.left() + 40, step.box.top() + 8, step.box.width() - 84, 28};
    const double left = step.box.left() + kInset + kTile + 10;
    return {left, step.box.top() + 4, step.box.right() - 12 - left, 26};
}

StepLayer::StepLayer(const CanvasState& state, What what) : state_(state), what_(what) {
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::NoButton);
    setZValue(what == What::Containers ? 0 : 2);
}

void StepLayer::sceneChanged() {
    const QRectF bounds = state_.scene->bounds.adjusted(-8, -8, 8, 8);
    if (bounds != bounds_) {
        prepareGeometryChange();
        bounds_ = bounds;
    }
}

bool StepLayer::isShown(const SceneStep& step) const {
    return step.visible && step.container == (what_ == What::Containers);
}

QColor StepLayer::accent(const SceneStep& step) const {
    if (!step.style)
        return state_.theme->textMuted;
    return state_.theme->adapted(accentOf(*step.style));
}

void StepLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = painter->worldTransform().m11();
    const auto ids = state_.scene->stepIndex.touching(option->exposedRect.adjusted(-6, -6, 6, 6));
    if (detailLevel(zoom) == kFromAfar) {
        paintFromAfar(*painter, ids, zoom);
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing, true);
    for (const std::uint32_t id : ids) {
        const SceneStep& step = state_.scene->steps[id];
        if (!isShown(step))
            continue;
        if (what_ == What::Containers)
            paintContainer(*painter, step, zoom);
        else
            paintCard(*painter, step, zoom);
    }
}

// One opaque rectangle a step; steps that fall into the same row of pixels are drawn once.
void StepLayer::paintFromAfar(QPainter& painter, const std::vector<std::uint32_t>& ids,
                              double zoom) const {
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QTransform toDevice = painter.worldTransform();
    painter.save();
    painter.resetTransform();
    QRect last;
    for (const std::uint32_t id : ids) {
        const SceneStep& step = state_.scene->steps[id];
        if (!isShown(step))
            continue;
        QRect rect = toDevice.mapRect(step.box).toRect();
        rect.setSize(rect.size().expandedTo(QSize(2, 1)));
        if (last.contains(rect) && !state_.isSelected(step.ref) && !step.container)
            continue;
        last = rect;
        const bool selected = state_.isSelected(step.ref);
        if (what_ == What::Containers) {
            painter.fillRect(rect, mixed(state_.theme->container, accent(step), 0.12));
            if (rect.height() > 4)
                painter.fillRect(QRect(rect.topLeft(), QSize(rect.width(), 2)), accent(step));
        } else {
            painter.fillRect(rect, mixed(state_.theme->surface, accent(step), 0.55));
        }
        if (selected || state_.hasError(step)) {
            painter.setPen(QPen(selected ? state_.theme->accent : state_.theme->error, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect.adjusted(-1, -1, 0, 0));
        } else if (zoom > 0.08) {
            painter.fillRect(QRect(rect.topLeft(), QSize(2, rect.height())), accent(step));
        }
    }
    painter.restore();
}

void StepLayer::paintCardFrame(QPainter& painter, const SceneStep& step, double zoom) const {
    const Theme& theme = *state_.theme;
    const bool selected = state_.isSelected(step.ref);
    if (zoom >= kDetails[0].zoom && !selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, theme.dark ? 60 : 16));
        painter.drawRoundedRect(step.box.translated(0, 1.5).adjusted(-0.5, 0, 0.5, 0.5), kRadius,
                                kRadius);
    }
    if (selected) {
        QColor ring = theme.accent;
        ring.setAlpha(70);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ring);
        painter.drawRoundedRect(step.box.adjusted(-3.5, -3.5, 3.5, 3.5), kRadius + 3, kRadius + 3);
    }
    QColor border = theme.border;
    if (selected)
        border = theme.accent;
    else if (state_.hasError(step))
        border = theme.error;
    else if (state_.hovered == step.ref)
        border = theme.borderStrong;
    painter.setPen(QPen(border, std::max(selected ? 1.6 : 1.0, (selected ? 1.6 : 0.8) / zoom)));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(step.box, kRadius, kRadius);
}

void StepLayer::paintCard(QPainter& painter, const SceneStep& step, double zoom) {
    if (state_.dragged.contains(step.ref))
        painter.setOpacity(0.35);
    paintCardFrame(painter, step, zoom);
    const int level = detailLevel(zoom);
    const QColor color = accent(step);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(step.box.left() + 4, step.box.top() + 8, level > 1 ? 8 : 3.5,
                                   step.box.height() - 16),
                            2, 2);
    if (kDetails[level].icon) {
        const QRectF tile(step.box.left() + kInset, step.box.center().y() - kTile / 2, kTile,
                          kTile);
        painter.setBrush(mixed(state_.theme->surface, color, state_.theme->dark ? 0.2 : 0.12));
        painter.drawRoundedRect(tile, 8, 8);
        const double ratio = painter.device()->devicePixelRatioF();
        const int pixels = std::max(8, qRound(20 * zoom));
        painter.drawPixmap(QRectF(tile.center() - QPointF(10, 10), QSizeF(20, 20)),
                           tintedPixmap(iconName(step), color, pixels, ratio), QRectF());
    }
    paintCardTexts(painter, step, level);
    paintMark(painter, step);
    painter.setOpacity(1.0);
}

void StepLayer::paintCardTexts(QPainter& painter, const SceneStep& step, int level) {
    const Detail& detail = kDetails[level];
    const Texts& text = texts(step, level);
    const double left = step.box.left() + (detail.icon ? kInset + kTile + 10 : kInset + 8);
    painter.setFont(canvasFont(detail.namePixels, true));
    painter.setPen(step.name.empty() ? state_.theme->textFaint : state_.theme->text);
    if (!detail.lines) {
        const double height = text.nameText.size().height();
        painter.drawStaticText(QPointF(left, step.box.center().y() - height / 2), text.nameText);
        return;
    }
    const bool preview = !step.preview.empty();
    const double top = step.box.top() + (preview ? 9 : 17);
    painter.drawStaticText(QPointF(left, top), text.nameText);
    painter.setFont(canvasFont(11, false));
    painter.setPen(accent(step));
    painter.drawStaticText(QPointF(left, top + 17), text.typeText);
    painter.setPen(state_.theme->textMuted);
    if (preview)
        painter.drawStaticText(QPointF(left, top + 32), text.previewText);
}

void StepLayer::paintContainer(QPainter& painter, const SceneStep& step, double zoom) {
    const Theme& theme = *state_.theme;
    const QColor color = accent(step);
    const bool selected = state_.isSelected(step.ref);
    const bool target = state_.dropContainer == step.ref;
    if (state_.dragged.contains(step.ref))
        painter.setOpacity(0.35);
    QColor border = mixed(theme.border, color, 0.35);
    if (selected || target)
        border = theme.accent;
    else if (state_.hasError(step))
        border = theme.error;
    else if (state_.hovered == step.ref)
        border = mixed(theme.borderStrong, color, 0.4);
    const QColor fill =
        target ? theme.accentSoft : mixed(theme.container, color, theme.dark ? 0.05 : 0.035);
    QPen pen(border, std::max(selected || target ? 2.0 : 1.2, 0.8 / zoom));
    if (step.kind == format::NodeKind::Branch && !selected && !target && zoom > 0.4)
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(step.box, kRadius + 2, kRadius + 2);
    paintHeader(painter, step, zoom);
    paintMark(painter, step);
    painter.setOpacity(1.0);
}

void StepLayer::paintHeader(QPainter& painter, const SceneStep& step, double zoom) {
    const int level = detailLevel(zoom);
    const QColor color = accent(step);
    const Texts& text = texts(step, level);
    const double middle = step.box.top() + std::min(step.box.height(), kHeader) / 2;
    const double ratio = painter.device()->devicePixelRatioF();
    const auto glyph = [&](const QString& name, double x, const QColor& tint) {
        const int pixels = std::max(8, qRound(20 * zoom));
        painter.drawPixmap(QRectF(x, middle - 10, 20, 20), tintedPixmap(name, tint, pixels, ratio),
                           QRectF());
    };
    double left = step.box.left() + kInset;
    if (level <= 1) {
        glyph(iconName(step), left, color);
        glyph(
            step.collapsed ? QStringLiteral("ui/chevron-right") : QStringLiteral("ui/chevron-down"),
            step.box.right() - 34, state_.theme->textMuted);
        left += 28;
    }
    painter.setFont(canvasFont(kDetails[level].namePixels, true));
    painter.setPen(state_.theme->text);
    const QSizeF nameSize = text.nameText.size();
    painter.drawStaticText(QPointF(left, middle - nameSize.height() / 2), text.nameText);
    if (level > 0)
        return;
    painter.setFont(canvasFont(11, false));
    painter.setPen(color);
    const double typeTop = middle - text.typeText.size().height() / 2 + 0.5;
    left += nameSize.width() + 8;
    painter.drawStaticText(QPointF(left, typeTop), text.typeText);
    painter.setPen(state_.theme->textMuted);
    painter.drawStaticText(QPointF(step.box.right() - 42 - text.countText.size().width(), typeTop),
                           text.countText);
}

// How many problems of the worst severity the step has, in its corner.
void StepLayer::paintMark(QPainter& painter, const SceneStep& step) const {
    const NodeBadge* badge = state_.badge(step.ref);
    if (badge == nullptr && step.mark == Mark::None)
        return;
    const Theme& theme = *state_.theme;
    const auto severity = badge != nullptr           ? badge->worst
                          : step.mark == Mark::Error ? check::Severity::Error
                                                     : check::Severity::Warning;
    const QString text = badge == nullptr    ? QStringLiteral("!")
                         : badge->count > 99 ? QStringLiteral("99+")
                                             : QString::number(badge->count);
    const double width = std::max(18.0, 8.0 + 7.0 * static_cast<double>(text.size()));
    const QRectF pill(step.box.right() + 5 - width, step.box.top() - 5, width, 18);
    painter.setPen(QPen(theme.canvas, 2));
    painter.setBrush(severityColor(theme, severity));
    painter.drawRoundedRect(pill, 9, 9);
    painter.setPen(theme.dark ? theme.surfaceSunken : QColor(Qt::white));
    painter.setFont(canvasFont(11, true));
    painter.drawText(pill, Qt::AlignCenter, text);
}

StepLayer::Texts& StepLayer::texts(const SceneStep& step, int level) {
    if (texts_.size() > kKeptTexts)
        texts_.clear();
    Texts& text = texts_[step.ref];
    const std::string name = shownName(step);
    const std::string type = shownType(step);
    if (text.level == level && text.name == name && text.type == type &&
        text.preview == step.preview)
        return text;
    text.level = level;
    text.name = name;
    text.type = type;
    text.preview = step.preview;
    const Detail& detail = kDetails[level];
    const double right = step.container ? (level == 0 ? 150 : 48) : 12;
    const double left = detail.icon ? (step.container ? 42 : kInset + kTile + 10) : kInset + 8;
    const double width = std::max(24.0, step.box.width() - left - right);
    text.nameText = prepared(name, canvasFont(detail.namePixels, true), width);
    if (!detail.lines)
        return text;
    const QFont small = canvasFont(11, false);
    const double typeWidth = step.container ? 90 + width - text.nameText.size().width() : width;
    text.typeText = prepared(type, small, std::max(40.0, typeWidth - 40));
    text.previewText = prepared(step.preview, small, width);
    text.countText = prepared(step.collapsed ? std::to_string(step.nested) : "", small, 60);
    return text;
}

}  // namespace pe::editor
