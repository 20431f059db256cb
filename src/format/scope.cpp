// SPDX-License-Identifier: MIT
#include "pe/format/scope.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "name_hash.hpp"
#include "pe/yaml/entries.hpp"

namespace pe::format {

bool isLoop(const GraphNode& node) {
    return node.kind == NodeKind::Step && (node.type == "for_loop" || node.type == "while_loop");
}

yaml::NodeRef workflowOf(const yaml::Forest& forest, yaml::NodeRef pipeline) {
    const yaml::NodeRef wrapped = entryOf(forest, pipeline, "workflow");
    return wrapped == yaml::kNoNode ? pipeline : wrapped;
}

bool isInlinePipeline(const GraphNode& node) {
    return node.kind == NodeKind::Branch && node.type == "pipeline";
}

GraphIndex pipelineAround(const Graph& graph, GraphIndex node) {
    GraphIndex at = graph.nodes[node].parent;
    while (at != kNoGraphNode && !isInlinePipeline(graph.nodes[at]))
        at = graph.nodes[at].parent;
    return at;
}

StepScope::StepScope(const Graph& graph) : graph_(&graph) {
    entries_.reserve(graph.nodes.size());
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        if (node.kind == NodeKind::Step && !node.name.empty())
            entries_.push_back({nameHash(node.name), node.parent, i});
    }
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.hash, a.parent, a.step) < std::tie(b.hash, b.parent, b.step);
    });
}

StepScope::Range StepScope::named(std::uint64_t hash) const {
    const Entry* first = entries_.data();
    const Entry* last = first + entries_.size();
    const Entry* begin = std::lower_bound(
        first, last, hash,
        [](const Entry& each, std::uint64_t wanted) { return each.hash < wanted; });
    const Entry* end = std::upper_bound(
        begin, last, hash,
        [](std::uint64_t wanted, const Entry& each) { return wanted < each.hash; });
    return {begin, end};
}

StepScope::Range StepScope::inScope(Range range, GraphIndex parent) const {
    const Entry* begin =
        std::lower_bound(range.begin, range.end, parent,
                         [](const Entry& each, GraphIndex wanted) { return each.parent < wanted; });
    const Entry* end =
        std::upper_bound(begin, range.end, parent,
                         [](GraphIndex wanted, const Entry& each) { return wanted < each.parent; });
    return {begin, end};
}

bool StepScope::is(const Entry& entry, std::string_view name) const {
    return graph_->nodes[entry.step].name == name;
}

std::optional<ResolvedStep> StepScope::resolve(std::string_view name, GraphIndex holder) const {
    const Range all = named(nameHash(name));
    if (all.begin == all.end)
        return std::nullopt;
    std::optional<GraphIndex> later;
    for (GraphIndex at = holder;;) {
        const GraphIndex parent = graph_->nodes[at].parent;
        const Range here = inScope(all, parent);
        const Entry* split = std::lower_bound(
            here.begin, here.end, at,
            [](const Entry& each, GraphIndex wanted) { return each.step < wanted; });
        for (const Entry* each = split; each != here.begin;)
            if (is(*--each, name))
                return ResolvedStep{each->step, Reach::Earlier};
        for (const Entry* each = split; each != here.end && !later; ++each)
            if (is(*each, name))
                later = each->step;
        if (parent == kNoGraphNode)
            break;
        at = parent;
    }
    if (const auto own = childNamed(name, holder))
        return ResolvedStep{*own, Reach::Inside};
    if (later)
        return ResolvedStep{*later, Reach::Later};
    std::optional<GraphIndex> above;
    std::optional<GraphIndex> below;
    for (const Entry* each = all.begin; each != all.end; ++each) {
        if (!is(*each, name))
            continue;
        if (each->step < holder && (!above || *above < each->step))
            above = each->step;
        if (each->step > holder && (!below || each->step < *below))
            below = each->step;
    }
    if (!above && !below)
        return std::nullopt;
    return ResolvedStep{above ? *above : *below, Reach::Inside};
}

std::optional<GraphIndex> StepScope::childNamed(std::string_view name, GraphIndex parent) const {
    const Range here = inScope(named(nameHash(name)), parent);
    for (const Entry* each = here.end; each != here.begin;)
        if (is(*--each, name))
            return each->step;
    return std::nullopt;
}

}  // namespace pe::format
