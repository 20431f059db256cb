// SPDX-License-Identifier: MIT
// FieldCompletion: completion in the text fields of a form: names in `{{...}}` and in conditions by
// themselves, anything that fits on Ctrl+Space. It asks about the document with what is in the
// field, which the document need not have yet; what is accepted is typed into the field. Owned by
// FileLanguage; UI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <vector>

#include "completion_popup.hpp"
#include "pe/check/checker.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"

class QLineEdit;
class QPlainTextEdit;

namespace pe::editor {

class FieldEditor;
class Findings;

// What could stand at a place of a scalar that holds `text`. `replaced` of the items counts UTF-16
// units of it. `files`: what other pipelines hand back.
std::vector<language::CompletionItem> fieldCompletions(const document::Document& document,
                                                       const format::Catalogue& catalogue,
                                                       yaml::NodeRef node, const QString& text,
                                                       qsizetype cursor,
                                                       const check::FileLookup* files = nullptr);

class FieldCompletion final : public QObject {
    Q_OBJECT

public:
    // `form`: fields outside it are left alone. All outlive it.
    FieldCompletion(const Findings& findings, QWidget& form, QObject* parent);
    ~FieldCompletion() override;

    const CompletionPopup* popup() const { return popup_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watch(QWidget* field);
    void typed();
    void show(bool asked);
    void close();
    void accept(const language::CompletionItem& item);
    QString text() const;
    qsizetype cursor() const;
    QRect cursorRect() const;

    const Findings& findings_;
    QWidget& form_;
    QPointer<QWidget> watched_;  // that has the focus: the line, the box, or a combo of the line
    QPointer<QLineEdit> line_;
    QPointer<QPlainTextEdit> box_;
    QPointer<FieldEditor> editor_;
    QPointer<CompletionPopup> popup_;
    QTimer soon_;
};

}  // namespace pe::editor
