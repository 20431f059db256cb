// SPDX-License-Identifier: MIT
// Benchmark: frame times of the real window. Input events are sent at 60 Hz through the event loop;
// a frame is the time from the moment its input was due until everything that it changed is painted
// and on its way to the screen, so work that delays the next frame counts in it.
#pragma once

#include "pe/editor/program.hpp"

namespace pe::editor {

// Prints JSON on standard output.
int runBenchmark(const Options& options, workspace::Workspace& workspace);

}  // namespace pe::editor
