// SPDX-License-Identifier: MIT
// What the main window does with files: open, save, close, and changes on disk.
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>

#include "actions.hpp"
#include "main_window.hpp"
#include "message_bar.hpp"

namespace pe::editor {

namespace {

QString filters() {
    return QObject::tr("Pipelines (*.yaml *.yml);;All files (*)");
}

}  // namespace

void MainWindow::openWithDialog() {
    QString folder;
    if (FileView* view = current(); view && !view->session().path().empty())
        folder = QFileInfo(QString::fromStdString(view->session().path())).absolutePath();
    for (const QString& path :
         QFileDialog::getOpenFileNames(this, tr("Open pipelines"), folder, filters()))
        openFile(path);
}

bool MainWindow::save(FileView& view) {
    if (view.session().path().empty())
        return saveAs(view);
    const auto saved = view.session().save();
    if (saved) {
        showMessage(tr("Saved %1.").arg(QString::fromStdString(view.session().title())), false);
        watch(view.session().path());
        return true;
    }
    if (saved.error().code == ErrorCode::Conflict)
        handleConflict(view, saved.error());
    else
        showError(saved.error());
    return false;
}

bool MainWindow::saveAs(FileView& view) {
    QString suggestion = QString::fromStdString(view.session().path());
    if (suggestion.isEmpty())
        suggestion = QStringLiteral("pipeline.yaml");
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save pipeline as"), suggestion, filters());
    if (path.isEmpty())
        return false;
    if (const auto saved = view.session().saveAs(path.toStdString()); !saved) {
        showError(saved.error());
        return false;
    }
    watch(view.session().path());
    updateTab(&view);
    updateState();
    return true;
}

// The file was changed by somebody else and could not be merged: the choice is the user's.
void MainWindow::handleConflict(FileView& view, const Error& error) {
    workspace::Session* session = &view.session();
    const auto overwrite = [this, session] {
        if (const auto saved = session->save(true); !saved)
            showError(saved.error());
    };
    const auto takeDisk = [this, session] {
        if (const auto reverted = session->revert(); !reverted)
            showError(reverted.error());
    };
    messages_->showMessage(MessageBar::Kind::Warning, QString::fromStdString(error.message),
                           {{tr("Keep mine"), overwrite},
                            {tr("Take the file's"), takeDisk},
                            {tr("Save as…"), [this, &view] { saveAs(view); }}});
}

bool MainWindow::mayClose(FileView& view, bool& discard) {
    const workspace::FileState state = view.session().state();
    const bool nothing =
        state == workspace::FileState::Clean && !view.session().document().hasDraft();
    const bool untouched =
        state == workspace::FileState::Unbound && !view.session().document().canUndo();
    discard = untouched;
    if (nothing || untouched)
        return true;
    QMessageBox box(this);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(tr("Close %1").arg(QString::fromStdString(view.session().title())));
    box.setText(tr("Save the changes of %1 before it is closed?")
                    .arg(QString::fromStdString(view.session().title())));
    box.setInformativeText(tr("Without saving, the file stays as it is on disk."));
    box.setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    if (answer == QMessageBox::Cancel)
        return false;
    if (answer == QMessageBox::Save && !save(view))
        return false;
    discard = answer == QMessageBox::Discard;
    return true;
}

bool MainWindow::closeTab(int index) {
    auto* view = qobject_cast<FileView*>(tabs_->widget(index));
    if (!view)
        return false;
    tabs_->setCurrentIndex(index);
    bool discard = false;
    if (!mayClose(*view, discard))
        return false;
    workspace::Session& session = view->session();
    const QString path = QString::fromStdString(session.path());
    if (!path.isEmpty())
        watcher_.removePath(path);
    // The view listens to the document, so the session goes last.
    delete view;
    workspace_.close(&session, discard);
    showCurrent();
    return true;
}

void MainWindow::watch(const std::string& path) {
    const QString name = QString::fromStdString(path);
    if (!name.isEmpty() && !watcher_.files().contains(name))
        watcher_.addPath(name);
}

void MainWindow::pollDisk() {
    for (int i = 0; i < tabs_->count(); ++i) {
        auto* view = qobject_cast<FileView*>(tabs_->widget(i));
        workspace::Session& session = view->session();
        if (session.path().empty())
            continue;
        const workspace::FileState before = session.state();
        session.pollDisk();
        // A program that saves by renaming ends the watch of the old file.
        watch(session.path());
        if (session.state() == workspace::FileState::DiskNewer &&
            before != workspace::FileState::DiskNewer)
            handleConflict(*view, {ErrorCode::Conflict,
                                   session.title() +
                                       " was changed by another program, and the changes could not "
                                       "be merged with yours.",
                                   session.path()});
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
