// SPDX-License-Identifier: MIT
#include "plan_dialog.hpp"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "theme.hpp"

namespace pe::editor {
namespace {

constexpr int kPauseMs = 200;

}  // namespace

PlanDialog::PlanDialog(QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    soon_ = new QTimer(this);
    soon_->setSingleShot(true);
    soon_->setInterval(kPauseMs);
    connect(soon_, &QTimer::timeout, this, &PlanDialog::replan);
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(Theme::kSpace4, Theme::kSpace4, Theme::kSpace4, Theme::kSpace4);
    column_->setSpacing(Theme::kSpace3);
}

void PlanDialog::addPreview(const QString& apply) {
    summary_ = new QLabel(this);
    summary_->setWordWrap(true);
    summary_->setTextFormat(Qt::PlainText);
    view_ = new ChangeView(this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    apply_ = buttons->addButton(apply, QDialogButtonBox::AcceptRole);
    apply_->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        replan();
        if (apply_->isEnabled())
            accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column_->addWidget(summary_);
    column_->addWidget(view_, 1);
    column_->addWidget(buttons);
}

void PlanDialog::replanSoon() {
    soon_->start();
}

void PlanDialog::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && soon_->isActive())
        replan();
    QDialog::keyPressEvent(event);
}

void PlanDialog::replan() {
    soon_->stop();
    auto shown = planned();
    apply_->setEnabled(shown && shown->applicable);
    summary_->setText(shown ? shown->summary : QString::fromStdString(shown.error().message));
    summary_->setStyleSheet(
        shown ? QString() : QStringLiteral("color: %1;").arg(Theme::of(*this).error.name()));
    view_->showChanges(shown ? std::move(shown->files) : std::vector<ChangeView::File>());
}

QString PlanDialog::message() const {
    return summary_->text();
}

}  // namespace pe::editor
