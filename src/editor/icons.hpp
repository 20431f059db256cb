// SPDX-License-Identifier: MIT
// Icons: single-stroke SVGs from resources/icons, tinted when they are drawn, so they follow the
// theme and stay sharp on every screen. Names are paths below resources/icons without ending:
// "ui/undo", "claude". UI thread.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace pe::editor {

// In the colour of button text; drawn faint where disabled.
QIcon icon(const QString& name);
// In an accent colour as chosen for a light background; adapted to the theme of the program.
QIcon accentIcon(const QString& name, const QColor& accent);
// `size` in logical pixels; cached.
QPixmap tintedPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio);

}  // namespace pe::editor
