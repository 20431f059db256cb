// SPDX-License-Identifier: MIT
#include "working_folder.hpp"

#include "fields.hpp"

namespace pe::check {

std::optional<std::string> workingFolder(const yaml::Forest& forest,
                                         const format::GraphNode& step) {
    if (step.kind == format::NodeKind::Branch)
        return std::nullopt;
    const yaml::NodeRef options =
        mappingBehind(forest, entryOf(forest, mappingBehind(forest, step.ref), "claude_options"));
    return textOf(forest, entryOf(forest, options, "cwd"));
}

}  // namespace pe::check
