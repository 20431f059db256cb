// SPDX-License-Identifier: MIT
// ValueTree: any value as a tree of keys, values and types that can be edited: maps, JSON Schemas,
// and what the catalogue does not know. The model is a snapshot of the forest; commands change the
// document, and the next refresh shows it. UI thread.
#pragma once

#include <QAbstractItemModel>
#include <QStyledItemDelegate>
#include <vector>

#include "field_editor.hpp"

class QPushButton;
class QToolButton;
class QTreeView;

namespace pe::editor {

enum class ValueType { Text, Number, Boolean, Empty, List, Map, ReadOnly };
QString nameOf(ValueType type);

class ValueTreeModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { KeyColumn, ValueColumn, TypeColumn, ColumnCount };

    explicit ValueTreeModel(FormContext& context, QObject* parent);
    // Shows the entries below a collection; resets only if they are others than before.
    void showBelow(yaml::NodeRef root);
    yaml::NodeRef nodeOf(const QModelIndex& index) const;
    QModelIndex indexOf(yaml::NodeRef node) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Item {
        yaml::NodeRef node = yaml::kNoNode;
        int parent = -1;
        int row = 0;
        std::vector<int> children;
        QString key;
        QString value;
        ValueType type = ValueType::Text;
        bool named = false;  // has a key of its own
    };
    void add(std::vector<Item>& items, yaml::NodeRef node, int parent) const;
    const Item* item(const QModelIndex& index) const;

    FormContext& context_;
    std::vector<Item> items_ = {Item{}};  // the first is the root
};

// Combo boxes for types, a box of several lines for long texts.
class ValueTreeDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model,
                      const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
};

class TreeEditor final : public FieldEditor {
    Q_OBJECT

public:
    TreeEditor(FormContext& context, format::FieldSpec spec, QWidget* parent);
    void refresh() override;

private:
    void add();
    void remove();
    void move(int by);
    void fitHeight();
    void updateButtons();
    bool isCollection() const;

    ValueTreeModel* model_;
    QTreeView* view_;
    QPushButton* create_;
    QWidget* tools_;
    QToolButton* remove_;
    QToolButton* up_;
    QToolButton* down_;
    yaml::NodeRef shown_ = yaml::kNoNode;
};

}  // namespace pe::editor
