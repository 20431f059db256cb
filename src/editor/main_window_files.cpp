// SPDX-License-Identifier: MIT
// What the main window does with files: open, save, close, and changes on disk.
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QTabWidget>

#include "actions.hpp"
#include "breadcrumbs.hpp"
#include "file_language.hpp"
#include "file_notice.hpp"
#include "main_window.hpp"
#include "message_bar.hpp"
#include "project_files.hpp"

namespace pe::editor {

namespace {

constexpr const char* kFilesSetting = "window.files";

QString sentence(const Error& error) {
    QString text = QString::fromStdString(error.message);
    const QString where = QString::fromStdString(error.where);
    return where.isEmpty() || text.contains(where) ? text : where + QStringLiteral(": ") + text;
}

QStringList localFiles(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

}  // namespace

Result<FileView*> MainWindow::open(const QString& path) {
    PE_TRY_ASSIGN(workspace::Session * session, workspace_.openFile(path.toStdString()));
    for (int i = 0; i < tabs_->count(); ++i) {
        if (&fileAt(i)->session() != session)
            continue;
        tabs_->setCurrentIndex(i);
        return fileAt(i);
    }
    FileView* view = addView(*session);
    watch(session->path());
    if (session->recovered())
        view->notice().showRecovered();
    return view;
}

void MainWindow::showError(const Error& error) {
    messages_->showMessage(MessageBar::Kind::Error, sentence(error));
}

QString MainWindow::message() const {
    return messages_->isHidden() ? QString() : messages_->text();
}

bool MainWindow::openFile(const QString& path) {
    return openFiles({path});
}

bool MainWindow::openFiles(const QStringList& paths) {
    QStringList failures;
    for (const QString& path : paths)
        if (const auto opened = open(path); !opened)
            failures << sentence(opened.error());
    if (!failures.isEmpty())
        messages_->showMessage(MessageBar::Kind::Error, failures.join(u'\n'));
    return failures.isEmpty();
}

void MainWindow::reopenFiles() {
    const std::string stored = workspace_.setting(kFilesSetting);
    const QJsonArray paths = QJsonDocument::fromJson(QByteArray::fromStdString(stored)).array();
    QStringList present;
    for (const auto& path : paths)
        if (QFileInfo(path.toString()).isFile())
            present << path.toString();
    openFiles(present);
}

void MainWindow::storeFiles() {
    QJsonArray paths;
    for (int i = 0; i < tabs_->count(); ++i)
        if (const std::string& path = fileAt(i)->session().path(); !path.empty())
            paths.append(QString::fromStdString(path));
    workspace_.setSetting(kFilesSetting,
                          QJsonDocument(paths).toJson(QJsonDocument::Compact).toStdString());
}

void MainWindow::openWithDialog() {
    QString folder;
    if (FileView* view = current(); view && !view->session().path().empty())
        folder = QFileInfo(QString::fromStdString(view->session().path())).absolutePath();
    openFiles(questions_.filesToOpen(this, folder));
}

void MainWindow::openAt(const QString& path, std::size_t offset) {
    const auto opened = open(path);
    if (!opened)
        return showError(opened.error());
    (*opened)->goToOffset(offset);
}

// The engine looks from the folder it runs in, mostly one of those above the file.
void MainWindow::openNested(FileView& view, const QString& path, const QString& step) {
    const QString home = QString::fromStdString(view.session().path());
    const QString found = nestedPipelineFile(home, path);
    if (found.isEmpty())
        return showMessage(
            tr("%1 was not found in the folder of this file nor above it.").arg(path), true);
    const auto opened = open(found);
    if (!opened)
        return showError(opened.error());
    QStringList trail = view.crumbs().trail();
    if (!home.isEmpty() && *opened != &view)
        trail << home;
    (*opened)->crumbs().showTrail(trail, QFileInfo(found).fileName());
    if (!step.isEmpty() && !(*opened)->language().goToStep(step))
        showMessage(tr("%1 has no step named %2.").arg(path, step), false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    openFiles(localFiles(*event->mimeData()));
}

bool MainWindow::save(FileView& view) {
    view.commitPending();
    workspace::Session& session = view.session();
    if (session.path().empty())
        return saveAs(view);
    // What the other program wrote is not to be lost because somebody pressed the usual key.
    if (session.state() == workspace::FileState::DiskNewer) {
        view.notice().remind();
        showMessage(tr("Choose above which version is to stay."), true);
        return false;
    }
    auto saved = session.save();
    if (!saved && saved.error().code == ErrorCode::Conflict) {
        // It changed a moment ago: merge, and save what came of it.
        session.pollDisk();
        if (session.state() == workspace::FileState::Modified)
            saved = session.save();
    }
    if (saved) {
        showMessage(tr("Saved %1.").arg(QString::fromStdString(session.title())), false);
        endSaveTrouble(view);
        watch(session.path());
        return true;
    }
    saveTrouble_ = {&view, sentence(saved.error())};
    messages_->showMessage(MessageBar::Kind::Error, saveTrouble_.told,
                           {{tr("Save as…"), [this, kept = QPointer<FileView>(&view)] {
                                 if (kept)
                                     saveAs(*kept);
                             }}});
    return false;
}

// What could not be saved is saved now: the bar has nothing left to say.
void MainWindow::endSaveTrouble(const FileView& view) {
    if (saveTrouble_.view == &view && message() == saveTrouble_.told)
        messages_->hide();
}

bool MainWindow::saveAs(FileView& view) {
    view.commitPending();
    QString suggestion = QString::fromStdString(view.session().path());
    if (suggestion.isEmpty())
        suggestion = QStringLiteral("pipeline.yaml");
    const QString path = questions_.fileToSave(this, suggestion);
    if (path.isEmpty())
        return false;
    for (int i = 0; i < tabs_->count(); ++i) {
        FileView* other = fileAt(i);
        if (other == &view || QString::fromStdString(other->session().path()) != path)
            continue;
        showMessage(tr("%1 is open in another tab; close it first.").arg(path), true);
        return false;
    }
    const QString before = QString::fromStdString(view.session().path());
    if (const auto saved = view.session().saveAs(path.toStdString()); !saved) {
        showError(saved.error());
        return false;
    }
    if (!before.isEmpty() && before != path)
        watcher_.removePath(before);
    watch(view.session().path());
    showMessage(tr("Saved as %1.").arg(path), false);
    endSaveTrouble(view);
    updateTab(&view);
    updateState();
    storeFiles();
    followStepTypesSoon();
    return true;
}

std::optional<bool> MainWindow::mayClose(const std::vector<FileView*>& views) {
    std::vector<FileView*> unsaved;
    QStringList titles;
    for (FileView* view : views) {
        view->commitPending();
        if (!view->hasUnsaved())
            continue;
        unsaved.push_back(view);
        titles << QString::fromStdString(view->session().title());
    }
    if (unsaved.empty())
        return false;
    const CloseAnswer answer = questions_.beforeClosing(this, titles);
    if (answer == CloseAnswer::Cancel)
        return std::nullopt;
    if (answer == CloseAnswer::Discard)
        return true;
    for (FileView* view : unsaved) {
        tabs_->setCurrentWidget(view);
        if (!save(*view))
            return std::nullopt;
    }
    return false;
}

bool MainWindow::closeTab(int index) {
    FileView* view = fileAt(index);
    if (!view)
        return false;
    tabs_->setCurrentIndex(index);
    const std::optional<bool> discard = mayClose({view});
    if (!discard)
        return false;
    removeTab(view, *discard);
    storeFiles();
    showCurrent();
    return true;
}

void MainWindow::removeTab(FileView* view, bool discard) {
    workspace::Session& session = view->session();
    if (!session.path().empty())
        watcher_.removePath(QString::fromStdString(session.path()));
    const bool untouched = !view->hasUnsaved();
    // The view listens to the document, so the session goes last.
    delete view;
    workspace_.close(&session, discard || untouched);
}

// All or nothing: while one file stays, none is closed.
void MainWindow::closeEvent(QCloseEvent* event) {
    event->ignore();
    std::vector<FileView*> views;
    views.reserve(static_cast<std::size_t>(tabs_->count()));
    for (int i = 0; i < tabs_->count(); ++i)
        views.push_back(fileAt(i));
    const std::optional<bool> discard = mayClose(views);
    if (!discard)
        return;
    storeFiles();
    storeWindow();
    for (FileView* view : views)
        removeTab(view, *discard);
    event->accept();
}

void MainWindow::watch(const std::string& path) {
    const QString name = QString::fromStdString(path);
    if (!name.isEmpty() && !watcher_.files().contains(name) && QFileInfo::exists(name))
        watcher_.addPath(name);
}

void MainWindow::pollDisk() {
    for (int i = 0; i < tabs_->count(); ++i) {
        workspace::Session& session = fileAt(i)->session();
        if (session.path().empty())
            continue;
        session.pollDisk();
        // A program that saves by renaming ends the watch of the old file.
        watch(session.path());
    }
}

void MainWindow::fillRecentMenu() {
    recentMenu_->clear();
    for (const std::string& path : workspace_.recentFiles()) {
        const QString name = QString::fromStdString(path);
        recentMenu_->addAction(name, this, [this, name] { openFile(name); });
    }
    if (recentMenu_->isEmpty())
        recentMenu_->addAction(tr("No recent files"))->setEnabled(false);
}

}  // namespace pe::editor
