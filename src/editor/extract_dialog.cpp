// SPDX-License-Identifier: MIT
#include "extract_dialog.hpp"

#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include "pe/language/callers.hpp"
#include "theme.hpp"

namespace pe::editor {
namespace {

constexpr qsizetype kMostRemoved = 4;  // lines of a change that are shown

bool holds(const QString& path, const std::string& bytes) {
    QFile file(path);
    return file.size() == static_cast<qint64>(bytes.size()) && file.open(QIODevice::ReadOnly) &&
           file.readAll().toStdString() == bytes;
}

// The steps that go are read where they arrive; here they would only hide what comes instead.
std::vector<LinesChanged> folded(std::vector<LinesChanged> changes) {
    for (LinesChanged& each : changes) {
        const auto more = each.before.size() - kMostRemoved;
        if (more < 2)
            continue;
        each.before = each.before.first(kMostRemoved);
        each.before << ExtractDialog::tr("… and %1 more lines").arg(more);
    }
    return changes;
}

}  // namespace

ExtractDialog::ExtractDialog(const document::Document& document, const format::Catalogue& types,
                             StepRun run, const QString& name, const QString& pipeline,
                             std::map<std::string, std::string> others, QWidget* parent)
    : PlanDialog(parent),
      document_(document),
      types_(types),
      version_(document.version()),
      run_(std::move(run)),
      pipeline_(pipeline),
      files_(pipeline),
      others_(std::move(others)) {
    const auto count = static_cast<int>(run_.steps.size());
    setWindowTitle(count == 1 ? tr("Extract a step") : tr("Extract %1 steps").arg(count));
    buildFields(name);
    addPreview(tr("Extract"));
    resize(680, 560);
    replan();
    name_->setFocus();
}

void ExtractDialog::buildFields(const QString& name) {
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(Theme::kSpace3);
    form->setVerticalSpacing(Theme::kSpace2);
    name_ = new QLineEdit(name, this);
    name_->selectAll();
    file_ = new QLineEdit(this);
    buildChoices();
    form->addRow(tr("Name of the new step"), name_);
    auto* choices = new QVBoxLayout;
    choices->setSpacing(Theme::kSpace1);
    choices->addWidget(intoFile_);
    choices->addWidget(intoThis_);
    form->addRow(tr("Its steps go into"), choices);
    form->addRow(tr("File"), file_);
    column()->addLayout(form);
    followName();
    connect(name_, &QLineEdit::textChanged, this, &ExtractDialog::followName);
    connect(file_, &QLineEdit::textEdited, this, [this] { fileTyped_ = true; });
    for (QLineEdit* each : {name_, file_})
        connect(each, &QLineEdit::textChanged, this, &ExtractDialog::replanSoon);
}

void ExtractDialog::buildChoices() {
    intoFile_ = new QRadioButton(tr("a pipeline file of their own"), this);
    intoThis_ = new QRadioButton(tr("a pipeline inside this file"), this);
    if (pipeline_.isEmpty()) {
        intoFile_->setEnabled(false);
        intoFile_->setToolTip(tr("Save this pipeline first: the new file stands beside it."));
    }
    (pipeline_.isEmpty() ? intoThis_ : intoFile_)->setChecked(true);
    file_->setEnabled(intoFile_->isChecked());
    connect(intoFile_, &QRadioButton::toggled, this, [this](bool on) {
        file_->setEnabled(on);
        replan();
    });
}

void ExtractDialog::followName() {
    if (!fileTyped_ && !pipeline_.isEmpty())
        file_->setText(files_.written(
            QFileInfo(pipeline_).absoluteDir().filePath(name_->text() + QStringLiteral(".yaml"))));
}

void ExtractDialog::setName(const QString& name) {
    name_->setText(name);
}

void ExtractDialog::setFile(const QString& path) {
    fileTyped_ = true;
    file_->setText(path);
}

void ExtractDialog::setIntoFile(bool into) {
    (into ? intoFile_ : intoThis_)->setChecked(true);
}

ExtractionChoice ExtractDialog::choice() const {
    QString path = intoFile_->isChecked() ? file_->text().trimmed() : QString();
    if (!path.isEmpty() && !path.endsWith(u'/') && QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".yaml");
    return {name_->text().trimmed().toStdString(), path.toStdString()};
}

QString ExtractDialog::place() const {
    const std::string path = choice().path;
    return path.empty() ? QString() : files_.placeOf(QString::fromStdString(path));
}

Result<document::ExtractedTexts> ExtractDialog::texts() {
    if (document_.version() != version_)
        return fail(
            ErrorCode::Conflict,
            tr("This pipeline was changed meanwhile; close this and try again.").toStdString());
    const QString file = place();
    if (intoFile_->isChecked() && (file.isEmpty() || file.endsWith(u'/')))
        return fail(ErrorCode::InvalidArgument, tr("Give the file a name.").toStdString());
    const ExtractionChoice wanted = choice();
    PE_TRY_ASSIGN(document::ExtractedTexts planned,
                  document::extractSteps({document_.text(), run_.list, run_.first,
                                          run_.steps.size(), wanted.name, wanted.path, &types_},
                                         clock_));
    PE_TRY(language::callersKeepTheirSteps(
        {pipeline_.toStdString(), document_.text(), planned.text, others_}, types_));
    if (!file.isEmpty() && QFileInfo::exists(file) && !holds(file, planned.file))
        return fail(
            ErrorCode::Conflict,
            tr("There is another file %1 already; choose another name.").arg(file).toStdString());
    return planned;
}

Result<PlanDialog::Shown> ExtractDialog::planned() {
    plan_.reset();
    PE_TRY_ASSIGN(plan_, texts());
    const QString path = QString::fromStdString(choice().path);
    QStringList sentences{summary()};
    for (const std::string& each : plan_->notes)
        sentences << QString::fromStdString(each);
    Shown shown{sentences.join(u'\n'), {}, true};
    shown.files.push_back({path.isEmpty() ? QString() : QFileInfo(pipeline_).fileName(),
                           folded(changedLines(document_.text(), plan_->text))});
    if (!path.isEmpty())
        shown.files.push_back({path, changedLines(std::string(), plan_->file)});
    return shown;
}

QString ExtractDialog::summary() const {
    const QString file = place();
    if (file.isEmpty())
        return tr("The steps move into the new step, with their comments.");
    if (QFileInfo::exists(file))
        return tr("%1 holds these steps already and is used as it is.").arg(file);
    return tr("%1 is written at once; this file changes when you save it.").arg(file);
}

}  // namespace pe::editor
