// SPDX-License-Identifier: MIT
#include "library_panel.hpp"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <utility>

#include "canvas.hpp"
#include "icons.hpp"
#include "step_look.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kTypeRole = Qt::UserRole;
constexpr int kSearchRole = Qt::UserRole + 1;

// Items carry their step type away when they are dragged.
class TypeTree final : public QTreeWidget {
public:
    using QTreeWidget::QTreeWidget;

protected:
    QStringList mimeTypes() const override { return {QLatin1String(kStepTypeMime)}; }
    QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override {
        auto* carried = new QMimeData;
        if (!items.isEmpty())
            carried->setData(QLatin1String(kStepTypeMime),
                             items.front()->data(0, kTypeRole).toString().toUtf8());
        return carried;
    }
};

QTreeWidgetItem* heading(QTreeWidget* tree, const QString& text) {
    auto* item = new QTreeWidgetItem(tree, {text});
    item->setFlags(Qt::ItemIsEnabled);
    QFont font = Theme::smallFont();
    font.setWeight(QFont::DemiBold);
    item->setFont(0, font);
    item->setFirstColumnSpanned(true);
    return item;
}

QString describe(const format::StepType& type) {
    QString text = QStringLiteral("<b>%1</b><br>%2")
                       .arg(QString::fromStdString(type.title).toHtmlEscaped(),
                            QString::fromStdString(type.documentation).toHtmlEscaped());
    if (!type.engineNote.empty())
        text += QStringLiteral("<br><i>%1</i>")
                    .arg(QString::fromStdString(type.engineNote).toHtmlEscaped());
    return text;
}

}  // namespace

LibraryPanel::LibraryPanel(const format::Catalogue& catalogue, QWidget* parent) : QWidget(parent) {
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search steps"));
    search_->setClearButtonEnabled(true);
    search_->addAction(icon(QStringLiteral("ui/search")), QLineEdit::LeadingPosition);
    search_->setAccessibleName(tr("Search step types"));
    tree_ = new TypeTree(this);
    tree_->setHeaderHidden(true);
    tree_->setProperty("flat", true);
    tree_->setIndentation(10);
    tree_->setRootIsDecorated(false);
    tree_->setIconSize(QSize(18, 18));
    tree_->setDragEnabled(true);
    tree_->setDragDropMode(QAbstractItemView::DragOnly);
    tree_->setUniformRowHeights(true);
    tree_->setAccessibleName(tr("Step types"));
    auto* nothing = new QLabel(tr("No step type matches."), this);
    nothing->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    nothing->setContentsMargins(0, Theme::kSpace4, 0, 0);
    nothing_ = nothing;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace2, Theme::kSpace2, Theme::kSpace2, 0);
    column->setSpacing(Theme::kSpace2);
    column->addWidget(search_);
    column->addWidget(nothing_, 1);
    column->addWidget(tree_, 1);
    showTypes(catalogue);
    connect(search_, &QLineEdit::textChanged, this, &LibraryPanel::filter);
    connect(search_, &QLineEdit::returnPressed, this, &LibraryPanel::choose);
    connect(tree_, &QTreeWidget::itemActivated, this, &LibraryPanel::choose);
}

void LibraryPanel::showTypes(const format::Catalogue& catalogue) {
    if (std::exchange(shown_, &catalogue) == &catalogue)
        return;
    tree_->clear();
    QHash<QString, QTreeWidgetItem*> headings;
    for (const format::StepType& type : catalogue.stepTypes()) {
        const QString category = QString::fromStdString(type.category);
        QTreeWidgetItem*& parent = headings[category];
        if (!parent)
            parent = heading(tree_, category);
        const QString title = QString::fromStdString(type.title);
        auto* item = new QTreeWidgetItem(parent, {title});
        item->setIcon(0, stepIcon(type));
        item->setData(0, kTypeRole, QString::fromStdString(type.id));
        item->setData(0, kSearchRole,
                      title + u' ' + QString::fromStdString(type.id) + u' ' +
                          QString::fromStdString(type.documentation));
        item->setToolTip(0, describe(type));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
    }
    tree_->expandAll();
    filter(search_->text());
}

void LibraryPanel::filter(const QString& text) {
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = tree_->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            QTreeWidgetItem* item = group->child(j);
            const bool match =
                item->data(0, kSearchRole).toString().contains(text, Qt::CaseInsensitive);
            item->setHidden(!match);
            any = any || match;
            if (match && !first)
                first = item;
        }
        group->setHidden(!any);
    }
    nothing_->setVisible(!first);
    tree_->setVisible(first);
    tree_->setCurrentItem(text.isEmpty() ? nullptr : first);
}

void LibraryPanel::choose() {
    const QTreeWidgetItem* item = tree_->currentItem();
    if (!item || item->isHidden())
        return;
    const QString type = item->data(0, kTypeRole).toString();
    if (!type.isEmpty())
        Q_EMIT typeChosen(type);
}

void LibraryPanel::focusSearch() {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

}  // namespace pe::editor
