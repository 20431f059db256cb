// SPDX-License-Identifier: MIT
// Screenshot: the window as a picture, through the same layout and paint path as on a screen.
#pragma once

#include "pe/editor/program.hpp"

namespace pe::editor {

class MainWindow;

// Shows what the options ask for in a window of the wanted size. False: a file could not be opened.
bool showForPicture(MainWindow& window, const Options& options);
int takeScreenshot(const Options& options, workspace::Workspace& workspace);

}  // namespace pe::editor
