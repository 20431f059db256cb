// SPDX-License-Identifier: MIT
// WorkspaceBrowser: every pipeline that this computer knows, and a field that searches all of them
// as one types. Enter opens the chosen one where the words were found. On the start page, and over
// the window on Ctrl+P. Asks its owner to do things; UI thread.
#pragma once

#include <QTimer>
#include <QWidget>

#include "pe/workspace/workspace.hpp"

class QLabel;
class QLineEdit;
class QListView;
class QMenu;

namespace pe::editor {

class WorkspaceModel;

class WorkspaceBrowser final : public QWidget {
    Q_OBJECT

public:
    explicit WorkspaceBrowser(workspace::Workspace& workspace, QWidget* parent = nullptr);

    void reload();
    void setQuery(const QString& query);
    QLineEdit& field() const { return *field_; }
    QListView& list() const { return *list_; }
    const WorkspaceModel& model() const { return *model_; }
    // Opens what is chosen, or the first.
    void openChosen();
    // What can be done with a row.
    void fillMenu(QMenu& menu, int row);

Q_SIGNALS:
    // `line`: what was found in the pipeline, `word`: the part of it that was searched for.
    void openRequested(const QString& id, const QString& line, const QString& word);
    void forgetRequested(const QString& id, const QString& title);
    void rebindRequested(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void showWords(const QString& words);
    void open(int row);

    WorkspaceModel* model_;
    QLineEdit* field_;
    QListView* list_;
    QLabel* nothing_;
    QTimer searchSoon_;
};

}  // namespace pe::editor
