// SPDX-License-Identifier: MIT
// Steps of an open file into a pipeline of their own, and back. What belongs to other files is
// written by the workspace; what belongs to this one is a step of its history.
#include <QFile>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "extract_dialog.hpp"
#include "file_view.hpp"
#include "pe/document/extraction.hpp"
#include "pe/language/callers.hpp"
#include "pe/yaml/pointer.hpp"
#include "project_files.hpp"

namespace pe::editor {

namespace {

constexpr qint64 kMaxPipelineBytes = 16 << 20;

QString qtText(const std::string& text) {
    return QString::fromStdString(text);
}

StepPlace placeBefore(const SceneValue& scene, yaml::NodeRef step) {
    const format::GraphIndex index = scene.indexOf(step);
    const format::GraphIndex parent = scene.steps[index].parent;
    StepPlace place{containerOf(scene, step), yaml::kNoNode};
    for (const format::GraphIndex each : scene.childrenOf(parent)) {
        if (each == index)
            break;
        place.after = scene.steps[each].ref;
    }
    return place;
}

}  // namespace

void FileView::extractSelected() {
    commitPending();
    binder_->refresh();
    auto steps = runOfSteps(*binder_->scene(), document_.forest(), selectedSteps());
    if (steps && document_.hasDraft())
        steps = fail(ErrorCode::Refused, tr("Correct the errors in the text first.").toStdString());
    if (!steps) {
        Q_EMIT refused(qtText(steps.error().message));
        return;
    }
    const QString name = qtText(nameForRun(*binder_->scene(), *steps));
    extraction_ = new ExtractDialog(document_, catalogue_, std::move(*steps), name,
                                    qtText(session_.path()), otherPipelines(), window());
    connect(extraction_, &QDialog::accepted, this,
            [this, dialog = extraction_.data()] { carryOutExtraction(*dialog); });
    extraction_->open();
}

ExtractDialog* FileView::extraction() const {
    return extraction_;
}

void FileView::carryOutExtraction(const ExtractDialog& dialog) {
    const ExtractionChoice choice = dialog.choice();
    const StepPlace place = placeBefore(*binder_->scene(), dialog.run().steps.front());
    const std::string steps = dialog.run().steps.size() == 1
                                  ? "step"
                                  : std::to_string(dialog.run().steps.size()) + " steps";
    const auto taken = choice.path.empty() ? extractHere(dialog.run(), choice.name, steps)
                                           : extractToFile(dialog, steps);
    if (!taken) {
        Q_EMIT refused(qtText(taken.error().message));
        return;
    }
    binder_->refresh();
    selectAdded(place, 1);
}

Result<void> FileView::extractHere(const StepRun& run, const std::string& name,
                                   const std::string& steps) {
    PE_TRY_ASSIGN(document::Command command,
                  document::extractCommand(document_.forest(), run.steps, name, catalogue_));
    command.label = "Extract " + steps + " to " + name;
    return document_.execute(command);
}

// The file first: a step that runs a file that is not there would be worse than a file that nobody
// runs.
Result<void> FileView::extractToFile(const ExtractDialog& dialog, const std::string& steps) {
    const std::string path = dialog.choice().path;
    PE_TRY(workspace_.writeNewFile(dialog.place().toStdString(), dialog.plan()->file));
    const std::string label = "Extract " + steps + " to " + path;
    PE_TRY(document_.rewrite(dialog.plan()->text, label));
    writtenBy_[label] = path;
    Q_EMIT said(tr("Wrote %1. Save to keep the step that runs it.").arg(qtText(path)));
    return {};
}

FileView::Nested FileView::nested() const {
    const yaml::NodeRef step = canvas_->currentStep();
    if (step == yaml::kNoNode || document_.hasDraft() || selectedSteps().size() != 1)
        return Nested::None;
    if (yaml::child(document_.forest(), step, "pipeline_file") != yaml::kNoNode)
        return Nested::File;
    return yaml::child(document_.forest(), step, "pipeline") != yaml::kNoNode ? Nested::Here
                                                                              : Nested::None;
}

// As it is shown in another tab, else as it is on disk.
Result<std::string> FileView::nestedText(const QString& path) const {
    const QString found = nestedPipelineFile(qtText(session_.path()), path);
    for (workspace::Session* other : workspace_.sessions())
        if (!found.isEmpty() && qtText(other->path()) == found)
            return other->document().text();
    QFile file(found);
    if (found.isEmpty() || file.size() > kMaxPipelineBytes || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable,
                    tr("%1 cannot be read from the folder of this file or one above it.")
                        .arg(path)
                        .toStdString());
    return file.readAll().toStdString();
}

// Whether the files that run this one can go on naming its steps.
Result<void> FileView::callersAgree(const std::string& after) const {
    return language::callersKeepTheirSteps(
        {session_.path(), document_.text(), after, otherPipelines()}, catalogue_);
}

Result<void> FileView::inlineNested(yaml::NodeRef step, const std::string& name) {
    const yaml::Forest& forest = document_.forest();
    const std::string label = "Inline " + name;
    SystemClock clock;
    if (nested() == Nested::Here) {
        PE_TRY_ASSIGN(const std::string text,
                      document::inlinePipeline(document_.text(), yaml::pointerTo(forest, step),
                                               clock, catalogue_));
        PE_TRY(callersAgree(text));
        PE_TRY_ASSIGN(document::Command command, document::inlineCommand(forest, step, catalogue_));
        command.label = label;
        return document_.execute(command);
    }
    const QString path =
        qtText(yaml::scalarText(forest, yaml::child(forest, step, "pipeline_file")));
    PE_TRY_ASSIGN(const std::string inner, nestedText(path));
    PE_TRY_ASSIGN(std::string text,
                  document::inlineFile(document_.text(), yaml::pointerTo(forest, step), inner,
                                       clock, catalogue_));
    PE_TRY(callersAgree(text));
    PE_TRY(document_.rewrite(std::move(text), label));
    Q_EMIT said(tr("The steps of %1 stand here now; the file stays.").arg(path));
    return {};
}

void FileView::inlineSelected() {
    commitPending();
    binder_->refresh();
    if (nested() == Nested::None) {
        Q_EMIT refused(tr("Select one step that runs a pipeline."));
        return;
    }
    const SceneValue& scene = *binder_->scene();
    const yaml::NodeRef step = canvas_->currentStep();
    const StepPlace place = placeBefore(scene, step);
    const std::size_t before = siblingsAt(place);
    if (const auto done = inlineNested(step, shownName(*scene.find(step))); !done) {
        Q_EMIT refused(qtText(done.error().message));
        return;
    }
    binder_->refresh();
    selectAdded(place, siblingsAt(place) - before + 1);
}

}  // namespace pe::editor
