// SPDX-License-Identifier: MIT
// DockPanel: a dock whose title bar is a row of tabs, one for each of its panels. A panel shows the
// page of the file in front, or an explanation while there is none. Owned by the main window; UI
// thread.
#pragma once

#include <QDockWidget>
#include <vector>

class QStackedWidget;
class QTabBar;

namespace pe::editor {

class DockPanel final : public QDockWidget {
    Q_OBJECT

public:
    DockPanel(const QString& title, const QString& name, QWidget* parent);

    // Adds a panel and returns its number.
    int addPanel(const QString& title, const QString& whenEmpty);
    // The page stays the property of who made it; null shows the explanation.
    void setPage(int panel, QWidget* page);
    void setPanelTitle(int panel, const QString& title);
    void bringUp(int panel);
    int current() const;

private:
    QTabBar* tabs_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    std::vector<QStackedWidget*> panels_;
};

}  // namespace pe::editor
