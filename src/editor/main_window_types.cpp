// SPDX-License-Identifier: MIT
// Which step types the files of the main window may use: those of their teams come and go with
// files of their own.
#include <QApplication>
#include <QStackedWidget>
#include <QTabWidget>

#include "breadcrumbs.hpp"
#include "main_window.hpp"
#include "message_bar.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::editor {

StepCatalogues::Found MainWindow::typesFor(const std::string& path) {
    auto found = catalogues_.find(path);
    if (std::exchange(complaints_[path], found.complaint) != found.complaint &&
        !found.complaint.isEmpty())
        messages_->showMessage(MessageBar::Kind::Warning, found.complaint);
    return found;
}

FileView* MainWindow::makeView(workspace::Session& session) {
    complaints_.erase(session.path());
    const auto found = typesFor(session.path());
    // Born in the stack it will be shown in, the view is styled once.
    QWidget* stack = tabs_->findChild<QStackedWidget*>(QString(), Qt::FindDirectChildrenOnly);
    auto* view = new FileView(session, workspace_, *found.catalogue, stack);
    connectView(view);
    return view;
}

// Not in the middle of what a view is doing: it may be made anew.
void MainWindow::followStepTypesSoon() {
    QMetaObject::invokeMethod(this, &MainWindow::followStepTypes, Qt::QueuedConnection);
}

void MainWindow::followStepTypes() {
    // A menu, a dialog or a drag runs on a view; the next activation comes when it is over.
    if (QApplication::activePopupWidget() || QApplication::activeModalWidget() ||
        QGuiApplication::mouseButtons() != Qt::NoButton)
        return;
    for (int i = 0; i < tabs_->count(); ++i)
        if (FileView* view = fileAt(i);
            typesFor(view->session().path()).catalogue != &view->catalogue())
            replaceView(view);
}

// Everything in a view points into its catalogue, so a view with another one is a new view.
void MainWindow::replaceView(FileView* view) {
    view->commitPending();
    const document::Document& document = view->session().document();
    const yaml::NodeRef selected = view->selection().current();
    const std::string pointer =
        selected == yaml::kNoNode ? std::string() : yaml::pointerTo(document.forest(), selected);
    const bool front = view == current();
    const int index = tabs_->indexOf(view);
    FileView* made = makeView(view->session());
    made->setViewMode(view->viewMode());
    made->crumbs().showTrail(view->crumbs().trail(),
                             QString::fromStdString(view->session().title()));
    tabs_->insertTab(index, made, QString());
    updateTab(made);
    if (front)
        tabs_->setCurrentWidget(made);
    delete view;
    if (selected != yaml::kNoNode)
        made->selectPointer(pointer);
    if (front)
        showCurrent();
}

}  // namespace pe::editor
