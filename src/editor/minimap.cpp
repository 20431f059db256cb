// SPDX-License-Identifier: MIT
#include "minimap.hpp"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "canvas.hpp"
#include "icons.hpp"
#include "step_look.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr QSize kMapSize(112, 148);
constexpr double kSmallestScale = 0.045;  // a long pipeline is shown in part, never as a hairline
constexpr int kCorner = 12;
constexpr int kBarHeight = 32;

}  // namespace

Minimap::Minimap(Canvas& canvas) : QWidget(&canvas), canvas_(canvas) {
    setFixedSize(kMapSize);
    setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Overview"));
    connect(&canvas, &Canvas::viewChanged, this, &Minimap::follow);
    follow();
}

void Minimap::follow() {
    const QRectF bounds = canvas_.value().bounds;
    const bool small = canvas_.width() < 420 || canvas_.height() < 460;
    const bool needed = !small && !bounds.isEmpty() && !canvas_.visibleScene().contains(bounds);
    setVisible(needed);
    move(canvas_.width() - width() - kCorner,
         canvas_.height() - height() - kBarHeight - kCorner - 8);
    if (needed)
        update();
}

Minimap::Projection Minimap::projection() const {
    const QRectF bounds = canvas_.value().bounds.adjusted(-60, -60, 60, 60);
    const QRectF shown = canvas_.visibleScene();
    Projection result;
    result.scale =
        std::max(std::min(width() / bounds.width(), height() / bounds.height()), kSmallestScale);
    const auto origin = [&](double low, double length, double viewLow, double viewLength,
                            double room) {
        const double window = room / result.scale;
        if (length <= window)
            return low + (length - window) / 2;
        const double free = std::max(1.0, length - viewLength);
        const double share = std::clamp((viewLow - low) / free, 0.0, 1.0);
        return low + share * (length - window);
    };
    result.origin = {origin(bounds.left(), bounds.width(), shown.left(), shown.width(), width()),
                     origin(bounds.top(), bounds.height(), shown.top(), shown.height(), height())};
    return result;
}

void Minimap::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(*this);
    const Projection map = projection();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(mixed(theme.surface, theme.canvas, 0.4));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    const QRectF part(map.origin, QSizeF(width() / map.scale, height() / map.scale));
    const auto project = [&](const QRectF& box) {
        return QRectF((box.topLeft() - map.origin) * map.scale, box.size() * map.scale);
    };
    painter.setRenderHint(QPainter::Antialiasing, false);
    const SceneValue& scene = canvas_.value();
    for (const auto id : scene.stepIndex.touching(part)) {
        const SceneStep& step = scene.steps[id];
        QColor accent = step.style ? theme.adapted(accentOf(*step.style)) : theme.textMuted;
        if (canvas_.state().isSelected(step.ref))
            accent = theme.accent;
        const QRectF box = project(step.box);
        painter.fillRect(box, mixed(theme.surface, accent, step.container ? 0.14 : 0.6));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = theme.accent;
    fill.setAlpha(26);
    painter.setBrush(fill);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.drawRoundedRect(
        project(canvas_.visibleScene()).intersected(rect()).adjusted(1, 1, -1, -1), 3, 3);
}

void Minimap::goTo(const QPointF& position) {
    const Projection map = projection();
    canvas_.centerOnScene(map.origin + position / map.scale);
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    goTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

ZoomBar::ZoomBar(Canvas& canvas) : QWidget(&canvas), canvas_(canvas) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3, 3, 3, 3);
    row->setSpacing(0);
    const auto button = [&](const QString& iconName, const QString& name) {
        auto* made = new QToolButton(this);
        if (!iconName.isEmpty())
            made->setIcon(icon(iconName));
        made->setIconSize(QSize(14, 14));
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setFocusPolicy(Qt::TabFocus);
        made->setFixedHeight(26);
        row->addWidget(made);
        return made;
    };
    auto* out = button(QStringLiteral("ui/zoom-out"), tr("Zoom out"));
    level_ = button(QString(), tr("Zoom to 100 %"));
    level_->setFont(Theme::smallFont());
    level_->setFixedWidth(level_->fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 16);
    auto* in = button(QStringLiteral("ui/zoom-in"), tr("Zoom in"));
    auto* fit = button(QStringLiteral("ui/fit"), tr("Show everything (F)"));
    connect(out, &QToolButton::clicked, this, [this] { canvas_.zoomBy(1 / 1.25); });
    connect(in, &QToolButton::clicked, this, [this] { canvas_.zoomBy(1.25); });
    connect(fit, &QToolButton::clicked, this, [this] { canvas_.fitAll(); });
    connect(level_, &QToolButton::clicked, this,
            [this] { canvas_.setZoom(1.0, canvas_.viewport()->rect().center()); });
    connect(&canvas, &Canvas::viewChanged, this, &ZoomBar::follow);
    setFixedSize(sizeHint().width(), kBarHeight);
    follow();
}

void ZoomBar::follow() {
    const double percent = canvas_.zoom() * 100;
    const QString text = percent < 1 ? tr("<1 %") : tr("%1 %").arg(qRound(percent));
    if (level_->text() != text)
        level_->setText(text);
    move(canvas_.width() - width() - kCorner, canvas_.height() - height() - kCorner);
    setVisible(canvas_.width() > width() + 3 * kCorner);
}

void ZoomBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

}  // namespace pe::editor
