// SPDX-License-Identifier: MIT
// Actions: the one list of everything the window can do, by id. Menus, buttons, shortcuts and the
// palette all take their actions from here. Owned by the main window; UI thread.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <vector>

namespace pe::editor {

enum class Needs {
    Nothing,
    File,   // enabled while a file is open
    Steps,  // enabled while steps are selected
};

class Actions final : public QObject {
    Q_OBJECT

public:
    explicit Actions(QObject* parent) : QObject(parent) {}

    QAction* add(const QString& id, const QString& text, const QString& iconName,
                 const QList<QKeySequence>& keys, Needs needs, std::function<void()> run);
    // Like add(), with keys that work only while a graph or an outline has the focus, so that they
    // keep their own meaning in text fields.
    QAction* addForGraph(const QString& id, const QString& text, const QString& iconName,
                         const QList<QKeySequence>& keys, Needs needs, std::function<void()> run);
    QAction* operator[](const QString& id) const { return byId_.at(id); }
    const std::vector<QAction*>& all() const { return all_; }
    // To be added to every graph and outline.
    const std::vector<QAction*>& forGraph() const { return forGraph_; }
    void enable(bool file, bool steps);

private:
    std::map<QString, QAction*> byId_;
    std::vector<QAction*> all_;
    std::vector<QAction*> forGraph_;
    std::map<QAction*, Needs> needs_;
};

}  // namespace pe::editor
