// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>
#include <vector>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_paths.hpp"
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

    void checkSkipped() {
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
            if (seen.sight == Sight::Visible && maySkip(seen.step))
                report(extract, *name);
        }
    }

    void checkWrapped() {
        const NodeRef condition = entryOf(context_.forest, step_, "condition");
        if (condition == yaml::kNoNode || !placeOf(context_.graph, index_).executed())
            return;
        forEachConditionText(
            context_.forest, condition, [&](NodeRef node, const std::string& text) {
                if (!conditionProblems(text).empty())
                    return;
                forEachPath(parseCondition(text), text,
                            [&](const Operand& path) { checkWrappedPath(node, text, path); });
            });
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

    void checkWrappedPath(NodeRef node, const std::string& text, const Operand& path) {
        const SeenStep seen = resultSeen(context_, path.name.in(text), index_);
        if (seen.sight != Sight::Visible || path.name.end == path.range.end ||
            context_.graph.nodes[seen.step].type != "pipeline")
            return;
        const std::string_view rest =
            std::string_view(text).substr(path.name.end, path.range.end - path.name.end);
        const NodeRef inputs = mappingBehind(context_.forest, field(seen.step, "inputs"));
        if (inputs == yaml::kNoNode || context_.forest.children(inputs).empty() ||
            rest == ".result" || rest.starts_with(".result."))
            return;
        Diagnostic& found = reporter_.onPart(
            "reference.wrapped-result", node, path.range.begin, path.range.end,
            "The result of a pipeline step with inputs stands below `result`: write " +
                quoted(std::string(path.name.in(text)) + ".result" + std::string(rest)) + ".");
        found.fixes.push_back(
            fixPart(node, text, {path.name.end, path.name.end}, ".result", Safety::Choice));
        found.fixes.back().title = "Insert `.result`";
    }

    const PipelineContext& context_;
    GraphIndex index_;
    Reporter& reporter_;
    NodeRef step_ = yaml::kNoNode;
};

}  // namespace

// Only steps that refer to such a step are looked at; the others would be read for nothing.
void checkTargets(const PipelineContext& context, Reporter& reporter) {
    const format::Graph& graph = context.graph;
    std::vector<bool> usesConditional(graph.nodes.size());
    std::vector<bool> usesPipeline(graph.nodes.size());
    for (const format::GraphEdge& edge : graph.edges) {
        const format::GraphNode& from = graph.nodes[edge.from];
        if (edge.kind == format::EdgeKind::PreviousResponse && from.conditional)
            usesConditional[edge.to] = true;
        if (edge.kind == format::EdgeKind::Condition && from.type == "pipeline")
            usesPipeline[edge.to] = true;
    }
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].kind == format::NodeKind::Branch ||
            !(usesConditional[i] || usesPipeline[i]))
            continue;
        TargetFields fields(context, i, reporter);
        if (usesConditional[i])
            fields.checkSkipped();
        if (usesPipeline[i])
            fields.checkWrapped();
    }
}

}  // namespace pe::check
