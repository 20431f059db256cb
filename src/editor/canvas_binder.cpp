// SPDX-License-Identifier: MIT
#include "canvas_binder.hpp"

#include <QElapsedTimer>
#include <algorithm>

#include "canvas.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::editor {

namespace {

constexpr int kLongestPauseMs = 500;

bool isInTree(const yaml::Forest& forest, yaml::NodeRef node) {
    while (node != yaml::kNoNode && node != yaml::kStream)
        node = forest.parent(node);
    return node == yaml::kStream;
}

}  // namespace

CanvasBinder::CanvasBinder(document::Document& document, Selection& selection,
                           const format::Catalogue& catalogue, Canvas& canvas, QObject* parent)
    : QObject(parent),
      document_(document),
      selection_(selection),
      catalogue_(catalogue),
      canvas_(canvas) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &CanvasBinder::refresh);
    connect(&selection_, &Selection::changed, this, &CanvasBinder::selectionChanged);
    connect(&canvas_, &Canvas::collapseRequested, this, &CanvasBinder::toggleCollapsed);
    connect(&canvas_, &Canvas::selectionRequested, this,
            [this](const std::vector<yaml::NodeRef>& steps, yaml::NodeRef current) {
                canvas_.setSelection(steps, current);
                selection_.selectSteps(steps, current, this);
                rememberPointers();
            });
    subscription_ = document_.changed.connect(
        [this](const document::ChangeSet& change) { documentChanged(change); });
    refresh();
}

void CanvasBinder::documentChanged(const document::ChangeSet& change) {
    reset_ = reset_ || change.reset;
    const bool typing = change.origin == document::Origin::Text;
    // Short work is done in the next turn; long work waits until the typing pauses.
    if (!typing || costMs_ < 4)
        timer_.start(0);
    else
        timer_.start(std::min(costMs_ * 4, kLongestPauseMs));
}

void CanvasBinder::refresh() {
    timer_.stop();
    if (std::exchange(reset_, false))
        resolveAfterReset();
    QElapsedTimer elapsed;
    elapsed.start();
    scene_ = buildScene(document_, catalogue_,
                        [this](yaml::NodeRef ref) { return collapsed_.contains(ref); });
    canvas_.showScene(scene_);
    costMs_ = static_cast<int>(elapsed.elapsed());
    dropRemovedSelection();
    showSelection(false);
    rememberPointers();
    Q_EMIT sceneChanged();
}

// All NodeRefs are void; what they meant is found again by its path.
void CanvasBinder::resolveAfterReset() {
    setCollapsedPointers(rememberedCollapsed_);
    if (!hadCurrent_)
        return;
    const auto node = yaml::resolve(document_.forest(), rememberedCurrent_);
    selection_.select(node ? *node : yaml::kNoNode, this);
}

void CanvasBinder::dropRemovedSelection() {
    if (selection_.steps().size() > 1)
        return dropWhatIsNoStep();
    const yaml::Forest& forest = document_.forest();
    std::vector<yaml::NodeRef> steps = selection_.steps();
    std::erase_if(steps, [&](yaml::NodeRef node) { return !isInTree(forest, node); });
    yaml::NodeRef current = selection_.current();
    if (current != yaml::kNoNode && !isInTree(forest, current))
        current = steps.empty() ? yaml::kNoNode : steps.front();
    selection_.selectSteps(std::move(steps), current, this);
}

// Of several, some may be in the tree and no steps any more; the graph would show those as one.
void CanvasBinder::dropWhatIsNoStep() {
    std::vector<yaml::NodeRef> steps;
    std::set<yaml::NodeRef> kept;
    for (const yaml::NodeRef node : selection_.steps())
        if (scene_->find(node) && kept.insert(node).second)
            steps.push_back(node);
    yaml::NodeRef current = stepAround(*scene_, document_.forest(), selection_.current());
    if (steps.empty() && current != yaml::kNoNode)
        steps.push_back(current);
    else if (!kept.contains(current))
        current = steps.empty() ? yaml::kNoNode : steps.front();
    selection_.selectSteps(std::move(steps), current, this);
}

void CanvasBinder::rememberPointers() {
    rememberedCollapsed_ = collapsedPointers();
    hadCurrent_ = selection_.current() != yaml::kNoNode;
    if (hadCurrent_)
        rememberedCurrent_ = yaml::pointerTo(document_.forest(), selection_.current());
}

void CanvasBinder::selectionChanged(const QObject* origin) {
    if (origin == this)
        return;
    showSelection(true);
    if (!reset_)
        rememberPointers();
}

std::vector<yaml::NodeRef> CanvasBinder::shownSelection() const {
    std::vector<yaml::NodeRef> steps;
    if (reset_)
        return steps;
    for (const yaml::NodeRef node : selection_.steps())
        if (const auto step = stepAround(*scene_, document_.forest(), node); step != yaml::kNoNode)
            steps.push_back(step);
    return steps;
}

void CanvasBinder::showSelection(bool reveal) {
    const yaml::NodeRef current =
        reset_ ? yaml::kNoNode : stepAround(*scene_, document_.forest(), selection_.current());
    canvas_.setSelection(shownSelection(), current);
    if (!reveal || current == yaml::kNoNode)
        return;
    expandTo(current);
    canvas_.reveal(current);
}

void CanvasBinder::toggleCollapsed(yaml::NodeRef container) {
    if (collapsed_.erase(container) == 0)
        collapsed_.insert(container);
    refresh();
    canvas_.reveal(container);
    Q_EMIT collapsedChanged();
}

void CanvasBinder::setAllCollapsed(bool collapsed) {
    collapsed_.clear();
    if (collapsed)
        for (const SceneStep& step : scene_->steps)
            if (step.container)
                collapsed_.insert(step.ref);
    refresh();
    Q_EMIT collapsedChanged();
}

void CanvasBinder::expandTo(yaml::NodeRef ref) {
    const SceneStep* step = scene_->find(ref);
    bool opened = false;
    while (step && step->parent != format::kNoGraphNode) {
        step = &scene_->steps[step->parent];
        opened = collapsed_.erase(step->ref) > 0 || opened;
    }
    if (!opened)
        return;
    refresh();
    Q_EMIT collapsedChanged();
}

std::vector<std::string> CanvasBinder::collapsedPointers() const {
    std::vector<std::string> pointers;
    for (const yaml::NodeRef ref : collapsed_)
        if (scene_ && scene_->find(ref))
            pointers.push_back(yaml::pointerTo(document_.forest(), ref));
    return pointers;
}

void CanvasBinder::setCollapsedPointers(const std::vector<std::string>& pointers) {
    collapsed_.clear();
    for (const std::string& pointer : pointers)
        if (const auto node = yaml::resolve(document_.forest(), pointer))
            collapsed_.insert(*node);
}

}  // namespace pe::editor
