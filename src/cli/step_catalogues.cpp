// SPDX-License-Identifier: MIT
#include "step_catalogues.hpp"

#include <filesystem>

#include "step_folder_reader.hpp"

namespace pe::cli {

StepCatalogues::StepCatalogues(storage::FileSystem& files, std::string named)
    : reader_(stepFolderReader(files)), named_(std::move(named)) {}

const std::string& StepCatalogues::stepFolderOf(const std::string& folder) {
    const auto known = stepFolders_.find(folder);
    if (known != stepFolders_.end())
        return known->second;
    const std::string anyFile = (std::filesystem::path(folder) / "pipeline.yaml").string();
    return stepFolders_.emplace(folder, format::stepFolderFor(anyFile, reader_)).first->second;
}

const Result<format::Catalogue>& StepCatalogues::read(const std::string& stepFolder) {
    const auto known = catalogues_.find(stepFolder);
    if (known != catalogues_.end())
        return known->second;
    auto catalogue = format::catalogueFor({}, stepFolder, reader_);
    if (!catalogue) {
        Error error = catalogue.error();
        error.code = ErrorCode::Unreadable;
        error.where = (std::filesystem::path(stepFolder) / error.where).lexically_normal().string();
        catalogue = tl::unexpected(std::move(error));
    }
    return catalogues_.emplace(stepFolder, std::move(catalogue)).first->second;
}

Result<const format::Catalogue*> StepCatalogues::of(const std::string& pipeline) {
    const std::string absolute = absolutePath(pipeline);
    const std::string& folder =
        named_.empty() ? stepFolderOf(std::filesystem::path(absolute).parent_path().string())
                       : named_;
    if (folder.empty())
        return &format::Catalogue::builtIn();
    const Result<format::Catalogue>& catalogue = read(folder);
    if (!catalogue)
        return tl::unexpected(catalogue.error());
    return &*catalogue;
}

}  // namespace pe::cli
