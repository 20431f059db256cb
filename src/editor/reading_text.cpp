// SPDX-License-Identifier: MIT
#include "reading_text.hpp"

#include "theme.hpp"

namespace pe::editor {

ReadingText::ReadingText(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(Theme::monoFont());
    setTabChangesFocus(true);
}

}  // namespace pe::editor
