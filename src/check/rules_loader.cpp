// SPDX-License-Identifier: MIT
// What the engine's loader (Pipeline.Config) refuses about the file as a whole. It stops at its
// first complaint; here every one is found. Steps are in rules_loader_step.cpp.
#include <vector>

#include "fields.hpp"
#include "fixes.hpp"
#include "loader_step.hpp"
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

// Indents the lines of the root mapping and puts `workflow:` above them.
Fix wrapFix(const PipelineContext& context, NodeRef root) {
    const std::string_view text = context.subject.text();
    const NodeRef first = context.forest.children(root).front();
    const std::size_t begin = context.subject.keySpan(first).begin;
    const std::size_t end = context.subject.entrySpan(root).end;
    std::vector<document::TextPatch> patches{{begin, 0, "workflow:\n  "}};
    std::size_t grown = patches.front().inserted.size();
    for (std::size_t at = text.find('\n', begin); at != std::string_view::npos && at + 1 < end;
         at = text.find('\n', at + 1)) {
        const char next = text[at + 1];
        if (next == '\n' || next == '\r')
            continue;
        patches.push_back({at + 1 + grown, 0, "  "});
        grown += 2;
    }
    return {"Put everything below `workflow`", true, std::move(patches)};
}

void checkWorkflowMissing(const PipelineContext& context, NodeRef root, NodeRef workflow,
                          Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    if (workflow != yaml::kNoNode) {
        reporter.onKey("loader.workflow-missing", workflow,
                       "`workflow` is empty; it needs `name` and `steps`.");
        return;
    }
    const bool block = forest.style(root) == yaml::Style::BlockMapping;
    const NodeRef steps = entryOf(forest, root, "steps");
    if (steps == yaml::kNoNode) {
        const std::size_t begin = context.subject.entrySpan(root).begin;
        const std::string_view line = context.subject.text().substr(begin);
        reporter.onBytes("loader.workflow-missing", begin,
                         begin + std::min(yaml::findBreak(line), line.size()),
                         "The file has no `workflow` section, so it is no pipeline.");
        return;
    }
    Diagnostic& found =
        reporter.onKey("loader.workflow-missing", steps,
                       "The steps must stand below `workflow`, not at the top of the file.");
    if (block)
        found.fixes.push_back(wrapFix(context, root));
}

void checkName(const PipelineContext& context, NodeRef workflow, Reporter& reporter) {
    const NodeRef name = entryOf(context.forest, workflow, "name");
    if (!isNull(context.forest, name))
        return;
    Diagnostic& found =
        reporter.onKey("loader.name-missing", name == yaml::kNoNode ? workflow : name,
                       "The pipeline has no name; give `workflow` a `name`.");
    found.fixes.push_back(fillFix("Name it `pipeline`", workflow, name, yaml::kNoNode, "name",
                                  Value::ofString("pipeline"), Safety::Safe));
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
            if (auto value = yaml::valueOf(forest, list))
                found.fixes.push_back(setValueFix("Make it a list with this one step", steps,
                                                  Value::sequence({std::move(*value)}),
                                                  Safety::Safe));
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
