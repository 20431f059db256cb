// SPDX-License-Identifier: MIT
// StepSight: whether the result of a step can be seen from a place of the pipeline. Results exist
// from the moment their step has run, in the pipeline that runs it: a loop body sees what ran
// before the loop and earlier in the body, an inline pipeline sees its own steps only, and of the
// steps inside a container nothing is seen outside.
#pragma once

#include <string>
#include <string_view>

#include "pe/check/hidden_keys.hpp"
#include "rule.hpp"

namespace pe::check {

// What loops call their round, among the results of steps.
inline constexpr std::string_view kRound = "loop";

enum class Sight : std::uint8_t {
    Visible,
    Missing,  // no step has the name
    Itself,   // the step that asks
    Around,   // a container of the step that asks
    Later,
    Inner,     // inside a loop or pipeline that the step that asks is not in
    Outside,   // outside the inline pipeline that runs the step that asks
    SameLoop,  // seen by the body, but not by its templates: these are expanded before the loop
    Round,     // `loop` in a loop: no step but the round, with its item and counters
    Hidden,    // a step called `loop`, in whose place a loop has its round
};

struct SeenStep {
    Sight sight = Sight::Missing;
    format::GraphIndex step = format::kNoGraphNode;
};

// For what is looked up when the step runs: prompt parts, conditions, data sources.
SeenStep resultSeen(const PipelineContext& context, std::string_view name, format::GraphIndex from);
// For templates.
SeenStep templateSeen(const PipelineContext& context, std::string_view name,
                      format::GraphIndex from);

// The step outside of the nested pipeline around `from` that its templates mean: the pipelines
// around fill them in before, the outermost first. kNoGraphNode if there is none.
format::GraphIndex outerStep(const PipelineContext& context, std::string_view name,
                             format::GraphIndex from);

// A step from this one to `last`, or one inside of these, uses its result.
bool isUsedUpTo(const format::Graph& graph, format::GraphIndex step, format::GraphIndex last);

// The name of a step whose result can be seen, most like the given one; empty if there is none.
std::string nearestStep(const PipelineContext& context, std::string_view name,
                        format::GraphIndex from);

// The step with a dot or colon in its name that is written at this place of a text, where the name
// ends at that sign; kNoGraphNode if there is none.
format::GraphIndex splitName(const PipelineContext& context, std::string_view text);

// "`b` runs later than this step." A whole sentence for everything but Visible.
std::string sightMessage(Sight sight, std::string_view name);
std::string_view sightCode(Sight sight);

// Whether the step that is looked at runs this one, also from a list that is written elsewhere:
// `steps: *body`.
bool runsItself(const StepContext& context, format::GraphIndex step);

}  // namespace pe::check
