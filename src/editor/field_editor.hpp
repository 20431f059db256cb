// SPDX-License-Identifier: MIT
// FieldEditor: edits one field of a mapping of the document. It shows what the forest holds and
// turns what the user does into commands; it changes its display only in refresh(), which the form
// calls after each ChangeSet. Owned by the row of a form; UI thread.
#pragma once

#include <QWidget>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pe/document/document.hpp"
#include "pe/editor/selection.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/value.hpp"

namespace pe::editor {

// What a Command does, without its label and source.
using Action = decltype(document::Command::what);

class Findings;

// What all editors of one form share. Outlives them.
struct FormContext {
    document::Document& document;
    const format::Catalogue& catalogue;
    // Runs an action as the form's; false if it was refused, which the form then explains.
    std::function<bool(Action)> run;
    std::function<void(yaml::NodeRef)> select;
    Findings* findings = nullptr;  // null: the form shows none

    const yaml::Forest& forest() const { return document.forest(); }
};

// Where a field stands: in a mapping under a key; `node` is its entry, kNoNode while it is not
// there. Items of lists have no key.
struct FieldPlace {
    yaml::NodeRef mapping = yaml::kNoNode;
    std::string key;
    yaml::NodeRef node = yaml::kNoNode;
};

// The shapes of editors. Which one a field gets depends on its specification and on the value it
// has.
enum class EditorForm {
    ReadOnly,
    Line,
    Lines,
    Number,
    Check,
    Combo,
    List,
    Prompt,
    Group,
    Nested,
    Tree
};

class FieldEditor : public QWidget {
    Q_OBJECT

public:
    FieldEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);

    const format::FieldSpec& spec() const { return spec_; }
    const FieldPlace& place() const { return place_; }
    // Shows another place of the same form; what is being typed is finished first.
    void bind(FieldPlace place);
    // Shows what the forest holds now. Does nothing where that is shown already.
    virtual void refresh() = 0;
    // Turns what was typed, but not yet handed in, into a command.
    virtual void commit() {}

protected:
    const yaml::Forest& forest() const { return context_.forest(); }
    // The text of a scalar, as decoded; empty if there is none.
    QString text() const;
    std::optional<yaml::Value> value() const;
    // Gives the field a value, adding it where it is missing.
    bool setValue(yaml::Value value);
    // As setValue, with the type the field has: a number stays a number.
    bool setText(const QString& text);

    FormContext& context_;

private:
    format::FieldSpec spec_;
    FieldPlace place_;
};

EditorForm formFor(const format::FieldSpec& spec, const yaml::Forest& forest, yaml::NodeRef node);
FieldEditor* createEditor(EditorForm form, FormContext& context, const format::FieldSpec& spec,
                          QWidget* parent);

// The specification for a key that the catalogue does not know, guessed from its value.
format::FieldSpec guessedSpec(const yaml::Forest& forest, yaml::NodeRef node);

// The value for a typed text: of the type of the present value where the text allows it.
yaml::Value valueLike(const yaml::Value* current, format::FieldKind kind, const std::string& text);
// The first value of a new field.
yaml::Value initialValue(const format::FieldSpec& spec);

// The names of all steps, in the order of the text.
QStringList stepNames(const yaml::Forest& forest, const format::Catalogue& catalogue);

}  // namespace pe::editor
