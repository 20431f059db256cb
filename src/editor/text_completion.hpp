// SPDX-License-Identifier: MIT
// TextCompletion: completion in the text pane: on Ctrl+Space, and by itself after letters, `: `,
// `{{` and a dot. What is accepted is one edit. Owned by FileLanguage; UI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "completion_popup.hpp"

namespace pe::editor {

class Findings;
class YamlEdit;

class TextCompletion final : public QObject {
    Q_OBJECT

public:
    // All of them outlive it.
    TextCompletion(YamlEdit& edit, const Findings& findings, QObject* parent);
    ~TextCompletion() override;

    // Shows what fits at the cursor now.
    void open();
    void close();
    // Null until it was first open.
    const CompletionPopup* popup() const { return popup_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void typed(const QString& text);
    void show(bool asked);
    void accept(const language::CompletionItem& item);

    YamlEdit& edit_;
    const Findings& findings_;
    QPointer<CompletionPopup> popup_;
    QTimer soon_;
    bool accepting_ = false;
};

}  // namespace pe::editor
