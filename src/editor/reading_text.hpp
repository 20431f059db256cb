// SPDX-License-Identifier: MIT
// ReadingText: text of a file to read, select and copy, not to type in. UI thread.
#pragma once

#include <QPlainTextEdit>

namespace pe::editor {

class ReadingText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ReadingText(QWidget* parent);
};

}  // namespace pe::editor
