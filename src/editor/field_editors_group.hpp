// SPDX-License-Identifier: MIT
// MappingForm: the fields of one mapping as rows of editors under headings, with a line that adds
// fields. Rows are kept while their field keeps its shape, so what is being typed is never
// disturbed. FieldRow: one field with its title, help and actions. GroupEditor: a mapping inside a
// form. UI thread.
#pragma once

#include <QStringList>
#include <map>
#include <vector>

#include "field_editor.hpp"
#include "pe/check/diagnostic.hpp"

class QLabel;
class QLineEdit;
class QPushButton;
class QStandardItemModel;
class QToolButton;
class QVBoxLayout;

namespace pe::editor {

class FieldNotes;
class SharedNote;

class FieldRow final : public QWidget {
    Q_OBJECT

public:
    FieldRow(FormContext& context, const format::FieldSpec& spec, EditorForm form, bool known,
             QWidget* parent);
    FieldEditor* editor() const { return editor_; }
    EditorForm form() const { return form_; }
    const format::FieldSpec& spec() const { return spec_; }
    void bind(FieldPlace place);
    // Marks the row whose entry is selected.
    void setCurrent(bool current);
    // What is wrong with the field and everything in it that has no row of its own.
    void showFindings(std::vector<check::Diagnostic> about);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fillMenu(QToolButton* more, bool known);
    void toggleHelp();
    void askForKey();

    FormContext& context_;
    format::FieldSpec spec_;
    EditorForm form_;
    FieldEditor* editor_;
    QLabel* title_;
    QLabel* help_ = nullptr;
    SharedNote* shared_;
    FieldNotes* notes_ = nullptr;
};

class MappingForm final : public QWidget {
    Q_OBJECT

public:
    MappingForm(FormContext& context, QWidget* parent);
    // Shows a mapping by these specifications; `skipped` keys are shown elsewhere.
    void showMapping(yaml::NodeRef mapping, std::vector<const format::FieldSpec*> specs,
                     QStringList skipped);
    void commit();
    // The row that shows an entry or something inside it; null if it is not in this form.
    FieldRow* rowFor(yaml::NodeRef node) const;
    FieldRow* rowFor(const std::string& key) const;

private:
    struct Wanted {
        std::string id;  // key, with a count for equal keys
        std::string group;
        format::FieldSpec spec;
        FieldPlace place;
        bool known = true;
    };
    std::vector<Wanted> wantedRows() const;
    FieldRow* rowOf(const Wanted& wanted);
    void arrange(const std::vector<Wanted>& wanted);
    void fillAddable();
    void addField(const QString& typed);

    FormContext& context_;
    yaml::NodeRef mapping_ = yaml::kNoNode;
    std::vector<const format::FieldSpec*> specs_;
    QStringList skipped_;
    QVBoxLayout* rows_;
    std::map<std::string, FieldRow*> byId_;
    std::vector<QLabel*> headings_;
    std::vector<std::string> arranged_;
    QLineEdit* add_;
    QStandardItemModel* addable_;
    QStringList addableKeys_;
};

class GroupEditor final : public FieldEditor {
    Q_OBJECT

public:
    GroupEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;
    void commit() override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MappingForm* form_;
    QPushButton* create_;
};

}  // namespace pe::editor
