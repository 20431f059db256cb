// SPDX-License-Identifier: MIT
#include "main_window.hpp"

#include <QApplication>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "actions.hpp"
#include "breadcrumbs.hpp"
#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "dock_panel.hpp"
#include "file_notice.hpp"
#include "findings.hpp"
#include "findings_panel.hpp"
#include "header_bar.hpp"
#include "history_panel.hpp"
#include "icons.hpp"
#include "library_panel.hpp"
#include "message_bar.hpp"
#include "outline.hpp"
#include "palette.hpp"
#include "problem_counts.hpp"
#include "start_page.hpp"
#include "theme.hpp"
#include "workspace_browser.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {

namespace {

constexpr int kMessageMs = 6000;
constexpr int kPollMs = 2000;
constexpr int kRoomy = 1000;  // width from which all docks have room
enum LeftPanel { LibraryTab, OutlineTab };
enum BottomPanel { ProblemsTab, HistoryTab };

}  // namespace

MainWindow::MainWindow(workspace::Workspace& workspace, const format::Catalogue& catalogue,
                       Questions& questions)
    : workspace_(workspace),
      catalogues_(catalogue, qEnvironmentVariable(format::kStepFolderVariable)),
      questions_(questions) {
    setObjectName(QStringLiteral("window"));
    setWindowIcon(accentIcon(QStringLiteral("ui/pipeline-editor"), Theme::light().accent));
    setMinimumSize(640, 420);
    actions_ = new Actions(this);
    buildFileActions();
    buildEditActions();
    buildStepActions();
    buildViewActions();
    buildGoActions();
    buildHelpActions();
    buildLanguageActions();
    buildWindow();
    buildBrowser();
    buildDocks();
    buildHeader();
    buildMenus();
    restoreWindow();
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this,
            [this] { QTimer::singleShot(80, this, &MainWindow::pollDisk); });
    // Not every file system reports changes, and a file that is gone cannot be watched.
    pollTimer_.setInterval(kPollMs);
    connect(&pollTimer_, &QTimer::timeout, this, &MainWindow::pollDisk);
    pollTimer_.start();
    setAcceptDrops(true);
    showCurrent();
}

MainWindow::~MainWindow() {
    // Views end before the docks that show their pages.
    pollTimer_.stop();
    disconnect(tabs_, nullptr, this, nullptr);
    while (tabs_->count() > 0)
        delete tabs_->widget(0);
}

void MainWindow::buildWindow() {
    auto* middle = new QWidget(this);
    messages_ = new MessageBar(middle);
    stack_ = new QStackedWidget(middle);
    start_ = new StartPage(workspace_, stack_);
    tabs_ = new QTabWidget(stack_);
    tabs_->setDocumentMode(true);
    tabs_->setTabsClosable(true);
    tabs_->setMovable(true);
    tabs_->tabBar()->setAutoHide(true);
    stack_->addWidget(start_);
    stack_->addWidget(tabs_);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(messages_);
    column->addWidget(stack_, 1);
    setCentralWidget(middle);
    palette_ = new Palette(this);
    statusBar()->setSizeGripEnabled(false);
    counts_ = new ProblemCounts(this);
    statusBar()->addPermanentWidget(counts_);
    connect(counts_, &QToolButton::clicked, this, [this] {
        bottom_->bringUp(ProblemsTab);
        if (FileView* view = current())
            view->problemsPage().setFocus();
    });
    connect(tabs_, &QTabWidget::currentChanged, this, &MainWindow::showCurrent);
    connect(tabs_, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(start_, &StartPage::newRequested, this, &MainWindow::newFile);
    connect(start_, &StartPage::openRequested, this, &MainWindow::openWithDialog);
}

void MainWindow::buildDocks() {
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    left_ = new DockPanel(tr("Library and outline"), QStringLiteral("left"), this);
    left_->addPanel(tr("Library"), {});
    left_->addPanel(tr("Outline"), tr("Open a pipeline to see its steps."));
    library_ = new LibraryPanel(*catalogues_.find({}).catalogue, left_);
    left_->setPage(LibraryTab, library_);
    right_ = new DockPanel(tr("Properties"), QStringLiteral("right"), this);
    right_->addPanel(tr("Properties"), tr("Open a pipeline and select a step to see its fields."));
    bottom_ = new DockPanel(tr("Problems and history"), QStringLiteral("bottom"), this);
    bottom_->addPanel(tr("Problems"), tr("Open a pipeline to see its problems."));
    bottom_->addPanel(tr("History"), tr("Open a pipeline to see what was changed."));
    addDockWidget(Qt::LeftDockWidgetArea, left_);
    addDockWidget(Qt::RightDockWidgetArea, right_);
    addDockWidget(Qt::BottomDockWidgetArea, bottom_);
    connect(library_, &LibraryPanel::typeChosen, this, [this](const QString& type) {
        if (FileView* view = current()) {
            view->addStep(type);
            return;
        }
        newFile();
        current()->addStep(type);
    });
}

FileView* MainWindow::current() const {
    return qobject_cast<FileView*>(tabs_->currentWidget());
}

int MainWindow::fileCount() const {
    return tabs_->count();
}

FileView* MainWindow::fileAt(int index) const {
    return qobject_cast<FileView*>(tabs_->widget(index));
}

void MainWindow::newFile() {
    addView(*workspace_.create("workflow:\n  name: new_pipeline\n  steps: []\n"));
}

FileView* MainWindow::addView(workspace::Session& session) {
    FileView* view = makeView(session);
    const FileView* before = current();
    view->setViewMode(before ? before->viewMode() : ViewMode::Split);
    const int index = tabs_->addTab(view, QString());
    updateTab(view);
    tabs_->setCurrentIndex(index);
    showCurrent();
    view->canvas().setFocus();
    storeFiles();
    return view;
}

void MainWindow::connectView(FileView* view) {
    for (QAction* action : actions_->forGraph()) {
        view->canvas().addAction(action);
        view->outlinePage().focusProxy()->addAction(action);
    }
    for (QAction* action : forText_)
        view->text().addAction(action);
    view->canvas().addAction((*actions_)[QStringLiteral("language.uses")]);
    connect(view, &FileView::othersRenamed, this, &MainWindow::renameInOthers);
    connect(view, &FileView::otherPlaceChosen, this, &MainWindow::openAt);
    connect(view, &FileView::stateChanged, this, [this, view] {
        updateTab(view);
        if (view == current())
            updateState();
    });
    connect(&view->notice(), &FileNotice::saveRequested, this, [this, view] { save(*view); });
    connect(&view->notice(), &FileNotice::saveAsRequested, this, [this, view] { saveAs(*view); });
    connect(&view->notice(), &FileNotice::failed, this, &MainWindow::showError);
    connect(view, &FileView::viewModeChanged, this, &MainWindow::updateState);
    connect(view, &FileView::said, this,
            [this](const QString& sentence) { showMessage(sentence, false); });
    connect(view, &FileView::refused, this,
            [this](const QString& sentence) { showMessage(sentence, true); });
    connect(
        view, &FileView::quickAddRequested, this,
        [this](const StepPlace& place, const QPoint& position) { quickAdd(&place, &position); });
    connect(view, &FileView::menuRequested, this, &MainWindow::showStepMenu);
    connect(
        view, &FileView::pipelineRequested, this,
        [this, view](const QString& path, const QString& step) { openNested(*view, path, step); });
    connect(&view->crumbs(), &Breadcrumbs::chosen, this, &MainWindow::openFile);
    connect(view, &FileView::propertiesRequested, this, [this, view] {
        right_->bringUp(0);
        view->propertiesPage()->setFocus();
    });
}

void MainWindow::showCurrent() {
    FileView* view = current();
    stack_->setCurrentWidget(view ? static_cast<QWidget*>(tabs_) : start_);
    showDocks(view);
    left_->setPage(OutlineTab, view ? &view->outlinePage() : nullptr);
    right_->setPage(0, view ? view->propertiesPage() : nullptr);
    bottom_->setPage(ProblemsTab, view ? &view->problemsPage() : nullptr);
    bottom_->setPage(HistoryTab, view ? &view->historyPage() : nullptr);
    if (view) {
        library_->showTypes(view->catalogue());
        view->findings().reloadIfDifferent();  // another tab may have saved a file that it runs
    } else {
        start_->browser().reload();
    }
    updateState();
}

void MainWindow::updateState() {
    FileView* view = current();
    actions_->enable(view, view && !view->canvas().state().selected.empty());
    const int problems = view ? view->findings().count() : 0;
    counts_->showFindings(view ? &view->findings() : nullptr);
    bottom_->setPanelTitle(ProblemsTab,
                           problems > 0 ? tr("Problems %1").arg(problems) : tr("Problems"));
    const char* modes[] = {"view.split", "view.graph", "view.text"};
    for (int i = 0; i < 3; ++i)
        (*actions_)[QLatin1String(modes[i])]->setChecked(view && view->viewMode() == ViewMode{i});
    if (!view) {
        header_->showNothing();
        setWindowTitle(tr("Pipeline Editor"));
        return;
    }
    document::Document& document = view->session().document();
    const auto labelled = [](const QString& verb, const std::string& what) {
        return what.empty() ? verb : verb + u' ' + QString::fromStdString(what);
    };
    QAction* undo = (*actions_)[QStringLiteral("edit.undo")];
    QAction* redo = (*actions_)[QStringLiteral("edit.redo")];
    undo->setEnabled(document.canUndo());
    redo->setEnabled(document.canRedo());
    undo->setText(labelled(tr("Undo"), document.undoLabel()));
    redo->setText(labelled(tr("Redo"), document.redoLabel()));
    QAction* inlining = (*actions_)[QStringLiteral("step.inline")];
    inlining->setEnabled(view->nested() != FileView::Nested::None);
    inlining->setText(view->nested() == FileView::Nested::File ? tr("Inline this pipeline file")
                                                               : tr("Inline this pipeline"));
    const QString title = QString::fromStdString(view->session().title());
    const QString path = QString::fromStdString(view->session().path());
    const bool unsaved = view->session().state() != workspace::FileState::Clean;
    header_->showFile(title, path, badgeOf(view->session()));
    setWindowTitle(title + QStringLiteral("[*] - ") + tr("Pipeline Editor"));
    setWindowModified(unsaved);
}

void MainWindow::updateTab(FileView* view) {
    const int index = tabs_->indexOf(view);
    if (index < 0)
        return;
    const bool clean = view->session().state() == workspace::FileState::Clean;
    const QString title = QString::fromStdString(view->session().title());
    const QString text = clean ? title : title + QStringLiteral(" •");
    if (text != tabs_->tabText(index))
        tabs_->setTabText(index, text);
    tabs_->setTabToolTip(index, QString::fromStdString(view->session().path()));
}

void MainWindow::setViewMode(ViewMode mode) {
    if (FileView* view = current())
        view->setViewMode(mode);
}

void MainWindow::setTheme(const QString& name) {
    const bool dark = name == QLatin1String("dark");
    (dark ? Theme::darkTheme() : Theme::light()).apply(*qApp);
    (*actions_)[QStringLiteral("view.dark")]->setChecked(dark);
}

void MainWindow::showMessage(const QString& sentence, bool problem) {
    statusBar()->showMessage(problem ? tr("Not done: %1").arg(sentence) : sentence, kMessageMs);
}

void MainWindow::restoreWindow() {
    const auto bytes = [this](const char* key) {
        return QByteArray::fromBase64(QByteArray::fromStdString(workspace_.setting(key)));
    };
    if (!restoreGeometry(bytes("window.geometry")))
        resize(1360, 860);
    arranged_ = restoreState(bytes("window.state"));
    setTheme(QString::fromStdString(workspace_.setting("theme")));
}

void MainWindow::storeWindow() {
    // The docks are stored as they stand around a file.
    showDocks(true);
    workspace_.setSetting("window.geometry", saveGeometry().toBase64().toStdString());
    workspace_.setSetting("window.state", saveState().toBase64().toStdString());
}

// Without a file the docks have nothing to show.
void MainWindow::showDocks(bool file) {
    for (DockPanel* dock : {left_, right_, bottom_}) {
        dock->toggleViewAction()->setEnabled(file);
        if (file || dock->isHidden())
            continue;
        docksOfFiles_.push_back(dock);
        dock->hide();
    }
    if (!file)
        return;
    for (DockPanel* dock : std::exchange(docksOfFiles_, {}))
        dock->show();
    arrangeDocks();
}

// The first time, the docks take what the width allows.
void MainWindow::arrangeDocks() {
    if (!isVisible() || !current() || std::exchange(arranged_, true))
        return;
    const bool narrow = width() < kRoomy;
    bottom_->setVisible(!narrow);
    resizeDocks({left_, right_}, {narrow ? 196 : 220, narrow ? 240 : 320}, Qt::Horizontal);
    resizeDocks({bottom_}, {height() / 7}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    arrangeDocks();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        pollDisk();
        followStepTypesSoon();
    }
    QMainWindow::changeEvent(event);
}

}  // namespace pe::editor
