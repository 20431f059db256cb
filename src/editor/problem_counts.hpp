// SPDX-License-Identifier: MIT
// ProblemCounts: how many errors and warnings the file in front has, at the end of the status bar;
// a press leads to the list. Owned by the main window; UI thread.
#pragma once

#include <QToolButton>

namespace pe::editor {

class Findings;

class ProblemCounts final : public QToolButton {
    Q_OBJECT

public:
    explicit ProblemCounts(QWidget* parent);
    // Null: no file is open.
    void showFindings(const Findings* findings);
};

}  // namespace pe::editor
