// SPDX-License-Identifier: MIT
// PipelineSurroundings: what counts for the pipelines of a folder: the team's settings and step
// types, and the files around it. Worked out once for each folder. Owned by one run of a command;
// what it hands out lives as long.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "disk_file_lookup.hpp"
#include "pe/base/result.hpp"
#include "pe/check/settings.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/storage/file_system.hpp"
#include "step_catalogues.hpp"

namespace pe::cli {

struct Surroundings {
    std::unique_ptr<const DiskFileLookup> files;  // as they are while the command runs
    check::Settings settings;
    const format::Catalogue* catalogue = nullptr;
};

class PipelineSurroundings {
public:
    // `stepFolder`: of step types for every pipeline; empty: the nearest of each.
    PipelineSurroundings(storage::FileSystem& files, std::string stepFolder);

    // Unreadable with the file that cannot be used.
    Result<const Surroundings*> of(const std::string& pipeline);

private:
    Result<Surroundings> read(const std::filesystem::path& folder);
    Result<check::Settings> settings(const std::filesystem::path& folder);

    storage::FileSystem& files_;
    StepCatalogues catalogues_;
    std::unordered_map<std::string, Result<Surroundings>> known_;  // by folder as paths name it
};

}  // namespace pe::cli
