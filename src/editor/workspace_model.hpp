// SPDX-License-Identifier: MIT
// WorkspaceModel: the pipelines of the replica for a list view: all of them, the last edited first,
// or what a search found, the best first, each with the line it was found in. Owned by the
// workspace browser; UI thread.
#pragma once

#include <QAbstractListModel>
#include <optional>
#include <unordered_map>
#include <vector>

#include "pe/workspace/workspace.hpp"

namespace pe::editor {

struct WorkspaceEntry {
    workspace::PipelineInfo info;
    workspace::FoundIn field = workspace::FoundIn::Name;
    std::string excerpt;  // empty: not searched for
    std::vector<std::pair<std::size_t, std::size_t>> marks;
    std::optional<bool> missing;  // its file; found out when the row is shown
};

class WorkspaceModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit WorkspaceModel(workspace::Workspace& workspace, QObject* parent = nullptr)
        : QAbstractListModel(parent), workspace_(workspace) {}

    // Reads the list of pipelines again.
    Result<void> reload();
    // An empty query shows all.
    Result<void> search(const QString& query);
    std::size_t known() const { return all_.size(); }
    const WorkspaceEntry& entry(int row) const { return shown_[static_cast<std::size_t>(row)]; }
    bool isMissing(int row) const;
    // What is to be said about the state of a pipeline; empty if all is well.
    QString state(int row) const;
    std::int64_t now() const { return nowMs_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void addUntouched(const QString& query, std::vector<WorkspaceEntry>& shown) const;

    workspace::Workspace& workspace_;
    std::vector<workspace::PipelineInfo> all_;
    std::unordered_map<std::string, std::size_t> byId_;
    mutable std::vector<WorkspaceEntry> shown_;
    std::int64_t nowMs_ = 0;
};

// The folder of a path as people write it, with ~ for their own.
QString shortFolder(const QString& path);

}  // namespace pe::editor
