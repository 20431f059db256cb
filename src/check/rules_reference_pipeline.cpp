// SPDX-License-Identifier: MIT
// Parts of the result of a pipeline step: its outputs, or the results of all its steps, and all of
// that below `result` if the step has inputs.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_paths.hpp"
#include "fields.hpp"
#include "nearest.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "step_texts.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

constexpr std::string_view kResult = "result";

struct Part {
    std::string name;
    std::string path;  // of the output that is called so; empty if it has no other name
};

// What a pipeline step stores, as far as the file says.
struct PipelineResult {
    std::optional<bool> wrapped;             // below `result`
    std::optional<std::vector<Part>> parts;  // nothing: not known
};

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
            return Part{std::string(headOf(*path)), ""};
        const auto name = textOf(forest_, as);
        if (!name || isTemplated(*name))
            return std::nullopt;
        return Part{*name, *path};
    }

    // Of a pipeline that is written in place.
    std::optional<std::vector<Part>> steps() const {
        const auto& nodes = context_.graph.nodes;
        GraphIndex pipeline = index_ + 1;
        while (pipeline < nodes.size() && nodes[pipeline].parent != index_)
            ++pipeline;
        if (pipeline == nodes.size() || !isInlinePipeline(nodes[pipeline]) ||
            !isNull(forest_, entryOf(forest_, step_, "pipeline_file")))
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

// Looks at every place where one step names a part of such a result.
class PipelineParts {
public:
    PipelineParts(const PipelineContext& context, GraphIndex index, Reporter& reporter)
        : context_(context),
          forest_(context.forest),
          index_(index),
          step_(mappingBehind(forest_, context.graph.nodes[index].ref)),
          reporter_(reporter) {}

    void checkPrompt() {
        const NodeRef prompt = valueBehind(forest_, entryOf(forest_, step_, "prompt"));
        if (prompt == yaml::kNoNode || !yaml::isSequence(forest_.style(prompt)))
            return;
        for (const NodeRef item : forest_.children(prompt)) {
            const NodeRef part = mappingBehind(forest_, item);
            const auto name = textOf(forest_, entryOf(forest_, part, "step"));
            const NodeRef extract = entryOf(forest_, part, "extract");
            const auto path = textOf(forest_, extract);
            const auto strict = scalarOf(forest_, entryOf(forest_, part, "strict"));
            const bool lenient =
                strict && strict->kind == yaml::Value::Kind::Boolean && !strict->boolean;
            if (name && path && !lenient && !isTemplated(*path))
                check(resultSeen(context_, *name, index_),
                      {extract, *path, {0, path->size()}, {0, path->size()}});
        }
    }

    void checkConditions() {
        const NodeRef condition = entryOf(forest_, step_, "condition");
        if (condition == yaml::kNoNode || !placeOf(context_.graph, index_).executed())
            return;
        forEachConditionText(forest_, condition, [&](NodeRef node, const std::string& text) {
            if (!hasReadablePaths(text))
                return;
            forEachPath(parseCondition(text), text, [&](const Operand& path) {
                check(resultSeen(context_, path.name.in(text), index_),
                      {node,
                       text,
                       path.range,
                       {std::min(path.name.end + 1, path.range.end), path.range.end}});
            });
        });
    }

    // Templates take `result` for the whole result where there is none.
    void checkTemplates() {
        const StepContext context{context_, index_, step_, context_.graph.nodes[index_].type};
        for (const StepText& text : templatedTexts(context))
            for (const TemplateSyntax& each : templatesIn(text.text))
                if (each.kind == TemplateKind::Step)
                    check(templateSeen(context_, each.name.in(text.text), index_),
                          {text.node, text.text, each.expression, each.path, true});
    }

private:
    struct Use {
        NodeRef node = yaml::kNoNode;
        const std::string& text;  // decoded
        TextRange whole;          // with the name of the step, where that stands in the text
        TextRange path;           // without
        bool inTemplate = false;
    };

    void check(const SeenStep& seen, Use use) {
        const std::string_view path = use.path.in(use.text);
        if (seen.sight != Sight::Visible || context_.graph.nodes[seen.step].type != "pipeline" ||
            path.empty() || path.find_first_of(" []*$|+-/%") != std::string::npos ||
            isOfAll(headOf(path)))
            return;
        const PipelineResult result = ResultReader(context_, seen.step).read();
        const bool named = result.parts && has(*result.parts, kResult);
        const bool below = headOf(path) == kResult && !named;
        if (result.wrapped == true && !below && !use.inTemplate)
            return reportWrapped(use);
        if (result.wrapped == false && below && !use.inTemplate)
            return reportUnwrapped(use);
        if (below)
            use.path.begin = std::min(use.path.begin + kResult.size() + 1, use.path.end);
        if (result.parts && !use.path.empty())
            checkName(seen.step, *result.parts, use);
    }

    // What any step stores that was skipped, and how much there is of the whole.
    static bool isOfAll(std::string_view name) {
        return name == "skipped" || name == "reason" || name == "length";
    }

    static bool has(const std::vector<Part>& parts, std::string_view name) {
        return std::any_of(parts.begin(), parts.end(),
                           [&](const Part& each) { return each.name == name; });
    }

    void reportWrapped(const Use& use) {
        const TextRange before{use.whole.begin, use.path.begin};
        Diagnostic& found = reporter_.onPart(
            "reference.wrapped-result", use.node, use.whole.begin, use.whole.end,
            "The result of a pipeline step with inputs stands below `result`: write " +
                quoted(std::string(before.in(use.text)) + "result." +
                       std::string(use.path.in(use.text))) +
                ".");
        found.fixes.push_back(fixPart(use.node, use.text, {use.path.begin, use.path.begin},
                                      "result.", Safety::Choice));
        found.fixes.back().title = "Insert `result.`";
    }

    void reportUnwrapped(const Use& use) {
        Diagnostic& found = reporter_.onPart(
            "reference.wrapped-result", use.node, use.whole.begin, use.whole.end,
            "The result of a pipeline step without inputs does not stand below `result`; name its "
            "parts alone.");
        const TextRange prefix{use.path.begin, use.path.begin + kResult.size() + 1};
        if (prefix.end < use.path.end)
            found.fixes.push_back(fixPart(use.node, use.text, prefix, "", Safety::Choice));
    }

    void checkName(GraphIndex step, const std::vector<Part>& parts, const Use& use) {
        const std::string_view whole = use.path.in(use.text);
        const std::string_view name = headOf(whole);
        const TextRange head{use.path.begin, use.path.begin + name.size()};
        if (has(parts, name) || name == "success" || isOfAll(name))
            return;
        Diagnostic& found = reporter_.onPart(
            "reference.pipeline-part", use.node, head.begin, head.end,
            "The result of the pipeline " + quoted(context_.graph.nodes[step].name) + " has no " +
                quoted(name) + "; name one of its outputs, or one of its steps if it has none.");
        found.why =
            "A prompt part ends the run there, a template stays as it is written, a condition does "
            "not hold.";
        std::vector<std::string_view> names;
        for (const Part& each : parts) {
            if (each.path == whole)
                found.fixes.push_back(
                    fixPart(use.node, use.text, use.path, each.name, Safety::Choice));
            names.push_back(each.name);
        }
        const std::string_view meant = nearest(name, names);
        if (found.fixes.empty() && !meant.empty())
            found.fixes.push_back(
                fixPart(use.node, use.text, head, std::string(meant), Safety::Choice));
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    NodeRef step_;
    Reporter& reporter_;
};

}  // namespace

void checkPipelineParts(const PipelineContext& context, GraphIndex index, Reporter& reporter) {
    PipelineParts parts(context, index, reporter);
    parts.checkPrompt();
    parts.checkConditions();
    parts.checkTemplates();
}

}  // namespace pe::check
