// SPDX-License-Identifier: MIT
// StartPage: what the window shows while no file is open: ways in, recent files, and files with
// edits that were never saved. Owned by the main window; UI thread.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

class QVBoxLayout;

namespace pe::editor {

class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);
    void showFiles(const std::vector<std::string>& recent);

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void fileRequested(const QString& path);

private:
    void addSection(const QString& title, const std::vector<std::string>& paths);

    QVBoxLayout* lists_ = nullptr;
};

}  // namespace pe::editor
