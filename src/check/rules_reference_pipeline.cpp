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
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "reference_rules.hpp"
#include "result_use.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

constexpr std::string_view kResult = "result";

using Part = PipelineResult::Part;

bool isTemplated(std::string_view text) {
    return text.find("{{") != std::string_view::npos;
}

std::string_view headOf(std::string_view path) {
    return path.substr(0, path.find('.'));
}

class ResultReader {
public:
    ResultReader(const PipelineContext& context, GraphIndex step)
        : context_(context),
          forest_(context.forest),
          index_(step),
          step_(mappingBehind(forest_, context.graph.nodes[step].ref)) {}

    PipelineResult read() const { return {wrapped(), parts()}; }

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

    std::optional<std::vector<Part>> parts() const {
        const NodeRef entry = entryOf(forest_, step_, "outputs");
        if (isNull(forest_, entry))
            return steps();
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

    std::optional<std::vector<Part>> steps() const {
        const NodeRef file = entryOf(forest_, step_, "pipeline_file");
        return isNull(forest_, file) ? stepsInPlace() : stepsOfFile(textOf(forest_, file));
    }

    std::optional<std::vector<Part>> stepsOfFile(const std::optional<std::string>& path) const {
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
        std::vector<Part> parts;
        for (const NodeRef item : tree.children(list)) {
            auto name = textOf(tree, entryOf(tree, mappingBehind(tree, item), "name"));
            if (!name || isTemplated(*name))
                return std::nullopt;
            parts.push_back({std::move(*name), ""});
        }
        return parts;
    }

    std::optional<std::vector<Part>> stepsInPlace() const {
        const auto& nodes = context_.graph.nodes;
        GraphIndex pipeline = index_ + 1;
        while (pipeline < nodes.size() && nodes[pipeline].parent != index_)
            ++pipeline;
        if (pipeline == nodes.size() || !isInlinePipeline(nodes[pipeline]))
            return std::nullopt;
        std::vector<Part> parts;
        for (GraphIndex i = pipeline + 1; i < nodes.size(); ++i) {
            if (nodes[i].parent != pipeline)
                continue;
            if (nodes[i].name.empty() || isTemplated(nodes[i].name))
                return std::nullopt;
            parts.push_back({nodes[i].name, ""});
        }
        return parts;
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    NodeRef step_;
};

// Looks at one place where a step names a part of such a result.
class PipelinePart {
public:
    PipelinePart(const PipelineContext& context, const ResultUse& use, PipelineResults& known,
                 Reporter& reporter)
        : context_(context), use_(use), known_(known), reporter_(reporter) {}

    void check() {
        const std::string_view path = use_.path.in(use_.text);
        if (path.find_first_of(" []*$|+-/%") != std::string_view::npos || isOfAll(headOf(path)))
            return;
        const auto [place, unread] = known_.try_emplace(use_.target);
        PipelineResult& result = place->second;
        if (unread)
            result = ResultReader(context_, use_.target).read();
        const bool named = result.parts && has(*result.parts, kResult);
        const bool below = headOf(path) == kResult && !named;
        // Templates take `result` for the whole result where there is none.
        const bool lenient = use_.place == UsePlace::Template;
        if (result.wrapped == true && !below && !lenient)
            return reportWrapped();
        if (result.wrapped == false && below && !lenient)
            return reportUnwrapped();
        TextRange rest = use_.path;
        if (below)
            rest.begin = std::min(rest.begin + kResult.size() + 1, rest.end);
        if (result.parts && !rest.empty())
            checkName(*result.parts, rest);
    }

private:
    // What any step stores that was skipped, and how much there is of the whole.
    static bool isOfAll(std::string_view name) {
        return name == "skipped" || name == "reason" || name == "length";
    }

    static bool has(const std::vector<Part>& parts, std::string_view name) {
        return std::any_of(parts.begin(), parts.end(),
                           [&](const Part& each) { return each.name == name; });
    }

    static bool isWholePath(const std::vector<Part>& parts, std::string_view name) {
        return std::any_of(parts.begin(), parts.end(), [&](const Part& each) {
            return each.path.empty() && each.name.size() > name.size() && headOf(each.name) == name;
        });
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
            "The result of a pipeline step without inputs does not stand below `result`; name its "
            "parts alone.");
        const TextRange prefix{use_.path.begin, use_.path.begin + kResult.size() + 1};
        if (prefix.end < use_.path.end)
            found.fixes.push_back(fixPart(use_.node, use_.text, prefix, "", Safety::Choice));
    }

    // `path` is that of the use without `result`.
    void checkName(const std::vector<Part>& parts, TextRange path) {
        const std::string_view whole = path.in(use_.text);
        const std::string_view name = headOf(whole);
        const TextRange head{path.begin, path.begin + name.size()};
        if (has(parts, name) || name == "success" || isOfAll(name))
            return;
        Diagnostic& found = reporter_.onPart(
            "reference.pipeline-part", use_.node, head.begin, head.end,
            "The result of the pipeline " + quoted(context_.graph.nodes[use_.target].name) +
                " has no " + quoted(name) +
                (isWholePath(parts, name)
                     ? "; the name of an output without `as` is its whole path, which no path "
                       "reaches: give it an `as`."
                     : "; name one of its outputs, or one of its steps if it has none."));
        found.why =
            "A prompt part ends the run there and a source fails its step, a template stays as it "
            "is written, a condition does not hold.";
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

    const PipelineContext& context_;
    const ResultUse& use_;
    PipelineResults& known_;
    Reporter& reporter_;
};

}  // namespace

void checkPipelinePart(const PipelineContext& context, const ResultUse& use, PipelineResults& known,
                       Reporter& reporter) {
    if (context.graph.nodes[use.target].type == "pipeline")
        PipelinePart(context, use, known, reporter).check();
}

}  // namespace pe::check
