// SPDX-License-Identifier: MIT
#include "rename_dialog.hpp"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace pe::editor {
namespace {

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
    : PlanDialog(parent),
      request_(std::move(request)),
      before_(target.name),
      catalogue_(catalogue) {
    setWindowTitle(titleFor(target.kind));
    auto* label = new QLabel(tr("New name for “%1”:").arg(QString::fromStdString(before_)), this);
    label->setTextFormat(Qt::PlainText);
    name_ = new QLineEdit(QString::fromStdString(before_), this);
    name_->selectAll();
    label->setBuddy(name_);
    connect(name_, &QLineEdit::textChanged, this, &RenameDialog::replanSoon);
    column()->addWidget(label);
    column()->addWidget(name_);
    addPreview(tr("Rename"));
    resize(600, 420);
    replan();
}

void RenameDialog::setName(const QString& name) {
    name_->setText(name);
}

QString RenameDialog::name() const {
    return name_->text();
}

Result<PlanDialog::Shown> RenameDialog::planned() {
    request_.name = name_->text().toStdString();
    plan_.reset();
    // Under the name it has, the places show that will change.
    const bool same = request_.name == before_;
    auto asked = request_;
    if (same)
        asked.name = before_ + "_";
    PE_TRY_ASSIGN(language::RenamePlan plan, language::planRename(asked, catalogue_, clock_));
    Shown shows = shown(plan);
    shows.applicable = !same;
    if (!same)
        plan_ = std::move(plan);
    return shows;
}

PlanDialog::Shown RenameDialog::shown(const language::RenamePlan& plan) const {
    std::vector<ChangeView::File> files;
    for (const auto& [path, edits] : plan.files) {
        const auto other = request_.others.find(path);
        const std::string& text = other == request_.others.end() ? request_.text : other->second;
        ChangeView::File file{QFileInfo(QString::fromStdString(path)).fileName(),
                              changedLines(text, edits)};
        // The open file comes first.
        files.insert(other == request_.others.end() ? files.begin() : files.end(), std::move(file));
    }
    const QString sentence = plan.uses == 1 ? tr("It is named in 1 place, which will change.")
                             : files.size() == 1
                                 ? tr("It is named in %1 places, which will change.").arg(plan.uses)
                                 : tr("It is named in %1 places in %2 files, which will change.")
                                       .arg(plan.uses)
                                       .arg(files.size());
    return {sentence, std::move(files), true};
}

}  // namespace pe::editor
