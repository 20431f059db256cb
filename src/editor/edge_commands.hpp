// SPDX-License-Identifier: MIT
// Edge commands: what drawing or deleting a line between two steps means as commands of the
// document. Pure functions over the forest and the scene; a refusal says why and what would help.
#pragma once

#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/document/command.hpp"
#include "scene_value.hpp"

namespace pe::editor {

// One way in which a step can use what another gave.
struct EdgeChoice {
    std::string title;  // "Prompt", or the field that would read it
    document::Command command;
};

// All ways to let `to` use the answer of `from`, the usual one first; at least one.
Result<std::vector<EdgeChoice>> edgeChoices(const SceneValue& scene, const yaml::Forest& forest,
                                            yaml::NodeRef from, yaml::NodeRef to);

// Takes the reference that an edge stands for out of the file. Refused where it is part of a longer
// text.
Result<document::Command> removeEdge(const SceneValue& scene, const yaml::Forest& forest,
                                     const SceneEdge& edge);

}  // namespace pe::editor
