// SPDX-License-Identifier: MIT
#include "pipeline_result.hpp"

#include <algorithm>

#include "fields.hpp"
#include "pe/check/result_parts.hpp"
#include "pipeline_files.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

using Part = PipelineResult::Part;
using Step = PipelineResult::Step;

bool isTemplated(std::string_view text) {
    return text.find("{{") != std::string_view::npos;
}

class ResultReader {
public:
    ResultReader(const PipelineContext& context, GraphIndex step)
        : context_(context),
          forest_(context.forest),
          index_(step),
          step_(mappingBehind(forest_, context.graph.nodes[step].ref)) {}

    PipelineResult read() const {
        const NodeRef file = entryOf(forest_, step_, "pipeline_file");
        const NodeRef outputs = entryOf(forest_, step_, "outputs");
        auto steps = isNull(forest_, file) ? stepsInPlace() : stepsOfFile(textOf(forest_, file));
        PipelineResult result{wrapped(), std::nullopt, {}, isNull(forest_, outputs)};
        if (!result.unwraps)
            result.parts = parts(outputs);
        else if (steps)
            for (const Step& each : result.parts.emplace(), *steps)
                result.parts->push_back({each.node().name, ""});
        result.steps = std::move(steps).value_or(std::vector<Step>());
        return result;
    }

private:
    // Without inputs of its own a step may have those of the pipeline around it.
    std::optional<bool> wrapped() const {
        const NodeRef entry = entryOf(forest_, step_, "inputs");
        const NodeRef inputs = mappingBehind(forest_, entry);
        if (inputs != yaml::kNoNode && !forest_.children(inputs).empty())
            return true;
        const NodeRef config = mappingBehind(forest_, entryOf(forest_, step_, "config"));
        if (!isNull(forest_, entryOf(forest_, config, "inherit_context")) ||
            (inputs == yaml::kNoNode && !isNull(forest_, entry)))
            return std::nullopt;
        return false;
    }

    std::optional<std::vector<Part>> parts(NodeRef entry) const {
        const NodeRef outputs = valueBehind(forest_, entry);
        if (outputs == yaml::kNoNode || !yaml::isSequence(forest_.style(outputs)) ||
            forest_.children(outputs).empty())
            return std::nullopt;
        std::vector<Part> parts;
        for (const NodeRef item : forest_.children(outputs)) {
            std::optional<Part> part = output(item);
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
        }
        return parts;
    }

    std::optional<Part> output(NodeRef item) const {
        const NodeRef mapping = mappingBehind(forest_, item);
        const auto path =
            textOf(forest_, mapping == yaml::kNoNode ? item : entryOf(forest_, mapping, "path"));
        const NodeRef as = entryOf(forest_, mapping, "as");
        if (!path || isTemplated(*path))
            return std::nullopt;
        if (isNull(forest_, as))
            return Part{*path, ""};
        const auto name = textOf(forest_, as);
        if (!name || isTemplated(*name))
            return std::nullopt;
        return Part{*name, *path};
    }

    // Nothing where one has no name that is known before the run.
    static std::optional<std::vector<Step>> stepsBelow(const PipelineContext& pipeline,
                                                       GraphIndex holder) {
        const auto& nodes = pipeline.graph.nodes;
        const bool all = holder == format::kNoGraphNode;
        std::vector<Step> steps;
        for (GraphIndex i = all ? 0 : holder + 1; i < nodes.size(); ++i) {
            // Nodes stand behind those that hold them.
            if (!all && (nodes[i].parent == format::kNoGraphNode || nodes[i].parent < holder))
                break;
            if (nodes[i].parent != holder)
                continue;
            if (nodes[i].name.empty() || isTemplated(nodes[i].name))
                return std::nullopt;
            steps.push_back({&pipeline, i});
        }
        return steps;
    }

    std::optional<std::vector<Step>> stepsOfFile(const std::optional<std::string>& path) const {
        const PipelineContext* file = path && !isTemplated(*path) && context_.called != nullptr
                                          ? context_.called->read(context_, *path)
                                          : nullptr;
        if (file == nullptr)
            return std::nullopt;
        const NodeRef list = valueBehind(file->forest, file->graph.steps);
        if (file->graph.steps == file->graph.workflow || list == yaml::kNoNode ||
            !yaml::isSequence(file->forest.style(list)))
            return std::nullopt;
        auto steps = stepsBelow(*file, format::kNoGraphNode);
        // An item that is no step has no name either.
        return steps && steps->size() == file->forest.children(list).size() ? steps : std::nullopt;
    }

    std::optional<std::vector<Step>> stepsInPlace() const {
        const GraphIndex pipeline = inlinePipelineOf(context_.graph, index_);
        return pipeline == format::kNoGraphNode ? std::nullopt : stepsBelow(context_, pipeline);
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    NodeRef step_;
};

}  // namespace

const Part* PipelineResult::part(std::string_view name) const {
    const auto isNamed = [&](const Part& each) { return each.name == name; };
    const auto found = parts ? std::find_if(parts->begin(), parts->end(), isNamed)
                             : std::vector<Part>::const_iterator();
    return !parts || found == parts->end() ? nullptr : &*found;
}

std::optional<PipelineResult::Handed> PipelineResult::handed(const Part& part) const {
    const std::string_view path = part.path.empty() ? part.name : part.path;
    const std::string_view head = headOf(path);
    const Step* const from = step(head);
    return from == nullptr
               ? std::nullopt
               : std::optional(Handed{
                     from, std::string(path.substr(std::min(head.size() + 1, path.size())))});
}

const Step* PipelineResult::step(std::string_view name) const {
    const auto found = std::find_if(steps.rbegin(), steps.rend(),
                                    [&](const Step& each) { return each.node().name == name; });
    return found == steps.rend() ? nullptr : &*found;
}

bool mayNameResult(const Step& step, PipelineResults& known) {
    const format::GraphNode& node = step.node();
    if (node.type == "data_transform") {
        const yaml::Forest& forest = step.pipeline->forest;
        const std::string data = dataPart(forest, mappingBehind(forest, node.ref));
        return data.empty() || data == kResult;
    }
    if (node.type != "pipeline")
        return false;
    const PipelineResult& inner = known.of(*step.pipeline, step.index);
    return inner.wrapped != true && (!inner.parts || inner.part(kResult) != nullptr);
}

std::optional<InnerResult> innerResult(const PipelineContext& context, GraphIndex step,
                                       std::string_view path, PipelineResults& known) {
    InnerResult at{&context, step, std::string(path)};
    bool unwrapped = false;
    while (at.pipeline->graph.nodes[at.step].type == "pipeline") {
        const PipelineResult& result = known.of(*at.pipeline, at.step);
        if (!result.parts || (!result.wrapped && !unwrapped))
            return std::nullopt;
        std::string_view rest = at.path;
        const auto next = [&] {
            const std::string_view head = headOf(rest);
            rest.remove_prefix(std::min(head.size() + 1, rest.size()));
            return head;
        };
        if (!unwrapped && *result.wrapped && next() != kResult)
            return std::nullopt;
        const Part* const part = result.part(next());
        if (part == nullptr)
            return std::nullopt;
        auto inner = result.handed(*part);
        unwrapped = result.unwraps;
        if (!inner || (unwrapped && mayNameResult(*inner->step, known)))
            return std::nullopt;
        inner->part += (inner->part.empty() || rest.empty() ? "" : ".") + std::string(rest);
        at = {inner->step->pipeline, inner->step->index, std::move(inner->part)};
    }
    return at;
}

const PipelineResult& PipelineResults::of(const PipelineContext& context, GraphIndex step) {
    const auto [place, unread] = known_.try_emplace({&context, step});
    if (unread)
        place->second = ResultReader(context, step).read();
    return place->second;
}

}  // namespace pe::check
