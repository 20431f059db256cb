// SPDX-License-Identifier: MIT
// LibraryPanel: the step types of the catalogue by category, with a search field. A type is dragged
// to the canvas, or added after the selected step by double-click or Enter. Owned by the main
// window; UI thread.
#pragma once

#include <QWidget>

#include "pe/format/catalogue.hpp"

class QLineEdit;
class QTreeWidget;

namespace pe::editor {

class LibraryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit LibraryPanel(const format::Catalogue& catalogue, QWidget* parent = nullptr);
    // The types that the pipeline in front may use. The catalogue outlives this.
    void showTypes(const format::Catalogue& catalogue);
    void focusSearch();

Q_SIGNALS:
    void typeChosen(const QString& type);

private:
    void filter(const QString& text);
    void choose();

    const format::Catalogue* shown_ = nullptr;
    QLineEdit* search_ = nullptr;
    QTreeWidget* tree_ = nullptr;
    QWidget* nothing_ = nullptr;
};

}  // namespace pe::editor
