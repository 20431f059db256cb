// SPDX-License-Identifier: MIT
// PipelineResult: what a pipeline step stores, as far as the pipeline says it: its outputs, or the
// results of all the steps that it runs, and all of that below `result` if it has inputs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rule.hpp"

namespace pe::check {

struct PipelineResult {
    struct Part {
        std::string name;
        std::string path;  // of the output that is called so; empty if it has no other name
    };
    struct Step {
        const PipelineContext* pipeline = nullptr;  // where it stands, which may be another file
        format::GraphIndex index = format::kNoGraphNode;

        const format::GraphNode& node() const { return pipeline->graph.nodes[index]; }
    };

    // That of the name; null if there is none, or if they are not known.
    const Part* part(std::string_view name) const;
    // The step whose result, or whose part of one, that is; the path of the part, empty for all.
    struct Handed {
        const Step* step = nullptr;
        std::string part;
    };
    std::optional<Handed> handed(const Part& part) const;
    // The same as of parts, of several the last.
    const Step* step(std::string_view name) const;

    std::optional<bool> wrapped;             // below `result`
    std::optional<std::vector<Part>> parts;  // nothing: not known
    std::vector<Step> steps;                 // that it runs; none if they are not known
    // Without outputs what stands below `result` in the result of a step is handed back as that.
    bool unwraps = false;
};

// Those of one check, so that each step is looked at once.
class PipelineResults {
public:
    const PipelineResult& of(const PipelineContext& context, format::GraphIndex step);

private:
    std::map<std::pair<const PipelineContext*, format::GraphIndex>, PipelineResult> known_;
};

// The result of a step that a pipeline step runs.
struct InnerResult {
    const PipelineContext* pipeline = nullptr;  // where that step stands
    format::GraphIndex step = format::kNoGraphNode;
    std::string path;  // into its result
};

// Where a path into the result of a pipeline step leads to; nothing if that is not known, or is no
// result of a step.
std::optional<InnerResult> innerResult(const PipelineContext& context, format::GraphIndex step,
                                       std::string_view path, PipelineResults& known);

// A part that the step itself calls `result` would be handed back in place of all of them, where a
// pipeline has no outputs.
bool mayNameResult(const PipelineResult::Step& step, PipelineResults& known);

}  // namespace pe::check
