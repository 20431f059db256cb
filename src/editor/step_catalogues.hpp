// SPDX-License-Identifier: MIT
// StepCatalogues: which step types a pipeline may use: those built in, and those that its team
// keeps in a folder `.pipeline-steps` beside the file or above it. Files under the same folder
// share a catalogue. It is read again when asked for, and a catalogue that was given out stays as
// long as this lives: views and scenes point into it. Owned by the main window; UI thread.
#pragma once

#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/step_folder.hpp"

namespace pe::editor {

class StepCatalogues {
public:
    // `folder`: used for every pipeline, in place of those beside the files; may be empty.
    StepCatalogues(const format::Catalogue& builtIn, QString folder);

    struct Found {
        const format::Catalogue* catalogue = nullptr;
        QString complaint;  // why the types of the folder do not count; empty if they do
    };
    // `pipeline`: path of the file, empty if it has none.
    Found find(const std::string& pipeline);

private:
    struct Known {
        std::vector<format::SchemaFile> types;
        std::unique_ptr<format::Catalogue> catalogue;
    };

    Result<const format::Catalogue*> read(const std::string& folder,
                                          const format::FolderReader& reader);

    const format::Catalogue& builtIn_;
    std::string folder_;
    std::vector<Known> known_;
};

}  // namespace pe::editor
