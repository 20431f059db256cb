// SPDX-License-Identifier: MIT
// FileNotice: the bar of one open file that says what is wrong between the editor and the disk (the
// file is gone, or was changed in a way that cannot be merged) and offers the ways out. It comes
// and goes with the state of the session. Owned by the file's view; UI thread.
#pragma once

#include <QWidget>

#include "pe/workspace/session.hpp"

namespace pe::editor {

class MessageBar;

class FileNotice final : public QWidget {
    Q_OBJECT

public:
    FileNotice(workspace::Session& session, QWidget* parent);
    // Edits that were found in the journal are back.
    void showRecovered();
    // Brings up the ways out of what keeps the file from being saved.
    void remind();
    QString text() const;

Q_SIGNALS:
    void saveRequested();
    void saveAsRequested();
    void failed(const Error& error);

private:
    void follow();
    void showDiskNewer();
    void showMissing();
    void report(const Result<void>& outcome);

    workspace::Session& session_;
    MessageBar* bar_ = nullptr;
    workspace::FileState shown_ = workspace::FileState::Clean;
    bool recovered_ = false;  // the bar tells of edits that are not in the file yet
    Subscription subscription_;
};

}  // namespace pe::editor
