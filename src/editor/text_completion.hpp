// SPDX-License-Identifier: MIT
// TextCompletion: completion in the text pane: on Ctrl+Space, and by itself after letters, `: `,
// `{{` and a dot. What is accepted is one edit. Owned by FileLanguage; UI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "completion_popup.hpp"
#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::editor {

class YamlEdit;

class TextCompletion final : public QObject {
    Q_OBJECT

public:
    // All of them outlive it.
    TextCompletion(YamlEdit& edit, const check::Subject& subject,
                   const format::Catalogue& catalogue, QObject* parent);
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
    const check::Subject& subject_;
    const format::Catalogue& catalogue_;
    QPointer<CompletionPopup> popup_;
    QTimer soon_;
    bool accepting_ = false;
};

}  // namespace pe::editor
