// SPDX-License-Identifier: MIT
// Fields that nothing reads while a pipeline runs, as the catalogue knows them.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "moved_field.hpp"
#include "other_name.hpp"
#include "pe/check/pitfalls.hpp"
#include "pe/format/field_list.hpp"
#include "prompt_part_fix.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;

constexpr std::array<std::string_view, 10> kPlainOptions = {
    "max_turns",     "output_format",        "verbose", "allowed_tools", "disallowed_tools",
    "system_prompt", "append_system_prompt", "cwd",     "model",         "fallback_model"};

// The type of a step, or of the step around a task with "/task" behind it.
std::string kindOf(const StepContext& context) {
    const format::Graph& graph = context.pipeline.graph;
    const format::GraphNode& node = graph.nodes[context.index];
    if (node.kind != format::NodeKind::Task)
        return std::string(context.type);
    return graph.nodes[node.parent].type + "/task";
}

Diagnostic& misnamed(Reporter& reporter, NodeRef entry, std::string_view key,
                     std::string_view meant) {
    return reporter.onKey(
        "effect.misnamed", entry,
        "Nothing reads " + quoted(key) + "; the engine's field is " + quoted(meant) + ".");
}

class FieldWalk {
public:
    FieldWalk(const PipelineContext& context, Reporter& reporter)
        : context_(context), forest_(context.forest), reporter_(reporter) {}

    void entry(NodeRef node, const FieldSpec& spec, std::string_view key) {
        if (!spec.effective)
            return report(node, spec, key);
        const NodeRef value = valueBehind(forest_, node);
        if (value == yaml::kNoNode)
            return;
        const yaml::Style style = forest_.style(value);
        if (spec.kind == FieldKind::Prompt && yaml::isSequence(style))
            return prompt(value);
        if (spec.kind == FieldKind::Pipeline && yaml::isMapping(style))
            return pipeline(value);
        if (spec.fields.empty() || spec.kind == FieldKind::TaskList)
            return;
        if (spec.kind == FieldKind::Group && yaml::isMapping(style))
            return mapping(value, spec.fields);
        if (spec.kind == FieldKind::GroupList || spec.kind == FieldKind::Map)
            for (const NodeRef child : forest_.children(value))
                if (const NodeRef each = mappingBehind(forest_, child); each != yaml::kNoNode)
                    mapping(each, spec.fields);
    }

    void workflow(NodeRef node) {
        for (const NodeRef child : forest_.children(node)) {
            const std::string key = keyOf(forest_, child);
            const FieldSpec* spec = format::fieldNamed(context_.catalogue.workflowFields(), key);
            if (spec == nullptr || key == "steps")
                continue;
            entry(child, *spec, key);
            if (key == "defaults")
                defaults(child, *spec);
        }
    }

    void mapping(NodeRef node, const std::vector<FieldSpec>& fields) {
        for (const NodeRef child : forest_.children(node)) {
            const auto key = yaml::DecodedText::ofKey(forest_, child);
            if (const FieldSpec* spec = format::fieldNamed(fields, key))
                entry(child, *spec, key);
        }
    }

private:
    void report(NodeRef node, const FieldSpec& spec, std::string_view key) {
        if (const OtherName* other = otherNameOf(forest_, node)) {
            Diagnostic& found = reportMisnamed(node, key, other->meant);
            found.why = spec.engineNote;
            found.fixes.push_back(otherNameFix(forest_, node, *other));
            return;
        }
        if (auto fix = millisecondsFix(forest_, node)) {
            Diagnostic& found = reportMisnamed(node, key, "timeout_ms");
            found.why = spec.engineNote;
            found.fixes.push_back(std::move(*fix));
            return;
        }
        Diagnostic& found = reporter_.onKey("effect.no-effect", node,
                                            quoted(key) + " has no effect when the pipeline runs.");
        found.why = spec.engineNote;
        if (const std::string_view place = otherPlaceOf(forest_, node); !place.empty())
            found.message =
                quoted(key) + " has no effect here; the engine reads it in " + quoted(place) + ".";
        if (auto fix = otherPlaceFix(forest_, node))
            found.fixes.push_back(std::move(*fix));
        if (key != "gemini_functions" || !namesFunctions())
            found.fixes.push_back(removeFix("Remove " + quoted(key), node, Safety::Choice));
    }

    Diagnostic& reportMisnamed(NodeRef node, std::string_view key, std::string_view meant) {
        return misnamed(reporter_, node, key, meant);
    }

    // The loader refuses a name in `functions` that is not defined.
    bool namesFunctions() const {
        const auto& nodes = context_.graph.nodes;
        return std::any_of(nodes.begin(), nodes.end(), [&](const format::GraphNode& each) {
            const NodeRef step = mappingBehind(forest_, each.ref);
            return !isNull(forest_, entryOf(forest_, step, "functions"));
        });
    }

    void pipeline(NodeRef node) {
        const NodeRef wrapped = entryOf(forest_, node, "workflow");
        const NodeRef inner = isNull(forest_, wrapped) ? node : mappingBehind(forest_, wrapped);
        if (inner != yaml::kNoNode)
            workflow(inner);
    }

    void defaults(NodeRef node, const FieldSpec& spec) {
        const NodeRef group = mappingBehind(forest_, node);
        if (group == yaml::kNoNode)
            return;
        for (const NodeRef each : forest_.children(group)) {
            const std::string name = keyOf(forest_, each);
            const FieldSpec* field = format::fieldNamed(spec.fields, name);
            if (field != nullptr && field->effective && name != "output_dir" &&
                name != "claude_preset")
                reportDefault(each, name, field->engineNote);
        }
    }

    void reportDefault(NodeRef entry, const std::string& name, const std::string& note) {
        Diagnostic& found = reporter_.onKey(
            "effect.defaults", entry, "Steps do not inherit " + quoted(name) + " in a normal run.");
        found.why = note;
        if (auto fix = inheritFix(context_, entry))
            found.fixes.push_back(std::move(*fix));
    }

    void prompt(NodeRef list) {
        for (const NodeRef item : forest_.children(list)) {
            const NodeRef part = mappingBehind(forest_, item);
            const NodeRef type = entryOf(forest_, part, "type");
            const auto name = textOf(forest_, type);
            const FieldSpec* spec =
                name ? format::fieldNamed(context_.catalogue.promptParts(), *name) : nullptr;
            if (spec == nullptr)
                continue;
            if (spec->effective)
                mapping(part, spec->fields);
            else if (isKnownPart(*name))  // others are refused by the loader
                emptyPart(part, type, *name, spec->engineNote);
        }
    }

    void emptyPart(NodeRef part, NodeRef type, const std::string& name, const std::string& note) {
        Diagnostic& found = reporter_.onValue(
            "effect.empty-part", type, "A " + quoted(name) + " part adds nothing to the prompt.");
        found.why = note;
        if (auto fix = staticPartFix(forest_, part))
            found.fixes.push_back(std::move(*fix));
        found.fixes.push_back(removeFix("Remove this part", part, Safety::Choice));
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    Reporter& reporter_;
};

// The fields of a task are those of the list that holds it.
const std::vector<FieldSpec>* taskFields(const StepContext& context) {
    const format::Graph& graph = context.pipeline.graph;
    const std::string& around = graph.nodes[graph.nodes[context.index].parent].type;
    const std::string_view key = around == "claude_batch" ? "tasks" : "parallel_tasks";
    const FieldSpec* spec = context.pipeline.catalogue.field(around, key);
    return spec == nullptr ? nullptr : &spec->fields;
}

void checkOptions(const StepContext& context, Reporter& reporter, std::string_view kind) {
    if (kind != "claude" && kind != "parallel_claude/task")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const FieldSpec* all = context.pipeline.catalogue.field("claude", "claude_options");
    const NodeRef options = mappingBehind(forest, entryOf(forest, context.step, "claude_options"));
    if (all == nullptr || options == yaml::kNoNode)
        return;
    for (const NodeRef child : forest.children(options)) {
        const std::string key = keyOf(forest, child);
        const FieldSpec* spec = format::fieldNamed(all->fields, key);
        if (spec == nullptr || !spec->effective ||
            std::find(kPlainOptions.begin(), kPlainOptions.end(), key) != kPlainOptions.end())
            continue;
        Diagnostic& found =
            reporter.onKey("effect.claude-option", child,
                           quoted(key) + " has no effect on a " +
                               (kind == "claude" ? "plain claude step" : "parallel task") +
                               "; claude_smart and its kin read it.");
        found.fixes.push_back(removeFix("Remove " + quoted(key), child, Safety::Choice));
        if (kind == "claude")
            found.fixes.push_back(setValueFix("Make the step a `claude_smart`, which reads it",
                                              entryOf(forest, context.step, "type"),
                                              yaml::Value::ofString("claude_smart"),
                                              Safety::Choice));
    }
}

}  // namespace

void checkStepFields(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.step == yaml::kNoNode)
        return;
    const std::string kind = kindOf(context);
    const bool task = kind.ends_with("/task");
    const std::vector<FieldSpec>* fields = task ? taskFields(context) : nullptr;
    if (!task && context.spec == nullptr)
        return;
    FieldWalk walk(context.pipeline, reporter);
    for (const NodeRef child : forest.children(context.step)) {
        const auto key = yaml::DecodedText::ofKey(forest, child);
        const bool fails = key.view() == "pipeline_ref" && runsReference(context);
        if (fails || otherNameInStep(kind, key) != nullptr)
            continue;
        const FieldSpec* spec = task ? (fields ? format::fieldNamed(*fields, key) : nullptr)
                                     : context.pipeline.catalogue.field(context.type, key);
        if (spec != nullptr)
            walk.entry(child, *spec, key);
    }
    checkOptions(context, reporter, kind);
}

void checkMisnamedFields(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const std::string kind = kindOf(context);
    for (const OtherName& each : otherNamesOfSteps()) {
        if (each.around != kind)
            continue;
        const NodeRef entry = entryOf(forest, context.step, each.key);
        if (entry == yaml::kNoNode)
            continue;
        Diagnostic& found = misnamed(reporter, entry, each.key, each.meant);
        if (entryOf(forest, context.step, each.meant) != yaml::kNoNode)
            continue;
        if (each.meant != "variables")
            found.fixes.push_back(otherNameFix(forest, entry, each));
        else if (each.key == "variable")
            if (auto fix = variablesFix(forest, context.step))
                found.fixes.push_back(std::move(*fix));
    }
}

void checkWorkflowFields(const PipelineContext& context, Reporter& reporter) {
    const NodeRef workflow = mappingBehind(context.forest, context.workflow);
    if (workflow != yaml::kNoNode)
        FieldWalk(context, reporter).workflow(workflow);
}

}  // namespace pe::check
