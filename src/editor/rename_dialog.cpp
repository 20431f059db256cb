// SPDX-License-Identifier: MIT
#include "rename_dialog.hpp"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "change_view.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kPauseMs = 200;

QString titleFor(language::TargetKind kind) {
    switch (kind) {
        case language::TargetKind::Variable:
            return RenameDialog::tr("Rename variable");
        case language::TargetKind::Function:
            return RenameDialog::tr("Rename function");
        case language::TargetKind::Input:
            return RenameDialog::tr("Rename input");
        case language::TargetKind::Constant:
            return RenameDialog::tr("Rename constant");
        default:
            return RenameDialog::tr("Rename step");
    }
}

}  // namespace

RenameDialog::RenameDialog(language::RenameRequest request, const language::Target& target,
                           const format::Catalogue& catalogue, QWidget* parent)
    : QDialog(parent), request_(std::move(request)), before_(target.name), catalogue_(catalogue) {
    setWindowTitle(titleFor(target.kind));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* label = new QLabel(tr("New name for “%1”:").arg(QString::fromStdString(before_)), this);
    label->setTextFormat(Qt::PlainText);
    name_ = new QLineEdit(QString::fromStdString(before_), this);
    name_->selectAll();
    label->setBuddy(name_);
    summary_ = new QLabel(this);
    summary_->setWordWrap(true);
    summary_->setTextFormat(Qt::PlainText);
    view_ = new ChangeView(this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    apply_ = buttons->addButton(tr("Rename"), QDialogButtonBox::AcceptRole);
    apply_->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        replan();
        if (plan_)
            accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    soon_ = new QTimer(this);
    soon_->setSingleShot(true);
    soon_->setInterval(kPauseMs);
    connect(soon_, &QTimer::timeout, this, &RenameDialog::replan);
    connect(name_, &QLineEdit::textChanged, soon_, qOverload<>(&QTimer::start));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace4, Theme::kSpace4, Theme::kSpace4, Theme::kSpace4);
    column->setSpacing(Theme::kSpace2);
    column->addWidget(label);
    column->addWidget(name_);
    column->addWidget(summary_);
    column->addWidget(view_, 1);
    column->addWidget(buttons);
    resize(600, 420);
    replan();
}

void RenameDialog::setName(const QString& name) {
    name_->setText(name);
}

QString RenameDialog::name() const {
    return name_->text();
}

QString RenameDialog::message() const {
    return summary_->text();
}

void RenameDialog::replan() {
    soon_->stop();
    request_.name = name_->text().toStdString();
    plan_.reset();
    // Under the name it has, the places show that will change.
    const bool same = request_.name == before_;
    auto asked = request_;
    if (same)
        asked.name = before_ + "_";
    auto planned = language::planRename(asked, catalogue_, clock_);
    apply_->setEnabled(planned && !same);
    if (!planned) {
        summary_->setText(QString::fromStdString(planned.error().message));
        summary_->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::of(*this).error.name()));
        view_->showChanges({});
        return;
    }
    plan_ = std::move(*planned);
    showPlan();
    if (same)
        plan_.reset();
}

void RenameDialog::showPlan() {
    std::vector<ChangeView::File> files;
    for (const auto& [path, edits] : plan_->files) {
        const auto other = request_.others.find(path);
        const std::string& text = other == request_.others.end() ? request_.text : other->second;
        ChangeView::File file{QFileInfo(QString::fromStdString(path)).fileName(),
                              changedLines(text, edits)};
        // The open file comes first.
        files.insert(other == request_.others.end() ? files.begin() : files.end(), std::move(file));
    }
    QStringList sentences = {
        plan_->uses == 1    ? tr("It is named in 1 place, which will change.")
        : files.size() == 1 ? tr("It is named in %1 places, which will change.").arg(plan_->uses)
                            : tr("It is named in %1 places in %2 files, which will change.")
                                  .arg(plan_->uses)
                                  .arg(files.size())};
    for (const std::string& note : plan_->notes)
        sentences << QString::fromStdString(note);
    summary_->setText(sentences.join(u'\n'));
    summary_->setStyleSheet(QString());
    view_->showChanges(std::move(files));
}

}  // namespace pe::editor
