// SPDX-License-Identifier: MIT
// PromptEditor: a prompt as a list of cards, one for each part: its type, its fields, and buttons
// that move and remove it. UI thread.
#pragma once

#include <vector>

#include "field_editor.hpp"

class QComboBox;
class QFrame;
class QToolButton;
class QVBoxLayout;

namespace pe::editor {

class MappingForm;
class SharedNote;

class PromptEditor final : public FieldEditor {
    Q_OBJECT

public:
    PromptEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;
    void commit() override;

private:
    struct Card {
        QFrame* frame = nullptr;
        SharedNote* shared = nullptr;
        QComboBox* type = nullptr;
        MappingForm* form = nullptr;   // of a part that is a mapping
        FieldEditor* plain = nullptr;  // of anything else
        EditorForm plainForm = EditorForm::ReadOnly;
        QToolButton* up = nullptr;
        QToolButton* down = nullptr;
    };
    Card makeCard();
    void showPart(Card& card, yaml::NodeRef part);
    void addPart(const format::FieldSpec& type);
    void move(const QFrame* card, int by);
    void remove(const QFrame* card);
    void setType(const QFrame* card, const QString& type);
    yaml::NodeRef partOf(const QFrame* card) const;
    std::span<const yaml::NodeRef> parts() const;

    QVBoxLayout* column_;
    std::vector<Card> cards_;
};

}  // namespace pe::editor
