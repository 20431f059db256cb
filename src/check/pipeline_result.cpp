// SPDX-License-Identifier: MIT
#include "pipeline_result.hpp"

#include <algorithm>

#include "fields.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
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
                result.parts->push_back({each.name, ""});
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

    std::optional<std::vector<Step>> stepsOfFile(const std::optional<std::string>& path) const {
        auto text = path && !isTemplated(*path) && context_.files != nullptr
                        ? context_.files->text(*path)
                        : std::nullopt;
        if (!text)
            return std::nullopt;
        const yaml::Tree tree = yaml::parse(std::move(*text));
        const NodeRef workflow =
            mappingBehind(tree, entryOf(tree, yaml::rootDocument(tree), "workflow"));
        const NodeRef list = valueBehind(tree, entryOf(tree, workflow, "steps"));
        if (list == yaml::kNoNode || !yaml::isSequence(tree.style(list)))
            return std::nullopt;
        std::vector<Step> steps;
        for (const NodeRef item : tree.children(list)) {
            const NodeRef step = mappingBehind(tree, item);
            auto name = textOf(tree, entryOf(tree, step, "name"));
            if (!name || isTemplated(*name))
                return std::nullopt;
            steps.push_back({std::move(*name),
                             textOf(tree, entryOf(tree, step, "type")).value_or(""),
                             !isNull(tree, entryOf(tree, step, "condition"))});
        }
        return steps;
    }

    std::optional<std::vector<Step>> stepsInPlace() const {
        const auto& nodes = context_.graph.nodes;
        const GraphIndex pipeline = inlinePipelineOf(context_.graph, index_);
        if (pipeline == format::kNoGraphNode)
            return std::nullopt;
        std::vector<Step> steps;
        for (GraphIndex i = pipeline + 1; i < nodes.size() && isIn(pipeline, i); ++i) {
            if (nodes[i].parent != pipeline)
                continue;
            if (nodes[i].name.empty() || isTemplated(nodes[i].name))
                return std::nullopt;
            steps.push_back({nodes[i].name, nodes[i].type, nodes[i].conditional, i});
        }
        return steps;
    }

    bool isIn(GraphIndex holder, GraphIndex node) const {
        const GraphIndex parent = context_.graph.nodes[node].parent;
        return parent != format::kNoGraphNode && parent >= holder;
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    NodeRef step_;
};

}  // namespace

const Step* PipelineResult::step(std::string_view name) const {
    const auto found = std::find_if(steps.rbegin(), steps.rend(),
                                    [&](const Step& each) { return each.name == name; });
    return found == steps.rend() ? nullptr : &*found;
}

const PipelineResult& pipelineResult(const PipelineContext& context, GraphIndex step,
                                     PipelineResults& known) {
    const auto [place, unread] = known.try_emplace(step);
    if (unread)
        place->second = ResultReader(context, step).read();
    return place->second;
}

}  // namespace pe::check
