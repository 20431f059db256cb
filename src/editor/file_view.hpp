// SPDX-License-Identifier: MIT
// FileView: everything that shows one open file: its graph and its text side by side, and the pages
// that the docks of the window show for it. Turns what the user asks for into commands of the
// document. Owned by the main window, one a session; UI thread.
#pragma once

#include <QPointer>
#include <QWidget>
#include <map>
#include <vector>

#include "pe/editor/selection.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/language/text_edit.hpp"
#include "pe/workspace/workspace.hpp"
#include "step_commands.hpp"
#include "step_extraction.hpp"
#include "visited_places.hpp"

class QSplitter;

namespace pe::editor {

class Breadcrumbs;
class Canvas;
class CanvasBinder;
class ConflictBar;
class ExtractDialog;
class FileLanguage;
class FileNotice;
class Findings;
class FindingsPanel;
class HistoryPanel;
class Outline;
class PropertiesPane;
class VersionView;
class YamlPane;

enum class ViewMode { Split, Graph, Text };

class FileView final : public QWidget {
    Q_OBJECT

public:
    FileView(workspace::Session& session, workspace::Workspace& workspace,
             const format::Catalogue& catalogue, QWidget* parent = nullptr);
    ~FileView() override;

    workspace::Session& session() const { return session_; }
    const format::Catalogue& catalogue() const { return catalogue_; }
    Selection& selection() { return *selection_; }
    Canvas& canvas() const { return *canvas_; }
    CanvasBinder& binder() const { return *binder_; }
    YamlPane& text() const { return *text_; }
    FileNotice& notice() const { return *notice_; }
    ConflictBar& conflicts() const { return *conflicts_; }
    Breadcrumbs& crumbs() const { return *crumbs_; }
    // Pages of the docks; the window shows them, this view keeps them alive.
    QWidget* propertiesPage() const;
    Outline& outlinePage() const { return *outline_; }
    FindingsPanel& problemsPage() const { return *problems_; }
    Findings& findings() const { return *findings_; }
    FileLanguage& language() const { return *language_; }
    HistoryPanel& historyPage() const { return *history_; }
    // An earlier version, shown in place of graph and text while one is chosen in the history.
    VersionView& version() const { return *version_; }
    void leaveVersion();

    // Hands in what is typed in the form and not yet an edit; call before saving or closing.
    void commitPending();
    // There is something that closing without saving would lose.
    bool hasUnsaved() const;
    void setViewMode(ViewMode mode);
    ViewMode viewMode() const { return mode_; }

    void addStep(const QString& type);  // after the selected step
    void addStepAt(const QString& type, const StepPlace& place);
    void removeSelected();
    void duplicateSelected();
    void shiftSelected(int by);
    void renameSelected();
    void copySelected();
    void cutSelected();
    void paste();
    void selectAll();
    // Asks, with a preview, how the selected steps become a pipeline of their own.
    void extractSelected();
    // The dialog that asks; null while there is none.
    ExtractDialog* extraction() const;
    // What the selected step runs: a pipeline file, a pipeline in this file, or no pipeline.
    enum class Nested { None, File, Here };
    Nested nested() const;
    // Puts the steps of that pipeline in the place of the step.
    void inlineSelected();
    // A step that runs a pipeline file leads there, any other to its form.
    void openStep(yaml::NodeRef step);
    // Lets a step use the answer of another; asks how if there are several ways.
    void connectSteps(yaml::NodeRef from, yaml::NodeRef to, const QPoint& globalPosition);
    void undo();
    void redo();
    void select(yaml::NodeRef node, bool centre = false);
    // A step that was looked up, also in the text if somebody works there.
    void showStep(yaml::NodeRef step);
    bool selectPointer(const std::string& pointer);
    void goToOffset(std::size_t offset);
    // To where the text was left for another place, and back.
    void goBack();
    void goForward();
    // From the cursor on, and round again; what it is about is said.
    void goToNextProblem();
    void goToPreviousProblem();
    // Shows what a problem is about; `enter`: and puts the cursor there.
    void showProblem(std::size_t offset, yaml::NodeRef node, bool enter);
    void goToProblem(bool forward);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void quickAddRequested(const StepPlace& place, const QPoint& globalPosition);
    void menuRequested(const QPoint& globalPosition);
    void propertiesRequested();
    // The pipeline file that a step runs is to be shown; the path as the step has it, and a step of
    // that file; empty: the file alone.
    void pipelineRequested(const QString& path, const QString& step);
    void viewModeChanged();
    // A byte of another file.
    void otherPlaceChosen(const QString& path, std::size_t offset);
    // Edits of other files that belong to a rename in this one.
    void othersRenamed(const std::map<std::string, std::vector<language::TextEdit>>& files);
    // What the header and the actions show may be different now.
    void stateChanged();
    void said(const QString& sentence);     // for the status bar
    void refused(const QString& sentence);  // likewise, something did not work

private:
    void connectCanvas();
    void connectSignals();
    void connectLanguage();
    void connectHistory();
    void finishOpening();
    bool run(const Result<document::Command>& command);
    void insert(std::vector<yaml::Value> steps, const StepPlace& place, const std::string& label);
    bool beginWorkflow(std::vector<yaml::Value> steps, const std::string& label);
    void pasteSteps(const std::string& text, const StepPlace& place, const std::string& label);
    bool pasteAsText(const std::string& items, const StepPlace& place, const std::string& label);
    void pasteInText(const std::string& items, const StepPlace& place, const std::string& label);
    std::size_t siblingsAt(const StepPlace& place) const;
    void selectAdded(const StepPlace& place, std::size_t count);
    void carryOutExtraction(const ExtractDialog& dialog);
    Result<void> extractHere(const StepRun& run, const std::string& name, const std::string& steps);
    Result<void> extractToFile(const ExtractDialog& dialog, const std::string& steps);
    // The files that may run this one, by path, as tabs show them, else as they are on disk.
    std::map<std::string, std::string> otherPipelines() const;
    Result<std::string> nestedText(const QString& path) const;
    Result<void> callersAgree(const std::string& after) const;
    Result<void> inlineNested(yaml::NodeRef step, const std::string& name);
    void restoreCollapsed();
    void storeCollapsed();
    void selectRestored(const std::shared_ptr<const SceneValue>& before);
    std::vector<yaml::NodeRef> selectedSteps() const;

    workspace::Session& session_;
    document::Document& document_;
    workspace::Workspace& workspace_;
    const format::Catalogue& catalogue_;
    Selection* selection_ = nullptr;
    QSplitter* splitter_ = nullptr;
    Canvas* canvas_ = nullptr;
    CanvasBinder* binder_ = nullptr;
    YamlPane* text_ = nullptr;
    VisitedPlaces visited_;
    FileNotice* notice_ = nullptr;
    ConflictBar* conflicts_ = nullptr;
    Breadcrumbs* crumbs_ = nullptr;
    PropertiesPane* properties_ = nullptr;
    Outline* outline_ = nullptr;
    Findings* findings_ = nullptr;
    FindingsPanel* problems_ = nullptr;
    FileLanguage* language_ = nullptr;
    HistoryPanel* history_ = nullptr;
    VersionView* version_ = nullptr;
    ViewMode mode_ = ViewMode::Split;
    bool drawn_ = false;  // for the first time
    QPointer<ExtractDialog> extraction_;
    std::map<std::string, std::string> writtenBy_;  // steps of the history: the file each made
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::editor
