// SPDX-License-Identifier: MIT
// Everything the main window can do, its menus, and the palette over them.
#include <QActionGroup>
#include <QApplication>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextEdit>
#include <QToolBar>

#include "actions.hpp"
#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "conflict_bar.hpp"
#include "dock_panel.hpp"
#include "edge_commands.hpp"
#include "findings_panel.hpp"
#include "header_bar.hpp"
#include "history_panel.hpp"
#include "icons.hpp"
#include "library_panel.hpp"
#include "main_window.hpp"
#include "outline.hpp"
#include "palette.hpp"
#include "step_look.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {

namespace {

using Keys = QList<QKeySequence>;

QKeySequence key(const char* text) {
    return QKeySequence(QLatin1String(text));
}

// Where somebody writes; null if nowhere.
QWidget* focusedText() {
    QWidget* const widget = QApplication::focusWidget();
    const bool text = qobject_cast<QLineEdit*>(widget) != nullptr ||
                      qobject_cast<QPlainTextEdit*>(widget) != nullptr ||
                      qobject_cast<QTextEdit*>(widget) != nullptr;
    return text ? widget : nullptr;
}

PaletteEntry entryFor(QAction* action) {
    PaletteEntry entry;
    entry.title = action->text().remove(u'&');
    entry.detail = action->shortcut().toString(QKeySequence::NativeText);
    entry.icon = action->icon();
    entry.run = [action] { action->trigger(); };
    return entry;
}

}  // namespace

std::function<void()> MainWindow::inView(void (FileView::*method)()) {
    return [this, method] {
        if (FileView* view = current())
            (view->*method)();
    };
}

void MainWindow::buildFileActions() {
    const auto add = [this](const char* id, const QString& text, const char* picture,
                            const Keys& keys, Needs needs, std::function<void()> run) {
        return actions_->add(QLatin1String(id), text, QLatin1String(picture), keys, needs,
                             std::move(run));
    };
    add("file.new", tr("&New pipeline"), "new", {QKeySequence::New}, Needs::Nothing,
        [this] { newFile(); });
    add("file.open", tr("&Open…"), "open", {QKeySequence::Open}, Needs::Nothing,
        [this] { openWithDialog(); });
    add("file.save", tr("&Save"), "save", {QKeySequence::Save}, Needs::File,
        [this] { save(*current()); });
    add("file.saveAs", tr("Save &as…"), "", {key("Ctrl+Shift+S")}, Needs::File,
        [this] { saveAs(*current()); });
    add("file.revert", tr("&Revert to the file"), "", {}, Needs::File, [this] {
        if (current()->session().path().empty())
            return showMessage(tr("This pipeline has no file yet."), true);
        if (const auto done = current()->session().revert(); !done)
            showError(done.error());
    });
    add("file.close", tr("&Close"), "", {QKeySequence::Close}, Needs::File,
        [this] { closeTab(tabs_->currentIndex()); });
    add("file.quit", tr("&Quit"), "", {QKeySequence::Quit}, Needs::Nothing, [this] { close(); });
}

void MainWindow::buildEditActions() {
    actions_->add(QStringLiteral("edit.undo"), tr("Undo"), QStringLiteral("undo"),
                  {QKeySequence::Undo}, Needs::File, inView(&FileView::undo));
    actions_->add(QStringLiteral("edit.redo"), tr("Redo"), QStringLiteral("redo"),
                  {key("Ctrl+Shift+Z"), key("Ctrl+Y")}, Needs::File, inView(&FileView::redo));
    const auto add = [this](const char* id, const QString& text, const char* picture,
                            const Keys& keys, Needs needs, std::function<void()> run) {
        actions_->addForGraph(QLatin1String(id), text, QLatin1String(picture), keys, needs,
                              std::move(run));
    };
    // In the menu they are about the text while somebody writes in one.
    const auto inText = [this](const char* slot, void (FileView::*ofSteps)()) {
        return [slot, steps = inView(ofSteps)] {
            if (QWidget* text = focusedText())
                QMetaObject::invokeMethod(text, slot);
            else
                steps();
        };
    };
    add("edit.cut", tr("Cut steps"), "cut", {QKeySequence::Cut}, Needs::Steps,
        inText("cut", &FileView::cutSelected));
    add("edit.copy", tr("Copy steps as YAML"), "copy", {QKeySequence::Copy}, Needs::Steps,
        inText("copy", &FileView::copySelected));
    add("edit.paste", tr("Paste steps"), "paste", {QKeySequence::Paste}, Needs::File,
        inText("paste", &FileView::paste));
    add("edit.selectAll", tr("Select all steps"), "", {QKeySequence::SelectAll}, Needs::File,
        inText("selectAll", &FileView::selectAll));
    actions_->add(QStringLiteral("edit.find"), tr("Find in the text…"), QStringLiteral("search"),
                  {}, Needs::File, [this] {
                      if (current()->viewMode() == ViewMode::Graph)
                          current()->setViewMode(ViewMode::Split);
                      current()->text().openFind();
                  });
}

void MainWindow::buildStepActions() {
    const auto add = [this](const char* id, const QString& text, const char* picture,
                            const Keys& keys, Needs needs, std::function<void()> run) {
        actions_->addForGraph(QLatin1String(id), text, QLatin1String(picture), keys, needs,
                              std::move(run));
    };
    add("step.add", tr("Add step…"), "plus", {key("/"), key("Insert")}, Needs::File,
        [this] { quickAdd(nullptr, nullptr); });
    add("step.rename", tr("Rename step"), "rename", {key("F2")}, Needs::Steps,
        inView(&FileView::renameSelected));
    add("step.duplicate", tr("Duplicate"), "copy", {key("Ctrl+D")}, Needs::Steps,
        inView(&FileView::duplicateSelected));
    add("step.delete", tr("Delete"), "trash", {key("Del"), key("Backspace")}, Needs::Steps,
        inView(&FileView::removeSelected));
    add("step.up", tr("Move up"), "up", {key("Alt+Up")}, Needs::Steps,
        [this] { current()->shiftSelected(-1); });
    add("step.down", tr("Move down"), "down", {key("Alt+Down")}, Needs::Steps,
        [this] { current()->shiftSelected(1); });
    add("step.use", tr("Use the answer of…"), "go-to", {key("Ctrl+U")}, Needs::Steps,
        [this] { useAnswer(); });
    add("step.extract", tr("Extract steps to a file…"), "", {key("Ctrl+Shift+E")}, Needs::Steps,
        inView(&FileView::extractSelected));
    add("step.inline", tr("Inline this pipeline"), "", {key("Ctrl+Shift+I")}, Needs::Steps,
        inView(&FileView::inlineSelected));
    add("step.text", tr("Show in the text"), "go-to", {key("F12")}, Needs::Steps, [this] {
        FileView& view = *current();
        const yaml::NodeRef node = view.selection().current();
        if (node != yaml::kNoNode)
            view.goToOffset(view.session().document().valueSpan(node).begin);
    });
}

void MainWindow::buildViewActions() {
    const auto add = [this](const char* id, const QString& text, const char* picture,
                            const Keys& keys, Needs needs, std::function<void()> run) {
        return actions_->add(QLatin1String(id), text, QLatin1String(picture), keys, needs,
                             std::move(run));
    };
    auto* modes = new QActionGroup(this);
    const std::pair<const char*, QString> names[] = {
        {"split", tr("Split")}, {"graph", tr("Graph")}, {"text", tr("Text")}};
    for (int i = 0; i < 3; ++i) {
        const QByteArray id = QByteArray("view.") + names[i].first;
        QAction* action = add(id.constData(), names[i].second, names[i].first,
                              {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i))},
                              Needs::File, [this, i] { setViewMode(static_cast<ViewMode>(i)); });
        action->setCheckable(true);
        modes->addAction(action);
    }
    add("view.zoomIn", tr("Zoom in"), "zoom-in", {key("Ctrl++"), key("Ctrl+=")}, Needs::File,
        [this] { current()->canvas().zoomBy(1.25); });
    add("view.zoomOut", tr("Zoom out"), "zoom-out", {key("Ctrl+-")}, Needs::File,
        [this] { current()->canvas().zoomBy(0.8); });
    add("view.fit", tr("Show everything"), "fit", {key("Ctrl+0")}, Needs::File,
        [this] { current()->canvas().fitAll(); });
    actions_->addForGraph(QStringLiteral("view.fitGraph"), tr("Show the whole graph"),
                          QStringLiteral("fit"), {key("F")}, Needs::File,
                          [this] { current()->canvas().fitAll(); });
    actions_->addForGraph(QStringLiteral("view.zoomSelection"), tr("Zoom to the selection"),
                          QStringLiteral("fit"), {key("."), key("Shift+F")}, Needs::File,
                          [this] { current()->canvas().zoomToSelection(); });
    add("view.collapseAll", tr("Close all containers"), "collapse", {key("Ctrl+Shift+-")},
        Needs::File, [this] { current()->binder().setAllCollapsed(true); });
    add("view.expandAll", tr("Open all containers"), "expand", {key("Ctrl+Shift++")}, Needs::File,
        [this] { current()->binder().setAllCollapsed(false); });
    QAction* dark =
        add("view.dark", tr("Dark theme"), "sun", {key("Ctrl+Shift+D")}, Needs::Nothing, [this] {
            const bool on = (*actions_)[QStringLiteral("view.dark")]->isChecked();
            workspace_.setSetting("theme", on ? "dark" : "light");
            setTheme(on ? QStringLiteral("dark") : QStringLiteral("light"));
        });
    dark->setCheckable(true);
}

void MainWindow::buildGoActions() {
    const auto add = [this](const char* id, const QString& text, const char* picture,
                            const Keys& keys, Needs needs, std::function<void()> run) {
        actions_->add(QLatin1String(id), text, QLatin1String(picture), keys, needs, std::move(run));
    };
    const auto turn = [this](int by) {
        if (const int count = tabs_->count(); count > 0)
            tabs_->setCurrentIndex((tabs_->currentIndex() + by + count) % count);
    };
    add("go.nextFile", tr("Next file"), "", {key("Ctrl+Tab"), key("Ctrl+PgDown")}, Needs::File,
        [turn] { turn(1); });
    add("go.previousFile", tr("Previous file"), "", {key("Ctrl+Shift+Tab"), key("Ctrl+PgUp")},
        Needs::File, [turn] { turn(-1); });
    add("go.back", tr("Back in the text"), "", {key("Alt+Left")}, Needs::File,
        inView(&FileView::goBack));
    add("go.forward", tr("Forward in the text"), "", {key("Alt+Right")}, Needs::File,
        inView(&FileView::goForward));
    add("go.palette", tr("Search everything"), "search", {key("Ctrl+K"), key("Ctrl+Shift+P")},
        Needs::Nothing, [this] { openPalette(); });
    add("go.library", tr("Go to the step library"), "", {key("Ctrl+L")}, Needs::Nothing, [this] {
        left_->bringUp(0);
        library_->focusSearch();
    });
    add("go.outline", tr("Go to the outline"), "", {key("Ctrl+Shift+O")}, Needs::File, [this] {
        left_->bringUp(1);
        current()->outlinePage().setFocus();
    });
    add("go.graph", tr("Go to the graph"), "graph", {key("Ctrl+Shift+G")}, Needs::File, [this] {
        if (current()->viewMode() == ViewMode::Text)
            current()->setViewMode(ViewMode::Split);
        current()->canvas().setFocus();
    });
    add("go.properties", tr("Go to the properties"), "", {key("Ctrl+E")}, Needs::File, [this] {
        right_->bringUp(0);
        current()->propertiesPage()->setFocus();
    });
    add("go.problems", tr("Go to the problems"), "warning", {key("Ctrl+Shift+M")}, Needs::File,
        [this] {
            bottom_->bringUp(0);
            current()->problemsPage().setFocus();
        });
    add("go.nextProblem", tr("Next problem"), "", {key("F8")}, Needs::File,
        inView(&FileView::goToNextProblem));
    add("go.previousProblem", tr("Previous problem"), "", {key("Shift+F8")}, Needs::File,
        inView(&FileView::goToPreviousProblem));
    add("go.conflicts", tr("Go to the conflicts"), "warning", {key("Ctrl+Shift+C")}, Needs::File,
        [this] {
            if (current()->conflicts().current())
                current()->conflicts().setFocus();
            else
                showMessage(tr("Nothing was changed twice at the same time."), false);
        });
    add("go.history", tr("Go to the history"), "history", {key("Ctrl+Shift+H")}, Needs::File,
        [this] {
            bottom_->bringUp(1);
            current()->historyPage().setFocus();
        });
}

void MainWindow::buildHelpActions() {
    actions_->add(QStringLiteral("help.about"), tr("About Pipeline Editor"), QStringLiteral("info"),
                  {}, Needs::Nothing, [this] {
                      QMessageBox::about(
                          this, tr("About Pipeline Editor"),
                          tr("<b>Pipeline Editor</b> %1<br>A native editor for YAML pipelines that "
                             "leaves every byte you did not edit as it was.")
                              .arg(QApplication::applicationVersion()));
                  });
}

void MainWindow::fillMenu(QMenu* menu, std::initializer_list<const char*> ids) {
    for (const char* id : ids) {
        if (*id == '\0')
            menu->addSeparator();
        else
            menu->addAction((*actions_)[QLatin1String(id)]);
    }
}

void MainWindow::buildMenus() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    fillMenu(file, {"file.new", "file.open", "file.all"});
    recentMenu_ = file->addMenu(tr("Open &recent"));
    connect(recentMenu_, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    fillMenu(file, {"", "file.save", "file.saveAs", "file.revert", "", "file.close", "file.quit"});
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    connect(edit, &QMenu::aboutToShow, this, [this] {
        const bool text = focusedText() != nullptr;
        const auto name = [this](const char* id, const QString& words) {
            (*actions_)[QLatin1String(id)]->setText(words);
        };
        name("edit.cut", text ? tr("Cut") : tr("Cut steps"));
        name("edit.copy", text ? tr("Copy") : tr("Copy steps as YAML"));
        name("edit.paste", text ? tr("Paste") : tr("Paste steps"));
        name("edit.selectAll", text ? tr("Select all") : tr("Select all steps"));
    });
    fillMenu(edit,
             {"edit.undo", "edit.redo", "", "edit.cut", "edit.copy", "edit.paste", "edit.selectAll",
              "", "edit.find", "", "language.complete", "language.fix", "language.rename"});
    fillMenu(menuBar()->addMenu(tr("&Step")),
             {"step.add", "", "step.rename", "step.duplicate", "step.up", "step.down",
              "step.delete", "", "step.extract", "step.inline", "", "step.use", "step.text"});
    QMenu* view = menuBar()->addMenu(tr("&View"));
    fillMenu(view, {"view.split", "view.graph", "view.text", "", "view.zoomIn", "view.zoomOut",
                    "view.fit", "view.zoomSelection", "", "view.collapseAll", "view.expandAll", "",
                    "view.dark"});
    QMenu* panels = view->addMenu(tr("Panels"));
    for (DockPanel* dock : {left_, right_, bottom_})
        panels->addAction(dock->toggleViewAction());
    fillMenu(menuBar()->addMenu(tr("&Go")), {"go.palette",
                                             "",
                                             "go.library",
                                             "go.outline",
                                             "go.graph",
                                             "go.properties",
                                             "go.problems",
                                             "go.conflicts",
                                             "go.history",
                                             "",
                                             "go.nextProblem",
                                             "go.previousProblem",
                                             "",
                                             "language.definition",
                                             "language.uses",
                                             "",
                                             "go.back",
                                             "go.forward",
                                             "",
                                             "go.nextFile",
                                             "go.previousFile"});
    fillMenu(menuBar()->addMenu(tr("&Help")), {"language.help", "", "help.about"});
}

void MainWindow::buildHeader() {
    header_ = new HeaderBar(this);
    const auto action = [this](const char* id) { return (*actions_)[QLatin1String(id)]; };
    header_->addButton(action("edit.undo"));
    header_->addButton(action("edit.redo"));
    header_->addSwitch({action("view.split"), action("view.graph"), action("view.text")});
    header_->addButton(action("view.dark"));
    header_->addSearch(action("go.palette"));
    connect(header_, &HeaderBar::badgeClicked, this, [this] {
        if (FileView* view = current())
            view->conflicts().setFocus();
    });
    auto* bar = new QToolBar(tr("Header"), this);
    bar->setObjectName(QStringLiteral("header"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->toggleViewAction()->setVisible(false);
    bar->layout()->setContentsMargins(0, 0, 0, 0);
    header_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bar->addWidget(header_);
    addToolBar(Qt::TopToolBarArea, bar);
}

void MainWindow::openPalette() {
    std::vector<PaletteEntry> entries;
    FileView* view = current();
    if (view) {
        for (const SceneStep& step : view->binder().scene()->steps) {
            PaletteEntry entry;
            entry.title = QString::fromStdString(shownName(step));
            entry.detail = QString::fromStdString(shownType(step));
            entry.keywords = QString::fromStdString(step.type + " " + step.preview);
            if (step.style)
                entry.icon = stepIcon(*step.style);
            entry.run = [view, ref = step.ref] { view->showStep(ref); };
            entries.push_back(std::move(entry));
        }
    }
    std::vector<PaletteEntry> all;
    for (QAction* action : actions_->all())
        if (action->isEnabled())
            all.push_back(entryFor(action));
    all.insert(all.end(), std::make_move_iterator(entries.begin()),
               std::make_move_iterator(entries.end()));
    palette_->open(tr("Search actions and steps"), std::move(all));
}

void MainWindow::quickAdd(const StepPlace* place, const QPoint* globalPosition) {
    FileView* view = current();
    if (!view)
        return;
    const StepPlace target =
        place ? *place : placeAfter(*view->binder().scene(), view->canvas().currentStep());
    std::vector<PaletteEntry> entries;
    for (const format::StepType& type : view->catalogue().stepTypes()) {
        PaletteEntry entry;
        const QString id = QString::fromStdString(type.id);
        entry.title = QString::fromStdString(type.title);
        entry.detail = QString::fromStdString(type.category);
        entry.keywords = id + u' ' + QString::fromStdString(type.documentation);
        entry.icon = stepIcon(type);
        entry.run = [view, id, target] {
            view->addStepAt(id, target);
            view->canvas().setFocus();
        };
        entries.push_back(std::move(entry));
    }
    palette_->open(tr("Add a step"), std::move(entries), globalPosition);
}

// The keyboard's way to draw a line: which of the steps above is to be used?
void MainWindow::useAnswer() {
    FileView* view = current();
    const SceneValue& scene = *view->binder().scene();
    const yaml::NodeRef to = view->canvas().currentStep();
    std::vector<PaletteEntry> entries;
    for (const SceneStep& step : scene.steps) {
        if (!edgeChoices(scene, view->session().document().forest(), step.ref, to))
            continue;
        PaletteEntry entry;
        entry.title = QString::fromStdString(shownName(step));
        entry.detail = QString::fromStdString(shownType(step));
        entry.run = [view, from = step.ref, to] {
            view->connectSteps(from, to, QCursor::pos());
            view->canvas().setFocus();
        };
        entries.push_back(std::move(entry));
    }
    if (entries.empty())
        return showMessage(tr("There is no step above whose answer this one could use."), true);
    palette_->open(tr("Use the answer of"), std::move(entries));
}

void MainWindow::showStepMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    const bool steps = current() && !current()->canvas().state().selected.empty();
    if (steps) {
        fillMenu(&menu,
                 {"step.rename", "step.duplicate", "step.up", "step.down", "step.use", "step.text",
                  "language.uses", "", "edit.cut", "edit.copy", "edit.paste", "", "step.extract"});
        if (current()->nested() != FileView::Nested::None)
            fillMenu(&menu, {"step.inline"});
        fillMenu(&menu, {"", "step.delete", ""});
    }
    fillMenu(&menu, {"step.add"});
    if (!steps)
        fillMenu(&menu, {"edit.paste", "edit.selectAll"});
    fillMenu(&menu, {"", "view.fit", "view.collapseAll", "view.expandAll"});
    menu.exec(globalPosition);
}

}  // namespace pe::editor
