// SPDX-License-Identifier: MIT
#include "theme.hpp"

#include <QApplication>
#include <QFontDatabase>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "editor_style.hpp"

namespace pe::editor {

namespace {

QColor rgb(unsigned value) {
    return QColor::fromRgb(value | 0xff000000u);
}

Theme makeLight() {
    Theme theme;
    theme.window = rgb(0xf3f4f7);
    theme.surface = rgb(0xffffff);
    theme.surfaceSunken = rgb(0xe9ecf1);
    theme.surfaceHover = rgb(0xe4e8ee);
    theme.border = rgb(0xd8dce4);
    theme.borderStrong = rgb(0xa9b2bf);
    theme.text = rgb(0x1a2230);
    theme.textMuted = rgb(0x566273);
    theme.textFaint = rgb(0x626d7d);
    theme.textDisabled = rgb(0x848f9e);
    theme.accent = rgb(0x2563eb);
    theme.accentText = rgb(0xffffff);
    theme.accentSoft = rgb(0xdfe9fd);
    theme.error = rgb(0xc4262e);
    theme.errorSoft = rgb(0xfde9ea);
    theme.warning = rgb(0x8f5a00);
    theme.warningSoft = rgb(0xfff2d6);
    theme.success = rgb(0x1a7346);
    theme.successSoft = rgb(0xdff4e8);
    theme.canvas = rgb(0xf8f9fb);
    theme.canvasDot = rgb(0xd6dbe3);
    theme.container = rgb(0xf0f2f6);
    theme.edge = rgb(0x8b96a6);
    theme.edgePreviousResponse = rgb(0x2563eb);
    theme.edgeTemplate = rgb(0x7c3aed);
    theme.edgeCondition = rgb(0xb45309);
    theme.edgeDataSource = rgb(0x0f766e);
    theme.syntaxKey = rgb(0x0b57a4);
    theme.syntaxString = rgb(0x1a6b3c);
    theme.syntaxNumber = rgb(0xa3420a);
    theme.syntaxComment = rgb(0x606b79);
    theme.syntaxAnchor = rgb(0x9a2a6b);
    theme.syntaxTemplate = rgb(0x7029c9);
    theme.syntaxPunctuation = rgb(0x606b79);
    theme.currentLine = rgb(0xf2f5fa);
    theme.selectedLines = rgb(0xe6eefc);
    return theme;
}

Theme makeDark() {
    Theme theme;
    theme.dark = true;
    theme.window = rgb(0x1c1f26);
    theme.surface = rgb(0x242831);
    theme.surfaceSunken = rgb(0x16181e);
    theme.surfaceHover = rgb(0x2d323d);
    theme.border = rgb(0x363c48);
    theme.borderStrong = rgb(0x5b6575);
    theme.text = rgb(0xe7eaf0);
    theme.textMuted = rgb(0xa7b1bf);
    theme.textFaint = rgb(0x8793a3);
    theme.textDisabled = rgb(0x7c8796);
    theme.accent = rgb(0x6ea0ff);
    theme.accentText = rgb(0x0d1526);
    theme.accentSoft = rgb(0x263a61);
    theme.error = rgb(0xff8088);
    theme.errorSoft = rgb(0x46252b);
    theme.warning = rgb(0xf2b84b);
    theme.warningSoft = rgb(0x42351c);
    theme.success = rgb(0x63cf97);
    theme.successSoft = rgb(0x1d3b2d);
    theme.canvas = rgb(0x181b21);
    theme.canvasDot = rgb(0x2c313b);
    theme.container = rgb(0x1f232b);
    theme.edge = rgb(0x748092);
    theme.edgePreviousResponse = rgb(0x6ea0ff);
    theme.edgeTemplate = rgb(0xb794f6);
    theme.edgeCondition = rgb(0xf0a860);
    theme.edgeDataSource = rgb(0x4fc4b5);
    theme.syntaxKey = rgb(0x82b4ff);
    theme.syntaxString = rgb(0x8fd6a5);
    theme.syntaxNumber = rgb(0xf0a878);
    theme.syntaxComment = rgb(0x8f9dae);
    theme.syntaxAnchor = rgb(0xf093c4);
    theme.syntaxTemplate = rgb(0xc7a6ff);
    theme.syntaxPunctuation = rgb(0x8f9dae);
    theme.currentLine = rgb(0x2a2f39);
    theme.selectedLines = rgb(0x263352);
    return theme;
}

QFont scaledSystemFont(double factor) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const double points = font.pointSizeF() > 0 ? std::clamp(font.pointSizeF(), 9.0, 24.0) : 9.0;
    font.setPointSizeF(points * factor);
    return font;
}

// Every %name% in the template is a colour of the theme.
QString filled(QString text, const Theme& theme) {
    const std::pair<const char*, const QColor*> names[] = {
        {"%window%", &theme.window},
        {"%surface%", &theme.surface},
        {"%sunken%", &theme.surfaceSunken},
        {"%hover%", &theme.surfaceHover},
        {"%border%", &theme.border},
        {"%borderStrong%", &theme.borderStrong},
        {"%text%", &theme.text},
        {"%muted%", &theme.textMuted},
        {"%disabled%", &theme.textDisabled},
        {"%accent%", &theme.accent},
        {"%accentText%", &theme.accentText},
        {"%accentSoft%", &theme.accentSoft},
    };
    for (const auto& [name, color] : names)
        text.replace(QLatin1String(name), color->name());
    return text;
}

constexpr const char* kBars = R"(
QMainWindow, QDialog { background: %window%; }
QMainWindow::separator { background: %border%; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: %accent%; }
QSplitter::handle { background: %border%; }
QSplitter::handle:hover { background: %accent%; }
QMenuBar { background: %window%; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: %hover%; }
QMenu { background: %surface%; border: 1px solid %border%; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %accentSoft%; color: %text%; }
QMenu::item:disabled { color: %disabled%; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: %border%; margin: 4px 6px; }
QToolBar { background: %window%; border: none; border-bottom: 1px solid %border%;
  padding: 0; spacing: 0; }
QStatusBar { background: %window%; border-top: 1px solid %border%; color: %muted%; }
QStatusBar::item { border: none; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QToolTip { background: %surface%; color: %text%; border: 1px solid %borderStrong%; padding: 4px; }
)";

constexpr const char* kControls = R"(
QToolButton { border: none; border-radius: 5px; padding: 4px; background: transparent; }
QToolButton:hover { background: %hover%; }
QToolButton:pressed, QToolButton:checked { background: %accentSoft%; }
QToolButton:focus { outline: none; border: 1px solid %accent%; padding: 3px; }
QToolButton:disabled { color: %disabled%; }
QPushButton { background: %surface%; border: 1px solid %borderStrong%; border-radius: 5px;
  padding: 5px 12px; min-height: 16px; }
QPushButton:hover { background: %hover%; }
QPushButton:focus { border-color: %accent%; }
QPushButton:default, QPushButton[primary="true"] { background: %accent%; color: %accentText%;
  border-color: %accent%; }
QPushButton:disabled, QPushButton:default:disabled, QPushButton[primary="true"]:disabled {
  background: %surface%; color: %disabled%; border-color: %border%; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: %surface%;
  border: 1px solid %borderStrong%; border-radius: 5px; padding: 3px 6px;
  selection-background-color: %accent%; selection-color: %accentText%; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border-color: %accent%; }
QLineEdit:disabled, QLineEdit:read-only { color: %muted%; background: %window%; }
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  border: none; background: transparent; width: 18px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow, QPushButton::menu-indicator {
  image: url(:/icons/ui/box-down.svg); width: 11px; height: 11px; }
QAbstractSpinBox::up-arrow { image: url(:/icons/ui/box-up.svg); width: 11px; height: 11px; }
QPushButton::menu-indicator { subcontrol-position: right center; right: 6px;
  subcontrol-origin: padding; }
QPushButton[popup="true"] { padding-right: 22px; }
QPushButton[link="true"] { text-align: left; border: none; background: transparent;
  color: %accent%; padding: 4px 0; min-height: 14px; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { text-decoration: underline; }
)";

constexpr const char* kViews = R"(
QTreeView, QListView, QTableView { background: %surface%; border: none; outline: none;
  alternate-background-color: %window%; }
QTreeView::item, QListView::item { padding: 3px 2px; border-radius: 4px; }
QTreeView::item:hover, QListView::item:hover { background: %hover%; }
QTreeView::item:selected, QListView::item:selected { background: %accentSoft%; color: %text%; }
QTreeView::branch { background: transparent; }
QTreeView[flat="true"] { background: transparent; }
QHeaderView::section { background: %window%; border: none; border-bottom: 1px solid %border%;
  padding: 4px 6px; color: %muted%; }
QTabWidget::pane { border: none; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: %muted%; padding: 6px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %text%; border-bottom-color: %accent%; }
QTabBar::tab:hover { color: %text%; background: %hover%; }
QTabBar::tab:focus { background: %accentSoft%; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: %borderStrong%; border-radius: 3px; margin: 2px 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 3px 2px; }
QScrollBar::handle:hover { background: %muted%; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { border: none; background: transparent; }
)";

}  // namespace

const Theme& Theme::light() {
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::darkTheme() {
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::of(const QWidget& widget) {
    return widget.palette().color(QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

QFont Theme::uiFont() {
    return scaledSystemFont(1.0);
}
QFont Theme::smallFont() {
    return scaledSystemFont(0.89);
}

QFont Theme::headingFont() {
    QFont font = scaledSystemFont(1.1);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::titleFont() {
    QFont font = scaledSystemFont(2.0);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::monoFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(uiFont().pointSizeF());
    return font;
}

QPalette Theme::palette() const {
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, surface);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, textFaint);
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, error);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, accentText);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::ToolTipBase, surface);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Light, surfaceHover);
    palette.setColor(QPalette::Midlight, surfaceHover);
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Dark, borderStrong);
    palette.setColor(QPalette::Shadow, dark ? Qt::black : borderStrong);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, textDisabled);
    return palette;
}

QString Theme::styleSheet() const {
    return filled(QLatin1String(kBars) + QLatin1String(kControls) + QLatin1String(kViews), *this);
}

void Theme::apply(QApplication& application) const {
    application.setStyle(new EditorStyle);
    application.setFont(uiFont());
    application.setPalette(palette());
    application.setStyleSheet(styleSheet());
}

QColor Theme::adapted(const QColor& color) const {
    if (!dark)
        return color;
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    color.getHslF(&hue, &saturation, &lightness);
    return QColor::fromHslF(std::max(hue, 0.0F), std::min(saturation, 0.75F),
                            std::clamp(1.0F - lightness * 0.75F, 0.62F, 0.78F));
}

QColor mixed(const QColor& a, const QColor& b, double shareOfB) {
    const auto mix = [shareOfB](int x, int y) {
        return static_cast<int>(std::lround(x + (y - x) * shareOfB));
    };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace pe::editor
