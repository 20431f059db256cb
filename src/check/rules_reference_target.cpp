// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "reference_rules.hpp"
#include "skipped_step.hpp"
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
    TargetFields(const StepContext& step, Reporter& reporter)
        : context_(step.pipeline), index_(step.index), reporter_(reporter) {}

    // A part that is missing if the step was skipped or streamed.
    void check(const ResultUse& use) const {
        if (isStoredWhenSkipped(use.path.in(use.text)))
            return;
        if (needsPart(use) && mayBeSkipped(context_, use.target, index_))
            report(use);
        if (isStreamed(use.target))
            reportStreamed(use);
    }

private:
    NodeRef field(GraphIndex step, std::string_view key) const {
        return entryOf(context_.forest,
                       mappingBehind(context_.forest, context_.graph.nodes[step].ref), key);
    }

    const std::string& nameOf(const ResultUse& use) const {
        return context_.graph.nodes[use.target].name;
    }

    // Conditions do without, and so does the rest where other rules say that it is never seen.
    bool needsPart(const ResultUse& use) const {
        switch (use.place) {
            case UsePlace::Prompt:
            case UsePlace::Output:
                return true;
            case UsePlace::Template:
                return !use.inCondition && !storesHiddenKeys(typeOf(use));
            case UsePlace::Source:
                return !keyIs(context_.forest, use.node, "data_source") ||
                       !storesHiddenKeys(typeOf(use));
            default:
                return false;
        }
    }

    void report(const ResultUse& use) const {
        const auto [then, remedy] = consequence(use.place);
        Diagnostic& found = reporter_.onPart(
            "reference.maybe-skipped", use.node, use.whole.begin, use.whole.end,
            quoted(nameOf(use)) + " may be skipped; then this part of its result is missing and " +
                then);
        found.why =
            std::string("A skipped step stores success, skipped and reason only. ") + remedy;
    }

    // What happens, and what avoids it.
    static std::pair<const char*, const char*> consequence(UsePlace place) {
        switch (place) {
            case UsePlace::Template:
                return {"the template stays as it is written.",
                        "The same condition here avoids it."};
            case UsePlace::Output:
                return {"this step fails.", "Handing back all of it, by its name, avoids it."};
            case UsePlace::Prompt:
                return {"the run ends.", "The same condition here, or `strict: false`, avoids it."};
            default:
                return {"the run ends.", "The same condition here avoids it."};
        }
    }

    const std::string& typeOf(const ResultUse& use) const {
        return context_.graph.nodes[use.target].type;
    }

    // Of an answer that is streamed only a reference to the stream is kept.
    bool isStreamed(GraphIndex target) const {
        const NodeRef streaming = mappingBehind(context_.forest, field(target, "streaming"));
        const auto enabled =
            scalarOf(context_.forest, entryOf(context_.forest, streaming, "enabled"));
        return placeOf(context_.graph, target).executed() && enabled &&
               enabled->kind == yaml::Value::Kind::Boolean && enabled->boolean;
    }

    void reportStreamed(const ResultUse& use) const {
        static constexpr std::array<std::string_view, 7> kKept = {
            "success", "type", "stream_id", "stream_info", "skipped", "reason", "length"};
        const std::string& type = typeOf(use);
        std::string_view path = use.path.in(use.text);
        if (path == "result" || path.starts_with("result."))  // of a pipeline, and in templates
            path.remove_prefix(std::min(path.size(), std::string_view("result.").size()));
        const std::string_view head = path.substr(0, path.find_first_of(". "));
        const bool unseen = use.place != UsePlace::Prompt && use.place != UsePlace::Source &&
                            storesHiddenKeys(type);
        if (head.empty() || unseen || std::find(kKept.begin(), kKept.end(), head) != kKept.end())
            return;
        Diagnostic& found =
            reporter_.onPart("reference.streamed-part", use.node, use.whole.begin, use.whole.end,
                             quoted(nameOf(use)) + " is streamed and keeps no " + quoted(path) +
                                 "; switch `streaming` off there.");
        found.why =
            "The result of a streamed step has success, type, stream_id and stream_info only. " +
            std::string(outcomeOfMissing(use.place));
    }

    const PipelineContext& context_;
    GraphIndex index_;
    Reporter& reporter_;
};

bool hasStreaming(const PipelineContext& context, const format::GraphNode& step) {
    return entryOf(context.forest, mappingBehind(context.forest, step.ref), "streaming") !=
           yaml::kNoNode;
}

}  // namespace

std::string_view outcomeOfMissing(UsePlace place) {
    switch (place) {
        case UsePlace::Condition:
            return "What is not there is null.";
        case UsePlace::Template:
            return "The template stays as it is written.";
        case UsePlace::Source:
            return "This step fails when it looks for its data.";
        case UsePlace::Output:
            return "An output that is not found fails the step.";
        default:
            return "A part that is not found ends the run.";
    }
}

// Only steps that refer to such a step are looked at; the others would be read for nothing.
void checkTargets(const PipelineContext& context, Reporter& reporter) {
    const format::Graph& graph = context.graph;
    // A search costs less than a look at every step, and nearly no file has the word.
    const bool streams = context.subject.text().find("streaming") != std::string_view::npos;
    std::vector<bool> uses(graph.nodes.size());
    for (const format::GraphEdge& edge : graph.edges) {
        const format::GraphNode& from = graph.nodes[edge.from];
        const bool response = edge.kind == format::EdgeKind::PreviousResponse;
        const bool result = response || edge.kind == format::EdgeKind::Condition ||
                            edge.kind == format::EdgeKind::Template ||
                            edge.kind == format::EdgeKind::DataSource;
        if (result && (from.type == "pipeline" || hasOnlyKnownParts(from.type) ||
                       edge.kind == format::EdgeKind::DataSource || format::isLoop(from) ||
                       (edge.kind != format::EdgeKind::Condition && from.conditional) ||
                       (streams && hasStreaming(context, from))))
            uses[edge.to] = true;
    }
    PipelineResults pipelines;
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const format::GraphNode& node = graph.nodes[i];
        const bool pipeline = node.type == "pipeline" && node.kind == format::NodeKind::Step;
        if ((!uses[i] && !pipeline) || node.kind == format::NodeKind::Branch || isUnread(graph, i))
            continue;
        const StepContext step{context, i, mappingBehind(context.forest, node.ref), node.type,
                               context.catalogue.find(node.type)};
        const TargetFields fields(step, reporter);
        const std::function<void(const ResultUse&)> check = [&](const ResultUse& use) {
            if (!use.isInner() || use.place == UsePlace::Output)
                fields.check(use);
            checkResultPart(step, use, reporter);
            if (const auto inner = checkPipelinePart(step, use, pipelines, reporter))
                check(*inner);
        };
        if (uses[i])
            forEachResultUse(step, check);
        checkOutputParts(step, pipelines, reporter, check);
    }
}

}  // namespace pe::check
