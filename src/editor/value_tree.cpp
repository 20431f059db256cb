// SPDX-License-Identifier: MIT
#include "value_tree.hpp"

#include <QBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QTreeView>
#include <algorithm>
#include <set>

#include "icon_button.hpp"
#include "pe/yaml/pointer.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kMostRows = 12;

// A key that the mapping does not have yet.
std::string freeKey(const yaml::Forest& forest, yaml::NodeRef mapping) {
    for (int number = 1;; ++number) {
        const std::string key = number == 1 ? "key" : "key" + std::to_string(number);
        if (yaml::child(forest, mapping, key) == yaml::kNoNode)
            return key;
    }
}

int shownRows(const QTreeView& view, const QModelIndex& parent, int most) {
    int rows = 0;
    for (int row = 0; row < view.model()->rowCount(parent) && rows < most; ++row) {
        const QModelIndex index = view.model()->index(row, 0, parent);
        rows += 1 + (view.isExpanded(index) ? shownRows(view, index, most - rows) : 0);
    }
    return rows;
}

void collectExpanded(const QTreeView& view, const ValueTreeModel& model, const QModelIndex& parent,
                     std::set<yaml::NodeRef>& expanded) {
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (!view.isExpanded(index))
            continue;
        expanded.insert(model.nodeOf(index));
        collectExpanded(view, model, index, expanded);
    }
}

}  // namespace

TreeEditor::TreeEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent),
      model_(nullptr),
      view_(new QTreeView(this)),
      create_(new QPushButton(tr("Add entries"), this)),
      tools_(new QWidget(this)) {
    model_ = new ValueTreeModel(context, view_);
    view_->setModel(model_);
    view_->setItemDelegate(new ValueTreeDelegate(view_));
    view_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                           QAbstractItemView::SelectedClicked | QAbstractItemView::AnyKeyPressed);
    view_->setIndentation(14);
    view_->setUniformRowHeights(true);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setStyleSheet(
        QStringLiteral("QTreeView { border: 1px solid palette(mid); border-radius: 5px; }"));
    view_->setAccessibleName(
        QString::fromStdString(spec().title.empty() ? spec().key : spec().title));
    view_->header()->setStretchLastSection(false);
    view_->header()->setMinimumSectionSize(40);
    view_->header()->setSectionResizeMode(ValueTreeModel::KeyColumn, QHeaderView::Interactive);
    view_->header()->setSectionResizeMode(ValueTreeModel::ValueColumn, QHeaderView::Stretch);
    view_->header()->setSectionResizeMode(ValueTreeModel::TypeColumn, QHeaderView::Fixed);
    view_->header()->resizeSection(ValueTreeModel::KeyColumn, 104);
    view_->header()->resizeSection(
        ValueTreeModel::TypeColumn,
        fontMetrics().horizontalAdvance(nameOf(ValueType::Boolean)) + 18);
    auto* add = iconButton(QStringLiteral("ui/plus"), tr("Add entry"), tools_);
    up_ = iconButton(QStringLiteral("ui/up"), tr("Move entry up"), tools_);
    down_ = iconButton(QStringLiteral("ui/down"), tr("Move entry down"), tools_);
    remove_ = iconButton(QStringLiteral("ui/trash"), tr("Remove entry"), tools_);
    auto* line = new QHBoxLayout(tools_);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    for (QToolButton* button : {add, up_, down_, remove_})
        line->addWidget(button);
    line->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(view_);
    column->addWidget(tools_);
    column->addWidget(create_, 0, Qt::AlignLeft);
    setFocusProxy(view_);
    connect(add, &QToolButton::clicked, this, &TreeEditor::add);
    connect(remove_, &QToolButton::clicked, this, &TreeEditor::remove);
    connect(up_, &QToolButton::clicked, this, [this] { move(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { move(1); });
    connect(create_, &QPushButton::clicked, this, [this] { setValue(yaml::Value::mapping()); });
    connect(view_, &QTreeView::expanded, this, &TreeEditor::fitHeight);
    connect(view_, &QTreeView::collapsed, this, &TreeEditor::fitHeight);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TreeEditor::updateButtons);
}

bool TreeEditor::isCollection() const {
    return place().node != yaml::kNoNode && yaml::isCollection(forest().style(place().node));
}

void TreeEditor::refresh() {
    const bool collection = isCollection();
    view_->setVisible(collection);
    tools_->setVisible(collection);
    create_->setVisible(!collection);
    const bool another = shown_ != place().node;
    shown_ = place().node;
    std::set<yaml::NodeRef> expanded;
    collectExpanded(*view_, *model_, {}, expanded);
    const yaml::NodeRef current = model_->nodeOf(view_->currentIndex());
    const int scroll = view_->verticalScrollBar()->value();
    bool reset = false;
    const auto watch =
        connect(model_, &QAbstractItemModel::modelReset, this, [&reset] { reset = true; });
    model_->showBelow(collection ? place().node : yaml::kNoNode);
    disconnect(watch);
    if (another) {
        view_->expandToDepth(0);
    } else if (reset) {
        for (const yaml::NodeRef node : expanded)
            view_->expand(model_->indexOf(node));
        view_->setCurrentIndex(model_->indexOf(current));
        view_->verticalScrollBar()->setValue(scroll);
    }
    if (another || reset)
        fitHeight();
    updateButtons();
}

void TreeEditor::fitHeight() {
    const int row = std::max(view_->sizeHintForRow(0), fontMetrics().height() + 6);
    const int rows = std::clamp(shownRows(*view_, {}, kMostRows), 1, kMostRows);
    view_->setFixedHeight(view_->header()->sizeHint().height() + rows * row +
                          2 * view_->frameWidth() + 4);
}

void TreeEditor::updateButtons() {
    const QModelIndex current = view_->currentIndex();
    const int siblings = model_->rowCount(current.parent());
    remove_->setEnabled(current.isValid());
    up_->setEnabled(current.isValid() && current.row() > 0);
    down_->setEnabled(current.isValid() && current.row() + 1 < siblings);
}

// Adds into the current entry if that is a collection, else after it.
void TreeEditor::add() {
    const QModelIndex current = view_->currentIndex();
    yaml::NodeRef holder = current.isValid() ? model_->nodeOf(current) : place().node;
    yaml::NodeRef after = yaml::kNoNode;
    if (current.isValid() && !yaml::isCollection(forest().style(holder))) {
        after = holder;
        holder = forest().parent(holder);
    } else if (const auto children = forest().children(holder); !children.empty()) {
        after = children.back();
    }
    const bool named = yaml::isMapping(forest().style(holder));
    const std::string key = named ? freeKey(forest(), holder) : std::string();
    if (!context_.run({document::Insert{holder, after, key, yaml::Value::ofString("")}}))
        return;
    const auto children = forest().children(holder);
    const auto at = after == yaml::kNoNode ? children.begin()
                                           : std::find(children.begin(), children.end(), after) + 1;
    if (at >= children.end())
        return;
    const QModelIndex fresh = model_->indexOf(*at);
    view_->expand(fresh.parent());
    view_->setCurrentIndex(fresh);
    view_->edit(
        fresh.siblingAtColumn(named ? ValueTreeModel::KeyColumn : ValueTreeModel::ValueColumn));
}

void TreeEditor::remove() {
    if (view_->currentIndex().isValid())
        context_.run({document::Remove{model_->nodeOf(view_->currentIndex())}});
}

void TreeEditor::move(int by) {
    const QModelIndex current = view_->currentIndex();
    const yaml::NodeRef node = model_->nodeOf(current);
    const yaml::NodeRef holder = forest().parent(node);
    const auto siblings = forest().children(holder);
    const std::ptrdiff_t at = current.row();
    if (!current.isValid() || at + by < 0 ||
        at + by >= static_cast<std::ptrdiff_t>(siblings.size()))
        return;
    const std::ptrdiff_t after = by < 0 ? at - 2 : at + 1;
    context_.run({document::Move{
        node, holder, after < 0 ? yaml::kNoNode : siblings[static_cast<std::size_t>(after)],
        std::nullopt}});
}

}  // namespace pe::editor
