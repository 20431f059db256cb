// SPDX-License-Identifier: MIT
// Editors of lists: texts, and the steps nested in a field. UI thread.
#pragma once

#include <vector>

#include "field_editor.hpp"

class QComboBox;
class QVBoxLayout;

namespace pe::editor {

// A list of texts, one row each: edit, move, remove; a row at the end adds.
class ListEditor final : public FieldEditor {
    Q_OBJECT

public:
    ListEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;
    void commit() override;

private:
    struct Row {
        QWidget* widget = nullptr;
        FieldEditor* editor = nullptr;
    };
    Row makeRow();
    void add();
    void move(yaml::NodeRef item, int by);
    yaml::NodeRef itemOf(const QWidget* row) const;

    QVBoxLayout* rows_;
    std::vector<Row> shown_;
    QComboBox* add_;
};

// Links to the steps, branches or tasks that a field holds; they are edited where they are
// selected.
class NestedEditor final : public FieldEditor {
    Q_OBJECT

public:
    NestedEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    QVBoxLayout* links_;
    QStringList shown_;
};

}  // namespace pe::editor
