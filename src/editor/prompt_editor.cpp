// SPDX-License-Identifier: MIT
#include "prompt_editor.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "field_editors_group.hpp"
#include "field_editors_scalar.hpp"
#include "icon_button.hpp"
#include "icons.hpp"
#include "pe/yaml/pointer.hpp"
#include "shared_note.hpp"
#include "theme.hpp"
#include "value_tree.hpp"

namespace pe::editor {

namespace {

QString titleOf(const format::FieldSpec& part) {
    return QString::fromStdString(part.title.empty() ? part.key : part.title);
}

}  // namespace

PromptEditor::PromptEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent), column_(new QVBoxLayout) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Theme::kSpace2);
    column_->setSpacing(Theme::kSpace2);
    rows->addLayout(column_);
    auto* add = new QPushButton(icon(QStringLiteral("ui/plus")), tr("Add part"), this);
    auto* menu = new QMenu(add);
    for (const format::FieldSpec& part : context.catalogue.promptParts()) {
        QAction* action = menu->addAction(titleOf(part), this, [this, &part] { addPart(part); });
        action->setToolTip(QString::fromStdString(part.documentation));
    }
    menu->setToolTipsVisible(true);
    add->setMenu(menu);
    add->setProperty("popup", true);
    rows->addWidget(add, 0, Qt::AlignLeft);
    setFocusProxy(add);
}

std::span<const yaml::NodeRef> PromptEditor::parts() const {
    const yaml::NodeRef node = place().node;
    if (node == yaml::kNoNode || !yaml::isSequence(forest().style(node)))
        return {};
    return forest().children(node);
}

PromptEditor::Card PromptEditor::makeCard() {
    Card card;
    card.frame = new QFrame(this);
    card.frame->setObjectName(QStringLiteral("card"));
    card.frame->setStyleSheet(
        QStringLiteral("#card { border: 1px solid palette(mid); border-radius: 6px; "
                       "background: palette(alternate-base); }"));
    card.type = new QComboBox(card.frame);
    card.type->setAccessibleName(tr("Type of this part"));
    card.type->setEditable(true);
    card.type->setInsertPolicy(QComboBox::NoInsert);
    card.type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    card.type->setMinimumContentsLength(6);
    for (const format::FieldSpec& part : context_.catalogue.promptParts())
        card.type->addItem(QString::fromStdString(part.key));
    card.up = iconButton(QStringLiteral("ui/up"), tr("Move part up"), card.frame);
    card.down = iconButton(QStringLiteral("ui/down"), tr("Move part down"), card.frame);
    auto* trash = iconButton(QStringLiteral("ui/trash"), tr("Remove part"), card.frame);
    auto* line = new QHBoxLayout;
    line->setSpacing(2);
    line->addWidget(card.type, 1);
    line->addWidget(card.up);
    line->addWidget(card.down);
    line->addWidget(trash);
    auto* rows = new QVBoxLayout(card.frame);
    rows->setContentsMargins(Theme::kSpace2, Theme::kSpace2, Theme::kSpace2, Theme::kSpace2);
    rows->setSpacing(Theme::kSpace2);
    rows->addLayout(line);
    card.shared = new SharedNote(card.frame);
    rows->addWidget(card.shared);
    QFrame* frame = card.frame;
    QComboBox* type = card.type;
    connect(card.up, &QToolButton::clicked, this, [this, frame] { move(frame, -1); });
    connect(card.down, &QToolButton::clicked, this, [this, frame] { move(frame, 1); });
    connect(trash, &QToolButton::clicked, this, [this, frame] { remove(frame); });
    connect(type, &QComboBox::activated, this,
            [this, frame, type] { setType(frame, type->currentText()); });
    connect(type->lineEdit(), &QLineEdit::editingFinished, this,
            [this, frame, type] { setType(frame, type->currentText()); });
    return card;
}

void PromptEditor::refresh() {
    const auto items = parts();
    while (cards_.size() > items.size()) {
        column_->removeWidget(cards_.back().frame);
        cards_.back().frame->hide();
        cards_.back().frame->deleteLater();
        cards_.pop_back();
    }
    while (cards_.size() < items.size()) {
        cards_.push_back(makeCard());
        column_->addWidget(cards_.back().frame);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        cards_[i].up->setEnabled(i > 0);
        cards_[i].down->setEnabled(i + 1 < items.size());
        showPart(cards_[i], items[i]);
    }
}

void PromptEditor::showPart(Card& card, yaml::NodeRef part) {
    const bool mapping = yaml::isMapping(forest().style(part));
    card.shared->showOf(forest(), part);
    card.type->setEnabled(mapping);
    if (!mapping) {
        if (card.form != nullptr)
            card.form->hide();
        format::FieldSpec any;
        any.title = tr("Part").toStdString();
        const EditorForm form = formFor(any, forest(), part);
        if (card.plain == nullptr || card.plainForm != form) {
            if (card.plain != nullptr)
                card.plain->deleteLater();
            card.plain = createEditor(form, context_, any, card.frame);
            card.plainForm = form;
            card.frame->layout()->addWidget(card.plain);
        }
        card.plain->show();
        card.plain->bind({place().node, {}, part});
        return;
    }
    if (card.plain != nullptr)
        card.plain->hide();
    if (card.form == nullptr) {
        card.form = new MappingForm(context_, card.frame);
        card.frame->layout()->addWidget(card.form);
    }
    const yaml::NodeRef typeNode = yaml::child(forest(), part, "type");
    const std::string type =
        typeNode == yaml::kNoNode ? std::string() : yaml::scalarText(forest(), typeNode);
    if (!card.type->lineEdit()->isModified())
        showText(*card.type, QString::fromStdString(type));
    std::vector<const format::FieldSpec*> specs;
    for (const format::FieldSpec& each : context_.catalogue.promptParts())
        if (each.key == type)
            for (const format::FieldSpec& field : each.fields)
                specs.push_back(&field);
    card.form->showMapping(part, std::move(specs), {QStringLiteral("type")});
    card.form->setVisible(true);
}

void PromptEditor::commit() {
    for (const Card& card : cards_)
        if (card.form != nullptr)
            card.form->commit();
}

void PromptEditor::addPart(const format::FieldSpec& type) {
    std::vector<std::pair<yaml::Value, yaml::Value>> entries;
    entries.emplace_back(yaml::Value::ofString("type"), yaml::Value::ofString(type.key));
    for (const format::FieldSpec& field : type.fields)
        if (field.required && field.key != "type")
            entries.emplace_back(yaml::Value::ofString(field.key), initialValue(field));
    yaml::Value part = yaml::Value::mapping(std::move(entries));
    const auto items = parts();
    if (place().node != yaml::kNoNode && yaml::isSequence(forest().style(place().node)))
        context_.run({document::Insert{
            place().node, items.empty() ? yaml::kNoNode : items.back(), {}, std::move(part)}});
    else
        setValue(yaml::Value::sequence({std::move(part)}));
}

yaml::NodeRef PromptEditor::partOf(const QFrame* card) const {
    const auto found = std::find_if(cards_.begin(), cards_.end(),
                                    [card](const Card& each) { return each.frame == card; });
    const auto index = static_cast<std::size_t>(found - cards_.begin());
    return index < parts().size() ? parts()[index] : yaml::kNoNode;
}

void PromptEditor::move(const QFrame* card, int by) {
    const auto items = parts();
    const yaml::NodeRef part = partOf(card);
    const auto at = std::find(items.begin(), items.end(), part) - items.begin();
    const auto count = static_cast<std::ptrdiff_t>(items.size());
    if (at == count || at + by < 0 || at + by >= count)
        return;
    const std::ptrdiff_t after = by < 0 ? at - 2 : at + 1;
    context_.run({document::Move{part, place().node,
                                 after < 0 ? yaml::kNoNode : items[static_cast<std::size_t>(after)],
                                 std::nullopt}});
}

void PromptEditor::remove(const QFrame* card) {
    if (const yaml::NodeRef part = partOf(card); part != yaml::kNoNode)
        context_.run({document::Remove{part}});
}

void PromptEditor::setType(const QFrame* card, const QString& type) {
    const yaml::NodeRef part = partOf(card);
    for (const Card& each : cards_)
        if (each.frame == card)
            settle(*each.type->lineEdit());
    if (part == yaml::kNoNode || type.isEmpty())
        return;
    const yaml::NodeRef now = yaml::child(forest(), part, "type");
    if (now == yaml::kNoNode || yaml::scalarText(forest(), now) != type.toStdString())
        context_.run({document::SetField{part, "type", yaml::Value::ofString(type.toStdString())}});
}

}  // namespace pe::editor
