// SPDX-License-Identifier: MIT
// StepCatalogues: the step types that count for each of many files. A folder of step types is read
// once, however many pipelines it counts for. Owned by one run of a command.
#pragma once

#include <map>
#include <string>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/step_folder.hpp"
#include "pe/storage/file_system.hpp"

namespace pe::cli {

class StepCatalogues {
public:
    // `named`: the folder that counts for every file; empty: the nearest of each file.
    StepCatalogues(storage::FileSystem& files, std::string named);

    // Lives as long as this; `-` is a file in the working folder. Unreadable, with the file that is
    // wrong, where a folder of step types cannot be used.
    Result<const format::Catalogue*> of(const std::string& pipeline);

private:
    // The folder with the step types of the pipelines in `folder`; empty: there is none.
    const std::string& stepFolderOf(const std::string& folder);
    const Result<format::Catalogue>& read(const std::string& stepFolder);

    format::FolderReader reader_;
    std::string named_;
    std::map<std::string, std::string> stepFolders_;               // by the folder of the pipelines
    std::map<std::string, Result<format::Catalogue>> catalogues_;  // by the folder of step types
};

}  // namespace pe::cli
