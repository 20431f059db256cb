// SPDX-License-Identifier: MIT
// CommentEditor: the `#` comment above an entry as a note that can be edited. Hands the note in
// when the user leaves it or pauses. UI thread.
#pragma once

#include <QTimer>
#include <QWidget>

#include "field_editor.hpp"

namespace pe::editor {

class BlockTextEdit;

class CommentEditor final : public QWidget {
    Q_OBJECT

public:
    CommentEditor(FormContext& context, QWidget* parent);
    // kNoNode shows nothing. A note that is being typed goes on at the node given.
    void showNode(yaml::NodeRef node);
    void commit();

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    FormContext& context_;
    BlockTextEdit* box_;
    yaml::NodeRef node_ = yaml::kNoNode;
    QTimer pause_;
    bool pending_ = false;
};

}  // namespace pe::editor
