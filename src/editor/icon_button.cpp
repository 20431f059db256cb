// SPDX-License-Identifier: MIT
#include "icon_button.hpp"

#include "icons.hpp"

namespace pe::editor {

QToolButton* iconButton(const QString& picture, const QString& title, QWidget* parent, int size) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(picture));
    button->setIconSize(QSize(size, size));
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace pe::editor
