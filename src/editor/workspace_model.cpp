// SPDX-License-Identifier: MIT
#include "workspace_model.hpp"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <set>

#include "relative_time.hpp"

namespace pe::editor {

namespace {

constexpr std::size_t kMostFound = 100;

}  // namespace

QString shortFolder(const QString& path) {
    QString folder = QFileInfo(path).absolutePath();
    const QString home = QDir::homePath();
    if (folder.startsWith(home + u'/') || folder == home)
        folder.replace(0, home.size(), QStringLiteral("~"));
    return folder;
}

Result<void> WorkspaceModel::reload() {
    PE_TRY_ASSIGN(all_, workspace_.pipelines());
    const auto touched = [](const workspace::PipelineInfo& info) {
        return std::max(info.editedAtMs, info.openedAtMs);
    };
    std::stable_sort(all_.begin(), all_.end(),
                     [&](const auto& a, const auto& b) { return touched(a) > touched(b); });
    byId_.clear();
    for (std::size_t i = 0; i < all_.size(); ++i)
        byId_[all_[i].id] = i;
    return {};
}

// Files that were only looked at need not be in the index; they are found by title and path too.
void WorkspaceModel::addUntouched(const QString& query, std::vector<WorkspaceEntry>& shown) const {
    std::set<std::string> found;
    for (const WorkspaceEntry& each : shown)
        found.insert(each.info.id);
    for (const workspace::PipelineInfo& info : all_) {
        const QString place = QString::fromStdString(info.path.empty() ? info.title : info.path);
        if (info.changes == 0 && !info.draft && shown.size() < kMostFound &&
            found.count(info.id) == 0 && place.contains(query, Qt::CaseInsensitive))
            shown.push_back({info, workspace::FoundIn::Name, {}, {}, {}});
    }
}

Result<void> WorkspaceModel::search(const QString& query) {
    std::vector<WorkspaceEntry> shown;
    if (query.trimmed().isEmpty()) {
        for (const workspace::PipelineInfo& info : all_)
            shown.push_back({info, workspace::FoundIn::Name, {}, {}, {}});
    } else {
        PE_TRY_ASSIGN(const auto found, workspace_.search(query.toStdString(), kMostFound));
        for (const workspace::SearchResult& each : found)
            if (const auto at = byId_.find(each.id); at != byId_.end())
                shown.push_back({all_[at->second], each.field, each.excerpt, each.marks, {}});
        addUntouched(query.trimmed(), shown);
    }
    beginResetModel();
    shown_ = std::move(shown);
    nowMs_ = QDateTime::currentMSecsSinceEpoch();
    endResetModel();
    return {};
}

bool WorkspaceModel::isMissing(int row) const {
    WorkspaceEntry& at = shown_[static_cast<std::size_t>(row)];
    if (!at.missing)
        at.missing =
            !at.info.path.empty() && !QFileInfo::exists(QString::fromStdString(at.info.path));
    return *at.missing;
}

QString WorkspaceModel::state(int row) const {
    const workspace::PipelineInfo& info = entry(row).info;
    if (isMissing(row))
        return tr("File is gone");
    if (info.draft)
        return tr("Draft has errors");
    if (info.path.empty())
        return tr("No file yet");
    if (info.unsaved)
        return tr("Unsaved edits");
    return info.open ? tr("Open") : QString();
}

int WorkspaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QVariant WorkspaceModel::data(const QModelIndex& index, int role) const {
    const workspace::PipelineInfo& info = entry(index.row()).info;
    const QString title = QString::fromStdString(info.title);
    if (role == Qt::DisplayRole)
        return title;
    if (role == Qt::AccessibleTextRole)
        return QStringList{title, state(index.row()),
                           QString::fromStdString(entry(index.row()).excerpt)}
            .join(QStringLiteral(", "));
    if (role == Qt::ToolTipRole)
        return QStringList{info.path.empty() ? title : QString::fromStdString(info.path),
                           info.editedAtMs > 0 ? tr("Edited %1").arg(exactTime(info.editedAtMs))
                                               : tr("Never edited here"),
                           state(index.row())}
            .join(u'\n')
            .trimmed();
    return {};
}

}  // namespace pe::editor
