// SPDX-License-Identifier: MIT
// StartPage: what the window shows while no file is open: ways in, and all pipelines that this
// computer knows. Owned by the main window; UI thread.
#pragma once

#include <QWidget>

namespace pe::workspace {
class Workspace;
}

namespace pe::editor {

class WorkspaceBrowser;

class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    WorkspaceBrowser& browser() const { return *browser_; }

Q_SIGNALS:
    void newRequested();
    void openRequested();

private:
    WorkspaceBrowser* browser_ = nullptr;
};

}  // namespace pe::editor
