// SPDX-License-Identifier: MIT
#include "field_editors_list.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "field_editors_scalar.hpp"
#include "pe/yaml/pointer.hpp"
#include "shown_text.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr std::size_t kMostLinks = 30;

QString labelOf(const yaml::Forest& forest, yaml::NodeRef node) {
    const QString key = QString::fromStdString(yaml::keyText(forest, node));
    yaml::NodeRef name = yaml::child(forest, node, "name");
    if (name == yaml::kNoNode)
        name = yaml::child(forest, node, "id");
    const bool item = yaml::isSequence(forest.style(forest.parent(node)));
    return item ? shownText(forest, name) : key;
}

}  // namespace

ListEditor::ListEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kSpace1);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(Theme::kSpace1);
    column->addLayout(rows_);
    add_ = new QComboBox(this);
    add_->setEditable(true);
    add_->setInsertPolicy(QComboBox::NoInsert);
    add_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    add_->setMinimumContentsLength(8);
    for (const std::string& choice : spec().choices)
        add_->addItem(QString::fromStdString(choice));
    add_->setCurrentIndex(-1);
    add_->lineEdit()->setPlaceholderText(tr("Add, then Enter"));
    add_->setAccessibleName(tr("Add to %1").arg(QString::fromStdString(spec().title)));
    auto* line = new QHBoxLayout;
    line->setSpacing(0);
    line->addWidget(add_, 1);
    column->addLayout(line);
    setFocusProxy(add_);
    connect(add_->lineEdit(), &QLineEdit::returnPressed, this, &ListEditor::add);
    connect(add_, &QComboBox::activated, this, &ListEditor::add);
}

ListEditor::Row ListEditor::makeRow() {
    Row row;
    row.widget = new QWidget(this);
    format::FieldSpec itemSpec;
    itemSpec.title = spec().title;
    itemSpec.kind = format::FieldKind::TextList;
    row.editor = new LineEditor(context_, itemSpec, row.widget);
    auto* more = new QToolButton(row.widget);
    more->setText(QStringLiteral("⋯"));
    more->setAccessibleName(tr("Item actions"));
    more->setToolTip(more->accessibleName());
    more->setPopupMode(QToolButton::InstantPopup);
    more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(more);
    QWidget* widget = row.widget;
    menu->addAction(tr("Move up"), this, [this, widget] { move(itemOf(widget), -1); });
    menu->addAction(tr("Move down"), this, [this, widget] { move(itemOf(widget), 1); });
    menu->addAction(tr("Remove"), this,
                    [this, widget] { context_.run({document::Remove{itemOf(widget)}}); });
    more->setMenu(menu);
    auto* line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::kSpace1);
    line->addWidget(row.editor, 1);
    line->addWidget(more);
    return row;
}

void ListEditor::refresh() {
    const auto items = place().node == yaml::kNoNode ? std::span<const yaml::NodeRef>()
                                                     : forest().children(place().node);
    while (shown_.size() > items.size()) {
        rows_->removeWidget(shown_.back().widget);
        shown_.back().widget->hide();
        shown_.back().widget->deleteLater();
        shown_.pop_back();
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i == shown_.size()) {
            shown_.push_back(makeRow());
            rows_->addWidget(shown_.back().widget);
        }
        shown_[i].editor->bind({place().node, {}, items[i]});
    }
}

void ListEditor::commit() {
    for (const Row& row : shown_)
        row.editor->commit();
}

void ListEditor::add() {
    const QString text = add_->currentText();
    if (text.isEmpty())
        return;
    const yaml::Value item = valueLike(nullptr, format::FieldKind::Text, text.toStdString());
    const bool isList =
        place().node != yaml::kNoNode && yaml::isSequence(forest().style(place().node));
    bool taken = false;
    if (isList) {
        const auto items = forest().children(place().node);
        const yaml::NodeRef last = items.empty() ? yaml::kNoNode : items.back();
        taken = context_.run({document::Insert{place().node, last, {}, item}});
    } else {
        taken = setValue(yaml::Value::sequence({item}));
    }
    if (taken) {
        add_->setCurrentIndex(-1);
        add_->clearEditText();
    }
}

yaml::NodeRef ListEditor::itemOf(const QWidget* row) const {
    const auto found = std::find_if(shown_.begin(), shown_.end(),
                                    [row](const Row& each) { return each.widget == row; });
    return found == shown_.end() ? yaml::kNoNode : found->editor->place().node;
}

void ListEditor::move(yaml::NodeRef item, int by) {
    const auto items = forest().children(place().node);
    const auto at = std::find(items.begin(), items.end(), item) - items.begin();
    const auto count = static_cast<std::ptrdiff_t>(items.size());
    if (at == count || at + by < 0 || at + by >= count)
        return;
    const std::ptrdiff_t after = by < 0 ? at - 2 : at + 1;
    const yaml::NodeRef sibling =
        after < 0 ? yaml::kNoNode : items[static_cast<std::size_t>(after)];
    context_.run({document::Move{item, place().node, sibling, std::nullopt}});
}

NestedEditor::NestedEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent), links_(new QVBoxLayout(this)) {
    links_->setContentsMargins(0, 0, 0, 0);
    links_->setSpacing(0);
}

void NestedEditor::refresh() {
    std::vector<yaml::NodeRef> targets;
    QStringList labels;
    if (place().node != yaml::kNoNode) {
        yaml::NodeRef holder = place().node;
        const yaml::NodeRef steps = yaml::child(forest(), holder, "steps");
        if (steps != yaml::kNoNode)
            holder = steps;
        for (const yaml::NodeRef child : forest().children(holder)) {
            targets.push_back(child);
            const QString label = labelOf(forest(), child);
            labels.append(label.isEmpty() ? tr("(unnamed)") : label);
        }
    }
    if (labels == shown_ && links_->count() > 0)
        return;
    shown_ = labels;
    while (QLayoutItem* item = links_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const std::size_t count = std::min(targets.size(), kMostLinks);
    for (std::size_t i = 0; i < count; ++i) {
        auto* link = new QPushButton(labels[static_cast<int>(i)], this);
        link->setFlat(true);
        link->setProperty("link", true);
        link->setAccessibleName(tr("Show %1").arg(link->text()));
        connect(link, &QPushButton::clicked, this, [this, i] {
            yaml::NodeRef holder = place().node;
            const yaml::NodeRef steps = yaml::child(forest(), holder, "steps");
            if (steps != yaml::kNoNode)
                holder = steps;
            const auto now = forest().children(holder);
            if (i < now.size())
                context_.select(now[i]);
        });
        links_->addWidget(link);
    }
    if (targets.size() > count || targets.empty())
        links_->addWidget(new QLabel(
            targets.empty() ? tr("Nothing in it yet.")
                            : tr("and %n more", nullptr, static_cast<int>(targets.size() - count)),
            this));
}

}  // namespace pe::editor
