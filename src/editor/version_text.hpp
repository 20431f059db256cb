// SPDX-License-Identifier: MIT
// VersionText: one version of a text, for reading, with the lines marked that another version has
// not, and between them the lines that only the other has. Owned by a VersionView; UI thread.
#pragma once

#include <vector>

#include "line_difference.hpp"
#include "reading_text.hpp"

namespace pe::editor {

class VersionText final : public ReadingText {
    Q_OBJECT

public:
    explicit VersionText(QWidget* parent = nullptr);

    void showLines(std::vector<DifferentLine> lines);
    // Lines put in and taken away.
    std::pair<int, int> counts() const;
    // Scrolls to a line of the shown version, from 0.
    void goToLine(int number);
    // To the next stretch of changed lines, or the one before.
    void goToChange(bool forward);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void paintGutter();
    void placeGutter();
    void goToRow(int row);
    QColor bandOf(DifferentLine::Kind kind) const;

    std::vector<DifferentLine> lines_;
    QWidget* gutter_;
};

}  // namespace pe::editor
