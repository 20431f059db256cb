// SPDX-License-Identifier: MIT
#include "project_files.hpp"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <functional>

namespace pe::editor {

namespace {

constexpr qint64 kMaxPipelineBytes = 16 << 20;
constexpr qint64 kMaxNeighbourBytes = 2 << 20;
constexpr std::size_t kMaxNeighbours = 200;
constexpr std::size_t kMaxNames = 1000;

QString qtPath(std::string_view path) {
    return QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size()));
}

std::size_t hashOf(const std::optional<std::string>& text) {
    return text ? std::hash<std::string>()(*text) : 0;
}

std::optional<std::string> bytesOf(const QString& path, qint64 most) {
    QFile file(path);
    if (file.size() > most || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(most).toStdString();
}

std::optional<QDir> projectAround(const QDir& folder) {
    return nearestFolderWith(folder, {QStringLiteral("mix.exs"), QStringLiteral(".git")});
}

void addPipelines(const QDir& folder, const QString& but,
                  std::map<std::string, std::string>& found) {
    const QFileInfo own(but);
    const QStringList names = {QStringLiteral("*.yaml"), QStringLiteral("*.yml")};
    for (const QFileInfo& each : folder.entryInfoList(names, QDir::Files, QDir::Name)) {
        if (found.size() >= kMaxNeighbours)
            return;
        // A link to a file beside it is that file.
        const bool second = each.isSymLink() && QFileInfo(each.canonicalFilePath()).absoluteDir() ==
                                                    QDir(folder.canonicalPath());
        if (each == own || second)
            continue;
        if (auto bytes = bytesOf(each.absoluteFilePath(), kMaxNeighbourBytes))
            found.emplace(each.absoluteFilePath().toStdString(), std::move(*bytes));
    }
}

}  // namespace

std::optional<QDir> nearestFolderWith(QDir folder, const QStringList& names) {
    do {
        for (const QString& name : names)
            if (folder.exists(name))
                return folder;
    } while (folder.cdUp());
    return std::nullopt;
}

QString nestedPipelineFile(const QString& pipeline, const QString& path) {
    if (QDir::isAbsolutePath(path))
        return path;
    QDir folder = pipeline.isEmpty() ? QDir::current() : QFileInfo(pipeline).absoluteDir();
    do {
        if (folder.exists(path))
            return folder.filePath(path);
    } while (folder.cdUp());
    return {};
}

std::map<std::string, std::string> pipelinesAround(const QString& pipeline) {
    std::map<std::string, std::string> found;
    if (pipeline.isEmpty())
        return found;
    QDir folder = QFileInfo(pipeline).absoluteDir();
    const auto project = projectAround(folder);
    addPipelines(folder, pipeline, found);
    while (project && folder != *project && folder.cdUp())
        addPipelines(folder, pipeline, found);
    return found;
}

ProjectFiles::ProjectFiles(const QString& pipeline) : pipeline_(pipeline) {
    if (pipeline.isEmpty())
        return;
    folder_ = QFileInfo(pipeline).absoluteDir();
    project_ = projectAround(*folder_);
}

bool ProjectFiles::isOutside(const QString& path) const {
    if (!project_)
        return false;
    const QString full = QDir::cleanPath(project_->absoluteFilePath(path));
    return !full.startsWith(project_->absolutePath() + u'/');
}

QString ProjectFiles::find(const QString& path) const {
    if (QDir::isAbsolutePath(path))
        return QFileInfo::exists(path) ? path : QString();
    if (project_ && project_->exists(path))
        return project_->absoluteFilePath(path);
    return QFileInfo::exists(path) ? path : QString();
}

check::FileLookup::State ProjectFiles::look(const QString& path) const {
    const QString found = find(path);
    if (found.isEmpty()) {
        if (!QDir::isAbsolutePath(path) && folder_->exists(path))
            return State::Beside;
        return State::Missing;
    }
    const QFileInfo info(found);
    if (info.isDir())
        return State::Folder;
    if (!info.isReadable())
        return State::Unreadable;
    return isOutside(path) ? State::Outside : State::Present;
}

check::FileLookup::State ProjectFiles::state(std::string_view path) const {
    if (path.empty() || !folder_)
        return State::Unknown;
    if (const auto known = known_.find(path); known != known_.end())
        return known->second;
    const State state = look(qtPath(path));
    known_.emplace(std::string(path), state);
    return state;
}

std::optional<std::string> ProjectFiles::text(std::string_view path) const {
    if (path.empty() || !folder_)
        return std::nullopt;
    const QString found = find(qtPath(path));
    auto text = found.isEmpty() ? std::nullopt : bytesOf(found, kMaxPipelineBytes);
    read_.insert_or_assign(std::string(path), hashOf(text));
    return text;
}

std::optional<std::string> ProjectFiles::meantText(std::string_view path) const {
    if (path.empty() || !folder_)
        return std::nullopt;
    const QString found = nestedPipelineFile(pipeline_, qtPath(path));
    return found.isEmpty() ? std::nullopt : bytesOf(found, kMaxPipelineBytes);
}

std::vector<std::string> ProjectFiles::names(std::string_view folder) const {
    std::vector<std::string> names;
    if (!folder_)
        return names;
    const QDir start = project_ ? *project_ : *folder_;
    const QDir listed(start.absoluteFilePath(qtPath(folder)));
    for (const QFileInfo& each :
         listed.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name)) {
        names.push_back(each.fileName().toStdString() + (each.isDir() ? "/" : ""));
        if (names.size() == kMaxNames)
            break;
    }
    return names;
}

QString ProjectFiles::placeOf(const QString& path) const {
    if (QDir::isAbsolutePath(path) || !folder_)
        return path;
    const QString full = (project_ ? *project_ : *folder_).absoluteFilePath(path);
    return path.endsWith(u'/') ? full : QDir::cleanPath(full);
}

QString ProjectFiles::written(const QString& file) const {
    return folder_ ? (project_ ? *project_ : *folder_).relativeFilePath(file) : file;
}

bool ProjectFiles::isCurrent() const {
    const ProjectFiles now(pipeline_);
    return now.project_ == project_ &&
           std::all_of(known_.begin(), known_.end(),
                       [&](const auto& each) { return now.state(each.first) == each.second; }) &&
           std::all_of(read_.begin(), read_.end(), [&](const auto& each) {
               return hashOf(now.text(each.first)) == each.second;
           });
}

}  // namespace pe::editor
