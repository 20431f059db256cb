// SPDX-License-Identifier: MIT
// What the user does to the steps of an open file, as commands of its document.
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <optional>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "edge_commands.hpp"
#include "file_language.hpp"
#include "file_view.hpp"
#include "pasted_anchors.hpp"
#include "pe/yaml/pointer.hpp"
#include "steps_text.hpp"

namespace pe::editor {

namespace {

QString qtText(const std::string& text) {
    return QString::fromStdString(text);
}

// Where copies of several steps of one list go, so that they stay together and references among
// them lead among them; nothing where each is copied for itself.
std::optional<StepPlace> placeBehind(const SceneValue& scene,
                                     const std::vector<yaml::NodeRef>& steps) {
    if (steps.size() < 2)
        return std::nullopt;
    const yaml::NodeRef container = containerOf(scene, steps.front());
    for (const yaml::NodeRef each : steps)
        if (scene.find(each)->kind != format::NodeKind::Step ||
            containerOf(scene, each) != container)
            return std::nullopt;
    return StepPlace{container, steps.back()};
}

}  // namespace

bool FileView::run(const Result<document::Command>& command) {
    if (!command) {
        Q_EMIT refused(qtText(command.error().message));
        return false;
    }
    const Result<void> done = document_.execute(*command);
    if (!done) {
        Q_EMIT refused(qtText(done.error().message));
        return false;
    }
    binder_->refresh();
    return true;
}

std::vector<yaml::NodeRef> FileView::selectedSteps() const {
    return binder_->shownSelection();
}

void FileView::insert(std::vector<yaml::Value> steps, const StepPlace& place,
                      const std::string& label) {
    const std::size_t count = steps.size();
    if (binder_->scene()->workflow == yaml::kNoNode) {
        if (!beginWorkflow(std::move(steps), label))
            return;
    } else if (!run(insertSteps(*binder_->scene(), document_.forest(), place, std::move(steps),
                                label))) {
        return;
    }
    selectAdded(place, count);
}

std::size_t FileView::siblingsAt(const StepPlace& place) const {
    const SceneValue& scene = *binder_->scene();
    return scene.childrenOf(scene.indexOf(place.container)).size();
}

void FileView::selectAdded(const StepPlace& place, std::size_t count) {
    std::vector<yaml::NodeRef> added;
    StepPlace at = place;
    for (std::size_t i = 0; i < count; ++i) {
        at.after = nodeAtPlace(*binder_->scene(), at);
        if (at.after != yaml::kNoNode)
            added.push_back(at.after);
    }
    if (!added.empty())
        selection_->selectSteps(added, added.front(), this);
}

// The first steps of a file that holds no pipeline yet.
bool FileView::beginWorkflow(std::vector<yaml::Value> steps, const std::string& label) {
    const yaml::Forest& forest = document_.forest();
    const yaml::NodeRef root = yaml::rootDocument(forest);
    const std::string name = QFileInfo(qtText(session_.title())).completeBaseName().toStdString();
    std::vector<std::pair<yaml::Value, yaml::Value>> entries;
    entries.emplace_back(yaml::Value::ofString("name"), yaml::Value::ofString(name));
    entries.emplace_back(yaml::Value::ofString("steps"), yaml::Value::sequence(std::move(steps)));
    yaml::Value workflow = yaml::Value::mapping(std::move(entries));
    if (root != yaml::kNoNode && forest.style(root) != yaml::Style::Empty)
        return run(
            document::Command{document::SetField{root, "workflow", std::move(workflow)}, label, 0});
    // Comments may be all there is; the pipeline is written below them.
    SystemClock clock;
    const auto written = document::Document::open(1, "workflow: {}\n", clock);
    const auto holder = yaml::resolve(written->forest(), "/workflow");
    if (!holder || !written->execute({document::SetValue{*holder, std::move(workflow)}, {}, 0}))
        return false;
    const std::string& text = document_.text();
    const std::string gap = text.empty() || text.ends_with('\n') ? "" : "\n";
    if (!document_.replaceText(text.size(), 0, gap + written->text(), 0))
        return false;
    binder_->refresh();
    return true;
}

void FileView::addStep(const QString& type) {
    addStepAt(type, placeAfter(*binder_->scene(), canvas_->currentStep()));
}

void FileView::addStepAt(const QString& type, const StepPlace& place) {
    const format::StepType* found = catalogue_.find(type.toStdString());
    if (!found)
        return;
    insert({newStep(*found, *binder_->scene())}, place, "Add " + found->title + " step");
}

void FileView::removeSelected() {
    const SceneValue& scene = *binder_->scene();
    const auto steps = outermost(scene, selectedSteps());
    if (steps.empty())
        return;
    // The selection goes on to what comes next, so that Delete can be pressed again.
    const yaml::NodeRef container = containerOf(scene, steps.back());
    yaml::NodeRef next = nodeAtPlace(scene, {container, steps.back()});
    if (next == yaml::kNoNode)
        next = container;
    if (run(removeSteps(scene, steps)))
        select(next);
}

void FileView::duplicateSelected() {
    const auto steps = outermost(*binder_->scene(), selectedSteps());
    if (const auto behind = placeBehind(*binder_->scene(), steps)) {
        pasteSteps(stepsAsYaml(*binder_->scene(), document_, steps), *behind,
                   "Duplicate " + std::to_string(steps.size()) + " steps");
        return;
    }
    if (!run(duplicateSteps(*binder_->scene(), steps)))
        return;
    const SceneValue& scene = *binder_->scene();
    if (scene.find(steps.back()))
        select(nodeAtPlace(scene, {containerOf(scene, steps.back()), steps.back()}));
}

void FileView::shiftSelected(int by) {
    if (run(shiftSteps(*binder_->scene(), document_.forest(), selectedSteps(), by)))
        canvas_->reveal(canvas_->currentStep());
}

void FileView::renameSelected() {
    if (mode_ == ViewMode::Text)
        setViewMode(ViewMode::Split);
    // Other places that name the step are shown before they change with it.
    if (!language_->renameStep(canvas_->currentStep()))
        canvas_->startRename(canvas_->currentStep());
}

void FileView::copySelected() {
    const auto steps = selectedSteps();
    if (steps.empty())
        return;
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(stepsAsYaml(*binder_->scene(), document_, steps)));
    Q_EMIT said(steps.size() == 1 ? tr("Copied 1 step as YAML.")
                                  : tr("Copied %1 steps as YAML.").arg(steps.size()));
}

void FileView::cutSelected() {
    if (selectedSteps().empty())
        return;
    copySelected();
    removeSelected();
}

void FileView::paste() {
    pasteSteps(QGuiApplication::clipboard()->text().toStdString(),
               placeAfter(*binder_->scene(), canvas_->currentStep()), "Paste");
}

void FileView::pasteSteps(const std::string& text, const StepPlace& place,
                          const std::string& label) {
    SystemClock clock;
    const auto pasted =
        stepsForPasting(text, *binder_->scene(), anchorsOf(document_.forest()), catalogue_, clock);
    if (!pasted && pasted.error().code == ErrorCode::Refused) {
        Q_EMIT refused(qtText(pasted.error().message));
        return;
    }
    if (pasted && pasted->anchored) {
        pasteInText(pasted->items, place, label);
        return;
    }
    if (pasted && pasteAsText(pasted->items, place, label))
        return;
    auto steps = stepsFromYaml(text, *binder_->scene());
    if (steps)
        insert(std::move(*steps), place, label);
    else
        Q_EMIT refused(qtText(steps.error().message));
}

// With comments and formatting. False where the place does not allow it.
bool FileView::pasteAsText(const std::string& items, const StepPlace& place,
                           const std::string& label) {
    const std::size_t before = siblingsAt(place);
    const auto command = insertText(*binder_->scene(), document_.forest(), place, items, label);
    if (!command || !document_.execute(*command))
        return false;
    binder_->refresh();
    selectAdded(place, siblingsAt(place) - before);
    return true;
}

// Aliases are text: what they mean depends on what stands above them.
void FileView::pasteInText(const std::string& items, const StepPlace& place,
                           const std::string& label) {
    const std::size_t before = siblingsAt(place);
    const auto patch = patchForPasting(document_, *binder_->scene(), place, items);
    std::string text = document_.text();
    const Result<void> done =
        patch ? document_.rewrite(text.insert(patch->offset, patch->inserted), label)
              : tl::unexpected(patch.error());
    if (!done) {
        Q_EMIT refused(qtText(done.error().message));
        return;
    }
    binder_->refresh();
    selectAdded(place, siblingsAt(place) - before);
}

void FileView::openStep(yaml::NodeRef step) {
    const yaml::NodeRef file = yaml::child(document_.forest(), step, "pipeline_file");
    const std::string path =
        file == yaml::kNoNode ? std::string() : yaml::scalarText(document_.forest(), file);
    if (path.empty())
        Q_EMIT propertiesRequested();
    else
        Q_EMIT pipelineRequested(qtText(path), {});
}

void FileView::connectSteps(yaml::NodeRef from, yaml::NodeRef to, const QPoint& globalPosition) {
    const auto choices = edgeChoices(*binder_->scene(), document_.forest(), from, to);
    if (!choices) {
        Q_EMIT refused(qtText(choices.error().message));
        return;
    }
    if (choices->size() == 1) {
        if (run(choices->front().command))
            select(to);
        return;
    }
    QMenu menu(this);
    for (const EdgeChoice& choice : *choices)
        menu.addAction(tr("Use the answer as: %1").arg(qtText(choice.title)), this,
                       [this, &choice, to] {
                           if (run(choice.command))
                               select(to);
                       });
    menu.exec(globalPosition);
}

}  // namespace pe::editor
