// SPDX-License-Identifier: MIT
// What the main window can do because it knows the format: help, quick fixes, completion,
// definitions, uses, renaming.
#include <QTabWidget>

#include "actions.hpp"
#include "file_language.hpp"
#include "main_window.hpp"

namespace pe::editor {

void MainWindow::buildLanguageActions() {
    const auto inLanguage = [this](void (FileLanguage::*method)()) {
        return [this, method] {
            if (FileView* view = current())
                (view->language().*method)();
        };
    };
    const auto key = [](const char* text) { return QKeySequence(QLatin1String(text)); };
    actions_->add(QStringLiteral("language.help"), tr("What is this?"), QStringLiteral("info"),
                  {key("F1")}, Needs::File, inLanguage(&FileLanguage::showHelp));
    actions_->add(QStringLiteral("language.fix"), tr("Quick fix…"), QStringLiteral("check"),
                  {key("Ctrl+.")}, Needs::File, inLanguage(&FileLanguage::showFixes));
    // The keys of these have another meaning outside the text.
    const auto add = [&](const char* id, const QString& text, const char* keys,
                         void (FileLanguage::*method)()) {
        QAction* action = actions_->add(QLatin1String(id), text, QString(), {key(keys)},
                                        Needs::File, inLanguage(method));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        forText_.push_back(action);
    };
    add("language.complete", tr("Complete"), "Ctrl+Space", &FileLanguage::complete);
    add("language.definition", tr("Go to the definition"), "F12", &FileLanguage::goToDefinition);
    add("language.uses", tr("Show all uses"), "Shift+F12", &FileLanguage::showUses);
    add("language.rename", tr("Rename everywhere…"), "F2", &FileLanguage::renameAtCursor);
}

// The other files show in tabs of their own, where the rename is one undoable edit.
void MainWindow::renameInOthers(
    const std::map<std::string, std::vector<language::TextEdit>>& files) {
    FileView* front = current();
    for (const auto& [path, edits] : files) {
        if (edits.empty() || !openFile(QString::fromStdString(path)))
            continue;
        document::Document& document = current()->session().document();
        const std::size_t begin = edits.front().span.begin;
        const std::size_t end = edits.back().span.end;
        if (end > document.text().size())
            continue;
        std::vector<language::TextEdit> inside = edits;
        for (language::TextEdit& edit : inside) {
            edit.span.begin -= begin;
            edit.span.end -= begin;
        }
        const std::string stretch = document.text().substr(begin, end - begin);
        (void)document.replaceText(begin, end - begin, language::applied(stretch, inside), 0);
    }
    tabs_->setCurrentWidget(front);
}

}  // namespace pe::editor
