// SPDX-License-Identifier: MIT
// Parts of the result of a pipeline step: its outputs, or the results of all its steps, and all of
// that below `result` if the step has inputs.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "nearest.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "reference_rules.hpp"
#include "result_use.hpp"
#include "skipped_step.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

using Part = PipelineResult::Part;

// What cannot see the fields of an answer; empty for a place that can.
std::string_view blindPlace(const yaml::Forest& forest, const ResultUse& use) {
    switch (use.place) {
        case UsePlace::Condition:
            return "Conditions";
        case UsePlace::Template:
        case UsePlace::Argument:
            return "Templates";
        case UsePlace::Output:
            return "Outputs";
        case UsePlace::Source:
            return keyIs(forest, use.node, "data_source") ? "Loops" : "";
        default:
            return "";
    }
}

// Looks at one place where a step names a part of such a result.
class PipelinePart {
public:
    PipelinePart(const StepContext& from, const ResultUse& use, PipelineResults& known,
                 Reporter& reporter)
        : from_(from),
          context_(from.pipeline),
          target_(use.around(context_)),
          use_(use),
          known_(known),
          reporter_(reporter) {}

    std::optional<ResultUse> check() {
        const std::string_view path = use_.path.in(use_.text);
        if (path.find_first_of(" []*$|+-/%") != std::string_view::npos || isOfAll(headOf(path)))
            return std::nullopt;
        const PipelineResult& result = known_.of(target_, use_.target);
        const std::optional<bool> wrapped = use_.unwrapped ? false : result.wrapped;
        const bool named = result.part(kResult) != nullptr;
        const bool below = headOf(path) == kResult && !named;
        // Templates look below `result` too, where there is one.
        const bool lenient = use_.isTemplate() && !use_.isInner();
        if (wrapped == true && !below && !lenient)
            reportWrapped();
        else if (wrapped == false && below &&
                 !(lenient && (!result.parts || path == kResult || isInput(from_, use_.node))))
            reportUnwrapped();
        else if (result.parts)
            return following(result, wrapped == true, below);
        return std::nullopt;
    }

    // The use of the result of a step that the pipeline runs.
    std::optional<ResultUse> inside(const PipelineResult::Step& step, ResultUse use) {
        checkAnswerField(use, step.node());
        if (use.unwrapped && mayNameResult(step, known_))
            return std::nullopt;
        use.target = step.index;
        use.inside = step.pipeline;
        return use;
    }

private:
    // What any step stores that was skipped, and how much there is of the whole.
    static bool isOfAll(std::string_view name) {
        return name == "skipped" || name == "reason" || name == "length";
    }

    static bool isWholePath(const std::vector<Part>& parts, std::string_view name) {
        return std::any_of(parts.begin(), parts.end(), [&](const Part& each) {
            return each.path.empty() && each.name.size() > name.size() && headOf(each.name) == name;
        });
    }

    // The use of the result of the step that the path leads to.
    std::optional<ResultUse> following(const PipelineResult& result, bool wrapped, bool below) {
        ResultUse next = use_;
        TextRange& rest = next.path;
        if (below)
            rest.begin = std::min(rest.begin + kResult.size() + 1, rest.end);
        if (rest.empty())
            return std::nullopt;
        const std::string_view name = headOf(rest.in(use_.text));
        const Part* const part = result.part(name);
        if (part == nullptr) {
            checkName(*result.parts, rest);
            return std::nullopt;
        }
        auto handed = result.handed(*part);
        if (!handed)
            return std::nullopt;
        next.part = std::move(handed->part);
        rest.begin = std::min(rest.begin + name.size() + 1, rest.end);
        next.way = use_.way + (use_.way.empty() ? "" : ".") + (wrapped ? "result." : "") +
                   std::string(name);
        next.unwrapped = result.unwraps;
        return inside(*handed->step, std::move(next));
    }

    // Of a live step inside of the pipeline.
    void checkAnswerField(const ResultUse& use, const format::GraphNode& step) {
        const std::string_view blind = blindPlace(context_.forest, use);
        const std::string_view path = use.path.in(use.text);
        if (!storesHiddenKeys(step.type) || blind.empty() || path.empty() || !use.part.empty() ||
            (step.conditional && isStoredWhenSkipped(path)))
            return;
        const bool output = use.place == UsePlace::Output;
        Diagnostic& found =
            reporter_.onPart("reference.answer-field", use.node, use.whole.begin, use.whole.end,
                             std::string(blind) + " cannot see the fields of a live " + step.type +
                                 " step's answer; " +
                                 (output ? "hand back all of it by `path: " + use.way +
                                               "`, and name the field in the `extract` of a prompt."
                                         : "a previous_response part with `extract: " + use.way +
                                               "." + std::string(path) + "` can."));
        found.why =
            "They look for text keys; this step type stores its answer under keys of "
            "another kind. " +
            std::string(outcomeOfMissing(use.place));
    }

    void reportWrapped() {
        const TextRange before{use_.whole.begin, use_.path.begin};
        Diagnostic& found = reporter_.onPart(
            "reference.wrapped-result", use_.node, use_.whole.begin, use_.whole.end,
            "The result of a pipeline step with inputs stands below `result`: write " +
                quoted(std::string(before.in(use_.text)) + "result." +
                       std::string(use_.path.in(use_.text))) +
                ".");
        found.fixes.push_back(fixPart(use_.node, use_.text, {use_.path.begin, use_.path.begin},
                                      "result.", Safety::Choice));
        found.fixes.back().title = "Insert `result.`";
    }

    void reportUnwrapped() {
        Diagnostic& found = reporter_.onPart(
            "reference.wrapped-result", use_.node, use_.whole.begin, use_.whole.end,
            use_.unwrapped
                ? "A pipeline without outputs hands this result back without its `result`; name "
                  "its parts alone."
                : "The result of a pipeline step without inputs does not stand below `result`; "
                  "name its parts alone.");
        const TextRange prefix{use_.path.begin, use_.path.begin + kResult.size() + 1};
        if (prefix.end < use_.path.end)
            offerWithoutResult(use_.node, use_.text, prefix, found);
    }

    // `path` is that of the use without `result`.
    void checkName(const std::vector<Part>& parts, TextRange path) {
        const std::string_view whole = path.in(use_.text);
        const std::string_view name = headOf(whole);
        const TextRange head{path.begin, path.begin + name.size()};
        if (name == "success" || isOfAll(name))
            return;
        Diagnostic& found = reporter_.onPart(
            "reference.pipeline-part", use_.node, head.begin, head.end,
            "The result of the pipeline " + quoted(target_.graph.nodes[use_.target].name) +
                " has no " + quoted(name) +
                (isWholePath(parts, name)
                     ? "; the name of an output without `as` is its whole path, which no path "
                       "reaches: give it an `as`."
                     : "; name one of its outputs, or one of its steps if it has none."));
        found.why = outcomeOfMissing(use_.place);
        std::vector<std::string_view> names;
        for (const Part& each : parts) {
            if (each.path == whole)
                found.fixes.push_back(
                    fixPart(use_.node, use_.text, path, each.name, Safety::Choice));
            if (each.name.find('.') == std::string::npos)
                names.push_back(each.name);
        }
        const std::string_view meant = nearest(name, names);
        if (found.fixes.empty() && !meant.empty())
            found.fixes.push_back(
                fixPart(use_.node, use_.text, head, std::string(meant), Safety::Choice));
    }

    const StepContext& from_;
    const PipelineContext& context_;
    const PipelineContext& target_;
    const ResultUse& use_;
    PipelineResults& known_;
    Reporter& reporter_;
};

}  // namespace

bool isInput(const StepContext& context, NodeRef text) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef inputs = context.type == "pipeline"
                               ? mappingBehind(forest, entryOf(forest, context.step, "inputs"))
                               : yaml::kNoNode;
    return inputs != yaml::kNoNode && forest.parent(text) == inputs;
}

void checkOutputParts(const StepContext& context, PipelineResults& known, Reporter& reporter,
                      const std::function<void(const ResultUse&)>& visit) {
    if (context.type != "pipeline")
        return;
    forEachOutput(context, [&](NodeRef entry) {
        const auto path = textOf(context.pipeline.forest, entry);
        if (!path || !keyIs(context.pipeline.forest, entry, "path") || holdsIndex(*path))
            return;
        const std::string name(headOf(*path));
        const auto* step = known.of(context.pipeline, context.index).step(name);
        if (step == nullptr || name.size() == path->size())
            return;
        ResultUse use{UsePlace::Output,
                      context.index,
                      entry,
                      *path,
                      {0, path->size()},
                      {name.size() + 1, path->size()}};
        use.way = name;
        if (const auto inner = PipelinePart(context, use, known, reporter).inside(*step, use))
            visit(*inner);
    });
}

void offerWithoutResult(NodeRef node, const std::string& text, TextRange result,
                        Diagnostic& found) {
    found.fixes.push_back(fixPart(node, text, result, "", Safety::Choice));
    found.fixes.back().title = "Remove `result.`";
}

std::optional<ResultUse> checkPipelinePart(const StepContext& from, const ResultUse& use,
                                           PipelineResults& known, Reporter& reporter) {
    // What an output hands out of a part is told where that stands.
    return use.part.empty() && use.around(from.pipeline).graph.nodes[use.target].type == "pipeline"
               ? PipelinePart(from, use, known, reporter).check()
               : std::nullopt;
}

}  // namespace pe::check
