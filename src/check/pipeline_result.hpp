// SPDX-License-Identifier: MIT
// PipelineResult: what a pipeline step stores, as far as the pipeline says it: its outputs, or the
// results of all the steps that it runs, and all of that below `result` if it has inputs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rule.hpp"

namespace pe::check {

struct PipelineResult {
    struct Part {
        std::string name;
        std::string path;  // of the output that is called so; empty if it has no other name
    };
    struct Step {
        std::string name;
        std::string type;
        bool conditional = false;
        format::GraphIndex index = format::kNoGraphNode;  // none if it is in another file
    };

    // That of the name, of several the last; null if there is none.
    const Step* step(std::string_view name) const;

    std::optional<bool> wrapped;             // below `result`
    std::optional<std::vector<Part>> parts;  // nothing: not known
    std::vector<Step> steps;                 // that it runs; none if they are not known
    // Without outputs what stands below `result` in the result of a step is handed back as that.
    bool unwraps = false;
};

// By the step, so that each is looked at once, and each file read once.
using PipelineResults = std::unordered_map<format::GraphIndex, PipelineResult>;

const PipelineResult& pipelineResult(const PipelineContext& context, format::GraphIndex step,
                                     PipelineResults& known);

}  // namespace pe::check
