// SPDX-License-Identifier: MIT
#include "outline_model.hpp"

#include "icons.hpp"
#include "step_look.hpp"

namespace pe::editor {

namespace {

bool sameShape(const SceneValue& a, const SceneValue& b) {
    return a.steps.size() == b.steps.size() &&
           std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(),
                      [](const SceneStep& x, const SceneStep& y) {
                          return x.ref == y.ref && x.parent == y.parent;
                      });
}

QIcon iconOf(const SceneStep& step) {
    QString name = QStringLiteral("unknown");
    if (step.kind == format::NodeKind::Branch)
        name = QStringLiteral("branch");
    else if (step.kind == format::NodeKind::Task)
        name = QStringLiteral("task");
    else if (step.style)
        name = iconNameOf(*step.style);
    return step.style ? accentIcon(name, accentOf(*step.style)) : icon(name);
}

}  // namespace

OutlineModel::OutlineModel(QObject* parent) : QAbstractItemModel(parent) {
    countRows();
}

void OutlineModel::countRows() {
    const std::size_t count = scene_->steps.size();
    children_.assign(count + 1, {});
    rows_.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const auto parent = scene_->steps[i].parent;
        auto& rows = children_[parent == format::kNoGraphNode ? count : parent];
        rows_[i] = static_cast<int>(rows.size());
        rows.push_back(static_cast<format::GraphIndex>(i));
    }
}

void OutlineModel::showScene(std::shared_ptr<const SceneValue> scene) {
    if (sameShape(*scene_, *scene)) {
        scene_ = std::move(scene);
        if (!scene_->steps.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
        return;
    }
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<yaml::NodeRef> refs;
    for (const QModelIndex& each : before)
        refs.push_back(refOf(each));
    scene_ = std::move(scene);
    countRows();
    QModelIndexList after;
    for (const yaml::NodeRef ref : refs)
        after.push_back(indexOf(ref));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

yaml::NodeRef OutlineModel::refOf(const QModelIndex& index) const {
    return index.isValid() && index.internalId() < scene_->steps.size()
               ? scene_->steps[index.internalId()].ref
               : yaml::kNoNode;
}

QModelIndex OutlineModel::indexOf(yaml::NodeRef ref) const {
    const auto found = scene_->indexOf(ref);
    return found == format::kNoGraphNode ? QModelIndex() : createIndex(rows_[found], 0, found);
}

const std::vector<format::GraphIndex>& OutlineModel::rowsBelow(const QModelIndex& parent) const {
    return children_[parent.isValid() ? parent.internalId() : children_.size() - 1];
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex& parent) const {
    const auto& rows = rowsBelow(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(rows.size()))
        return {};
    return createIndex(row, 0, rows[static_cast<std::size_t>(row)]);
}

QModelIndex OutlineModel::parent(const QModelIndex& child) const {
    if (!child.isValid())
        return {};
    const auto parent = scene_->steps[child.internalId()].parent;
    return parent == format::kNoGraphNode ? QModelIndex() : createIndex(rows_[parent], 0, parent);
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
    return static_cast<int>(rowsBelow(parent).size());
}

int OutlineModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const SceneStep& step = scene_->steps[index.internalId()];
    switch (role) {
        case Qt::DisplayRole:
            return QString::fromStdString(shownName(step));
        case Qt::DecorationRole:
            return iconOf(step);
        case Qt::ToolTipRole:
            return QString::fromStdString(shownType(step) + "\n" + step.preview);
        case Qt::AccessibleTextRole: {
            QString text = QString::fromStdString(shownName(step) + ", " + shownType(step));
            if (step.mark != Mark::None)
                text += tr(", has problems");
            return text;
        }
        default:
            return {};
    }
}

}  // namespace pe::editor
