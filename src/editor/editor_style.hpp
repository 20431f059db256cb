// SPDX-License-Identifier: MIT
// EditorStyle: Fusion with our own pictures where a style sheet cannot reach: buttons that close
// tabs, check and radio buttons, dialogs. UI thread.
#pragma once

#include <QProxyStyle>

namespace pe::editor {

class EditorStyle final : public QProxyStyle {
    Q_OBJECT

public:
    EditorStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QIcon standardIcon(StandardPixmap picture, const QStyleOption* option,
                       const QWidget* widget) const override;
};

}  // namespace pe::editor
