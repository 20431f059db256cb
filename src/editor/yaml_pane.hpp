// SPDX-License-Identifier: MIT
// YamlPane: the text of an open file. Typing becomes Document::replaceText within the keystroke;
// the shown text changes only by the patches of a ChangeSet, whoever made it. Its cursor selects
// the entry it stands in; a selection made elsewhere is scrolled to and marked, without taking the
// focus. Undo and redo are the document's. Owned by the file's view; UI thread.
#pragma once

#include <QFont>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "cursor_memory.hpp"
#include "pe/base/signal.hpp"
#include "pe/document/document.hpp"
#include "pe/editor/selection.hpp"

class QFrame;
class QLabel;
class QPushButton;

namespace pe::editor {

class FindBar;
class Findings;
class YamlEdit;

class YamlPane final : public QWidget {
    Q_OBJECT

public:
    // ChangeSet::source of what is typed here.
    static constexpr std::uint32_t kSource = 101;

    YamlPane(document::Document& document, Selection& selection, QWidget* parent = nullptr);

    YamlEdit* edit() const { return edit_; }
    // Shows these from now on, not only the problems of the YAML; they outlive the pane.
    void setFindings(Findings* findings);
    // Puts the cursor at a byte of the text, shows it and takes the focus.
    void goTo(std::size_t offset);
    // Brings a large text into the editor, which takes its time; a small one is there at once.
    void load();
    void openFind();
    void openReplace();
    void askForLine();
    void zoom(int steps);  // 0: back to the usual size

protected:
    void changeEvent(QEvent* event) override;

private:
    void loadIfDifferent();
    void onChanged(const document::ChangeSet& change);
    void onSelectionChanged(const QObject* origin);
    void onCursorMoved();
    void showProblems();
    void showDraft();
    void markEntry(yaml::NodeRef node);
    void addShortcuts();

    document::Document& document_;
    Selection& selection_;
    YamlEdit* edit_;
    CursorMemory cursors_;
    FindBar* findBar_;
    QFrame* banner_;
    QLabel* bannerText_;
    QPushButton* bannerGoTo_;
    QPushButton* bannerDiscard_;
    Findings* findings_ = nullptr;
    QFont usualFont_;
    bool loaded_ = false;  // the text is in the editor
    QTimer problemsSoon_;
    Subscription changed_;
};

}  // namespace pe::editor
