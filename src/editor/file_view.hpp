// SPDX-License-Identifier: MIT
// FileView: everything that shows one open file: its graph and its text side by side, and the pages
// that the docks of the window show for it. Turns what the user asks for into commands of the
// document. Owned by the main window, one a session; UI thread.
#pragma once

#include <QWidget>
#include <vector>

#include "pe/editor/selection.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/workspace/workspace.hpp"
#include "step_commands.hpp"

class QSplitter;

namespace pe::editor {

class Canvas;
class CanvasBinder;
class HistoryPanel;
class Outline;
class ProblemsPanel;
class PropertiesPane;
class YamlPane;

enum class ViewMode { Split, Graph, Text };

class FileView final : public QWidget {
    Q_OBJECT

public:
    FileView(workspace::Session& session, workspace::Workspace& workspace,
             const format::Catalogue& catalogue, QWidget* parent = nullptr);
    ~FileView() override;

    workspace::Session& session() const { return session_; }
    Selection& selection() { return *selection_; }
    Canvas& canvas() const { return *canvas_; }
    CanvasBinder& binder() const { return *binder_; }
    YamlPane& text() const { return *text_; }
    // Pages of the docks; the window shows them, this view keeps them alive.
    QWidget* propertiesPage() const;
    Outline& outlinePage() const { return *outline_; }
    ProblemsPanel& problemsPage() const { return *problems_; }
    HistoryPanel& historyPage() const { return *history_; }

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
    void undo();
    void redo();
    void select(yaml::NodeRef node, bool centre = false);
    bool selectPointer(const std::string& pointer);
    void goToOffset(std::size_t offset);

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    void quickAddRequested(const StepPlace& place, const QPoint& globalPosition);
    void menuRequested(const QPoint& globalPosition);
    void propertiesRequested();
    void viewModeChanged();
    // What the header and the actions show may be different now.
    void stateChanged();
    void said(const QString& sentence);     // for the status bar
    void refused(const QString& sentence);  // likewise, something did not work

private:
    void connectCanvas();
    void connectSignals();
    bool run(const Result<document::Command>& command);
    void insert(std::vector<yaml::Value> steps, const StepPlace& place, const std::string& label);
    void restoreCollapsed();
    void storeCollapsed();
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
    PropertiesPane* properties_ = nullptr;
    Outline* outline_ = nullptr;
    ProblemsPanel* problems_ = nullptr;
    HistoryPanel* history_ = nullptr;
    ViewMode mode_ = ViewMode::Split;
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::editor
