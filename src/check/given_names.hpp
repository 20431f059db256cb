// SPDX-License-Identifier: MIT
// What the inline pipelines around a step know beside steps and variables: their inputs and their
// own constants. A template is filled in by each pipeline around in turn, the outermost first, and
// stays as it is written where the name is unknown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule.hpp"

namespace pe::check {

// The inputs of all of them. Nothing if others may be given: to the file, where no inline pipeline
// is around, or by inheritance.
std::optional<std::vector<std::string>> inputsAround(const PipelineContext& context,
                                                     format::GraphIndex from);

struct FilledInput {
    yaml::NodeRef value = yaml::kNoNode;  // of the outermost of them that has one; kNoNode if none
    yaml::NodeRef given = yaml::kNoNode;  // an input of the name that is not null
};
// What such an input, or the part of it at a path, is filled in with: null is no value, nor is a
// part that is false. Nothing if only the run decides.
std::optional<FilledInput> filledIn(const PipelineContext& context, std::string_view name,
                                    std::string_view path, format::GraphIndex from);
// The entry of such an input of the nearest of them; kNoNode if it gives none.
yaml::NodeRef inputOfPipeline(const PipelineContext& context, std::string_view name,
                              format::GraphIndex from);

// The entry of such a constant in the nearest of them; kNoNode if none has it, or if constants that
// are handed down stand in the place of its own.
yaml::NodeRef constantOfPipeline(const PipelineContext& context, std::string_view name,
                                 format::GraphIndex from);

// The constants that an inline pipeline has of its own; kNoNode without a mapping of them.
yaml::NodeRef ownConstants(const yaml::Forest& forest, yaml::NodeRef pipeline);

}  // namespace pe::check
