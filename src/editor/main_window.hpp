// SPDX-License-Identifier: MIT
// MainWindow: menus, header, docks, and a tab for every open file. What it does to a file goes
// through the FileView; what it does to files goes through the workspace. Owned by the program; UI
// thread.
#pragma once

#include <QFileSystemWatcher>
#include <QMainWindow>
#include <QTimer>
#include <map>
#include <optional>
#include <vector>

#include "file_view.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/workspace/workspace.hpp"
#include "questions.hpp"
#include "step_catalogues.hpp"

class QDialog;
class QMenu;
class QStackedWidget;
class QTabWidget;

namespace pe::editor {

class Actions;
class DockPanel;
class HeaderBar;
class LibraryPanel;
class MessageBar;
class Palette;
class ProblemCounts;
class StartPage;
class WorkspaceBrowser;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    // Everything given outlives the window. `catalogue`: the step types of every pipeline; teams
    // may have more.
    MainWindow(workspace::Workspace& workspace, const format::Catalogue& catalogue,
               Questions& questions);
    ~MainWindow() override;

    // Opens a file in a tab, or brings up the tab it has. A failure shows in the message bar.
    bool openFile(const QString& path);
    // Opens several; what failed is told in one message. False if any did.
    bool openFiles(const QStringList& paths);
    // Opens the files that were open when the program was last used.
    void reopenFiles();
    void newFile();
    // Brings back what was not saved when the program ended, and says what happened to the replica.
    void restoreUnsaved();
    FileView* current() const;
    void setTheme(const QString& name);  // "light" or "dark"
    void setViewMode(ViewMode mode);
    int fileCount() const;
    FileView* fileAt(int index) const;
    // Closes a tab, after asking about unsaved edits; false: it stays.
    bool closeTab(int index);
    bool save(FileView& view);
    bool saveAs(FileView& view);
    void pollDisk();
    // The list of all pipelines of this computer, with its search.
    void showBrowser();
    WorkspaceBrowser& browser() const { return *browser_; }
    // What the bar over all files says; empty if it is hidden.
    QString message() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildWindow();
    void buildBrowser();
    void buildDocks();
    void buildFileActions();
    void buildEditActions();
    void buildStepActions();
    void buildViewActions();
    void buildGoActions();
    void buildHelpActions();
    void buildLanguageActions();
    void renameInOthers(const std::map<std::string, std::vector<language::TextEdit>>& files);
    void buildMenus();
    void fillMenu(QMenu* menu, std::initializer_list<const char*> ids);
    void buildHeader();
    void restoreWindow();
    void storeWindow();

    void endSaveTrouble(const FileView& view);
    FileView* addView(workspace::Session& session);
    FileView* makeView(workspace::Session& session);
    // Tells what is wrong with them, once.
    StepCatalogues::Found typesFor(const std::string& path);
    // The step types that files may use can be others by now: a file moved, or a team changed them.
    void followStepTypes();
    void followStepTypesSoon();
    void replaceView(FileView* view);
    void connectView(FileView* view);
    void showCurrent();  // header, docks, actions and title follow the tab in front
    void updateState();
    void updateTab(FileView* view);
    // Asks what to do with the unsaved edits of these files, and saves them if that is the answer;
    // nothing: stay. Otherwise whether the edits are thrown away.
    std::optional<bool> mayClose(const std::vector<FileView*>& views);
    void removeTab(FileView* view, bool discard);

    Result<FileView*> open(const QString& path);
    Result<FileView*> openPipeline(const std::string& id);
    void openFound(const QString& id, const QString& line, const QString& word);
    void askToForget(const QString& id, const QString& title);
    void rebind(const QString& id);
    void openWithDialog();
    void openAt(const QString& path, std::size_t offset);
    // The pipeline file that a step of the view's file runs, with the way back, and with the step
    // of that name in sight, unless it is empty.
    void openNested(FileView& view, const QString& path, const QString& step);
    void useAnswer();
    void watch(const std::string& path);
    void storeFiles();
    void showDocks(bool file);
    void arrangeDocks();
    void fillRecentMenu();
    void openPalette();
    void quickAdd(const StepPlace* place, const QPoint* globalPosition);
    void showStepMenu(const QPoint& globalPosition);
    void showMessage(const QString& sentence, bool problem);
    void showError(const Error& error);
    std::function<void()> inView(void (FileView::*method)());

    workspace::Workspace& workspace_;
    StepCatalogues catalogues_;
    struct {
        const FileView* view = nullptr;  // compared only
        QString told;
    } saveTrouble_;
    std::map<std::string, QString> complaints_;  // about them, as told last, by file
    Questions& questions_;
    Actions* actions_ = nullptr;
    HeaderBar* header_ = nullptr;
    MessageBar* messages_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    StartPage* start_ = nullptr;
    QDialog* browserDialog_ = nullptr;
    WorkspaceBrowser* browser_ = nullptr;
    QTabWidget* tabs_ = nullptr;
    DockPanel* left_ = nullptr;
    DockPanel* right_ = nullptr;
    DockPanel* bottom_ = nullptr;
    LibraryPanel* library_ = nullptr;
    Palette* palette_ = nullptr;
    ProblemCounts* counts_ = nullptr;
    QMenu* recentMenu_ = nullptr;
    std::vector<QAction*> forText_;  // their keys work in the text pane only
    QFileSystemWatcher watcher_;
    QTimer pollTimer_;
    std::vector<DockPanel*> docksOfFiles_;  // hidden while no file is open
    bool arranged_ = false;  // the docks stand as the user left them, or were arranged once
};

}  // namespace pe::editor
