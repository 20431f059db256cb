// SPDX-License-Identifier: MIT
// MainWindow: menus, header, docks, and a tab for every open file. What it does to a file goes
// through the FileView; what it does to files goes through the workspace. Owned by the program; UI
// thread.
#pragma once

#include <QFileSystemWatcher>
#include <QMainWindow>
#include <map>

#include "file_view.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/workspace/workspace.hpp"

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
class StartPage;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(workspace::Workspace& workspace, const format::Catalogue& catalogue);
    ~MainWindow() override;

    // Opens a file in a tab, or brings up the tab it has. A failure shows in the message bar.
    bool openFile(const QString& path);
    void newFile();
    // Brings back what was not saved when the program ended, and says what happened to the replica.
    void restoreUnsaved();
    FileView* current() const;
    void setTheme(const QString& name);  // "light" or "dark"
    void setViewMode(ViewMode mode);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildWindow();
    void buildDocks();
    void buildFileActions();
    void buildEditActions();
    void buildStepActions();
    void buildViewActions();
    void buildHelpActions();
    void buildMenus();
    void fillMenu(QMenu* menu, std::initializer_list<const char*> ids);
    void buildHeader();
    void restoreWindow();
    void storeWindow();

    FileView* addView(workspace::Session& session);
    void connectView(FileView* view);
    void showCurrent();  // header, docks, actions and title follow the tab in front
    void updateState();
    void updateTab(FileView* view);
    bool closeTab(int index);
    // Asks what to do with unsaved edits; false: stay. `discard`: throw them away.
    bool mayClose(FileView& view, bool& discard);

    void openWithDialog();
    bool save(FileView& view);
    bool saveAs(FileView& view);
    void handleConflict(FileView& view, const Error& error);
    void watch(const std::string& path);
    void pollDisk();
    void fillRecentMenu();
    void openPalette();
    void quickAdd(const StepPlace* place, const QPoint* globalPosition);
    void showStepMenu(const QPoint& globalPosition);
    void showMessage(const QString& sentence, bool problem);
    void showError(const Error& error);
    std::function<void()> inView(void (FileView::*method)());

    workspace::Workspace& workspace_;
    const format::Catalogue& catalogue_;
    Actions* actions_ = nullptr;
    HeaderBar* header_ = nullptr;
    MessageBar* messages_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    StartPage* start_ = nullptr;
    QTabWidget* tabs_ = nullptr;
    DockPanel* left_ = nullptr;
    DockPanel* right_ = nullptr;
    DockPanel* bottom_ = nullptr;
    LibraryPanel* library_ = nullptr;
    Palette* palette_ = nullptr;
    QMenu* recentMenu_ = nullptr;
    QFileSystemWatcher watcher_;
    bool arranged_ = false;  // the docks stand as the user left them, or were arranged once
};

}  // namespace pe::editor
