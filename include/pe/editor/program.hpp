// SPDX-License-Identifier: MIT
// Program: what the command line of pipeline-editor asks for, and the run of the window that it
// leads to. All that a main needs to know of the editor; no Qt in it. UI thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pe/base/executor.hpp"
#include "pe/base/result.hpp"
#include "pe/workspace/workspace.hpp"

namespace pe::editor {

struct Options {
    std::vector<std::string> files;
    std::string replica;     // folder; empty: the user's own
    std::string screenshot;  // PNG to write; empty: none
    std::string theme;       // "light", "dark" or empty: as last chosen
    std::string select;      // JSON Pointer
    bool hasSelect = false;
    std::string view = "split";  // or "graph", "text"
    int width = 1280;
    int height = 800;
    double scale = 1.0;
    bool benchmark = false;
    bool help = false;
    bool version = false;
};

// InvalidArgument with a sentence for a person on wrong usage.
Result<Options> parseOptions(const std::vector<std::string>& arguments);
std::string usage();

// The program around its window. One per process, made before the workspace and gone after it.
class Program {
public:
    explicit Program(Options options);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // The folder of the replica; a picture or a measurement gets one of its own that leaves no
    // trace.
    std::string replica() const;
    // Runs tasks on the thread of the window.
    Executor& executor();
    // Shows the window until it is closed, or paints and leaves. Returns the exit status.
    int run(workspace::Workspace& workspace);
    // On standard error, and in a dialog if there is a screen. Returns the exit status.
    int showStartError(const Error& error);

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace pe::editor
