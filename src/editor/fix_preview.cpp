// SPDX-License-Identifier: MIT
#include "fix_preview.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "change_view.hpp"
#include "pe/check/fixing.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

// A copy of a document that remembers what is done to its text.
class Copy {
public:
    explicit Copy(const Findings& findings)
        : before_(findings.document().text()), copy_(document::Document::open(1, before_, clock_)) {
        copy_->setStepTypes(findings.catalogue());
        changed_ = copy_->changed.connect([this](const document::ChangeSet& change) {
            patches_.insert(patches_.end(), change.patches.begin(), change.patches.end());
        });
    }
    document::Document& document() { return *copy_; }
    std::vector<language::TextEdit> edits() const { return language::editsOf(before_, patches_); }

private:
    SystemClock clock_;
    std::string before_;
    std::unique_ptr<document::Document> copy_;
    std::vector<document::TextPatch> patches_;
    Subscription changed_;
};

}  // namespace

Result<std::vector<language::TextEdit>> editsOfFix(const Findings& findings,
                                                   const check::Diagnostic& diagnostic,
                                                   std::size_t fix) {
    Copy copy(findings);
    const auto subject = check::subjectOf(copy.document());
    const auto checker = findings.newChecker();
    const std::vector<check::Diagnostic> found = checker->check(*subject);
    const auto same = std::find_if(found.begin(), found.end(), [&](const auto& each) {
        return each.code == diagnostic.code && each.begin == diagnostic.begin &&
               each.message == diagnostic.message;
    });
    if (same == found.end() || fix >= same->fixes.size())
        return fail(ErrorCode::Refused, "The problem is not there any more.");
    PE_TRY(check::applyFix(copy.document(), same->fixes[fix]));
    return copy.edits();
}

std::vector<language::TextEdit> editsOfAll(const Findings& findings, const std::string& code) {
    Copy copy(findings);
    const auto checker = findings.newChecker();
    check::applySafeFixes(copy.document(), *checker, {code});
    return copy.edits();
}

FixPreview::FixPreview(const QString& title, std::string_view text,
                       const std::vector<language::TextEdit>& edits, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Preview of a fix"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* heading = new QLabel(title, this);
    heading->setFont(Theme::headingFont());
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    auto* view = new ChangeView(this);
    view->showChanges({{QString(), changedLines(text, edits)}});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* apply = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    apply->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace4, Theme::kSpace4, Theme::kSpace4, Theme::kSpace4);
    column->setSpacing(Theme::kSpace3);
    column->addWidget(heading);
    column->addWidget(view, 1);
    column->addWidget(buttons);
    resize(560, 320);
    apply->setFocus();
}

void previewFix(Findings& findings, const check::Diagnostic& diagnostic, std::size_t fix,
                QWidget* parent) {
    const auto edits = editsOfFix(findings, diagnostic, fix);
    if (!edits) {
        Q_EMIT findings.refused(QString::fromStdString(edits.error().message));
        return;
    }
    auto* preview = new FixPreview(QString::fromStdString(diagnostic.fixes[fix].title),
                                   findings.document().text(), *edits, parent);
    QObject::connect(preview, &QDialog::accepted, &findings,
                     [&findings, diagnostic, fix] { findings.carryOut(diagnostic, fix); });
    preview->open();
}

void previewAll(Findings& findings, const std::string& code, QWidget* parent) {
    auto* preview =
        new FixPreview(FixPreview::tr("Fix all of the kind %1").arg(QString::fromStdString(code)),
                       findings.document().text(), editsOfAll(findings, code), parent);
    QObject::connect(preview, &QDialog::accepted, &findings,
                     [&findings, code] { findings.carryOutAll(code); });
    preview->open();
}

}  // namespace pe::editor
