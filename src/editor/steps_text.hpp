// SPDX-License-Identifier: MIT
// Steps as text: what copying puts on the clipboard and what pasting makes of it. YAML in both
// directions, so steps travel between files and programs with their comments and formatting. Pure
// functions.
#pragma once

#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"
#include "scene_value.hpp"

namespace pe::editor {

// The steps as a YAML list, with their comments, as it stands in the text but from column 0.
std::string stepsAsYaml(const SceneValue& scene, const document::Document& document,
                        std::vector<yaml::NodeRef> steps);

// The same for a text from anywhere: a step, a list of steps or a whole pipeline. Names become
// free in the scene, and references among the steps follow. InvalidArgument if it holds no steps.
Result<std::string> stepsForPasting(const std::string& text, const SceneValue& scene,
                                    const format::Catalogue& catalogue, Clock& clock);
// As values, for places that cannot take text; comments are lost.
Result<std::vector<yaml::Value>> stepsFromYaml(const std::string& text, const SceneValue& scene);

}  // namespace pe::editor
