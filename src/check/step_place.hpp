// SPDX-License-Identifier: MIT
// StepPlace: what runs a step, and when its templates are expanded. The executor runs the steps of
// the file and those of inline pipelines: it looks at conditions, expands the templates of the
// whole step with everything nested in it, and saves files. Loops run their bodies themselves and
// do none of that.
#pragma once

#include "pe/format/scope.hpp"

namespace pe::check {

struct StepPlace {
    // The step (or container) that the executor runs and with whose expansion this one is expanded:
    // the step itself, or the outermost loop, parallel or batch step around it.
    format::GraphIndex expandedWith = format::kNoGraphNode;
    format::GraphIndex loop = format::kNoGraphNode;      // the innermost loop around
    format::GraphIndex pipeline = format::kNoGraphNode;  // the Branch of the inline pipeline around
    bool task = false;                                   // an entry of parallel_tasks or tasks
    // Run by the executor itself, so that condition, output_to_file and streaming count.
    bool executed() const { return loop == format::kNoGraphNode && !task; }
};

StepPlace placeOf(const format::Graph& graph, format::GraphIndex step);

// The Branch that is the inline pipeline of a step; kNoGraphNode if it has none.
format::GraphIndex inlinePipelineOf(const format::Graph& graph, format::GraphIndex step);

// A claude_batch step or one of its tasks: their prompts are built without any results.
bool isBatch(const format::Graph& graph, format::GraphIndex step);

// Below `on_error` or `error_handler`, which nothing reads.
bool isUnread(const format::Graph& graph, format::GraphIndex step);

// `inner` is nested in `outer`, at any depth.
bool isWithin(const format::Graph& graph, format::GraphIndex inner, format::GraphIndex outer);

}  // namespace pe::check
