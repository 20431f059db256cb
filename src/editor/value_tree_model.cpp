// SPDX-License-Identifier: MIT
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

#include "theme.hpp"
#include "value_tree.hpp"

namespace pe::editor {

using yaml::Value;

namespace {

constexpr ValueType kChoosable[] = {ValueType::Text,  ValueType::Number, ValueType::Boolean,
                                    ValueType::Empty, ValueType::List,   ValueType::Map};

ValueType typeOf(const yaml::Forest& forest, yaml::NodeRef node) {
    const yaml::Style style = forest.style(node);
    if (style == yaml::Style::Alias || style == yaml::Style::Opaque)
        return ValueType::ReadOnly;
    if (yaml::isMapping(style))
        return ValueType::Map;
    if (yaml::isSequence(style))
        return ValueType::List;
    const auto value = yaml::valueOf(forest, node);
    if (!value)
        return ValueType::Text;
    switch (value->kind) {
        case Value::Kind::Boolean:
            return ValueType::Boolean;
        case Value::Kind::Integer:
        case Value::Kind::Float:
        case Value::Kind::Atom:
            return ValueType::Number;
        case Value::Kind::Null:
            return ValueType::Empty;
        default:
            return ValueType::Text;
    }
}

// What is left of a value when its type is changed.
Value converted(ValueType type, const QString& text) {
    const Value parsed = yaml::resolvePlain(text.toStdString());
    switch (type) {
        case ValueType::Number:
            return parsed.kind == Value::Kind::Integer || parsed.kind == Value::Kind::Float
                       ? parsed
                       : Value::ofInteger("0");
        case ValueType::Boolean:
            return Value::ofBoolean(text.compare(u"true", Qt::CaseInsensitive) == 0);
        case ValueType::Empty:
            return Value::null();
        case ValueType::List:
            return text.isEmpty() ? Value::sequence()
                                  : Value::sequence({Value::ofString(text.toStdString())});
        case ValueType::Map:
            return Value::mapping();
        default:
            return Value::ofString(text.toStdString());
    }
}

}  // namespace

QString nameOf(ValueType type) {
    switch (type) {
        case ValueType::Text:
            return ValueTreeModel::tr("text");
        case ValueType::Number:
            return ValueTreeModel::tr("number");
        case ValueType::Boolean:
            return ValueTreeModel::tr("true/false");
        case ValueType::Empty:
            return ValueTreeModel::tr("empty");
        case ValueType::List:
            return ValueTreeModel::tr("list");
        case ValueType::Map:
            return ValueTreeModel::tr("map");
        case ValueType::ReadOnly:
            break;
    }
    return ValueTreeModel::tr("text only");
}

ValueTreeModel::ValueTreeModel(FormContext& context, QObject* parent)
    : QAbstractItemModel(parent), context_(context) {}

void ValueTreeModel::add(std::vector<Item>& items, yaml::NodeRef node, int parent) const {
    const yaml::Forest& forest = context_.forest();
    for (const yaml::NodeRef child : forest.children(node)) {
        Item item;
        item.node = child;
        item.parent = parent;
        const auto index = static_cast<int>(items.size());
        item.row = static_cast<int>(items[static_cast<std::size_t>(parent)].children.size());
        item.named = yaml::isMapping(forest.style(node));
        item.key = item.named ? QString::fromStdString(yaml::keyText(forest, child))
                              : QString::number(item.row + 1);
        item.type = typeOf(forest, child);
        const bool nested = item.type == ValueType::List || item.type == ValueType::Map;
        if (item.type == ValueType::ReadOnly) {
            const auto raw = forest.lexeme(child).raw;
            item.value = QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
        } else if (!nested) {
            item.value = QString::fromStdString(yaml::scalarText(forest, child));
        }
        items[static_cast<std::size_t>(parent)].children.push_back(index);
        items.push_back(std::move(item));
        if (nested)
            add(items, child, index);
    }
}

void ValueTreeModel::showBelow(yaml::NodeRef root) {
    std::vector<Item> fresh = {Item{}};
    fresh[0].node = root;
    if (root != yaml::kNoNode)
        add(fresh, root, 0);
    const bool same = std::equal(
        items_.begin(), items_.end(), fresh.begin(), fresh.end(), [](const Item& a, const Item& b) {
            return a.node == b.node && a.parent == b.parent && a.named == b.named;
        });
    if (!same) {
        beginResetModel();
        items_ = std::move(fresh);
        endResetModel();
        return;
    }
    for (std::size_t i = 1; i < fresh.size(); ++i) {
        const bool changed = fresh[i].key != items_[i].key || fresh[i].value != items_[i].value ||
                             fresh[i].type != items_[i].type;
        items_[i] = std::move(fresh[i]);
        if (changed)
            Q_EMIT dataChanged(createIndex(items_[i].row, 0, i),
                               createIndex(items_[i].row, ColumnCount - 1, i));
    }
}

const ValueTreeModel::Item* ValueTreeModel::item(const QModelIndex& index) const {
    return index.isValid() && index.internalId() < items_.size() ? &items_[index.internalId()]
                                                                 : nullptr;
}

yaml::NodeRef ValueTreeModel::nodeOf(const QModelIndex& index) const {
    const Item* found = item(index);
    return found == nullptr ? items_[0].node : found->node;
}

QModelIndex ValueTreeModel::indexOf(yaml::NodeRef node) const {
    for (std::size_t i = 1; i < items_.size(); ++i)
        if (items_[i].node == node)
            return createIndex(items_[i].row, 0, i);
    return {};
}

QModelIndex ValueTreeModel::index(int row, int column, const QModelIndex& parentIndex) const {
    const Item* above = parentIndex.isValid() ? item(parentIndex) : &items_[0];
    if (above == nullptr || row < 0 || row >= static_cast<int>(above->children.size()))
        return {};
    return createIndex(row, column,
                       static_cast<quintptr>(above->children[static_cast<std::size_t>(row)]));
}

QModelIndex ValueTreeModel::parent(const QModelIndex& child) const {
    const Item* found = item(child);
    if (found == nullptr || found->parent <= 0)
        return {};
    return createIndex(items_[static_cast<std::size_t>(found->parent)].row, 0,
                       static_cast<quintptr>(found->parent));
}

int ValueTreeModel::rowCount(const QModelIndex& parentIndex) const {
    if (parentIndex.column() > 0)
        return 0;
    const Item* above = parentIndex.isValid() ? item(parentIndex) : &items_[0];
    return above == nullptr ? 0 : static_cast<int>(above->children.size());
}

int ValueTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant ValueTreeModel::data(const QModelIndex& index, int role) const {
    const Item* found = item(index);
    if (found == nullptr)
        return {};
    if (role == Qt::EditRole || role == Qt::DisplayRole) {
        const bool nested = found->type == ValueType::List || found->type == ValueType::Map;
        if (index.column() == KeyColumn)
            return found->key;
        if (index.column() == TypeColumn)
            return nameOf(found->type);
        if (role == Qt::DisplayRole && nested)
            return tr("%n entries", nullptr, static_cast<int>(found->children.size()));
        return role == Qt::DisplayRole ? found->value.section(u'\n', 0, 0) : found->value;
    }
    if (role == Qt::ToolTipRole) {
        if (found->type == ValueType::ReadOnly)
            return tr("This can be edited in the text only.");
        return index.column() == KeyColumn ? found->key : found->value.left(600);
    }
    if (role == Qt::ForegroundRole) {
        const bool quiet =
            !found->children.empty() || index.column() == TypeColumn || !found->named;
        if ((index.column() == ValueColumn || index.column() == TypeColumn || !found->named) &&
            quiet && !(index.column() == ValueColumn && found->children.empty()))
            if (const auto* widget = qobject_cast<const QWidget*>(QObject::parent()))
                return Theme::of(*widget).textMuted;
    }
    return {};
}

QVariant ValueTreeModel::headerData(int section, Qt::Orientation, int role) const {
    if (role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Key") : section == ValueColumn ? tr("Value") : tr("Type");
}

Qt::ItemFlags ValueTreeModel::flags(const QModelIndex& index) const {
    const Item* found = item(index);
    if (found == nullptr)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool nested = found->type == ValueType::List || found->type == ValueType::Map;
    const bool editable =
        found->type != ValueType::ReadOnly &&
        (index.column() == TypeColumn || (index.column() == KeyColumn && found->named) ||
         (index.column() == ValueColumn && !nested));
    return editable ? flags | Qt::ItemIsEditable : flags;
}

bool ValueTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const Item* found = item(index);
    if (found == nullptr || role != Qt::EditRole || data(index, Qt::EditRole) == value)
        return false;
    const QString text = value.toString();
    const yaml::NodeRef node = found->node;
    if (index.column() == KeyColumn)
        return context_.run({document::RenameKey{node, text.toStdString()}});
    if (index.column() == ValueColumn) {
        const auto now = yaml::valueOf(context_.forest(), node);
        return context_.run({document::SetValue{
            node, valueLike(now ? &*now : nullptr, format::FieldKind::Any, text.toStdString())}});
    }
    for (const ValueType type : kChoosable)
        if (nameOf(type) == text && type != found->type)
            return context_.run({document::SetValue{node, converted(type, found->value)}});
    return false;
}

QWidget* ValueTreeDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const {
    if (index.column() == ValueTreeModel::TypeColumn) {
        auto* box = new QComboBox(parent);
        for (const ValueType type : kChoosable)
            box->addItem(nameOf(type));
        return box;
    }
    if (index.column() == ValueTreeModel::ValueColumn &&
        index.data(Qt::EditRole).toString().contains(u'\n')) {
        auto* box = new QPlainTextEdit(parent);
        box->setTabChangesFocus(true);
        return box;
    }
    return QStyledItemDelegate::createEditor(parent, option, index);
}

void ValueTreeDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    const QString text = index.data(Qt::EditRole).toString();
    if (auto* box = qobject_cast<QComboBox*>(editor))
        box->setCurrentIndex(box->findText(text));
    else if (auto* lines = qobject_cast<QPlainTextEdit*>(editor))
        lines->setPlainText(text);
    else
        QStyledItemDelegate::setEditorData(editor, index);
}

void ValueTreeDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                     const QModelIndex& index) const {
    if (auto* box = qobject_cast<QComboBox*>(editor))
        model->setData(index, box->currentText(), Qt::EditRole);
    else if (auto* lines = qobject_cast<QPlainTextEdit*>(editor)) {
        // An untouched box hands nothing in: plain text has lost what it cannot show.
        if (lines->document()->isModified())
            model->setData(index, lines->toPlainText(), Qt::EditRole);
    } else {
        QStyledItemDelegate::setModelData(editor, model, index);
    }
}

void ValueTreeDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                             const QModelIndex& index) const {
    constexpr int kLinesHeight = 110;
    QStyledItemDelegate::updateEditorGeometry(editor, option, index);
    if (qobject_cast<QPlainTextEdit*>(editor) == nullptr)
        return;
    QRect rect = option.rect;
    rect.setHeight(kLinesHeight);
    rect.moveBottom(std::min(rect.bottom(), editor->parentWidget()->rect().bottom()));
    editor->setGeometry(rect);
}

}  // namespace pe::editor
