// SPDX-License-Identifier: MIT
// References between steps: prompt parts, conditions, templates and outputs that name a step which
// is not there, not yet, or not visible; and paths into results that cannot be followed.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_paths.hpp"
#include "condition_syntax.hpp"
#include "described_fields.hpp"
#include "fields.hpp"
#include "nearest.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/step_folder.hpp"
#include "prompt_part_fix.hpp"
#include "prompt_parts.hpp"
#include "reference_rules.hpp"
#include "rule.hpp"
#include "skipped_step.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::NodeRef;

constexpr std::size_t kNone = std::string_view::npos;

constexpr RuleInfo kInfos[] = {
    {"reference.missing", Severity::Error, "No step of that name",
     "A previous_response part without its step ends the run (the loader refuses it at the top "
     "level); a condition on such a step never holds.",
     "D20 D23"},
    {"reference.template-missing", Severity::Warning, "Template for a step that is not there",
     "A template with steps. for an unknown step stays in the text as it is written.", "D84"},
    {"reference.self", Severity::Error, "A step that uses its own result",
     "A result is there once its step has run. The loader does not notice; the run ends.", "D22"},
    {"reference.later", Severity::Error, "Result of a later step",
     "Steps run from top to bottom. The loader takes such a reference, the run ends at it.", "D22"},
    {"reference.inner", Severity::Error, "Result of a step inside another",
     "Of a loop only its own result is visible outside: `iterations`. The results of the steps in "
     "it, and in nested pipelines, are not.",
     "D23"},
    {"reference.outside-pipeline", Severity::Error, "Result from outside a nested pipeline",
     "A nested pipeline runs with results of its own. Templates in it are filled in by the "
     "pipeline around it; prompt parts and conditions see nothing of that.",
     "D20"},
    {"reference.loop-template", Severity::Error, "Template for a step of the same loop",
     "All templates of a loop are expanded once, before its first round. What is unknown then "
     "stays as written for ever; previous_response parts are looked up in every round.",
     "D80 D85"},
    {"reference.outer-template", Severity::Warning, "Template for a step of the same name outside",
     "The pipeline around fills in the templates of a nested pipeline before that runs. Where it "
     "has a step of the name, the result of that one is inserted; previous_response parts mean the "
     "nested step.",
     "D21"},
    {"reference.maybe-skipped", Severity::Warning, "Part of a result that may be skipped",
     "A step whose condition does not hold stores only success, skipped and reason. A part that is "
     "not among them ends the run, unless the reference has `strict: false`; a template of it "
     "stays as it is written. A variable that a skipped set_variable sets is not there either.",
     "D22"},
    {"reference.path-index", Severity::Error, "Index or wildcard in a path",
     "Paths are split at dots and walk keys of mappings; `[0]`, `*` and `$` are looked for as "
     "keys. Nothing in a list has a key: `.0` and, outside of conditions, `.length` end the run "
     "or leave a template as it is written.",
     "D87"},
    {"reference.output-missing", Severity::Error, "Output of a step that the pipeline lacks",
     "The first word of an output names a step of the nested pipeline; if there is none the step "
     "fails.",
     "D87"},
    {"reference.arithmetic-name", Severity::Error, "Step name that a condition computes with",
     "In conditions + - * / and % are operators, in names too: `my-step.ok` is `my` minus "
     "`step.ok`, which counts as true whatever the step gave.",
     "D78"},
    {"reference.answer-field", Severity::Warning, "Field of an answer that cannot be seen",
     "Live claude, gemini and parallel_claude steps store their answer under keys that conditions, "
     "templates, loops and `outputs` cannot name; they look for text keys, also behind a pipeline "
     "step. previous_response finds them.",
     "D90"},
    {"reference.answer-part", Severity::Warning, "Part that a live answer does not have",
     "The result of a live claude step has text, success, cost and model, that of a gemini step "
     "tokens too. The answer itself is one text; a part of it that is not found ends the run.",
     "D90"},
    {"reference.first-look", Severity::Error, "while condition that cannot hold at first",
     "The condition of a while_loop is looked at before its first round, when the steps in it have "
     "no results; and once before that as the condition of any step, where `loop` is not known "
     "either. `check.ok == true` is false then and the loop is skipped; `check.done != true` "
     "works.",
     "D45"},
    {"reference.loop-helper", Severity::Error, "Helper that loops do not have",
     "The guides show loop.is_first, loop.is_last and loop.length; the engine has loop.first, "
     "loop.last and loop.total. In a for_loop there are index, total, first, last, level, the "
     "item, and parent if a loop is around; iteration and count belong to while_loop. Conditions "
     "read them as loop.NAME, prompts by a previous_response part with `step: loop` and `extract: "
     "NAME`. A name that is not there makes a condition false, and ends the run in a prompt.",
     "D48"},
    {"reference.hidden-step", Severity::Error, "Step that a loop hides",
     "In the body of a loop, `loop` is its round, with the item and the counters. A step of that "
     "name outside cannot be read there.",
     "D48"},
    {"reference.loop-part", Severity::Warning, "Part that the result of a loop does not have",
     "A for_loop stores iterations, success, total_items and completed_items, a while_loop success "
     "and the number of iterations. The results of the steps in it stand below iterations only.",
     "D23"},
    {"reference.variable-part", Severity::Warning, "Variable named as a part of a result",
     "The result of set_variable tells which variables it set. Their values are read by their own "
     "names: NAME in a source, `{{state.NAME}}` in texts and conditions.",
     ""},
    {"reference.result-part", Severity::Error, "Part that a result does not have",
     "What steps without an answer of a model store is known: set_variable variables_set, scope "
     "and variable_count; data_transform the data under output_field (or its own name) and "
     "metadata; file_ops and claude_batch fixed parts. So are the items of a loop over a list that "
     "the pipeline holds. A part that is not there ends the run in a "
     "prompt or a source, and a condition on it does not hold.",
     ""},
    {"reference.wrapped-result", Severity::Warning, "Result of a pipeline with inputs",
     "With inputs, and only then, the result of a pipeline step stands below `result`, and "
     "templates find its parts with and without it; conditions and prompt parts do not. Every "
     "other result has no `result`, and a template that names one stays as it is written.",
     "D88"},
    {"reference.pipeline-part", Severity::Warning, "Part that a pipeline does not hand back",
     "The result of a pipeline step has the outputs under their new names, and nothing else; "
     "without outputs it has the results of all its steps.",
     ""},
    {"reference.streamed-part", Severity::Error, "Part of a streamed result",
     "With streaming a step keeps success, type, stream_id and stream_info, not its answer. A part "
     "that is not found ends the run.",
     ""},
};

// A step that needs the result of a later one in its list moves behind it, unless the steps up to
// there need its own.
void offerOrder(const StepContext& context, const SeenStep& seen, Diagnostic& found) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto& nodes = context.pipeline.graph.nodes;
    if (seen.sight != Sight::Later || nodes[context.index].kind != format::NodeKind::Step)
        return;
    const NodeRef own = nodes[context.index].ref;
    const NodeRef later = nodes[seen.step].ref;
    const NodeRef list = forest.parent(own);
    if (list == yaml::kNoNode || forest.parent(later) != list ||
        isUsedUpTo(context.pipeline.graph, context.index, seen.step))
        return;
    const std::string title = "Move this step behind " + quoted(nodes[seen.step].name);
    document::Command command{document::Move{own, list, later, std::nullopt}, title, 0};
    found.fixes.push_back({title, false, std::move(command)});
}

// Reports what is wrong with a name, on a part of a text or on all of it.
Diagnostic& reportSight(const StepContext& context, Reporter& reporter, const SeenStep& seen,
                        NodeRef node, std::string_view text, TextRange name) {
    const std::string_view written = name.in(text);
    Diagnostic& found = reporter.onPart(sightCode(seen.sight), node, name.begin, name.end,
                                        sightMessage(seen.sight, written));
    offerOrder(context, seen, found);
    if (seen.sight != Sight::Missing || explainSplit(context, text.substr(name.begin), found))
        return found;
    const std::string meant = nearestStep(context.pipeline, written, context.index);
    if (!meant.empty()) {
        found.message += " Do you mean " + quoted(meant) + "?";
        found.fixes.push_back(fixPart(node, text, name, meant, Safety::Choice));
    }
    return found;
}

void checkExtract(const StepContext& context, NodeRef part, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, part, "extract");
    const auto path = textOf(forest, entry);
    if (!path || !holdsIndex(*path))
        return;
    Diagnostic& found =
        reporter.onValue("reference.path-index", entry,
                         "`extract` knows dotted keys only, neither indexes nor JSONPath.");
    found.why = "The key " + quoted(*path) + " is not found, and the run ends.";
    std::string_view meant = *path;
    if (meant.starts_with("$."))
        meant.remove_prefix(2);
    if (!meant.empty() && !holdsIndex(meant))
        found.fixes.push_back(fixText(entry, std::string(meant), Safety::Safe));
}

// Of a plain AI step the answer is one text with a few facts beside it.
void checkAnswerPart(const StepContext& context, NodeRef part, GraphIndex target,
                     Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const std::string_view type = context.pipeline.graph.nodes[target].type;
    const NodeRef entry = entryOf(forest, part, "extract");
    const auto path = textOf(forest, entry);
    if (!path || holdsIndex(*path) || (type != "claude" && type != "gemini"))
        return;
    if (isLivePart(type, std::string_view(*path).substr(0, path->find('.'))))
        return;
    Diagnostic& found =
        reporter.onValue("reference.answer-part", entry,
                         "The result of a live " + std::string(type) + " step has no " +
                             quoted(*path) + "; its answer is `text`.");
    found.why = "The engine does not look into the answer. A part that is not found ends the run.";
    found.fixes.push_back(fixText(entry, "text", Safety::Choice));
}

void checkPromptPart(const StepContext& context, NodeRef part, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (textOf(forest, entryOf(forest, part, "type")) != "previous_response")
        return;
    checkExtract(context, part, reporter);
    const NodeRef entry = valueBehind(forest, entryOf(forest, part, "step"));
    const auto name = textOf(forest, entry);
    if (!name || name->empty() || name->find("{{") != kNone)
        return;
    const SeenStep seen = resultSeen(context.pipeline, *name, context.index);
    if (seen.sight == Sight::Visible) {
        const NodeRef extract = entryOf(forest, part, "extract");
        if (const auto path = textOf(forest, extract))
            checkKnownPart(context, seen.step, extract, *path, {0, path->size()}, reporter);
        return checkAnswerPart(context, part, seen.step, reporter);
    }
    if (seen.sight == Sight::Round || seen.sight == Sight::Hidden) {
        const NodeRef extract = entryOf(forest, part, "extract");
        const std::string path = textOf(forest, extract).value_or("");
        if (seen.sight == Sight::Round && !path.empty() && !isLenient(forest, part))
            checkRoundPart(context, UsePlace::Prompt, extract, path, {0, path.size()}, reporter);
        if (seen.sight == Sight::Round || (!path.empty() && hasRoundPart(context, path)))
            return;
    }
    Diagnostic& found =
        reportSight(context, reporter, seen, entry, *name, TextRange{0, name->size()});
    found.why = "When the prompt is built the result is missing, and the run ends.";
}

void checkPrompts(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    // A batch task sees no results at all; the rules of effects say so.
    const GraphIndex parent = context.pipeline.graph.nodes[context.index].parent;
    if (context.type == "task" && context.pipeline.graph.nodes[parent].type == "claude_batch")
        return;
    std::vector<NodeRef> prompts{entryOf(forest, context.step, "prompt")};
    for (const NodeRef other : describedFields(context, format::FieldKind::Prompt))
        if (other != prompts.front())
            prompts.push_back(other);
    for (const NodeRef each : prompts)
        forEachPromptPart(forest, each,
                          [&](NodeRef part) { checkPromptPart(context, part, reporter); });
}

// Fields that a team has described as the name of a step.
void checkStepNames(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    for (const NodeRef each : describedFields(context, format::FieldKind::StepReference)) {
        const NodeRef entry = valueBehind(forest, each);
        const auto name = textOf(forest, entry);
        if (!name || name->empty() || name->find("{{") != kNone)
            continue;
        const SeenStep seen = resultSeen(context.pipeline, *name, context.index);
        if (seen.sight == Sight::Visible || seen.sight == Sight::Round)
            continue;
        reportSight(context, reporter, seen, entry, *name, TextRange{0, name->size()}).why =
            "This field names the step whose result is used, and that is not there when this step "
            "runs.";
    }
}

// The topmost arithmetic of a condition: what stands in its words was split at the operators.
template <class Visit>
void forEachArithmetic(const ConditionSyntax& syntax, Visit visit) {
    for (const Operand* each : {&syntax.left, &syntax.right, &syntax.upper})
        if (each->kind == OperandKind::Arithmetic)
            visit(*each);
}

class ConditionNames {
public:
    ConditionNames(const StepContext& context, Reporter& reporter, const ConditionEntry& entry)
        : context_(context), reporter_(reporter), entry_(entry) {}

    void check(NodeRef node, const std::string& text) {
        if (!hasReadablePaths(text))
            return;
        const ConditionSyntax syntax = parseCondition(text);
        bool computed = false;
        forEachArithmetic(syntax, [&](const Operand& each) {
            computed = checkArithmetic(node, text, each.range) || computed;
        });
        if (!computed)
            forEachPath(syntax, text, [&](const Operand& each) { checkPath(node, text, each); });
    }

private:
    // Words such as `my-step.ok` whose first part is the name of a step.
    bool checkArithmetic(NodeRef node, const std::string& text, TextRange range) {
        bool found = false;
        for (std::size_t at = range.begin; at < range.end;) {
            const std::size_t begin = text.find_first_not_of(" ()", at);
            if (begin == kNone || begin >= range.end)
                break;
            at = std::min(text.find_first_of(" ()", begin), range.end);
            const TextRange name{begin, std::min(text.find('.', begin), at)};
            const std::string_view written = name.in(text);
            if (written.find_first_of("+-*/%") == kNone ||
                resultSeen(context_.pipeline, written, context_.index).sight == Sight::Missing)
                continue;
            report(node, written, name);
            found = true;
        }
        return found;
    }

    void report(NodeRef node, std::string_view name, TextRange range) {
        Diagnostic& found = reporter_.onPart(
            "reference.arithmetic-name", node, range.begin, range.end,
            "In a condition the engine computes with the signs in " + quoted(name) +
                "; give the step a name of letters, digits and underscores.");
        found.why =
            "The parts of the name are looked up on their own and nothing can be computed; "
            "the marker for that counts as true.";
        const SeenStep seen = resultSeen(context_.pipeline, name, context_.index);
        std::string meant(name);
        for (char& c : meant)
            if (!isWordCharacter(c))
                c = '_';
        if (context_.pipeline.scope.resolve(meant, context_.index))
            return;
        const std::string title = "Rename the step to " + quoted(meant);
        const NodeRef step = context_.pipeline.graph.nodes[seen.step].ref;
        found.fixes.push_back(
            {title, false, document::Command{document::RenameStep{step, meant}, title, 0}});
    }

    void checkPath(NodeRef node, const std::string& text, const Operand& path) {
        const std::string_view name = path.name.in(text);
        const TextRange rest{std::min(path.name.end + 1, path.range.end), path.range.end};
        if (isLoopName(name))
            return checkLoopHelper(context_, node, text, rest, reporter_);
        if (name.empty() || name.find('{') != kNone)
            return;
        const SeenStep seen = resultSeen(context_.pipeline, name, context_.index);
        // A loop looks at its own steps after the first round.
        const bool own = seen.sight == Sight::Inner && (entry_.textOnly || entry_.afterBody) &&
                         runsItself(context_, seen.step);
        if (seen.sight != Sight::Visible && !own) {
            Diagnostic& found = reportSight(context_, reporter_, seen, node, text, path.name);
            found.why =
                "A result that is not there is null: nothing equals it but null, and "
                "alone it is false.";
            return;
        }
        if (!own)
            checkKnownPart(context_, seen.step, node, text, rest, reporter_);
        const std::string_view type = context_.pipeline.graph.nodes[seen.step].type;
        if (path.name.end == path.range.end || !storesHiddenKeys(type) ||
            isOfSkipped(context_.pipeline, seen.step, rest.in(text)))
            return;
        Diagnostic& found = reporter_.onPart(
            "reference.answer-field", node, path.range.begin, path.range.end,
            "Conditions cannot see the fields of a live " + std::string(type) + " step's answer.");
        found.why =
            "They look for text keys; this step type stores text, success, cost and model "
            "under keys of another kind, and nothing else.";
    }

    bool isLoopName(std::string_view name) const {
        if (name != "loop")
            return false;
        return context_.type == "for_loop" || context_.type == "while_loop" ||
               placeOf(context_.pipeline.graph, context_.index).loop != kNoGraphNode;
    }

    const StepContext& context_;
    Reporter& reporter_;
    const ConditionEntry& entry_;
};

void checkConditionNames(const StepContext& context, Reporter& reporter) {
    for (const ConditionEntry& entry : conditionEntries(context)) {
        ConditionNames names(context, reporter, entry);
        forEachConditionText(
            context.pipeline.forest, entry.entry,
            [&](NodeRef node, const std::string& text) { names.check(node, text); });
    }
}

void offerPart(const StepContext& context, const StepText& text, const TemplateSyntax& each,
               std::string_view extract, Diagnostic& found) {
    if (auto fix = resultPartFix(context.pipeline.forest, text.node, text.text, each.range,
                                 each.name.in(text.text), extract))
        found.fixes.push_back(std::move(*fix));
}

// The path below the whole result, which templates call `result`; of what a live answer lacks, and
// of the whole, the answer.
std::string_view meantPart(std::string_view type, std::string_view path) {
    const std::string_view part = path == "result"              ? ""
                                  : path.starts_with("result.") ? path.substr(path.find('.') + 1)
                                                                : path;
    const bool lacks = storesHiddenKeys(type) && !isLivePart(type, part);
    return part.empty() || lacks ? answerOf(type) : part;
}

// Whether any result of the step has the part, however it ends.
bool alwaysStores(const StepContext& context, GraphIndex step, std::string_view path) {
    const format::GraphNode& node = context.pipeline.graph.nodes[step];
    const format::StepType* type = context.pipeline.catalogue.find(node.type);
    if (path.starts_with("result."))
        path.remove_prefix(path.find('.') + 1);
    return type != nullptr && !node.conditional && !storesHiddenKeys(node.type) &&
           std::any_of(type->results.begin(), type->results.end(),
                       [&](const format::ResultField& each) { return each.path == path; });
}

// Parts below `result`, which only a pipeline with inputs has.
void checkResultPrefix(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                       GraphIndex step, Reporter& reporter) {
    constexpr std::string_view kPrefix = "result.";
    const PipelineContext& pipeline = context.pipeline;
    const format::GraphNode& node = pipeline.graph.nodes[step];
    const format::StepType* type = pipeline.catalogue.find(node.type);
    const std::string_view path = each.path.in(text.text);
    if (!path.starts_with(kPrefix) || node.type == "pipeline" || type == nullptr ||
        type->results.empty() || path.find_first_of(" []*$|+-/%") != kNone ||
        format::teamType(pipeline.catalogue, node.type) != nullptr || isInput(context, text.node))
        return;
    const NodeRef target = mappingBehind(pipeline.forest, node.ref);
    const std::string data =
        node.type == "data_transform" ? dataPart(pipeline.forest, target) : node.type;
    if (data.empty() || data == "result" ||
        !isNull(pipeline.forest, entryOf(pipeline.forest, target, "streaming")))
        return;
    Diagnostic& found =
        reporter.onPart("reference.wrapped-result", text.node, each.range.begin, each.range.end,
                        "The parts of " + quoted(node.name) +
                            " do not stand below `result`; name them without it.");
    found.why = "The template stays in the text as it is written.";
    offerWithoutResult(text.node, text.text, {each.path.begin, each.path.begin + kPrefix.size()},
                       found);
}

// The nested step is meant, and one outside is inserted.
void checkOuter(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                GraphIndex meant, Reporter& reporter) {
    const std::string_view name = each.name.in(text.text);
    const std::string_view path = each.path.in(text.text);
    const GraphIndex outer = outerStep(context.pipeline, name, context.index);
    if (outer == kNoGraphNode || outer == meant || !alwaysStores(context, outer, path))
        return;
    Diagnostic& found = reporter.onPart(
        "reference.outer-template", text.node, each.range.begin, each.range.end,
        "The " + quoted(name) +
            " outside of this nested pipeline is inserted here; use a previous_response part, or "
            "give this one a name of its own.");
    offerPart(context, text, each, meantPart(context.pipeline.graph.nodes[meant].type, path),
              found);
}

void checkTemplateName(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                       Reporter& reporter) {
    const std::string_view name = each.name.in(text.text);
    if (name.empty())
        return;
    const SeenStep seen = templateSeen(context.pipeline, name, context.index);
    if (seen.sight == Sight::Missing) {
        Diagnostic& found =
            reporter.onPart("reference.template-missing", text.node, each.range.begin,
                            each.range.end, sightMessage(seen.sight, name));
        found.why = "The template stays in the text as it is written.";
        if (explainSplit(context, std::string_view(text.text).substr(each.name.begin), found))
            return;
        if (resultSeen(context.pipeline, name, context.index).sight == Sight::Round) {
            found.why += " What a loop stores as `loop` is there in its rounds only.";
            return offerPart(context, text, each, each.path.in(text.text), found);
        }
        const std::string meant = nearestStep(context.pipeline, name, context.index);
        if (!meant.empty())
            found.fixes.push_back(fixPart(text.node, text.text, each.name, meant, Safety::Choice));
        return;
    }
    const std::string_view type = context.pipeline.graph.nodes[seen.step].type;
    const std::string_view path = each.path.in(text.text);
    if (seen.sight != Sight::Visible) {
        Diagnostic& found = reporter.onPart(sightCode(seen.sight), text.node, each.range.begin,
                                            each.range.end, sightMessage(seen.sight, name));
        found.why = "The template stays in the text as it is written.";
        offerOrder(context, seen, found);
        if (seen.sight == Sight::SameLoop)
            offerPart(context, text, each, meantPart(type, path), found);
        return;
    }
    checkOuter(context, text, each, seen.step, reporter);
    checkKnownPart(context, seen.step, text.node, text.text, each.path, reporter);
    if (!storesHiddenKeys(type))
        return checkResultPrefix(context, text, each, seen.step, reporter);
    if (path.empty() || path == "result" || isOfSkipped(context.pipeline, seen.step, path))
        return;
    Diagnostic& found = reporter.onPart(
        "reference.answer-field", text.node, each.range.begin, each.range.end,
        "Templates cannot see the fields of a live " + std::string(type) + " step's answer.");
    found.why =
        "The template stays in the text as it is written; a previous_response part with "
        "`extract: text` works.";
    const std::string_view part =
        path.starts_with("result.") ? path.substr(path.find('.') + 1) : path;
    if (isLivePart(type, part))
        offerPart(context, text, each, part, found);
}

// The pipeline around computes a call before the nested one has run the step.
void checkNestedArgument(const StepContext& context, const StepText& text, TextRange argument,
                         GraphIndex step, Reporter& reporter) {
    const format::Graph& graph = context.pipeline.graph;
    if (placeOf(graph, step).pipeline == kNoGraphNode ||
        outerStep(context.pipeline, graph.nodes[step].name, context.index) != kNoGraphNode)
        return;
    Diagnostic& found = reporter.onPart(
        "template.pipeline-variable", text.node, argument.begin, argument.end,
        quoted(argument.in(text.text)) +
            " counts as 0: the pipeline around computes it, before the nested one runs.");
    found.why =
        "Functions are computed before the nested pipeline runs; a path without a function is "
        "filled in when its step has run.";
}

void checkAnswerArgument(const StepContext& context, const StepText& text, TextRange argument,
                         std::string_view path, GraphIndex step, Reporter& reporter) {
    const std::string_view type = context.pipeline.graph.nodes[step].type;
    if (!storesHiddenKeys(type) || path.empty() || isOfSkipped(context.pipeline, step, path))
        return;
    reporter
        .onPart(
            "reference.answer-field", text.node, argument.begin, argument.end,
            "Templates cannot see the fields of a live " + std::string(type) + " step's answer.")
        .why = outcomeOfMissing(UsePlace::Argument);
}

// `steps.NAME.path` as the argument of a function.
void checkArgument(const StepContext& context, const StepText& text, TextRange argument,
                   Reporter& reporter) {
    const auto step = stepArgument(text.text, argument);
    if (!step)
        return;
    const TextRange name = step->name;
    const SeenStep seen = templateSeen(context.pipeline, name.in(text.text), context.index);
    if (seen.sight == Sight::Visible) {
        checkNestedArgument(context, text, argument, seen.step, reporter);
        return checkAnswerArgument(context, text, argument, step->path.in(text.text), seen.step,
                                   reporter);
    }
    const bool missing = seen.sight == Sight::Missing;
    Diagnostic& found =
        reporter.onPart(missing ? "reference.template-missing" : sightCode(seen.sight), text.node,
                        argument.begin, argument.end, sightMessage(seen.sight, name.in(text.text)));
    found.why = "The argument has no value when the template is expanded.";
    const std::string meant =
        missing ? nearestStep(context.pipeline, name.in(text.text), context.index) : "";
    if (!meant.empty())
        found.fixes.push_back(fixPart(text.node, text.text, name, meant, Safety::Choice));
}

void checkTemplateNames(const StepContext& context, Reporter& reporter) {
    for (const StepText& text : context.templated)
        for (const TemplateSyntax& each : templatesIn(text.text)) {
            if (each.kind == TemplateKind::Step &&
                !(text.condition && holdsComparison(each.expression.in(text.text))))
                checkTemplateName(context, text, each, reporter);
            for (const TextRange& argument : each.arguments)
                checkArgument(context, text, argument, reporter);
        }
}

}  // namespace

const RuleSet& referenceRules() {
    static const RuleSet kSet{kInfos,
                              {&checkPrompts, &checkStepNames, &checkConditionNames,
                               &checkTemplateNames, &checkOutputs, &checkFirstLook},
                              {&checkTargets, &checkSetters}};
    return kSet;
}

}  // namespace pe::check
