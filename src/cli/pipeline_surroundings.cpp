// SPDX-License-Identifier: MIT
#include "pipeline_surroundings.hpp"

#include <utility>

#include "step_folder_reader.hpp"

namespace pe::cli {

namespace fs = std::filesystem;

PipelineSurroundings::PipelineSurroundings(storage::FileSystem& files, std::string stepFolder)
    : files_(files), catalogues_(files, std::move(stepFolder)) {}

Result<const Surroundings*> PipelineSurroundings::of(const std::string& pipeline) {
    const std::string written = pipeline.substr(0, pipeline.rfind('/') + 1);
    auto known = known_.find(written);
    if (known == known_.end())
        known = known_.emplace(written, read(fs::path(absolutePath(pipeline)).parent_path())).first;
    if (!known->second)
        return tl::unexpected(known->second.error());
    return &*known->second;
}

Result<Surroundings> PipelineSurroundings::read(const fs::path& folder) {
    Surroundings found;
    found.files = std::make_unique<DiskFileLookup>(files_, folder, projectAround(files_, folder));
    PE_TRY_ASSIGN(found.settings, settings(folder));
    PE_TRY_ASSIGN(found.catalogue, catalogues_.of((folder / "pipeline.yaml").string()));
    return found;
}

Result<check::Settings> PipelineSurroundings::settings(const fs::path& folder) {
    const fs::path home = nearestFolderWith(files_, folder, {check::kSettingsFile});
    if (home.empty())
        return check::Settings{};
    const fs::path file = home / check::kSettingsFile;
    PE_TRY_ASSIGN(const auto content, files_.read(file));
    auto settings = check::Settings::parse(content.bytes);
    if (!settings) {
        Error error = settings.error();
        error.message = file.string() + ": " + error.message;
        error.where = file.string();
        return tl::unexpected(std::move(error));
    }
    return settings;
}

}  // namespace pe::cli
