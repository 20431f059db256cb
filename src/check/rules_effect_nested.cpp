// SPDX-License-Identifier: MIT
// What inline pipelines do not take over from the pipeline around them, and limits that stop them
// before their first step.
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "fixes.hpp"
#include "pe/format/scope.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

struct Setting {
    std::string_view group;  // empty: in the workflow itself
    std::string_view key;
    std::string_view standard;  // what holds without it; empty: that depends on more
};
constexpr std::array<Setting, 4> kSettings{{{"", "workspace_dir", "./workspace"},
                                            {"defaults", "output_dir", "./outputs"},
                                            {"defaults", "claude_preset", ""},
                                            {"environment", "mode", "development"}}};

bool readsPreset(std::string_view type) {
    return type == "claude_smart" || type == "claude_session" || type == "claude_extract" ||
           type == "claude_batch" || type == "claude_robust";
}

class Inheritance {
public:
    Inheritance(const PipelineContext& context, GraphIndex pipeline)
        : context_(context),
          forest_(context.forest),
          pipeline_(pipeline),
          own_(workflowBehind(forest_, context.graph.nodes[pipeline].ref)),
          outer_(outerWorkflow()) {}

    void check(Reporter& reporter) const {
        std::vector<std::string> lost;
        for (const Setting& each : kSettings)
            if (differs(each) && isNull(forest_, entry(own_, each)) && isRead(each))
                lost.push_back(quoted(std::string(each.group) + (each.group.empty() ? "" : ".") +
                                      std::string(each.key)));
        if (!lost.empty())
            reporter.onKey("effect.not-inherited", context_.graph.nodes[pipeline_].ref,
                           "This nested pipeline does not take over " + listed(lost) +
                               " of the pipeline around it; write " +
                               (lost.size() == 1 ? "it" : "them") + " here, too.");
    }

private:
    NodeRef outerWorkflow() const {
        const GraphIndex around = format::pipelineAround(context_.graph, pipeline_);
        return around == format::kNoGraphNode
                   ? mappingBehind(forest_, context_.workflow)
                   : workflowBehind(forest_, context_.graph.nodes[around].ref);
    }

    NodeRef entry(NodeRef workflow, const Setting& setting) const {
        const NodeRef group =
            setting.group.empty()
                ? workflow
                : mappingBehind(forest_, entryOf(forest_, workflow, setting.group));
        return entryOf(forest_, group, setting.key);
    }

    bool differs(const Setting& setting) const {
        const NodeRef set = entry(outer_, setting);
        return !isNull(forest_, set) && textOf(forest_, set) != setting.standard;
    }

    bool isRead(const Setting& setting) const {
        const auto& nodes = context_.graph.nodes;
        for (GraphIndex i = pipeline_ + 1; i < nodes.size(); ++i)
            if (nodes[i].kind == format::NodeKind::Step &&
                placeOf(context_.graph, i).pipeline == pipeline_ && reads(nodes[i], i, setting.key))
                return true;
        return false;
    }

    bool reads(const format::GraphNode& node, GraphIndex index, std::string_view key) const {
        if (key == "workspace_dir")
            return node.type == "file_ops";
        const NodeRef step = mappingBehind(forest_, node.ref);
        if (key == "output_dir")
            return placeOf(context_.graph, index).executed() &&
                   !isNull(forest_, entryOf(forest_, step, "output_to_file"));
        if (!readsPreset(node.type) || !isNull(forest_, entryOf(forest_, step, "preset")))
            return false;
        return key != "mode" || (node.type == "claude_smart" &&
                                 isTrue(forest_, entryOf(forest_, step, "environment_aware")));
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex pipeline_;
    NodeRef own_;
    NodeRef outer_;
};

// Steps of a pipeline that is written in place; those of a file are not known.
std::int64_t stepsInPlace(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (!isNull(forest, entryOf(forest, context.step, "pipeline_file")))
        return 0;
    const NodeRef workflow = workflowBehind(forest, entryOf(forest, context.step, "pipeline"));
    const NodeRef steps = valueBehind(forest, entryOf(forest, workflow, "steps"));
    return steps != yaml::kNoNode && yaml::isSequence(forest.style(steps))
               ? static_cast<std::int64_t>(forest.children(steps).size())
               : 0;
}

}  // namespace

void checkInheritance(const PipelineContext& context, Reporter& reporter) {
    for (GraphIndex i = 0; i < context.graph.nodes.size(); ++i)
        if (isInlinePipeline(context.graph.nodes[i]) && !isUnread(context.graph, i))
            Inheritance(context, i).check(reporter);
}

// A nested pipeline stands one deep at least.
void checkNestedLimits(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.type != "pipeline")
        return;
    const NodeRef config = mappingBehind(forest, entryOf(forest, context.step, "config"));
    const auto below = [&](std::string_view key, std::int64_t needed) {
        const auto limit = scalarOf(forest, entryOf(forest, config, key));
        std::int64_t number = 0;
        return limit && limit->kind == yaml::Value::Kind::Integer &&
               std::from_chars(limit->text.data(), limit->text.data() + limit->text.size(), number)
                       .ec == std::errc() &&
               number < needed;
    };
    if (below("max_depth", 1))
        reporter.onValue("effect.nested-limit", entryOf(forest, config, "max_depth"),
                         "The nested pipeline is 1 deep already and never runs; allow more.");
    const std::int64_t steps = stepsInPlace(context);
    if (below("max_total_steps", steps))
        reporter.onValue("effect.nested-limit", entryOf(forest, config, "max_total_steps"),
                         "The nested pipeline has " + std::to_string(steps) +
                             (steps == 1 ? " step" : " steps") +
                             " and never runs; allow as many at least.");
}

}  // namespace pe::check
