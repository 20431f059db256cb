// SPDX-License-Identifier: MIT
#include "fix_menu.hpp"

#include <QMenu>
#include <set>

#include "findings.hpp"
#include "fix_preview.hpp"
#include "icons.hpp"
#include "text_mark.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kLongestTitle = 90;

// A menu takes & for the mark of a key.
QString menuText(const std::string& text) {
    QString shown = QString::fromStdString(text).simplified();
    if (shown.size() > kLongestTitle)
        shown = shown.left(kLongestTitle) + QStringLiteral("…");
    return shown.replace(u'&', QStringLiteral("&&"));
}

// What a menu is styled with paints no text on separators.
void addHeading(QMenu& menu, const std::string& text) {
    menu.addSeparator();
    QAction* heading = menu.addAction(menuText(text));
    QFont font = menu.font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    heading->setEnabled(false);
}

void addFixes(QMenu& menu, Findings& findings, const check::Diagnostic& about, QWidget* window) {
    QMenu* previews = nullptr;
    for (std::size_t i = 0; i < about.fixes.size(); ++i) {
        const QString title = menuText(about.fixes[i].title);
        menu.addAction(title, &findings, [&findings, about, i] { findings.carryOut(about, i); });
    }
    if (about.fixes.size() == 1) {
        menu.addAction(FixPreview::tr("Preview…"), &findings,
                       [&findings, about, window] { previewFix(findings, about, 0, window); });
        return;
    }
    for (std::size_t i = 0; i < about.fixes.size(); ++i) {
        if (previews == nullptr)
            previews = menu.addMenu(FixPreview::tr("Preview"));
        previews->addAction(
            menuText(about.fixes[i].title), &findings,
            [&findings, about, i, window] { previewFix(findings, about, i, window); });
    }
}

}  // namespace

void fillFixMenu(QMenu& menu, Findings& findings, const std::vector<check::Diagnostic>& about,
                 QWidget* window) {
    // What is disabled here is a sentence to be read.
    menu.setStyleSheet(QStringLiteral("QMenu::item:disabled { color: %1; }")
                           .arg(Theme::of(menu).textMuted.name()));
    std::set<std::string> kinds;
    bool any = false;
    for (const check::Diagnostic& each : about) {
        kinds.insert(each.code);
        if (each.fixes.empty())
            continue;
        any = true;
        if (about.size() > 1)
            addHeading(menu, each.message);
        addFixes(menu, findings, each, window);
    }
    if (!any)
        menu.addAction(FixPreview::tr("No quick fix here"))->setEnabled(false);
    for (const std::string& code : kinds) {
        const int count = findings.safeCount(code);
        if (count < 2)
            continue;
        menu.addSeparator();
        menu.addAction(FixPreview::tr("Fix all %1 of the kind %2").arg(count).arg(menuText(code)),
                       &findings, [&findings, code] { findings.carryOutAll(code); });
        menu.addAction(FixPreview::tr("Preview of all…"), &findings,
                       [&findings, code, window] { previewAll(findings, code, window); });
    }
}

}  // namespace pe::editor
