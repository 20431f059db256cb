// SPDX-License-Identifier: MIT
// HeadSettings: what the head of a pipeline says about how its steps run: folders, the preset, the
// stage. The engine hands none of it to a nested pipeline, which has its own head or the engine's
// defaults; so the settings that steps depend on go with them. Resuming is no such setting: a
// nested pipeline that saved its state would answer from it when it runs again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// Steps of one list, which is a pipeline's own. Borrows.
struct StepsUnderHead {
    const yaml::Forest& forest;
    const format::Graph& graph;
    std::vector<yaml::NodeRef> steps;  // at least one
};

// The keys of a head that hold settings, each with those below it that do; none: it is one itself.
std::map<std::string, std::vector<std::string>> settingKeys();

// The settings that the steps depend on, as lines of a head whose keys stand behind the indent.
std::string settingLines(const StepsUnderHead& from, const std::string& indent);

// Why the steps would run otherwise in the list `to` of another head.
struct SettingConflict {
    yaml::NodeRef at = yaml::kNoNode;  // where the steps are now
    std::string reason;
};
std::optional<SettingConflict> settingConflict(const StepsUnderHead& from,
                                               const yaml::Forest& other, yaml::NodeRef to);

// What a nested pipeline does that these steps did not do where they stand, in sentences.
std::vector<std::string> notesOnNesting(const StepsUnderHead& from, const std::string& name);

}  // namespace pe::document
