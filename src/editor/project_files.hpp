// SPDX-License-Identifier: MIT
// ProjectFiles: what the checker asks about other files of the project, answered from the disk. The
// engine resolves paths from the folder it is started in: the root of the project (the nearest
// folder upwards with mix.exs or .git) or the working folder. Answers are remembered. UI thread.
#pragma once

#include <QDir>
#include <QString>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pe/check/checker.hpp"

namespace pe::editor {

class ProjectFiles final : public check::FileLookup {
public:
    // `pipeline`: the file that is checked; empty: it has none yet, and nothing is known.
    explicit ProjectFiles(const QString& pipeline);

    State state(std::string_view path) const override;
    std::optional<std::string> text(std::string_view path) const override;
    std::optional<std::string> meantText(std::string_view path) const override;
    std::vector<std::string> names(std::string_view folder) const override;
    // Where on disk a new file of this name goes: from the root of the project, or, without one,
    // beside the pipeline.
    QString placeOf(const QString& path) const;
    // The name for a file of that place.
    QString written(const QString& file) const;
    // Would everything that was asked so far be answered as it was?
    bool isCurrent() const;

private:
    QString find(const QString& path) const;
    State look(const QString& path) const;
    bool isOutside(const QString& path) const;

    QString pipeline_;
    std::optional<QDir> folder_;  // of the pipeline
    std::optional<QDir> project_;
    mutable std::map<std::string, State, std::less<>> known_;
    mutable std::map<std::string, std::size_t, std::less<>> read_;  // hashes of the texts
};

// The nearest folder from `folder` upwards that holds one of the names.
std::optional<QDir> nearestFolderWith(QDir folder, const QStringList& names);

// The file that a step of a pipeline runs: the path as it has it, looked for in the pipeline's
// folder and those above it, one of which the engine runs in. Empty if it is not there.
QString nestedPipelineFile(const QString& pipeline, const QString& path);

// The other pipeline files that may run one, by path: those beside it and in the folders above it,
// up to the root of the project; few and small enough to be read at once.
std::map<std::string, std::string> pipelinesAround(const QString& pipeline);

}  // namespace pe::editor
