// SPDX-License-Identifier: MIT
#include "step_sight.hpp"

#include <algorithm>
#include <vector>

#include "fields.hpp"
#include "nearest.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::Reach;

// The inline pipeline that runs the step; kNoGraphNode for the file itself.
GraphIndex pipelineOf(const format::Graph& graph, GraphIndex step) {
    return placeOf(graph, step).pipeline;
}

SeenStep lookedUp(const PipelineContext& context, std::string_view name, GraphIndex from) {
    const auto resolved = context.scope.resolve(name, from);
    if (!resolved)
        return {};
    const GraphIndex step = resolved->step;
    if (resolved->reach == Reach::Earlier)
        return {Sight::Visible, step};
    if (resolved->reach == Reach::Inside)
        return {Sight::Inner, step};
    if (step == from)
        return {Sight::Itself, step};
    return {isWithin(context.graph, from, step) ? Sight::Around : Sight::Later, step};
}

// A loop stores its round under `loop` before each one; a step of its body may replace it.
SeenStep behindRound(const PipelineContext& context, SeenStep seen, GraphIndex from) {
    const GraphIndex loop = placeOf(context.graph, from).loop;
    const bool visible = seen.sight == Sight::Visible;
    if (loop == format::kNoGraphNode || (visible && isWithin(context.graph, seen.step, loop)))
        return seen;
    return visible ? SeenStep{Sight::Hidden, seen.step} : SeenStep{Sight::Round};
}

}  // namespace

SeenStep resultSeen(const PipelineContext& context, std::string_view name, GraphIndex from) {
    SeenStep seen = lookedUp(context, name, from);
    if (name == kRound)
        seen = behindRound(context, seen, from);
    if (seen.sight == Sight::Visible &&
        pipelineOf(context.graph, seen.step) != pipelineOf(context.graph, from))
        seen.sight = Sight::Outside;
    return seen;
}

SeenStep templateSeen(const PipelineContext& context, std::string_view name, GraphIndex from) {
    SeenStep seen = lookedUp(context, name, from);
    const GraphIndex root = placeOf(context.graph, from).expandedWith;
    if (seen.sight == Sight::Visible && root != from && isWithin(context.graph, seen.step, root))
        seen.sight = Sight::SameLoop;
    return seen;
}

GraphIndex outerStep(const PipelineContext& context, std::string_view name, GraphIndex from) {
    GraphIndex outer = format::kNoGraphNode;
    for (GraphIndex pipeline = pipelineOf(context.graph, from); pipeline != format::kNoGraphNode;
         pipeline = pipelineOf(context.graph, from)) {
        from = context.graph.nodes[pipeline].parent;
        const SeenStep seen = templateSeen(context, name, from);
        if (seen.sight == Sight::Visible)
            outer = seen.step;
    }
    return outer;
}

bool isUsedUpTo(const format::Graph& graph, GraphIndex step, GraphIndex last) {
    return std::any_of(graph.edges.begin(), graph.edges.end(), [&](const format::GraphEdge& each) {
        return each.kind != format::EdgeKind::Sequence && each.from == step && each.to > step &&
               !isWithin(graph, each.to, step) &&
               (each.to <= last || isWithin(graph, each.to, last));
    });
}

std::string nearestStep(const PipelineContext& context, std::string_view name, GraphIndex from) {
    return std::string(context.names.steps().nearest(name, [&](std::string_view step) {
        return resultSeen(context, step, from).sight == Sight::Visible;
    }));
}

GraphIndex splitName(const PipelineContext& context, std::string_view text) {
    const auto isWritten = [&](GraphIndex step) {
        const std::string_view name = context.graph.nodes[step].name;
        return text.starts_with(name) &&
               (text.size() == name.size() || !isWordCharacter(text[name.size()]));
    };
    const auto& steps = context.names.splitSteps();
    const auto found = std::find_if(steps.begin(), steps.end(), isWritten);
    return found == steps.end() ? format::kNoGraphNode : *found;
}

std::string sightMessage(Sight sight, std::string_view name) {
    const std::string step = quoted(name);
    switch (sight) {
        case Sight::Itself:
            return "A step cannot use its own result: " + step + " is this step.";
        case Sight::Around:
            return step + " is the step around this one; it has no result while it runs.";
        case Sight::Later:
            return step + " runs later than this step; its result is not there yet.";
        case Sight::Inner:
            return step + " is inside another step; its result is not visible out here.";
        case Sight::Outside:
            return step +
                   " is outside this nested pipeline, which sees its own steps only; hand "
                   "the value in through `inputs`.";
        case Sight::SameLoop:
            return "Templates in a loop are expanded before it starts, when " + step +
                   " has no result; use a previous_response part.";
        case Sight::Hidden:
            return "In a loop " + step + " is the round, with its item and counters; the step " +
                   step + " needs another name to be read here.";
        default:
            return "No step is called " + step + ".";
    }
}

std::string_view sightCode(Sight sight) {
    switch (sight) {
        case Sight::Itself:
        case Sight::Around:
            return "reference.self";
        case Sight::Later:
            return "reference.later";
        case Sight::Inner:
            return "reference.inner";
        case Sight::Outside:
            return "reference.outside-pipeline";
        case Sight::SameLoop:
            return "reference.loop-template";
        case Sight::Hidden:
            return "reference.hidden-step";
        default:
            return "reference.missing";
    }
}

bool runsItself(const StepContext& context, GraphIndex step) {
    const format::Graph& graph = context.pipeline.graph;
    if (isWithin(graph, step, context.index))
        return true;
    const yaml::Forest& forest = context.pipeline.forest;
    const yaml::NodeRef body = valueBehind(forest, entryOf(forest, context.step, "steps"));
    if (body == yaml::kNoNode || !yaml::isSequence(forest.style(body)))
        return false;
    const auto items = forest.children(body);
    return std::any_of(items.begin(), items.end(), [&](yaml::NodeRef item) {
        const yaml::NodeRef name = entryOf(forest, mappingBehind(forest, item), "name");
        return textOf(forest, name) == graph.nodes[step].name;
    });
}

}  // namespace pe::check
