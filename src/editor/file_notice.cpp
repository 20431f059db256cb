// SPDX-License-Identifier: MIT
#include "file_notice.hpp"

#include <QVBoxLayout>

#include "message_bar.hpp"

namespace pe::editor {

using workspace::FileState;

FileNotice::FileNotice(workspace::Session& session, QWidget* parent)
    : QWidget(parent), session_(session) {
    bar_ = new MessageBar(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(bar_);
    subscription_ = session_.stateChanged.connect([this] { follow(); });
    follow();
}

void FileNotice::showRecovered() {
    if (shown_ != FileState::Clean)
        return;
    recovered_ = true;
    bar_->showMessage(MessageBar::Kind::Info,
                      tr("Edits of %1 that were not saved to the file have been recovered.")
                          .arg(QString::fromStdString(session_.title())),
                      {{tr("Save"), [this] { Q_EMIT saveRequested(); }}});
}

QString FileNotice::text() const {
    return bar_->isHidden() ? QString() : bar_->text();
}

void FileNotice::remind() {
    shown_ = FileState::Clean;
    follow();
}

void FileNotice::follow() {
    const FileState now = session_.state();
    if (now == FileState::Clean && std::exchange(recovered_, false))
        bar_->hide();
    const bool trouble = now == FileState::DiskNewer || now == FileState::Missing;
    const FileState before = std::exchange(shown_, trouble ? now : FileState::Clean);
    if (before == shown_)
        return;
    if (now == FileState::DiskNewer)
        showDiskNewer();
    else if (now == FileState::Missing)
        showMissing();
    else
        bar_->hide();
}

void FileNotice::showDiskNewer() {
    bar_->showMessage(
        MessageBar::Kind::Warning,
        tr("%1 was changed by another program, and the change cannot be merged with your unsaved "
           "edits. Which version is to stay?")
            .arg(QString::fromStdString(session_.title())),
        {{tr("Keep mine"), [this] { report(session_.save(true)); }},
         {tr("Take the file's"), [this] { report(session_.revert()); }},
         {tr("Save mine as…"), [this] { Q_EMIT saveAsRequested(); }}});
}

void FileNotice::showMissing() {
    bar_->showMessage(
        MessageBar::Kind::Warning,
        tr("%1 was deleted or renamed by another program. The pipeline is still here.")
            .arg(QString::fromStdString(session_.title())),
        {{tr("Write it again"), [this] { report(session_.save(true)); }},
         {tr("Save as…"), [this] { Q_EMIT saveAsRequested(); }}});
}

// The bar went with the click; without a way out it comes back.
void FileNotice::report(const Result<void>& outcome) {
    if (outcome)
        return;
    remind();
    Q_EMIT failed(outcome.error());
}

}  // namespace pe::editor
