// SPDX-License-Identifier: MIT
// OutlineModel: the steps of a scene as a tree that mirrors the nesting of the YAML. Keeps what
// views hold on to (selection, open branches) over changes by the identity of the nodes. UI thread.
#pragma once

#include <QAbstractItemModel>
#include <QHash>
#include <QIcon>
#include <memory>
#include <vector>

#include "scene_value.hpp"

namespace pe::editor {

class OutlineModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit OutlineModel(QObject* parent = nullptr);

    void showScene(std::shared_ptr<const SceneValue> scene);
    const SceneValue& scene() const { return *scene_; }
    yaml::NodeRef refOf(const QModelIndex& index) const;
    QModelIndex indexOf(yaml::NodeRef ref) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void countRows();
    const std::vector<format::GraphIndex>& rowsBelow(const QModelIndex& parent) const;

    std::shared_ptr<const SceneValue> scene_ = std::make_shared<SceneValue>();
    std::vector<std::vector<format::GraphIndex>> children_;  // by graph index; the last: the top
    std::vector<int> rows_;                                  // by graph index, among its siblings
};

}  // namespace pe::editor
