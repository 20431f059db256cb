// SPDX-License-Identifier: MIT
// Findings: what the checker says about one open file, for every view of it: the problems panel,
// the squiggles, the badges, the form. After a change only what changed is checked again, and while
// somebody types, when the typing pauses; until then the findings move with the text. Drafts are
// checked as the text they are. A large file is shown first, and checked when settle() is called or
// it changes. Owned by the file's view; UI thread.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/base/signal.hpp"
#include "pe/check/checker.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::editor {

class ProjectFiles;

class Findings final : public QObject {
    Q_OBJECT

public:
    // `path` of the file, empty if it has none yet.
    Findings(document::Document& document, const format::Catalogue& catalogue, QString path,
             QObject* parent = nullptr);
    ~Findings() override;

    // In the order of the text; places are those of the text as it is now. The entries
    // (Diagnostic::node) count while upToDate().
    const std::vector<check::Diagnostic>& all() const { return shown_; }
    int count(check::Severity severity) const;
    // Without hints, which show in the text only.
    int count() const;
    bool upToDate() const { return !waiting_; }
    // Whether it was looked at at all.
    bool checked() const { return checked_; }
    // Checks now what waits for a pause.
    void settle();
    // The file moved, or files and settings around it may have changed: everything is checked.
    void setPath(const QString& path);
    void reload();
    // Somebody comes back from another program: the same, if anything is different indeed.
    void reloadIfDifferent();
    // Why the settings of the folder do not count; empty if they do or there are none.
    const QString& complaint() const { return complaint_; }

    const check::Subject& subject() const { return *subject_; }
    const format::Catalogue& catalogue() const { return catalogue_; }
    document::Document& document() const { return document_; }
    // Until the file moves or is reloaded.
    const check::FileLookup& files() const;
    // A checker as the one at work here, for a copy of the document.
    std::unique_ptr<check::Checker> newChecker() const;

    // One undoable edit. Conflict if the finding has gone meanwhile.
    Result<void> apply(const check::Diagnostic& diagnostic, std::size_t fix);
    // How many findings of a kind can be fixed without asking.
    int safeCount(const std::string& code) const;
    // Applies the safe fixes of a kind as one undoable edit, or several where fixes meet. How many
    // were fixed.
    int applyAll(const std::string& code);
    // The same for a person, who is told what came of it.
    void carryOut(const check::Diagnostic& diagnostic, std::size_t fix);
    void carryOutAll(const std::string& code);

Q_SIGNALS:
    // Everything was looked at again.
    void changed();
    void said(const QString& sentence);
    void refused(const QString& sentence);

private:
    void onChanged(const document::ChangeSet& change);
    // The bytes of the nearest settings, if there are any.
    std::optional<QByteArray> readSettings() const;
    void takeSettings(std::optional<QByteArray> bytes);
    void check();

    document::Document& document_;
    const format::Catalogue& catalogue_;
    QString path_;
    QString complaint_;
    std::optional<QByteArray> settingsBytes_;
    check::Settings settings_;
    std::unique_ptr<ProjectFiles> files_;
    std::unique_ptr<check::Subject> subject_;
    std::unique_ptr<check::Checker> checker_;
    std::vector<check::Diagnostic> shown_;
    document::ChangeSet pending_;  // since the last check
    bool waiting_ = false;
    bool all_ = true;  // not only what changed
    bool checked_ = false;
    int pauseMs_;
    QTimer soon_;
    Subscription changed_;
};

// Moves a stretch of text with a patch to the text: what is replaced inside it stays part of it.
void moveWith(const document::TextPatch& patch, std::size_t& begin, std::size_t& end);

}  // namespace pe::editor
