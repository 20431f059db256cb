// SPDX-License-Identifier: MIT
// Theme: colours, fonts and spacing of the window, in a light and a dark form. Two immutable
// values; a widget asks `Theme::of(*this)` when it paints and gets the one its palette belongs to,
// so a change of theme reaches it as an ordinary QEvent::PaletteChange. UI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace pe::editor {

struct Theme {
    bool dark = false;

    QColor window;         // chrome: bars, docks
    QColor surface;        // fields, lists, cards
    QColor surfaceSunken;  // behind cards, headers of tables
    QColor surfaceHover;
    QColor border;
    QColor borderStrong;  // of fields, 3:1 against surface
    QColor text;
    QColor textMuted;  // secondary text, 4.5:1
    QColor textFaint;  // notes, placeholders, line numbers
    QColor textDisabled;
    QColor accent;      // focus, selection, primary buttons
    QColor accentText;  // on accent
    QColor accentSoft;  // selected rows and lines
    QColor error;
    QColor errorSoft;  // background of an error message
    QColor warning;
    QColor warningSoft;
    QColor success;
    QColor successSoft;

    QColor canvas;
    QColor canvasDot;
    QColor container;  // fill of a container on the canvas
    QColor edge;       // order of execution
    QColor edgePreviousResponse;
    QColor edgeTemplate;
    QColor edgeCondition;
    QColor edgeDataSource;

    QColor syntaxKey;
    QColor syntaxString;
    QColor syntaxNumber;  // numbers, booleans, null
    QColor syntaxComment;
    QColor syntaxAnchor;    // anchors, aliases, tags
    QColor syntaxTemplate;  // {{...}}
    QColor syntaxPunctuation;
    QColor currentLine;    // background
    QColor selectedLines;  // background of the lines of the selected entry

    // Spacing in logical pixels.
    static constexpr int kSpace1 = 4;
    static constexpr int kSpace2 = 8;
    static constexpr int kSpace3 = 12;
    static constexpr int kSpace4 = 16;
    static constexpr int kSpace6 = 24;
    static constexpr int kRadius = 6;
    static constexpr int kControlHeight = 28;
    static constexpr int kIconSize = 16;

    static const Theme& light();
    static const Theme& darkTheme();
    // The theme whose palette the widget shows.
    static const Theme& of(const QWidget& widget);

    static QFont uiFont();
    static QFont smallFont();
    static QFont headingFont();  // of panels and forms
    static QFont titleFont();    // start page
    static QFont monoFont();

    QPalette palette() const;
    QString styleSheet() const;
    // Sets style, palette, font and style sheet of the program.
    void apply(QApplication& application) const;

    // An accent that was chosen for a light background, as it is shown on this theme.
    QColor adapted(const QColor& accent) const;
};

QColor mixed(const QColor& a, const QColor& b, double shareOfB);

}  // namespace pe::editor
