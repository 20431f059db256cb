// SPDX-License-Identifier: MIT
// Extraction: steps that follow one another become a pipeline of their own, and back. The two are
// exact inverses, byte for byte: the steps are moved, never written anew. Nothing is done where a
// name would come to mean something else or the engine could not follow a reference any more; the
// refusal names the place and the reason.
//
// What the engine does with a nested pipeline decides what may cross its border: it fills in the
// templates of the whole step before it starts the pipeline, so `{{steps.x}}` may reach out; prompt
// parts, conditions and data sources see only the steps inside; functions are those of the nested
// pipeline; results stand below the step's own name, so nobody outside may refer to a step inside.
// The nested pipeline has a head of its own: what the steps depend on in the one around goes along.
#pragma once

#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/document/command.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// `types`: the step types that count for the file.

// The command that moves the steps (items of one list, in its order, without gaps) into the inline
// pipeline of a new step in their place, which is called `name`.
Result<Command> extractCommand(const yaml::Forest& forest, const std::vector<yaml::NodeRef>& steps,
                               const std::string& name,
                               const format::Catalogue& types = format::Catalogue::builtIn());

// The command that puts the steps of an inline pipeline in the place of its step. Refused where the
// step holds anything else, which would be lost: inputs, outputs, a condition, comments.
Result<Command> inlineCommand(const yaml::Forest& forest, yaml::NodeRef step,
                              const format::Catalogue& types = format::Catalogue::builtIn());

}  // namespace pe::document
