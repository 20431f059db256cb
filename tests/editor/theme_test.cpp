// SPDX-License-Identifier: MIT
#include "theme.hpp"

#include <gtest/gtest.h>

#include <QImage>
#include <QPixmap>
#include <QSpinBox>
#include <cmath>

namespace pe::editor {
namespace {

double luminance(const QColor& color) {
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) +
           0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

// 4.5 is what WCAG asks of text of the usual size.
void expectReadable(const Theme& theme) {
    const auto expect = [](const char* what, const QColor& ink,
                           std::initializer_list<QColor> grounds) {
        for (const QColor& ground : grounds)
            EXPECT_GE(contrast(ink, ground), 4.5)
                << what << ' ' << ink.name().toStdString() << " on " << ground.name().toStdString();
    };
    for (const QColor& ink : {theme.text, theme.textMuted, theme.textFaint})
        expect("text", ink, {theme.window, theme.surface, theme.container, theme.canvas});
    for (const QColor& ink :
         {theme.syntaxKey, theme.syntaxString, theme.syntaxNumber, theme.syntaxComment,
          theme.syntaxAnchor, theme.syntaxTemplate, theme.syntaxPunctuation})
        expect("syntax", ink, {theme.surface, theme.currentLine, theme.selectedLines});
    expect("accent", theme.accentText, {theme.accent});
    expect("error", theme.error, {theme.surface, theme.errorSoft});
    expect("warning", theme.warning, {theme.surface, theme.warningSoft});
    expect("success", theme.success, {theme.surface, theme.successSoft});
}

TEST(Theme, EveryTextCanBeReadOnItsGround) {
    expectReadable(Theme::light());
    expectReadable(Theme::darkTheme());
}

// Pixels of a part of a picture that stand out from its ground.
int inked(const QImage& picture, const QColor& ground, const QRect& part) {
    int count = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            count += contrast(picture.pixelColor(x, y), ground) > 1.6 ? 1 : 0;
    return count;
}

TEST(Theme, BothArrowsOfANumberCanBeSeen) {
    for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
        QSpinBox box;
        box.setPalette(theme->palette());
        box.setStyleSheet(theme->styleSheet());
        box.resize(120, 32);
        const QImage picture = box.grab().toImage();
        EXPECT_GT(inked(picture, theme->surface, QRect(103, 4, 13, 12)), 5) << theme->dark;
        EXPECT_GT(inked(picture, theme->surface, QRect(103, 16, 13, 12)), 5) << theme->dark;
    }
}

}  // namespace
}  // namespace pe::editor
