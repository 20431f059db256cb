// SPDX-License-Identifier: MIT
// PropertiesPane: the form of what is selected: a step, task, branch, or else the workflow. It is
// built from the catalogue and from what the file has, shows unknown fields too, and hides nothing.
// Shows only what the document says, after each ChangeSet; user input becomes commands. Owned by
// the file's view; UI thread.
#pragma once

#include <QPointer>
#include <QWidget>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "field_editor.hpp"
#include "field_editors_group.hpp"
#include "pe/base/signal.hpp"
#include "properties_pane_subject.hpp"

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace pe::editor {

class CommentEditor;
class FieldNotes;
class Findings;
class SharedNote;

class PropertiesPane final : public QWidget {
    Q_OBJECT

public:
    // ChangeSet::source of what is edited here.
    static constexpr std::uint32_t kSource = 102;

    PropertiesPane(document::Document& document, Selection& selection,
                   const format::Catalogue& catalogue, QWidget* parent = nullptr);
    ~PropertiesPane() override;

    // Shows what is wrong with each field, from now on; once, at the beginning.
    void setFindings(Findings& findings);
    // Asked with the new name of a step before it is renamed; true: the renamer sees to it.
    using Renamer = std::function<bool(yaml::NodeRef step, const QString& name)>;
    void setRenamer(Renamer renamer) { renamer_ = std::move(renamer); }
    // Hands in what is typed and not yet a command; call before saving.
    void commitPending();
    // Puts the cursor into the name of the step.
    void editName();

Q_SIGNALS:
    // What is to be done with the selected steps, while there are several.
    void duplicateRequested();
    void extractRequested();
    void removeRequested();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QWidget* makeHeader();
    QWidget* makeSeveral();
    bool run(Action action, const QString& label = {});
    void onChanged(const document::ChangeSet& change);
    void onSelectionChanged(const QObject* origin);
    void onFocusChanged(QWidget* now);
    void watchKeys(QWidget* field);
    bool takeKey(QLineEdit& line, const QKeyEvent& key);
    // Shows again what the document has; false if that was shown.
    bool cancelTyping(QLineEdit& line);
    // Shows the subject that the selection, or after a reset the remembered place, leads to.
    void showSubject();
    void showHeader();
    void showFields();
    void showFindings();
    void showMessage(const QString& message, bool isError);
    void showCurrentRow();
    void rename();
    void changeType();
    std::string stepType() const;
    std::string nameKey() const;

    document::Document& document_;
    Selection& selection_;
    FormContext context_;
    SubjectFinder finder_;
    FormSubject subject_;
    std::string subjectPointer_;  // finds the subject again when all nodes are void

    QLabel* message_;
    QScrollArea* scroll_;
    QWidget* body_;
    QLabel* icon_;
    QLabel* kind_;
    QLineEdit* name_;
    QComboBox* type_;
    QLabel* typeNote_;
    SharedNote* shared_;
    CommentEditor* comment_;
    FieldNotes* notes_ = nullptr;  // about the entry as such
    MappingForm* form_;
    FieldEditor* branch_;
    QWidget* several_;
    QLabel* severalText_;
    QPointer<FieldRow> currentRow_;
    bool delivering_ = false;
    bool followingFocus_ = false;
    bool refused_ = false;
    Renamer renamer_;
    Subscription changed_;
};

}  // namespace pe::editor
