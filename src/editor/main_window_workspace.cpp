// SPDX-License-Identifier: MIT
// What the main window does with the pipelines of the replica: find, open, rebind, forget, and
// bring back after a crash.
#include <QDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QTabWidget>
#include <QVBoxLayout>

#include "actions.hpp"
#include "canvas_binder.hpp"
#include "file_notice.hpp"
#include "main_window.hpp"
#include "message_bar.hpp"
#include "start_page.hpp"
#include "theme.hpp"
#include "workspace_browser.hpp"

namespace pe::editor {

namespace {

constexpr int kBrowserWidth = 680;
constexpr int kBrowserHeight = 520;

}  // namespace

void MainWindow::buildBrowser() {
    browserDialog_ = new QDialog(this);
    browserDialog_->setWindowTitle(tr("All pipelines"));
    browser_ = new WorkspaceBrowser(workspace_, browserDialog_);
    auto* column = new QVBoxLayout(browserDialog_);
    column->setContentsMargins(Theme::kSpace2, Theme::kSpace2, Theme::kSpace2, Theme::kSpace2);
    column->addWidget(browser_);
    for (WorkspaceBrowser* browser : {browser_, &start_->browser()}) {
        connect(browser, &WorkspaceBrowser::openRequested, this, &MainWindow::openFound);
        connect(browser, &WorkspaceBrowser::forgetRequested, this, &MainWindow::askToForget);
        connect(browser, &WorkspaceBrowser::rebindRequested, this, &MainWindow::rebind);
    }
    const QKeySequence keys[] = {QKeySequence(QStringLiteral("Ctrl+P")),
                                 QKeySequence(QStringLiteral("Ctrl+Shift+F"))};
    actions_->add(QStringLiteral("file.all"), tr("Find in all pipelines…"),
                  QStringLiteral("search"), {keys[0], keys[1]}, Needs::Nothing,
                  [this] { showBrowser(); });
}

void MainWindow::showBrowser() {
    browserDialog_->resize(std::min(kBrowserWidth, width() - 40),
                           std::min(kBrowserHeight, height() - 80));
    browserDialog_->show();
    browserDialog_->raise();
    browserDialog_->activateWindow();
    browser_->field().selectAll();
    browser_->field().setFocus();
}

Result<FileView*> MainWindow::openPipeline(const std::string& id) {
    PE_TRY_ASSIGN(const workspace::PipelineInfo info, workspace_.pipeline(id));
    const QString path = QString::fromStdString(info.path);
    if (!path.isEmpty() && QFileInfo::exists(path))
        return open(path);
    PE_TRY_ASSIGN(workspace::Session * session, workspace_.openPipeline(id));
    for (int i = 0; i < tabs_->count(); ++i) {
        if (&fileAt(i)->session() != session)
            continue;
        tabs_->setCurrentIndex(i);
        return fileAt(i);
    }
    return addView(*session);
}

// What was found may have changed since it was indexed: then the pipeline opens as it is.
void MainWindow::openFound(const QString& id, const QString& line, const QString& word) {
    browserDialog_->hide();
    const auto opened = openPipeline(id.toStdString());
    if (!opened)
        return showError(opened.error());
    for (const SceneStep& step : (*opened)->binder().scene()->steps)
        if (!line.isEmpty() && step.name == line.toStdString())
            return (*opened)->select(step.ref, true);
    const document::Document& document = (*opened)->session().document();
    const QString text = QString::fromStdString(document.text());
    for (QString wanted : {line, word}) {
        wanted = wanted.remove(u'…').trimmed();
        const auto at = wanted.isEmpty() ? -1 : text.indexOf(wanted, 0, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        const auto offset = static_cast<std::size_t>(text.left(at).toUtf8().size());
        (*opened)->select(document.nodeAt(offset), true);
        return;
    }
}

void MainWindow::askToForget(const QString& id, const QString& title) {
    browserDialog_->hide();
    messages_->showMessage(
        MessageBar::Kind::Warning,
        tr("Forget %1 with its whole history? Its file, if it has one, stays as it is.").arg(title),
        {{tr("Forget it"), [this, id] {
              if (const auto done = workspace_.forget(id.toStdString()); !done)
                  showError(done.error());
              start_->browser().reload();
          }}});
}

void MainWindow::rebind(const QString& id) {
    browserDialog_->hide();
    const QStringList paths = questions_.filesToOpen(this, QString());
    if (paths.isEmpty())
        return;
    const auto done = workspace_.rebind(id.toStdString(), paths.front().toStdString());
    start_->browser().reload();
    if (!done)
        return showError(done.error());
    if (const auto opened = openPipeline(id.toStdString()); !opened)
        showError(opened.error());
}

void MainWindow::restoreUnsaved() {
    const auto restored = workspace_.restoreUnsaved();
    QStringList names;
    for (workspace::Session* session : restored) {
        FileView* view = addView(*session);
        watch(session->path());
        if (!session->path().empty())
            view->notice().showRecovered();
        names << (session->path().empty()
                      ? tr("%1 (no file yet)").arg(QString::fromStdString(session->title()))
                      : QString::fromStdString(session->path()));
    }
    if (const std::string notice = workspace_.openingNotice(); !notice.empty())
        messages_->showMessage(MessageBar::Kind::Warning, QString::fromStdString(notice));
    else if (names.size() > 1)
        messages_->showMessage(MessageBar::Kind::Info,
                               tr("Edits that were not saved when the program ended are back:\n%1")
                                   .arg(names.join(u'\n')));
    else if (!names.isEmpty())
        showMessage(tr("Your unsaved edits of %1 are back.").arg(names.front()), false);
}

}  // namespace pe::editor
