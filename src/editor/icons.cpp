// SPDX-License-Identifier: MIT
#include "icons.hpp"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "theme.hpp"

namespace pe::editor {

namespace {

const Theme& themeOfProgram() {
    const QColor window = QGuiApplication::palette().color(QPalette::Window);
    return window.lightness() < 128 ? Theme::darkTheme() : Theme::light();
}

QString resourcePath(const QString& name) {
    const QString path = QStringLiteral(":/icons/%1.svg").arg(name);
    return QFile::exists(path) ? path : QStringLiteral(":/icons/unknown.svg");
}

// Draws with the colours that the program has at the time of drawing.
class TintedIconEngine final : public QIconEngine {
public:
    TintedIconEngine(QString name, QColor accent) : name_(std::move(name)), accent_(accent) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State state) override {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }
    // `size` is in device pixels, as QIcon gives it.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        const int side = qRound(qMin(size.width(), size.height()) / scale);
        return tintedPixmap(name_, color(mode), side, scale);
    }
    QIconEngine* clone() const override { return new TintedIconEngine(name_, accent_); }
    QString key() const override { return QStringLiteral("tinted"); }

private:
    QColor color(QIcon::Mode mode) const {
        const Theme& theme = themeOfProgram();
        if (mode == QIcon::Disabled)
            return mixed(theme.window, theme.textDisabled, 0.6);
        return accent_.isValid() ? theme.adapted(accent_) : theme.textMuted;
    }

    QString name_;
    QColor accent_;
};

}  // namespace

QIcon icon(const QString& name) {
    return QIcon(new TintedIconEngine(name, QColor()));
}

QIcon accentIcon(const QString& name, const QColor& accent) {
    return QIcon(new TintedIconEngine(name, accent));
}

QPixmap tintedPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio) {
    const QString key =
        QStringLiteral("pe/%1/%2/%3/%4").arg(name, color.name()).arg(size).arg(pixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = qMax(1, qRound(size * pixelRatio));
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(resourcePath(name)).render(&painter, QRectF(0, 0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

}  // namespace pe::editor
