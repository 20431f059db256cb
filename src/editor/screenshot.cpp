// SPDX-License-Identifier: MIT
#include "screenshot.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>
#include <iostream>

#include "main_window.hpp"

namespace pe::editor {

namespace {

constexpr int kSettleMs = 350;  // layout, first paint, delayed panels
constexpr int kUnwritable = 4;
constexpr int kUnreadable = 3;

void settle() {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kSettleMs)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
}

}  // namespace

bool showForPicture(MainWindow& window, const Options& options) {
    window.setTheme(QString::fromStdString(options.theme.empty() ? "light" : options.theme));
    window.resize(options.width, options.height);
    window.show();
    bool opened = true;
    for (const std::string& file : options.files)
        opened = window.openFile(QString::fromStdString(file)) && opened;
    const ViewMode mode = options.view == "graph"  ? ViewMode::Graph
                          : options.view == "text" ? ViewMode::Text
                                                   : ViewMode::Split;
    window.setViewMode(mode);
    settle();
    if (options.hasSelect && window.current())
        opened = window.current()->selectPointer(options.select) && opened;
    settle();
    return opened;
}

int takeScreenshot(const Options& options, workspace::Workspace& workspace) {
    DialogQuestions questions;
    MainWindow window(workspace, format::Catalogue::builtIn(), questions);
    const bool opened = showForPicture(window, options);
    const QPixmap picture = window.grab();
    if (!picture.save(QString::fromStdString(options.screenshot), "PNG")) {
        std::cerr << "pipeline-editor: cannot write " << options.screenshot << "\n";
        return kUnwritable;
    }
    return opened ? 0 : kUnreadable;
}

}  // namespace pe::editor
