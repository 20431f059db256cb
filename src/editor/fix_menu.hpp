// SPDX-License-Identifier: MIT
// The menu of quick fixes for findings, the same wherever findings show. UI thread.
#pragma once

#include <vector>

#include "pe/check/diagnostic.hpp"

class QMenu;
class QWidget;

namespace pe::editor {

class Findings;

// Adds what can be done about these findings: each fix, its preview, and all fixes of a kind. The
// findings object outlives the menu; `window` is the parent of previews.
void fillFixMenu(QMenu& menu, Findings& findings, const std::vector<check::Diagnostic>& about,
                 QWidget* window);

}  // namespace pe::editor
