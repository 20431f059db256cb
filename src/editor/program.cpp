// SPDX-License-Identifier: MIT
#include "pe/editor/program.hpp"

#include <QApplication>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <iostream>
#include <utility>

#include "benchmark.hpp"
#include "main_window.hpp"
#include "qt_executor.hpp"
#include "screenshot.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kRefused = 4;
constexpr int kUnreadable = 3;

bool isHeadless(const Options& options) {
    return !options.screenshot.empty() || options.benchmark;
}

bool hasScreen() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

// Before the application exists: the platform and the scale are read from the environment.
Options prepared(Options options) {
    if (isHeadless(options) && !hasScreen() && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (options.scale != 1.0)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    QApplication::setApplicationName(QStringLiteral("pipeline-editor"));
    QApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QApplication::setDesktopFileName(QStringLiteral("pipeline-editor"));
    return options;
}

int showWindow(const Options& options, workspace::Workspace& workspace) {
    DialogQuestions questions;
    MainWindow window(workspace, format::Catalogue::builtIn(), questions);
    if (!options.theme.empty())
        window.setTheme(QString::fromStdString(options.theme));
    window.show();
    if (options.files.empty())
        window.reopenFiles();
    window.restoreUnsaved();
    QStringList files;
    for (const std::string& file : options.files)
        files << QString::fromStdString(file);
    window.openFiles(files);
    return QApplication::exec();
}

}  // namespace

struct Program::Data {
    Options options;
    int count = 1;
    char name[16] = "pipeline-editor";
    char* arguments[2] = {name, nullptr};
    QApplication application{count, arguments};
    QtExecutor executor;
    QTemporaryDir ownReplica;
};

Program::Program(Options options) {
    Options ready = prepared(std::move(options));
    data_ = std::make_unique<Data>();
    data_->options = std::move(ready);
}

Program::~Program() = default;

std::string Program::replica() const {
    if (!data_->options.replica.empty())
        return data_->options.replica;
    if (isHeadless(data_->options))
        return data_->ownReplica.path().toStdString();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() +
           "/pipeline-editor";
}

Executor& Program::executor() {
    return data_->executor;
}

int Program::run(workspace::Workspace& workspace) {
    if (!data_->options.screenshot.empty())
        return takeScreenshot(data_->options, workspace);
    if (data_->options.benchmark)
        return runBenchmark(data_->options, workspace);
    return showWindow(data_->options, workspace);
}

int Program::showStartError(const Error& error) {
    std::cerr << "pipeline-editor: " << error.message << "\n";
    if (!isHeadless(data_->options) && hasScreen()) {
        Theme::light().apply(data_->application);
        QMessageBox::critical(nullptr, QStringLiteral("Pipeline Editor"),
                              QString::fromStdString(error.message));
    }
    return error.code == ErrorCode::Unreadable ? kUnreadable : kRefused;
}

}  // namespace pe::editor
