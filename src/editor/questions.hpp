// SPDX-License-Identifier: MIT
// Questions: what the window has to ask before it goes on, and waits for the answer of. One
// interface, so that whoever drives the window without a person can answer. UI thread.
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace pe::editor {

enum class CloseAnswer { Save, Discard, Cancel };

class Questions {
public:
    virtual ~Questions() = default;
    // What becomes of the unsaved edits of these files, at least one.
    virtual CloseAnswer beforeClosing(QWidget* window, const QStringList& titles) = 0;
    // Empty if nothing was chosen.
    virtual QStringList filesToOpen(QWidget* window, const QString& folder) = 0;
    virtual QString fileToSave(QWidget* window, const QString& suggestion) = 0;
};

// Asks a person, in dialogs.
class DialogQuestions final : public Questions {
public:
    CloseAnswer beforeClosing(QWidget* window, const QStringList& titles) override;
    QStringList filesToOpen(QWidget* window, const QString& folder) override;
    QString fileToSave(QWidget* window, const QString& suggestion) override;
};

}  // namespace pe::editor
