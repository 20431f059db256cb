// SPDX-License-Identifier: MIT
// Rename: another name for a step, a variable or a function, in every place that names it: prompts,
// conditions, templates, data sources, outputs, and in the other files of a folder that run this
// file and name its steps. Nothing is changed here: a plan is shown, then carried out.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/check/checker.hpp"
#include "pe/document/command.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/language/text_edit.hpp"
#include "pe/language/uses.hpp"

namespace pe::language {

struct RenamePlan {
    Target target;
    // By path; only files that change.
    std::map<std::string, std::vector<TextEdit>> files;
    // Names that change in all files. One edit holds several only where the text around them is
    // written anew as well.
    std::size_t uses = 0;
};

// The command that renames in the open document; NodeRefs are those of the subject's forest.
// Refused, with the reason, where the new name could not stand in one of the places.
Result<document::Command> renameCommand(const check::Subject& subject,
                                        const format::Catalogue& catalogue, const Target& target,
                                        const std::string& name);

struct RenameRequest {
    std::string path;  // of the open file
    std::string text;
    std::size_t offset = 0;                     // on a name
    std::string name;                           // the new one
    std::map<std::string, std::string> others;  // other files of the folder: path to text
};

// NotFound where the offset names nothing. Conflict if after the rename anything in the file meant
// something else than before. Refused as renameCommand(), for a text with errors, and where another
// file cannot take the name (a line for each): half a rename would break it.
Result<RenamePlan> planRename(const RenameRequest& request, const format::Catalogue& catalogue,
                              Clock& clock);

// Where the other files name what stands at the offset, whatever it is to be called: by path, in
// the order of their texts; only files that do.
std::map<std::string, std::vector<yaml::Span>> usesInOthers(const RenameRequest& request,
                                                            const format::Catalogue& catalogue,
                                                            Clock& clock);

}  // namespace pe::language
