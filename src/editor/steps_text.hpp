// SPDX-License-Identifier: MIT
// Steps as text: what copying puts on the clipboard and what pasting makes of it. YAML in both
// directions, so steps travel between files and programs with their comments and formatting. Pure
// functions.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"
#include "step_commands.hpp"

namespace pe::editor {

// The steps as a YAML list, with their comments, as it stands in the text but from column 0.
std::string stepsAsYaml(const SceneValue& scene, const document::Document& document,
                        std::vector<yaml::NodeRef> steps);

// The same for a text from anywhere: a step, a list of steps or a whole pipeline. Names become
// free in the scene, and references among the steps follow; likewise anchors in the file, which has
// those of `anchors`. InvalidArgument if it holds no steps, Refused if its aliases lead nowhere.
struct PastedSteps {
    std::string items;
    bool anchored = false;  // aliases are among them, which a command does not take
};
Result<PastedSteps> stepsForPasting(const std::string& text, const SceneValue& scene,
                                    const std::set<std::string>& anchors,
                                    const format::Catalogue& catalogue, Clock& clock);
// The same as typing them would put them: for steps with aliases. Refused with the way out.
Result<document::TextPatch> patchForPasting(const document::Document& document,
                                            const SceneValue& scene, const StepPlace& place,
                                            const std::string& items);
// As values, for places that cannot take text; comments are lost.
Result<std::vector<yaml::Value>> stepsFromYaml(const std::string& text, const SceneValue& scene);

}  // namespace pe::editor
