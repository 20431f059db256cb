// SPDX-License-Identifier: MIT
// WindowTest: a main window over a real workspace in a folder of its own, with a person who answers
// what the test says. Close it and open it again to see what a restart brings back.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "main_window.hpp"
#include "pe/base/random.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/yaml/pointer.hpp"
#include "qt_executor.hpp"

namespace pe::editor {

class AnsweringPerson final : public Questions {
public:
    CloseAnswer answer = CloseAnswer::Cancel;
    QStringList open;
    QString saveTo;
    std::vector<QStringList> askedBeforeClosing;

    CloseAnswer beforeClosing(QWidget*, const QStringList& titles) override {
        askedBeforeClosing.push_back(titles);
        return answer;
    }
    QStringList filesToOpen(QWidget*, const QString&) override { return open; }
    QString fileToSave(QWidget*, const QString&) override { return saveTo; }
};

inline constexpr const char* kTour = R"(# A tour.
workflow:
  name: tour
  steps:
    # Reads.
    - name: one
      type: gemini
      prompt: []
    - name: loop
      type: while_loop
      condition: "true"
    - name: three
      type: claude
      prompt:
        - type: previous_response
          step: one
)";

class WindowTest : public ::testing::Test {
protected:
    void SetUp() override { start(); }
    void TearDown() override { end(); }

    void start() {
        auto opened = workspace::Workspace::open((folder / "replica").string(), files, clock,
                                                 random, executor);
        ASSERT_TRUE(opened) << opened.error().message;
        workspace = std::move(*opened);
        window = std::make_unique<MainWindow>(*workspace, format::Catalogue::builtIn(), person);
        window->resize(1200, 800);
        window->show();
        QApplication::processEvents();
    }
    void end() {
        window.reset();
        workspace.reset();
    }
    // As after kill -9: what is not on disk by now is lost.
    void crash() {
        ASSERT_TRUE(workspace->flush());
        end();
    }

    std::string write(const std::string& name, const std::string& text) {
        const std::string path = (folder / name).string();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
    FileView& openFile(const std::string& name, const std::string& text = kTour) {
        EXPECT_TRUE(window->openFile(QString::fromStdString(write(name, text))));
        QApplication::processEvents();
        return *window->current();
    }
    static yaml::NodeRef at(FileView& view, const std::string& pointer) {
        const auto node = yaml::resolve(view.session().document().forest(), pointer);
        EXPECT_TRUE(node) << pointer;
        return node ? *node : yaml::kNoNode;
    }
    static void appendText(FileView& view, const std::string& text) {
        auto& document = view.session().document();
        ASSERT_TRUE(document.replaceText(document.text().size(), 0, text, 0));
    }
    // Watchers wait until a file has been quiet for a moment.
    template <class Test>
    bool eventually(Test test) {
        QElapsedTimer timer;
        timer.start();
        while (!test() && timer.elapsed() < 8000) {
            window->pollDisk();
            QApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        return test();
    }

    testing::TempFolder folder;
    storage::DiskFileSystem files;
    SystemClock clock;
    SystemRandom random;
    QtExecutor executor;
    AnsweringPerson person;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<MainWindow> window;
};

}  // namespace pe::editor
