// SPDX-License-Identifier: MIT
// What the engine's loader (Pipeline.Config) refuses about the file as a whole. It stops at its
// first complaint; here every one is found. Steps are in rules_loader_step.cpp.
#include <vector>

#include "engine_words.hpp"
#include "fields.hpp"
#include "fixes.hpp"
#include "loader_step.hpp"
#include "misspelt_key.hpp"
#include "only_item.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/pointer.hpp"
#include "rule.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"loader.workflow-missing", Severity::Error, "No workflow section",
     "Everything the engine reads stands below one key at the top of the file, `workflow`. Without "
     "it the file is refused.",
     ""},
    {"loader.workflow-kind", Severity::Error, "The file is no mapping",
     "The loader expects a mapping at the top of the file and below `workflow`; a list or a single "
     "value stops it with an exception instead of a message.",
     "D25"},
    {"loader.name-missing", Severity::Error, "The pipeline has no name",
     "The loader refuses a workflow without `name`. It appears in logs and in the names of "
     "checkpoint files.",
     ""},
    {"loader.steps-missing", Severity::Error, "No list of steps",
     "`workflow.steps` must be a list with at least one step.", ""},
    {"loader.function-kind", Severity::Error, "Incomplete function definition",
     "Every entry of `gemini_functions` must be a mapping with `description` and `parameters`, the "
     "latter a mapping (a JSON Schema).",
     ""},
};

bool isMapping(const yaml::Forest& forest, NodeRef node) {
    return mappingBehind(forest, node) != yaml::kNoNode;
}

// Puts `workflow:` above the root mapping and indents its lines, unless they are indented already.
Fix wrapFix(const PipelineContext& context, NodeRef root) {
    const std::string_view text = context.subject.text();
    const auto entries = context.forest.children(root);
    const std::size_t first = context.subject.keySpan(entries.front()).begin;
    const std::size_t end = context.subject.entrySpan(entries.back()).end;
    std::size_t begin = first;
    while (begin > 0 && text[begin - 1] == ' ')
        --begin;
    const std::string head = "workflow:" + std::string(yaml::lineBreakOf(context.forest));
    std::vector<document::TextPatch> patches{{begin, 0, head}};
    std::size_t at = begin + head.size();
    if (begin == first)
        for (const std::string_view line : document::linesOf(text.substr(begin, end - begin))) {
            const std::string_view blanks = yaml::isLineBreak(line.front()) ? "" : "  ";
            if (!blanks.empty())
                patches.push_back({at, 0, std::string(blanks)});
            at += blanks.size() + line.size();
        }
    return {"Put everything below `workflow`", true, std::move(patches)};
}

// From the first key, not from the comments above it.
void reportNoWorkflow(const PipelineContext& context, NodeRef root, Reporter& reporter) {
    const auto entries = context.forest.children(root);
    const bool block = yaml::isBlockCollection(context.forest.style(root)) && !entries.empty();
    const std::size_t begin = block ? context.subject.keySpan(entries.front()).begin
                                    : context.subject.valueSpan(root).begin;
    const std::string_view line = context.subject.text().substr(begin);
    reporter.onBytes("loader.workflow-missing", begin,
                     begin + std::min(yaml::findBreak(line), line.size()),
                     "The file has no `workflow` section, so it is no pipeline.");
}

void checkWorkflowMissing(const PipelineContext& context, NodeRef root, NodeRef workflow,
                          Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    if (workflow != yaml::kNoNode) {
        reporter.onKey("loader.workflow-missing", workflow,
                       "`workflow` is empty; it needs `name` and `steps`.");
        return;
    }
    const NodeRef steps = entryOf(forest, root, "steps");
    if (steps == yaml::kNoNode)
        return reportNoWorkflow(context, root, reporter);
    Diagnostic& found =
        reporter.onKey("loader.workflow-missing", steps,
                       "The steps must stand below `workflow`, not at the top of the file.");
    if (forest.style(root) == yaml::Style::BlockMapping && readsAsWritten(context.subject))
        found.fixes.push_back(wrapFix(context, root));
}

// A name that stands beside `workflow` moves into it.
Fix moveNameFix(NodeRef name, NodeRef workflow) {
    const std::string title = "Move `name` into `workflow`";
    document::Command command{document::Move{name, workflow, yaml::kNoNode, "name"}, title, 0};
    return {title, true, std::move(command)};
}

void checkName(const PipelineContext& context, NodeRef workflow, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef name = entryOf(forest, workflow, "name");
    if (!isNull(forest, name))
        return;
    Diagnostic& found =
        reporter.onKey("loader.name-missing", name == yaml::kNoNode ? workflow : name,
                       "The pipeline has no name; give `workflow` a `name`.");
    const NodeRef beside = entryOf(forest, yaml::rootDocument(forest), "name");
    const NodeRef misspelt = misspeltKey(forest, workflow, "name");
    if (misspelt != yaml::kNoNode)
        found.fixes.push_back(misspeltKeyFix(forest, misspelt, "name"));
    else if (name == yaml::kNoNode && textOf(forest, beside))
        found.fixes.push_back(moveNameFix(beside, workflow));
    found.fixes.push_back(fillFix("Name it `pipeline`", workflow, name, yaml::kNoNode, "name",
                                  Value::ofString("pipeline"),
                                  found.fixes.empty() ? Safety::Safe : Safety::Choice));
}

void checkSteps(const PipelineContext& context, NodeRef workflow, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef steps = entryOf(forest, workflow, "steps");
    if (isNull(forest, steps)) {
        reporter.onKey("loader.steps-missing", steps == yaml::kNoNode ? workflow : steps,
                       "The pipeline has no steps; add a list `steps` to `workflow`.");
        return;
    }
    const NodeRef list = valueBehind(forest, steps);
    if (list == yaml::kNoNode)
        return;
    if (!yaml::isSequence(forest.style(list))) {
        Diagnostic& found = reporter.onKey("loader.steps-missing", steps,
                                           "`steps` must be a list; begin each step with `- `.");
        if (const NodeRef type = entryOf(forest, list, "type"); type != yaml::kNoNode)
            if (auto fix = onlyItemFix("Make it a list with this one step", context, steps))
                found.fixes.push_back(std::move(*fix));
        return;
    }
    if (forest.children(list).empty())
        reporter.onValue("loader.steps-missing", steps,
                         "`steps` is empty; the pipeline needs at least one step.");
}

void checkFunction(const yaml::Forest& forest, NodeRef entry, Reporter& reporter) {
    const std::string name = keyOf(forest, entry);
    const NodeRef definition = mappingBehind(forest, entry);
    if (definition == yaml::kNoNode) {
        reporter.onKey(
            "loader.function-kind", entry,
            "The function `" + name + "` must be a mapping with `description` and `parameters`.");
        return;
    }
    for (const char* key : {"description", "parameters"}) {
        const NodeRef field = entryOf(forest, definition, key);
        if (isNull(forest, field))
            reporter.onKey("loader.function-kind", field == yaml::kNoNode ? entry : field,
                           "The function `" + name + "` has no `" + key + "`.");
    }
    const NodeRef parameters = entryOf(forest, definition, "parameters");
    if (!isNull(forest, parameters) && !isMapping(forest, parameters))
        reporter.onValue("loader.function-kind", parameters,
                         "The parameters of `" + name + "` must be a mapping, a JSON Schema.");
}

void checkFunctions(const PipelineContext& context, NodeRef workflow, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef functions = entryOf(forest, workflow, "gemini_functions");
    if (isNull(forest, functions))
        return;
    const NodeRef mapping = mappingBehind(forest, functions);
    if (mapping == yaml::kNoNode) {
        reporter.onKey("loader.function-kind", functions,
                       "`gemini_functions` must be a mapping from function name to definition.");
        return;
    }
    for (const NodeRef entry : forest.children(mapping))
        checkFunction(forest, entry, reporter);
}

void checkFile(const PipelineContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef root = yaml::rootDocument(forest);
    if (root == yaml::kNoNode || forest.style(root) == yaml::Style::Empty) {
        reporter.onBytes("loader.workflow-missing", 0, 0,
                         "The file is empty; a pipeline begins with `workflow:`.");
        return;
    }
    if (!yaml::isMapping(forest.style(root))) {
        if (forest.style(root) != yaml::Style::Opaque)
            reporter.onValue("loader.workflow-kind", root,
                             "A pipeline file is a mapping that begins with `workflow:`.");
        return;
    }
    const NodeRef workflow = entryOf(forest, root, "workflow");
    if (isNull(forest, workflow))
        return checkWorkflowMissing(context, root, workflow, reporter);
    const NodeRef mapping = mappingBehind(forest, workflow);
    if (mapping == yaml::kNoNode) {
        reporter.onKey("loader.workflow-kind", workflow,
                       "`workflow` must be a mapping with `name` and `steps`.");
        return;
    }
    checkName(context, mapping, reporter);
    checkSteps(context, mapping, reporter);
    checkFunctions(context, mapping, reporter);
    checkStepKinds(context, reporter);
}

std::vector<RuleInfo> allInfos() {
    std::vector<RuleInfo> infos(std::begin(kInfos), std::end(kInfos));
    const std::span<const RuleInfo> steps = loaderStepInfos();
    infos.insert(infos.end(), steps.begin(), steps.end());
    return infos;
}

}  // namespace

const RuleSet& loaderRules() {
    static const std::vector<RuleInfo> kAll = allInfos();
    static const RuleSet kSet{kAll, {checkLoadedStep}, {checkFile}};
    return kSet;
}

}  // namespace pe::check
