// SPDX-License-Identifier: MIT
// Step types of a team, without code: a folder of JSON files as in schemas/steps/, one a type,
// named after it (`deploy.json` describes `type: deploy`). The folder `.pipeline-steps` nearest to
// a pipeline, upwards, is used, unless the caller names one. Pure but for the reading that the
// caller brings.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::format {

inline constexpr std::string_view kStepFolder = ".pipeline-steps";
inline constexpr const char* kStepFolderVariable = "PIPELINE_STEPS";  // of the environment

struct FolderReader {
    // The names of the files in a folder, sorted; NotFound if there is no such folder.
    std::function<Result<std::vector<std::string>>(const std::string& folder)> list;
    std::function<Result<std::string>(const std::string& path)> read;
};

// The schemas compiled in and those of `types`, whose names are those of the files without a
// folder. Conflict if a type is there already; Corrupt with the file if one is no JSON object.
Result<std::vector<SchemaFile>> schemasWith(const std::vector<SchemaFile>& types);

// The `.json` files of a folder.
Result<std::vector<SchemaFile>> readStepFolder(const std::string& folder,
                                               const FolderReader& reader);

// The nearest `.pipeline-steps` in the folder of the file or above it; empty if there is none.
std::string stepFolderFor(const std::string& pipelineFile, const FolderReader& reader);

// The catalogue for a pipeline: with the types of `folder` if that is not empty, else with those of
// stepFolderFor().
Result<std::vector<SchemaFile>> schemasFor(const std::string& pipelineFile,
                                           const std::string& folder, const FolderReader& reader);
Result<Catalogue> catalogueFor(const std::string& pipelineFile, const std::string& folder,
                               const FolderReader& reader);

// A step type of the catalogue that a team has described; null for unknown types and for those of
// the engine.
const StepType* teamType(const Catalogue& catalogue, std::string_view type);

}  // namespace pe::format
