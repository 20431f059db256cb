// SPDX-License-Identifier: MIT
// Step commands: what gestures on steps mean as commands of the document. Pure functions over the
// forest and the scene; nothing here executes. A refusal says why in one sentence for the status
// bar.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/document/command.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/value.hpp"
#include "scene_value.hpp"

namespace pe::editor {

// Inside a container (kNoNode: the workflow itself), after a sibling (kNoNode: first).
struct StepPlace {
    yaml::NodeRef container = yaml::kNoNode;
    yaml::NodeRef after = yaml::kNoNode;
    bool operator==(const StepPlace&) const = default;
};

// Whether a node is a case of a switch: a branch that may go elsewhere.
bool isCase(const SceneStep& step);
// Whether nodes of this kind may stand directly in a container; of branches, cases.
bool accepts(const SceneValue& scene, yaml::NodeRef container, format::NodeKind kind);
// The list entry that holds the nodes of a container; kNoNode if it is not written yet.
yaml::NodeRef listOf(const SceneValue& scene, const yaml::Forest& forest, yaml::NodeRef container);
// The list of a container, or the keys that lead to it from an entry that is there.
struct ListPlace {
    yaml::NodeRef parent = yaml::kNoNode;
    std::vector<std::string> path;
};
Result<ListPlace> listPlaceOf(const SceneValue& scene, const yaml::Forest& forest,
                              yaml::NodeRef container);
// After the given step; into the first place of an open container that is empty; at the end for
// kNoNode.
StepPlace placeAfter(const SceneValue& scene, yaml::NodeRef step);
// The node that stands at a place, once it has been filled.
yaml::NodeRef nodeAtPlace(const SceneValue& scene, const StepPlace& place);

std::set<std::string> stepNames(const SceneValue& scene);
// `base`, or base_2, base_3 ...; remembers the name it gives.
std::string uniqueName(std::string base, std::set<std::string>& taken);
yaml::Value newStep(const format::StepType& type, const SceneValue& scene);

Result<document::Command> insertSteps(const SceneValue& scene, const yaml::Forest& forest,
                                      const StepPlace& place, std::vector<yaml::Value> steps,
                                      std::string label);
// A list of steps as YAML, taken as it is written.
Result<document::Command> insertText(const SceneValue& scene, const yaml::Forest& forest,
                                     const StepPlace& place, std::string text, std::string label);
Result<document::Command> moveSteps(const SceneValue& scene, const yaml::Forest& forest,
                                    std::vector<yaml::NodeRef> steps, const StepPlace& place);
// Up (-1) or down (+1) among the siblings.
Result<document::Command> shiftSteps(const SceneValue& scene, const yaml::Forest& forest,
                                     std::vector<yaml::NodeRef> steps, int by);
Result<document::Command> removeSteps(const SceneValue& scene, std::vector<yaml::NodeRef> steps);
Result<document::Command> duplicateSteps(const SceneValue& scene, std::vector<yaml::NodeRef> steps);

// What a node stands in; kNoNode: in the workflow itself.
yaml::NodeRef containerOf(const SceneValue& scene, yaml::NodeRef step);
// In order of the text, without nodes that lie inside another given node.
std::vector<yaml::NodeRef> outermost(const SceneValue& scene, std::vector<yaml::NodeRef> steps);

}  // namespace pe::editor
