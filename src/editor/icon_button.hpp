// SPDX-License-Identifier: MIT
// Icon buttons: small ones without words, which say what they do to those who ask. UI thread.
#pragma once

#include <QToolButton>

namespace pe::editor {

// `picture` is the name of an icon. The parent owns the button.
QToolButton* iconButton(const QString& picture, const QString& title, QWidget* parent,
                        int size = 16);

}  // namespace pe::editor
