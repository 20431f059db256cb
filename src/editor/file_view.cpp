// SPDX-License-Identifier: MIT
#include "file_view.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include "breadcrumbs.hpp"
#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "conflict_bar.hpp"
#include "edge_commands.hpp"
#include "file_language.hpp"
#include "file_notice.hpp"
#include "findings.hpp"
#include "findings_panel.hpp"
#include "history_panel.hpp"
#include "minimap.hpp"
#include "outline.hpp"
#include "pe/yaml/pointer.hpp"
#include "project_files.hpp"
#include "properties_pane.hpp"
#include "version_view.hpp"
#include "yaml_edit.hpp"
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
    document_.setStepTypes(catalogue_);
    selection_ = new Selection(this);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    splitter_->setHandleWidth(1);
    splitter_->setChildrenCollapsible(false);
    canvas_ = new Canvas(splitter_);
    findings_ = new Findings(document_, catalogue_, quoted(session_.path()), this);
    text_ = new YamlPane(document_, *selection_, splitter_);
    splitter_->addWidget(canvas_);
    splitter_->addWidget(text_);
    splitter_->setStretchFactor(0, 3);
    splitter_->setStretchFactor(1, 2);
    splitter_->setSizes({600, 420});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    notice_ = new FileNotice(session_, this);
    crumbs_ = new Breadcrumbs(this);
    column->addWidget(crumbs_);
    column->addWidget(notice_);
    conflicts_ = new ConflictBar(document_, this);
    column->addWidget(conflicts_);
    column->addWidget(splitter_, 1);

    binder_ = new CanvasBinder(document_, *selection_, catalogue_, *canvas_, this);
    new ZoomBar(*canvas_);
    new Minimap(*canvas_);
    properties_ = new PropertiesPane(document_, *selection_, catalogue_, this);
    outline_ = new Outline(*binder_, *selection_, this);
    problems_ = new FindingsPanel(*findings_, this);
    text_->setFindings(findings_);
    history_ = new HistoryPanel(session_, catalogue_, this);
    version_ = new VersionView(session_, catalogue_, history_->words(), this);
    column->addWidget(version_, 1);
    for (QWidget* page : {propertiesPage(), static_cast<QWidget*>(outline_),
                          static_cast<QWidget*>(problems_), static_cast<QWidget*>(history_)})
        page->hide();
    restoreCollapsed();
    connectCanvas();
    connectSignals();
    connectLanguage();
    connectHistory();
    setFocusProxy(canvas_);
    for (QWidget* drawn : {canvas_->viewport(), text_->edit()->viewport()})
        drawn->installEventFilter(this);
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
                if (!language_->renameStepWithOthers(step, name))
                    run(document::Command{document::RenameStep{step, name.toStdString()}, {}, 0});
            });
    connect(canvas_, &Canvas::quickAddRequested, this, &FileView::quickAddRequested);
    connect(canvas_, &Canvas::menuRequested, this, &FileView::menuRequested);
    connect(canvas_, &Canvas::openRequested, this, &FileView::openStep);
    connect(canvas_, &Canvas::connectRequested, this, &FileView::connectSteps);
    connect(canvas_, &Canvas::disconnectRequested, this, [this](const SceneEdge& edge) {
        run(removeEdge(*binder_->scene(), document_.forest(), edge));
    });
    connect(properties_, &PropertiesPane::duplicateRequested, this, &FileView::duplicateSelected);
    connect(properties_, &PropertiesPane::extractRequested, this, &FileView::extractSelected);
    connect(properties_, &PropertiesPane::removeRequested, this, &FileView::removeSelected);
    connect(outline_, &Outline::openRequested, this, [this](yaml::NodeRef step) {
        canvas_->reveal(step, true);
        Q_EMIT propertiesRequested();
    });
    connect(outline_, &Outline::menuRequested, this, &FileView::menuRequested);
}

void FileView::connectSignals() {
    connect(problems_, &FindingsPanel::chosen, this, &FileView::showProblem);
    connect(findings_, &Findings::changed, this, &FileView::stateChanged);
    connect(findings_, &Findings::said, this, &FileView::said);
    connect(findings_, &Findings::refused, this, &FileView::refused);
    connect(conflicts_, &ConflictBar::said, this, &FileView::said);
    connect(conflicts_, &ConflictBar::refused, this, &FileView::refused);
    connect(conflicts_, &ConflictBar::jumpRequested, this, [this](yaml::NodeRef node) {
        if (!document_.hasDraft())
            select(node, true);
    });
    connect(binder_, &CanvasBinder::collapsedChanged, this, &FileView::storeCollapsed);
    connect(binder_, &CanvasBinder::sceneChanged, this, &FileView::stateChanged);
    connect(selection_, &Selection::changed, this, &FileView::stateChanged);
    subscriptions_.push_back(session_.stateChanged.connect([this] {
        findings_->setPath(quoted(session_.path()));
        Q_EMIT stateChanged();
    }));
    subscriptions_.push_back(
        session_.message.connect([this](const std::string& text) { Q_EMIT said(quoted(text)); }));
    subscriptions_.push_back(
        document_.notice.connect([this](const std::string& text) { Q_EMIT said(quoted(text)); }));
}

std::map<std::string, std::string> FileView::otherPipelines() const {
    auto others = pipelinesAround(quoted(session_.path()));
    for (workspace::Session* other : workspace_.sessions())
        if (const auto found = others.find(other->path()); found != others.end())
            found->second = other->document().text();
    return others;
}

void FileView::connectLanguage() {
    const auto neighbourhood = [this] {
        return FileLanguage::Neighbourhood{session_.path(), otherPipelines()};
    };
    const LanguageParts parts{*findings_, *canvas_, *binder_, *text_, *properties_, *selection_};
    language_ = new FileLanguage(parts, neighbourhood, this);
    properties_->setFindings(*findings_);
    properties_->setRenamer([this](yaml::NodeRef step, const QString& name) {
        return language_->renameStepWithOthers(step, name);
    });
    connect(conflicts_, &ConflictBar::countChanged, language_, &FileLanguage::showBadges);
    connect(conflicts_, &ConflictBar::countChanged, this, &FileView::stateChanged);
    connect(language_, &FileLanguage::said, this, &FileView::said);
    connect(language_, &FileLanguage::refused, this, &FileView::refused);
    connect(language_, &FileLanguage::placeChosen, this, &FileView::goToOffset);
    connect(language_, &FileLanguage::fileRequested, this, &FileView::pipelineRequested);
    connect(language_, &FileLanguage::otherPlaceChosen, this, &FileView::otherPlaceChosen);
    connect(language_, &FileLanguage::othersRenamed, this, &FileView::othersRenamed);
}

void FileView::connectHistory() {
    const auto open = [this] {
        splitter_->hide();
        version_->show();
    };
    connect(history_, &HistoryPanel::chosen, this, [this, open](const HistoryRow& row) {
        version_->showVersion(row);
        open();
    });
    connect(history_, &HistoryPanel::comparisonChosen, this,
            [this, open](const HistoryRow& from, const HistoryRow& to) {
                version_->compare(from, to);
                open();
            });
    connect(history_, &HistoryPanel::restoreRequested, this, [this](const HistoryRow& row) {
        version_->showVersion(row);
        version_->restore();
    });
    connect(history_, &HistoryPanel::nameRequested, this, [this, open](const HistoryRow& row) {
        version_->showVersion(row);
        open();
        version_->askForName();
    });
    connect(history_, &HistoryPanel::leaveRequested, this, &FileView::leaveVersion);
    connect(history_, &HistoryPanel::refused, this, &FileView::refused);
    connect(version_, &VersionView::closed, this, &FileView::leaveVersion);
    connect(version_, &VersionView::named, history_, &HistoryPanel::refresh);
    connect(version_, &VersionView::said, this, &FileView::said);
    connect(version_, &VersionView::refused, this, &FileView::refused);
}

void FileView::leaveVersion() {
    if (version_->isHidden())
        return;
    history_->clearChoice();
    version_->hide();
    splitter_->show();
    (mode_ == ViewMode::Text ? static_cast<QWidget*>(text_) : canvas_)->setFocus();
}

void FileView::commitPending() {
    properties_->commitPending();
}

bool FileView::hasUnsaved() const {
    // A new pipeline that nobody touched is nothing to keep.
    if (session_.state() == workspace::FileState::Unbound)
        return document_.canUndo() || document_.hasDraft() || session_.recovered();
    return session_.state() != workspace::FileState::Clean;
}

void FileView::setViewMode(ViewMode mode) {
    const bool textHadFocus = text_->isAncestorOf(focusWidget());
    mode_ = mode;
    canvas_->setVisible(mode != ViewMode::Text);
    text_->setVisible(mode != ViewMode::Graph);
    if (mode == ViewMode::Graph && textHadFocus)
        canvas_->setFocus();
    // What was selected while the graph was hidden or had another size; it is laid out by then.
    QTimer::singleShot(0, canvas_, [this] {
        if (canvas_->isVisible() && canvas_->currentStep() != yaml::kNoNode)
            canvas_->reveal(canvas_->currentStep());
    });
    Q_EMIT viewModeChanged();
}

// Where there is no room for two columns, the text stands below the graph.
void FileView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() < kTwoColumns ? Qt::Vertical : Qt::Horizontal;
    if (splitter_->orientation() != wanted)
        splitter_->setOrientation(wanted);
}

bool FileView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint && !std::exchange(drawn_, true))
        QTimer::singleShot(0, this, &FileView::finishOpening);
    return QWidget::eventFilter(watched, event);
}

// A large file is drawn first; then its text is laid out, and then it is checked.
void FileView::finishOpening() {
    text_->load();
    QTimer::singleShot(0, findings_, &Findings::settle);
}

void FileView::selectAll() {
    std::vector<yaml::NodeRef> all;
    for (const SceneStep& step : binder_->scene()->steps)
        if (step.parent == format::kNoGraphNode)
            all.push_back(step.ref);
    if (!all.empty())
        selection_->selectSteps(all, all.front(), this);
}

// Steps that come back are what the next key is meant for, unless somebody writes in the text. All
// are other steps than before where a draft begins or ends.
void FileView::selectRestored(const std::shared_ptr<const SceneValue>& before) {
    if (!before || document_.hasDraft() || text_->edit()->hasFocus())
        return;
    binder_->refresh();
    const SceneValue& now = *binder_->scene();
    std::vector<yaml::NodeRef> restored;
    for (const SceneStep& step : now.steps)
        if (before->find(step.ref) == nullptr)
            restored.push_back(step.ref);
    restored = outermost(now, std::move(restored));
    if (!restored.empty())
        selection_->selectSteps(restored, restored.front(), this);
}

void FileView::undo() {
    const std::string label = document_.undoLabel();
    const auto written = writtenBy_.find(label);
    const auto before = document_.hasDraft() ? nullptr : binder_->scene();
    if (const auto done = document_.undo(); !done)
        return Q_EMIT refused(quoted(done.error().message));
    selectRestored(before);
    if (written != writtenBy_.end())
        Q_EMIT said(tr("Undone: %1. The file stays.").arg(quoted(label)));
    else
        Q_EMIT said(tr("Undone: %1").arg(quoted(label)));
}

void FileView::redo() {
    const QString label = QString::fromStdString(document_.redoLabel());
    const auto before = document_.hasDraft() ? nullptr : binder_->scene();
    if (const auto done = document_.redo(); !done)
        return Q_EMIT refused(quoted(done.error().message));
    selectRestored(before);
    Q_EMIT said(tr("Redone: %1").arg(label));
}

void FileView::select(yaml::NodeRef node, bool centre) {
    selection_->select(node, this);
    if (centre)
        canvas_->reveal(canvas_->currentStep(), true);
}

void FileView::showStep(yaml::NodeRef step) {
    if (mode_ == ViewMode::Text || text_->edit()->hasFocus())
        text_->goTo(document_.valueSpan(step).begin);
    select(step, true);
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
    visited_.leave(text_->edit()->cursorOffset());
    text_->goTo(offset);
}

void FileView::goBack() {
    if (const auto place = visited_.back(text_->edit()->cursorOffset()))
        text_->goTo(*place);
}

void FileView::goForward() {
    if (const auto place = visited_.forward(text_->edit()->cursorOffset()))
        text_->goTo(*place);
}

void FileView::showProblem(std::size_t offset, yaml::NodeRef node, bool enter) {
    if (node != yaml::kNoNode && findings_->upToDate())
        select(node, true);
    if (enter || node == yaml::kNoNode)
        goToOffset(offset);
}

void FileView::goToNextProblem() {
    goToProblem(true);
}

void FileView::goToPreviousProblem() {
    goToProblem(false);
}

void FileView::goToProblem(bool forward) {
    findings_->settle();
    std::vector<const check::Diagnostic*> problems;
    for (const check::Diagnostic& each : findings_->all())
        if (each.severity != check::Severity::Hint)
            problems.push_back(&each);
    if (problems.empty()) {
        Q_EMIT said(tr("There are no problems."));
        return;
    }
    // In the order of the text. Behind the last comes the first; of those that begin at one place
    // the first is meant.
    const std::size_t caret = text_->edit()->cursorOffset();
    const auto last = problems.end() - 1;
    auto found = std::find_if(problems.begin(), problems.end(), [&](const auto* each) {
        return forward ? each->begin > caret : each->begin >= caret;
    });
    if (forward)
        found = found == problems.end() ? problems.begin() : found;
    else
        found = found == problems.begin() ? last : found - 1;
    while (found != problems.begin() && (*(found - 1))->begin == (*found)->begin)
        --found;
    const std::size_t offset = (*found)->begin;
    const QString message = tr("Problem %1 of %2: %3")
                                .arg(found - problems.begin() + 1)
                                .arg(problems.size())
                                .arg(quoted((*found)->message));
    goToOffset(offset);
    Q_EMIT said(message);
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
