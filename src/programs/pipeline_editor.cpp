// SPDX-License-Identifier: MIT
// The desktop program: reads the command line, opens the workspace, runs the window.
#include <iostream>

#include "pe/base/clock.hpp"
#include "pe/base/random.hpp"
#include "pe/editor/program.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/workspace/workspace.hpp"

namespace {

constexpr int kWrongUsage = 2;

}  // namespace

int main(int argc, char** argv) {
    const auto options = pe::editor::parseOptions({argv + 1, argv + argc});
    if (!options) {
        std::cerr << "pipeline-editor: " << options.error().message << "\n\n"
                  << pe::editor::usage();
        return kWrongUsage;
    }
    if (options->help || options->version) {
        std::cout << (options->help ? pe::editor::usage() : "pipeline-editor 0.1.0\n");
        return 0;
    }
    pe::editor::Program program(*options);
    pe::storage::DiskFileSystem files;
    pe::SystemClock clock;
    pe::SystemRandom random;
    auto workspace =
        pe::workspace::Workspace::open(program.replica(), files, clock, random, program.executor());
    if (!workspace)
        return program.showStartError(workspace.error());
    return program.run(**workspace);
}
