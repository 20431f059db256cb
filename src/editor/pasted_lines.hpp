// SPDX-License-Identifier: MIT
// PastedLines: lines from the clipboard as they stand at another indentation.
#pragma once

#include <QString>

namespace pe::editor {

// The blanks that a line begins with.
int indentOf(const QString& line);

// The lines as they go on behind `column` blanks: the first without blanks in front of it, the
// others as far to the right of it as they were. Of lines that were copied from the first letter on
// it is guessed how far that was.
QString pastedLines(const QString& text, int column);

}  // namespace pe::editor
