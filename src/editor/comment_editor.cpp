// SPDX-License-Identifier: MIT
#include "comment_editor.hpp"

#include <QBoxLayout>
#include <QEvent>

#include "block_text_edit.hpp"
#include "pe/yaml/edit.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {
constexpr int kPauseMs = 900;
}

CommentEditor::CommentEditor(FormContext& context, QWidget* parent)
    : QWidget(parent), context_(context), box_(new BlockTextEdit(this)) {
    box_->setPlaceholderText(tr("Add a note"));
    box_->setAccessibleName(tr("Note"));
    box_->setToolTip(tr("A comment above it in the file"));
    box_->setLineBounds(1, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(box_);
    setFocusProxy(box_);
    restyle();
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMs);
    connect(&pause_, &QTimer::timeout, this, &CommentEditor::commit);
    connect(box_, &BlockTextEdit::left, this, &CommentEditor::commit);
    connect(box_, &BlockTextEdit::spliced, this, [this] {
        pending_ = true;
        pause_.start();
    });
    connect(box_, &BlockTextEdit::undoRequested, this, [this] {
        commit();
        (void)context_.document.undo();
    });
    connect(box_, &BlockTextEdit::redoRequested, this, [this] { (void)context_.document.redo(); });
}

void CommentEditor::showNode(yaml::NodeRef node) {
    node_ = node;
    if (node != yaml::kNoNode && !pending_)
        box_->showText(QString::fromStdString(yaml::commentAbove(context_.forest(), node)));
}

void CommentEditor::commit() {
    pause_.stop();
    if (!pending_ || node_ == yaml::kNoNode)
        return;
    pending_ = false;
    const std::string note = box_->toPlainText().toStdString();
    if (note == yaml::commentAbove(context_.forest(), node_))
        return;
    if (!context_.run({document::SetComment{node_, note}}))
        showNode(node_);
}

void CommentEditor::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

void CommentEditor::restyle() {
    const Theme& theme = Theme::of(*this);
    box_->setStyleSheet(
        QStringLiteral("QPlainTextEdit { background: %1; border: 1px solid transparent; "
                       "border-radius: 5px; padding: 3px 6px; color: %2; }"
                       "QPlainTextEdit:focus { border-color: %3; }")
            .arg(theme.surfaceSunken.name(), theme.text.name(), theme.accent.name()));
}

}  // namespace pe::editor
