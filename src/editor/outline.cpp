// SPDX-License-Identifier: MIT
#include "outline.hpp"

#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "canvas_binder.hpp"
#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

Outline::Outline(CanvasBinder& binder, Selection& selection, QWidget* parent)
    : QWidget(parent), binder_(binder), selection_(selection) {
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Find a step"));
    search_->setClearButtonEnabled(true);
    search_->addAction(icon(QStringLiteral("ui/search")), QLineEdit::LeadingPosition);
    search_->setAccessibleName(tr("Find a step in the outline"));
    model_ = new OutlineModel(this);
    filtered_ = new QSortFilterProxyModel(this);
    filtered_->setRecursiveFilteringEnabled(true);
    filtered_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    filtered_->setSourceModel(model_);
    tree_ = new QTreeView(this);
    tree_->setModel(filtered_);
    tree_->setHeaderHidden(true);
    tree_->setProperty("flat", true);
    tree_->setUniformRowHeights(true);
    tree_->setIndentation(16);
    tree_->setIconSize(QSize(16, 16));
    tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tree_->setContextMenuPolicy(Qt::CustomContextMenu);
    tree_->setAccessibleName(tr("Outline of the pipeline"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace2, Theme::kSpace2, Theme::kSpace2, 0);
    column->setSpacing(Theme::kSpace2);
    column->addWidget(search_);
    column->addWidget(tree_);
    setFocusProxy(tree_);

    const auto show = [this] {
        model_->showScene(binder_.scene());
        if (model_->scene().steps.size() < 2000)
            tree_->expandAll();
        showSelection(nullptr);
    };
    connect(&binder_, &CanvasBinder::sceneChanged, this, show);
    connect(&selection_, &Selection::changed, this, &Outline::showSelection);
    connect(tree_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &Outline::takeSelection);
    connect(search_, &QLineEdit::textChanged, this, &Outline::filter);
    connect(search_, &QLineEdit::returnPressed, tree_, [this] { tree_->setFocus(); });
    connect(tree_, &QTreeView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT openRequested(model_->refOf(filtered_->mapToSource(index)));
    });
    connect(tree_, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        Q_EMIT menuRequested(tree_->viewport()->mapToGlobal(position));
    });
    show();
}

void Outline::filter(const QString& text) {
    filtered_->setFilterFixedString(text);
    if (text.isEmpty())
        return;
    tree_->expandAll();
    for (QModelIndex index = filtered_->index(0, 0); index.isValid();
         index = tree_->indexBelow(index)) {
        if (!index.data().toString().contains(text, Qt::CaseInsensitive))
            continue;
        tree_->setCurrentIndex(index);
        return;
    }
}

void Outline::showSelection(const QObject* origin) {
    if (origin == this)
        return;
    showing_ = true;
    QItemSelection chosen;
    const auto proxyOf = [this](yaml::NodeRef node) {
        return filtered_->mapFromSource(model_->indexOf(node));
    };
    for (const yaml::NodeRef node : binder_.shownSelection())
        if (const QModelIndex index = proxyOf(node); index.isValid())
            chosen.select(index, index);
    tree_->selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    if (!chosen.isEmpty()) {
        const QModelIndex first = chosen.indexes().front();
        tree_->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
        if (isVisible())
            tree_->scrollTo(first);
    }
    showing_ = false;
}

void Outline::takeSelection() {
    if (showing_)
        return;
    std::vector<yaml::NodeRef> steps;
    for (const QModelIndex& index : tree_->selectionModel()->selectedIndexes())
        steps.push_back(model_->refOf(filtered_->mapToSource(index)));
    yaml::NodeRef current = model_->refOf(filtered_->mapToSource(tree_->currentIndex()));
    if (std::find(steps.begin(), steps.end(), current) == steps.end())
        current = steps.empty() ? yaml::kNoNode : steps.front();
    selection_.selectSteps(steps, current, this);
}

}  // namespace pe::editor
