// SPDX-License-Identifier: MIT
#include "file_view.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSplitter>
#include <QVBoxLayout>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "minimap.hpp"
#include "outline.hpp"
#include "pe/yaml/pointer.hpp"
#include "problems_panel.hpp"
#include "properties_pane.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {

namespace {

constexpr int kTwoColumns = 560;

std::string collapsedKey(const std::string& path) {
    return "collapsed:" + path;
}

QString quoted(const std::string& text) {
    return QString::fromStdString(text);
}

}  // namespace

FileView::FileView(workspace::Session& session, workspace::Workspace& workspace,
                   const format::Catalogue& catalogue, QWidget* parent)
    : QWidget(parent),
      session_(session),
      document_(session.document()),
      workspace_(workspace),
      catalogue_(catalogue) {
    selection_ = new Selection(this);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    splitter_->setHandleWidth(1);
    splitter_->setChildrenCollapsible(false);
    canvas_ = new Canvas(splitter_);
    text_ = new YamlPane(document_, *selection_, splitter_);
    splitter_->addWidget(canvas_);
    splitter_->addWidget(text_);
    splitter_->setStretchFactor(0, 3);
    splitter_->setStretchFactor(1, 2);
    splitter_->setSizes({600, 420});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter_);

    binder_ = new CanvasBinder(document_, *selection_, catalogue_, *canvas_, this);
    new ZoomBar(*canvas_);
    new Minimap(*canvas_);
    properties_ = new PropertiesPane(document_, *selection_, catalogue_, this);
    outline_ = new Outline(*binder_, *selection_, this);
    problems_ = new ProblemsPanel(document_, this);
    history_ = new HistoryPanel(document_, this);
    for (QWidget* page : {propertiesPage(), static_cast<QWidget*>(outline_),
                          static_cast<QWidget*>(problems_), static_cast<QWidget*>(history_)})
        page->hide();
    restoreCollapsed();
    connectCanvas();
    connectSignals();
    setFocusProxy(canvas_);
}

FileView::~FileView() {
    // The pages may stand in docks of the window now.
    for (QWidget* page : {propertiesPage(), static_cast<QWidget*>(outline_),
                          static_cast<QWidget*>(problems_), static_cast<QWidget*>(history_)})
        delete page;
}

QWidget* FileView::propertiesPage() const {
    return properties_;
}

void FileView::connectCanvas() {
    connect(canvas_, &Canvas::moveRequested, this,
            [this](const std::vector<yaml::NodeRef>& steps, const StepPlace& place) {
                run(moveSteps(*binder_->scene(), document_.forest(), steps, place));
            });
    connect(canvas_, &Canvas::typeDropped, this, &FileView::addStepAt);
    connect(canvas_, &Canvas::renameRequested, this,
            [this](yaml::NodeRef step, const QString& name) {
                run(document::Command{document::RenameStep{step, name.toStdString()}, {}, 0});
            });
    connect(canvas_, &Canvas::quickAddRequested, this, &FileView::quickAddRequested);
    connect(canvas_, &Canvas::menuRequested, this, &FileView::menuRequested);
    connect(canvas_, &Canvas::openRequested, this, &FileView::propertiesRequested);
    connect(outline_, &Outline::openRequested, this, [this](yaml::NodeRef step) {
        canvas_->reveal(step, true);
        Q_EMIT propertiesRequested();
    });
    connect(outline_, &Outline::menuRequested, this, &FileView::menuRequested);
}

void FileView::connectSignals() {
    connect(problems_, &ProblemsPanel::placeChosen, this, &FileView::goToOffset);
    connect(problems_, &ProblemsPanel::countChanged, this, &FileView::stateChanged);
    connect(binder_, &CanvasBinder::collapsedChanged, this, &FileView::storeCollapsed);
    connect(binder_, &CanvasBinder::sceneChanged, this, &FileView::stateChanged);
    connect(selection_, &Selection::changed, this, &FileView::stateChanged);
    subscriptions_.push_back(session_.stateChanged.connect([this] { Q_EMIT stateChanged(); }));
    subscriptions_.push_back(
        session_.message.connect([this](const std::string& text) { Q_EMIT said(quoted(text)); }));
    subscriptions_.push_back(
        document_.notice.connect([this](const std::string& text) { Q_EMIT said(quoted(text)); }));
}

void FileView::setViewMode(ViewMode mode) {
    const bool textHadFocus = text_->isAncestorOf(focusWidget());
    mode_ = mode;
    canvas_->setVisible(mode != ViewMode::Text);
    text_->setVisible(mode != ViewMode::Graph);
    if (mode == ViewMode::Graph && textHadFocus)
        canvas_->setFocus();
    Q_EMIT viewModeChanged();
}

// Where there is no room for two columns, the text stands below the graph.
void FileView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() < kTwoColumns ? Qt::Vertical : Qt::Horizontal;
    if (splitter_->orientation() != wanted)
        splitter_->setOrientation(wanted);
}

bool FileView::run(const Result<document::Command>& command) {
    if (!command) {
        Q_EMIT refused(quoted(command.error().message));
        return false;
    }
    const Result<void> done = document_.execute(*command);
    if (!done) {
        Q_EMIT refused(quoted(done.error().message));
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
    const auto command =
        insertSteps(*binder_->scene(), document_.forest(), place, std::move(steps), label);
    if (!run(command))
        return;
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
    const SceneStep* last = scene.find(steps.back());
    const yaml::NodeRef container =
        last->parent == format::kNoGraphNode ? yaml::kNoNode : scene.steps[last->parent].ref;
    yaml::NodeRef next = nodeAtPlace(scene, {container, steps.back()});
    if (next == yaml::kNoNode)
        next = container;
    if (run(removeSteps(scene, steps)))
        select(next);
}

void FileView::duplicateSelected() {
    const auto steps = outermost(*binder_->scene(), selectedSteps());
    if (!run(duplicateSteps(*binder_->scene(), steps)))
        return;
    const SceneValue& scene = *binder_->scene();
    const SceneStep* last = scene.find(steps.back());
    if (!last)
        return;
    const yaml::NodeRef container =
        last->parent == format::kNoGraphNode ? yaml::kNoNode : scene.steps[last->parent].ref;
    select(nodeAtPlace(scene, {container, steps.back()}));
}

void FileView::shiftSelected(int by) {
    if (run(shiftSteps(*binder_->scene(), document_.forest(), selectedSteps(), by)))
        canvas_->reveal(canvas_->currentStep());
}

void FileView::renameSelected() {
    if (mode_ == ViewMode::Text)
        setViewMode(ViewMode::Split);
    canvas_->startRename(canvas_->currentStep());
}

void FileView::copySelected() {
    const auto steps = selectedSteps();
    if (steps.empty())
        return;
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(stepsAsYaml(*binder_->scene(), document_, steps)));
    Q_EMIT said(tr("Copied %n step(s) as YAML.", nullptr, static_cast<int>(steps.size())));
}

void FileView::cutSelected() {
    if (selectedSteps().empty())
        return;
    copySelected();
    removeSelected();
}

void FileView::paste() {
    const std::string text = QGuiApplication::clipboard()->text().toStdString();
    auto steps = stepsFromYaml(text, *binder_->scene());
    if (!steps) {
        Q_EMIT refused(quoted(steps.error().message));
        return;
    }
    const StepPlace place = placeAfter(*binder_->scene(), canvas_->currentStep());
    insert(std::move(*steps), place, "Paste");
}

void FileView::selectAll() {
    std::vector<yaml::NodeRef> all;
    for (const SceneStep& step : binder_->scene()->steps)
        if (step.parent == format::kNoGraphNode)
            all.push_back(step.ref);
    if (!all.empty())
        selection_->selectSteps(all, all.front(), this);
}

void FileView::undo() {
    const QString label = QString::fromStdString(document_.undoLabel());
    if (const auto done = document_.undo(); !done)
        Q_EMIT refused(quoted(done.error().message));
    else
        Q_EMIT said(tr("Undone: %1").arg(label));
}

void FileView::redo() {
    const QString label = QString::fromStdString(document_.redoLabel());
    if (const auto done = document_.redo(); !done)
        Q_EMIT refused(quoted(done.error().message));
    else
        Q_EMIT said(tr("Redone: %1").arg(label));
}

void FileView::select(yaml::NodeRef node, bool centre) {
    selection_->select(node, this);
    if (centre)
        canvas_->reveal(canvas_->currentStep(), true);
}

bool FileView::selectPointer(const std::string& pointer) {
    const auto node = yaml::resolve(document_.forest(), pointer);
    if (!node) {
        Q_EMIT refused(quoted(node.error().message));
        return false;
    }
    select(*node);
    return true;
}

void FileView::goToOffset(std::size_t offset) {
    if (mode_ == ViewMode::Graph)
        setViewMode(ViewMode::Split);
    text_->goTo(offset);
}

void FileView::restoreCollapsed() {
    const std::string stored = workspace_.setting(collapsedKey(session_.path()));
    std::vector<std::string> pointers;
    for (const auto& each : QJsonDocument::fromJson(QByteArray::fromStdString(stored)).array())
        pointers.push_back(each.toString().toStdString());
    if (pointers.empty())
        return;
    binder_->setCollapsedPointers(pointers);
    binder_->refresh();
}

void FileView::storeCollapsed() {
    if (session_.path().empty())
        return;
    QJsonArray pointers;
    for (const std::string& pointer : binder_->collapsedPointers())
        pointers.append(QString::fromStdString(pointer));
    workspace_.setSetting(collapsedKey(session_.path()),
                          QJsonDocument(pointers).toJson(QJsonDocument::Compact).toStdString());
}

}  // namespace pe::editor
