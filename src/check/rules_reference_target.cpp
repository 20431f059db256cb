// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
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

    // A part that is missing if the step was skipped or streamed. Whether one of the first is told.
    bool check(const ResultUse& use) const {
        // What an output hands out of a part is told where that stands.
        if (!use.part.empty() || isStoredWhenSkipped(use.path.in(use.text)))
            return false;
        const bool skipped = needsPart(use) && mayBeSkippedBefore(use);
        if (skipped)
            report(use);
        if (isStreamed(use))
            reportStreamed(use);
        return skipped;
    }

private:
    const format::GraphNode& target(const ResultUse& use) const {
        return use.around(context_).graph.nodes[use.target];
    }

    bool mayBeSkippedBefore(const ResultUse& use) const {
        if (!use.isInner())
            return mayBeSkipped(context_, use.target, index_);
        // All of an inner result is there, whatever that is.
        return !use.path.empty() &&
               mayBeSkippedInside(*use.inside, use.target, context_, use.named, index_);
    }

    // Conditions do without, and so does the rest where other rules say that it is never seen.
    bool needsPart(const ResultUse& use) const {
        switch (use.place) {
            case UsePlace::Prompt:
            case UsePlace::Output:
            case UsePlace::Join:
                return true;
            case UsePlace::Template:
            case UsePlace::Argument:
                return !use.inCondition && !storesHiddenKeys(target(use).type);
            case UsePlace::Source:
                return !keyIs(context_.forest, use.node, "data_source") ||
                       !storesHiddenKeys(target(use).type);
            default:
                return false;
        }
    }

    void report(const ResultUse& use) const {
        Diagnostic& found =
            reporter_.onPart("reference.maybe-skipped", use.node, use.whole.begin, use.whole.end,
                             quoted(target(use).name) +
                                 " may be skipped; then this part of its result is missing and " +
                                 consequence(use.place));
        found.why = "A skipped step stores success, skipped and reason only. " + remedy(use);
    }

    static std::string consequence(UsePlace place) {
        switch (place) {
            case UsePlace::Template:
                return "the template stays as it is written.";
            case UsePlace::Argument:
                return "counts as 0.";
            case UsePlace::Output:
                return "this step fails.";
            case UsePlace::Join:
                return "nothing is joined.";
            default:
                return "the run ends.";
        }
    }

    std::string remedy(const ResultUse& use) const {
        if (use.place == UsePlace::Output)
            return "Handing back all of it, by its name, avoids it.";
        const bool prompt = use.place == UsePlace::Prompt;
        const std::string lenient = prompt ? ", or `strict: false`, avoids it." : " avoids it.";
        if (!use.isInner())
            return "The same condition here" + lenient;
        if (prompt && storesHiddenKeys(target(use).type))
            return "`strict: false` avoids it.";
        return "The condition " +
               quoted(context_.graph.nodes[use.named].name + "." + use.way + "." +
                      std::string(use.path.in(use.text))) +
               " here" + lenient;
    }

    // Of an answer that is streamed only a reference to the stream is kept.
    bool isStreamed(const ResultUse& use) const {
        const PipelineContext& around = use.around(context_);
        const NodeRef streaming = mappingBehind(
            around.forest,
            entryOf(around.forest, mappingBehind(around.forest, target(use).ref), "streaming"));
        return placeOf(around.graph, use.target).executed() &&
               isTrue(around.forest, entryOf(around.forest, streaming, "enabled"));
    }

    void reportStreamed(const ResultUse& use) const {
        static constexpr std::array<std::string_view, 7> kKept = {
            "success", "type", "stream_id", "stream_info", "skipped", "reason", "length"};
        const std::string& type = target(use).type;
        std::string_view path = use.path.in(use.text);
        if (path == "result" || path.starts_with("result."))  // of a pipeline, and in templates
            path.remove_prefix(std::min(path.size(), std::string_view("result.").size()));
        const std::string_view head = path.substr(0, path.find_first_of(". "));
        const bool unseen = use.place != UsePlace::Prompt && use.place != UsePlace::Source &&
                            use.place != UsePlace::Join && storesHiddenKeys(type);
        if (head.empty() || unseen || std::find(kKept.begin(), kKept.end(), head) != kKept.end())
            return;
        Diagnostic& found =
            reporter_.onPart("reference.streamed-part", use.node, use.whole.begin, use.whole.end,
                             quoted(target(use).name) + " is streamed and keeps no " +
                                 quoted(path) + "; switch `streaming` off there.");
        found.why =
            "The result of a streamed step has success, type, stream_id and stream_info only. " +
            std::string(outcomeOfMissing(use.place));
    }

    const PipelineContext& context_;
    GraphIndex index_;
    Reporter& reporter_;
};

// The result that is named, and those inside of it that the path leads through. The first that may
// be skipped is told: behind it nothing is there.
void checkAlong(const StepContext& from, const ResultUse& use, PipelineResults& pipelines,
                Reporter& reporter, bool toldSkipped = false) {
    const TargetFields fields(from, reporter);
    toldSkipped = toldSkipped || fields.check(use);
    checkResultPart(from, use, reporter);
    if (const auto inner = checkPipelinePart(from, use, pipelines, reporter))
        checkAlong(from, *inner, pipelines, reporter, toldSkipped);
}

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
        case UsePlace::Argument:
            return "What is not there counts as 0.";
        case UsePlace::Source:
            return "This step fails when it looks for its data.";
        case UsePlace::Join:
            return "Nothing is joined then.";
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
        const bool owner = node.kind == format::NodeKind::Step &&
                           (node.type == "pipeline" || node.type == "data_transform");
        if ((!uses[i] && !owner) || node.kind == format::NodeKind::Branch || isUnread(graph, i))
            continue;
        const StepContext step{context, i, mappingBehind(context.forest, node.ref), node.type,
                               context.catalogue.find(node.type)};
        const auto check = [&](const ResultUse& use) {
            checkAlong(step, use, pipelines, reporter);
        };
        if (uses[i])
            forEachResultUse(step, check);
        checkOutputParts(step, pipelines, reporter, check);
        checkTransformedData(step, reporter);
    }
}

}  // namespace pe::check
