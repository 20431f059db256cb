// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "condition_faults.hpp"
#include "fields.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

// What depends on fields of the step that is referred to, not only on its name and type.
class TargetFields {
public:
    TargetFields(const PipelineContext& context, GraphIndex index, Reporter& reporter)
        : context_(context), index_(index), reporter_(reporter) {
        step_ = mappingBehind(context.forest, context.graph.nodes[index].ref);
    }

    // Parts that are missing if the step was skipped or streamed.
    void checkParts() {
        const yaml::Forest& forest = context_.forest;
        const NodeRef prompt = valueBehind(forest, entryOf(forest, step_, "prompt"));
        if (prompt == yaml::kNoNode || !yaml::isSequence(forest.style(prompt)))
            return;
        for (const NodeRef item : forest.children(prompt)) {
            const NodeRef part = mappingBehind(forest, item);
            const NodeRef entry = entryOf(forest, part, "step");
            const auto name = textOf(forest, entry);
            const NodeRef extract = entryOf(forest, part, "extract");
            if (!name || isNull(forest, extract) || isLenient(part) || isAlwaysStored(extract))
                continue;
            const SeenStep seen = resultSeen(context_, *name, index_);
            if (seen.sight != Sight::Visible)
                continue;
            if (maySkip(seen.step))
                report(extract, *name);
            if (isStreamed(seen.step))
                reportStreamed(extract, *name);
        }
    }

private:
    NodeRef field(GraphIndex step, std::string_view key) const {
        return entryOf(context_.forest,
                       mappingBehind(context_.forest, context_.graph.nodes[step].ref), key);
    }

    bool isLenient(NodeRef part) const {
        const auto strict = scalarOf(context_.forest, entryOf(context_.forest, part, "strict"));
        return strict && strict->kind == yaml::Value::Kind::Boolean && !strict->boolean;
    }

    // What every skipped step stores.
    bool isAlwaysStored(NodeRef extract) const {
        const auto path = textOf(context_.forest, extract);
        return path == "success" || path == "skipped" || path == "reason";
    }

    bool alwaysHolds(NodeRef condition) const {
        const auto text = textOf(context_.forest, valueBehind(context_.forest, condition));
        return text && conditionProblems(*text).empty() && decidedBy(*text) == Decided::AlwaysTrue;
    }

    // A condition that this step does not have itself.
    bool maySkip(GraphIndex target) const {
        if (!placeOf(context_.graph, target).executed() ||
            context_.graph.nodes[target].type == "while_loop")
            return false;
        const NodeRef theirs = field(target, "condition");
        if (isNull(context_.forest, theirs) || alwaysHolds(theirs))
            return false;
        const NodeRef ours = entryOf(context_.forest, step_, "condition");
        if (isNull(context_.forest, ours))
            return true;
        const auto a = yaml::valueOf(context_.forest, theirs);
        const auto b = yaml::valueOf(context_.forest, ours);
        return !a || !b || !(*a == *b);
    }

    void report(NodeRef extract, const std::string& name) {
        Diagnostic& found = reporter_.onValue(
            "reference.maybe-skipped", extract,
            quoted(name) +
                " may be skipped; then this part of its result is missing and the run "
                "ends.");
        found.why =
            "A skipped step stores success, skipped and reason only. The same condition "
            "here, or `strict: false`, avoids it.";
    }

    // Of an answer that is streamed only a reference to the stream is kept.
    bool isStreamed(GraphIndex target) const {
        const NodeRef streaming = mappingBehind(context_.forest, field(target, "streaming"));
        const auto enabled =
            scalarOf(context_.forest, entryOf(context_.forest, streaming, "enabled"));
        return placeOf(context_.graph, target).executed() && enabled &&
               enabled->kind == yaml::Value::Kind::Boolean && enabled->boolean;
    }

    void reportStreamed(NodeRef extract, const std::string& name) {
        static constexpr std::array<std::string_view, 6> kKept = {
            "success", "type", "stream_id", "stream_info", "skipped", "reason"};
        const auto path = textOf(context_.forest, extract);
        if (!path ||
            std::find(kKept.begin(), kKept.end(), path->substr(0, path->find('.'))) != kKept.end())
            return;
        Diagnostic& found =
            reporter_.onValue("reference.streamed-part", extract,
                              quoted(name) + " is streamed and keeps no " + quoted(*path) +
                                  "; switch `streaming` off there.");
        found.why =
            "The result of a streamed step has success, type, stream_id and stream_info only. A "
            "part that is not found ends the run.";
    }

    const PipelineContext& context_;
    GraphIndex index_;
    Reporter& reporter_;
    NodeRef step_ = yaml::kNoNode;
};

bool hasStreaming(const PipelineContext& context, const format::GraphNode& step) {
    return entryOf(context.forest, mappingBehind(context.forest, step.ref), "streaming") !=
           yaml::kNoNode;
}

}  // namespace

// Only steps that refer to such a step are looked at; the others would be read for nothing.
void checkTargets(const PipelineContext& context, Reporter& reporter) {
    const format::Graph& graph = context.graph;
    // A search costs less than a look at every step, and nearly no file has the word.
    const bool streams = context.subject.text().find("streaming") != std::string_view::npos;
    std::vector<bool> usesParts(graph.nodes.size());
    std::vector<bool> usesPipeline(graph.nodes.size());
    for (const format::GraphEdge& edge : graph.edges) {
        const format::GraphNode& from = graph.nodes[edge.from];
        const bool response = edge.kind == format::EdgeKind::PreviousResponse;
        if (response && (from.conditional || (streams && hasStreaming(context, from))))
            usesParts[edge.to] = true;
        if (from.type == "pipeline" && (response || edge.kind == format::EdgeKind::Condition ||
                                        edge.kind == format::EdgeKind::Template))
            usesPipeline[edge.to] = true;
    }
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].kind == format::NodeKind::Branch)
            continue;
        if (usesParts[i])
            TargetFields(context, i, reporter).checkParts();
        if (usesPipeline[i])
            checkPipelineParts(context, i, reporter);
    }
}

}  // namespace pe::check
