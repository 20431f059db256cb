// SPDX-License-Identifier: MIT
#include "questions.hpp"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace pe::editor {

namespace {

constexpr int kMostTitles = 10;

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Questions", text, nullptr, count);
}

QString filters() {
    return tr("Pipelines (*.yaml *.yml);;All files (*)");
}

QString listed(const QStringList& titles) {
    QStringList lines;
    for (const QString& title : titles.first(qMin(kMostTitles, titles.size())))
        lines << QStringLiteral("• ") + title;
    if (titles.size() > kMostTitles)
        lines << tr("and %1 more").arg(titles.size() - kMostTitles);
    return lines.join(u'\n') + QStringLiteral("\n\n");
}

}  // namespace

CloseAnswer DialogQuestions::beforeClosing(QWidget* window, const QStringList& titles) {
    const bool one = titles.size() == 1;
    QMessageBox box(window);
    box.setIcon(QMessageBox::Warning);
    box.setWindowTitle(tr("Unsaved changes"));
    box.setText(
        one ? tr("Save the changes of %1 before it is closed?").arg(titles.front())
            : tr("Save the changes of %1 files before they are closed?").arg(titles.size()));
    box.setInformativeText((one ? QString() : listed(titles)) +
                           tr("Without saving, what is on disk stays as it is."));
    QPushButton* save = box.addButton(one ? tr("Save") : tr("Save all"), QMessageBox::AcceptRole);
    QPushButton* discard =
        box.addButton(one ? tr("Discard") : tr("Discard all"), QMessageBox::DestructiveRole);
    QPushButton* cancel = box.addButton(QMessageBox::Cancel);
    box.setDefaultButton(save);
    box.setEscapeButton(cancel);
    box.exec();
    if (box.clickedButton() == save)
        return CloseAnswer::Save;
    return box.clickedButton() == discard ? CloseAnswer::Discard : CloseAnswer::Cancel;
}

QStringList DialogQuestions::filesToOpen(QWidget* window, const QString& folder) {
    return QFileDialog::getOpenFileNames(window, tr("Open pipelines"), folder, filters());
}

QString DialogQuestions::fileToSave(QWidget* window, const QString& suggestion) {
    return QFileDialog::getSaveFileName(window, tr("Save pipeline as"), suggestion, filters());
}

}  // namespace pe::editor
