// SPDX-License-Identifier: MIT
// FieldNotes: what is wrong with a field, below it in the form, with its fixes as links. UI thread.
#pragma once

#include <QWidget>
#include <vector>

#include "findings.hpp"

class QVBoxLayout;

namespace pe::editor {

class FieldNotes final : public QWidget {
    Q_OBJECT

public:
    // `findings` outlives it.
    FieldNotes(Findings& findings, QWidget* parent);
    // Hidden while there is nothing to show.
    void show(std::vector<check::Diagnostic> about);
    const std::vector<check::Diagnostic>& shown() const { return about_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void addNote(std::size_t index);
    void follow(const QString& link);

    Findings& findings_;
    std::vector<check::Diagnostic> about_;
    QVBoxLayout* rows_;
    std::vector<QWidget*> notes_;
};

}  // namespace pe::editor
