// SPDX-License-Identifier: MIT
// Fields that nothing reads while a pipeline runs, as the catalogue knows them.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "effect_rules.hpp"
#include "fields.hpp"
#include "pe/format/field_list.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;

struct Misnamed {
    std::string_view type;  // of the step, or of the step around a task
    std::string_view key;
    std::string_view meant;
};
constexpr std::array kMisnamed = {Misnamed{"for_loop", "over", "data_source"},
                                  Misnamed{"for_loop", "as", "iterator"},
                                  Misnamed{"claude_batch/task", "id", "task_id"},
                                  Misnamed{"set_variable", "variable", "variables"},
                                  Misnamed{"set_variable", "value", "variables"}};

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

bool isMisnamed(std::string_view kind, std::string_view key) {
    return std::any_of(kMisnamed.begin(), kMisnamed.end(),
                       [&](const Misnamed& each) { return each.type == kind && each.key == key; });
}

// A field that nothing reads, and the one beside it that is read instead.
struct Instead {
    std::string_view around;  // the key of the mapping that holds both
    std::string_view key;
    std::string_view meant;
    bool same;  // its values mean the same
};
constexpr std::array kInstead = {Instead{"retry_config", "retry_conditions", "retry_on", true},
                                 Instead{"workflow", "variables", "global_vars", false}};

const Instead* insteadOf(const yaml::Forest& forest, NodeRef node, std::string_view key) {
    const NodeRef around = forest.parent(node);
    const auto found = std::find_if(kInstead.begin(), kInstead.end(), [&](const Instead& each) {
        return each.key == key && around != yaml::kNoNode && keyIs(forest, around, each.around) &&
               entryOf(forest, around, each.meant) == yaml::kNoNode;
    });
    return found == kInstead.end() ? nullptr : &*found;
}

class FieldWalk {
public:
    FieldWalk(const PipelineContext& context, Reporter& reporter)
        : forest_(context.forest), catalogue_(context.catalogue), reporter_(reporter) {}

    void entry(NodeRef node, const FieldSpec& spec, std::string_view key) {
        if (!spec.effective)
            return report(node, spec, key);
        const NodeRef value = valueBehind(forest_, node);
        if (value == yaml::kNoNode)
            return;
        const yaml::Style style = forest_.lexeme(value).style;
        if (spec.kind == FieldKind::Prompt && yaml::isSequence(style))
            return prompt(value);
        if (spec.fields.empty() || spec.kind == FieldKind::TaskList)
            return;
        if (spec.kind == FieldKind::Group && yaml::isMapping(style))
            return mapping(value, spec.fields);
        if (spec.kind == FieldKind::GroupList || spec.kind == FieldKind::Map)
            for (const NodeRef child : forest_.children(value))
                if (const NodeRef each = mappingBehind(forest_, child); each != yaml::kNoNode)
                    mapping(each, spec.fields);
    }

    void mapping(NodeRef node, const std::vector<FieldSpec>& fields) {
        for (const NodeRef child : forest_.children(node)) {
            const std::string key = keyOf(forest_, child);
            if (const FieldSpec* spec = format::fieldNamed(fields, key))
                entry(child, *spec, key);
        }
    }

private:
    void report(NodeRef node, const FieldSpec& spec, std::string_view key) {
        if (const Instead* instead = insteadOf(forest_, node, key)) {
            Diagnostic& found =
                reporter_.onKey("effect.misnamed", node,
                                "Nothing reads " + quoted(key) + "; the engine's field is " +
                                    quoted(instead->meant) + ".");
            found.why = spec.engineNote;
            found.fixes.push_back(renameKeyFix("Rename to " + quoted(instead->meant), node,
                                               std::string(instead->meant),
                                               instead->same ? Safety::Safe : Safety::Choice));
            return;
        }
        Diagnostic& found = reporter_.onKey("effect.no-effect", node,
                                            quoted(key) + " has no effect when the pipeline runs.");
        found.why = spec.engineNote;
        found.fixes.push_back(removeFix("Remove " + quoted(key), node, Safety::Choice));
    }

    void prompt(NodeRef list) {
        for (const NodeRef item : forest_.children(list)) {
            const NodeRef part = mappingBehind(forest_, item);
            const NodeRef type = entryOf(forest_, part, "type");
            const auto name = textOf(forest_, type);
            const FieldSpec* spec =
                name ? format::fieldNamed(catalogue_.promptParts(), *name) : nullptr;
            if (spec == nullptr)
                continue;
            if (spec->effective)
                mapping(part, spec->fields);
            else if (*name != "dynamic")  // refused by the loader
                reporter_
                    .onValue("effect.empty-part", type,
                             "A " + quoted(*name) + " part adds nothing to the prompt.")
                    .why = spec->engineNote;
        }
    }

    const yaml::Forest& forest_;
    const format::Catalogue& catalogue_;
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
    }
}

// {variable: x, value: y} becomes {variables: {x: y}}.
std::optional<Fix> variablesFix(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef variable = entryOf(forest, context.step, "variable");
    const NodeRef value = entryOf(forest, context.step, "value");
    const auto name = textOf(forest, variable);
    const auto held = value == yaml::kNoNode ? Result<yaml::Value>(yaml::Value::null())
                                             : yaml::valueOf(forest, value);
    if (!name || !held)
        return std::nullopt;
    const std::string title = "Write `variables` with " + quoted(*name);
    document::Batch batch;
    batch.commands.push_back(
        {document::SetField{context.step, "variables",
                            yaml::Value::mapping({{yaml::Value::ofString(*name), *held}})},
         title, 0});
    batch.commands.push_back({document::Remove{variable}, title, 0});
    if (value != yaml::kNoNode)
        batch.commands.push_back({document::Remove{value}, title, 0});
    return Fix{title, true, document::Command{std::move(batch), title, 0}};
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
        const std::string key = keyOf(forest, child);
        if (isMisnamed(kind, key))
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
    for (const Misnamed& each : kMisnamed) {
        if (each.type != kind)
            continue;
        const NodeRef entry = entryOf(forest, context.step, each.key);
        if (entry == yaml::kNoNode)
            continue;
        const std::string meant(each.meant);
        Diagnostic& found = reporter.onKey(
            "effect.misnamed", entry,
            "Nothing reads " + quoted(each.key) + "; the engine's field is " + quoted(meant) + ".");
        const bool free = entryOf(forest, context.step, each.meant) == yaml::kNoNode;
        if (free && meant != "variables")
            found.fixes.push_back(
                renameKeyFix("Rename to " + quoted(meant), entry, meant, Safety::Safe));
        if (free && each.key == "variable")
            if (auto fix = variablesFix(context))
                found.fixes.push_back(std::move(*fix));
    }
}

void checkWorkflowFields(const PipelineContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.forest;
    const NodeRef workflow = mappingBehind(forest, context.workflow);
    if (workflow == yaml::kNoNode)
        return;
    FieldWalk walk(context, reporter);
    const std::vector<FieldSpec>& known = context.catalogue.workflowFields();
    for (const NodeRef child : forest.children(workflow)) {
        const std::string key = keyOf(forest, child);
        const FieldSpec* spec = format::fieldNamed(known, key);
        if (spec == nullptr || key == "steps")
            continue;
        walk.entry(child, *spec, key);
        if (key != "defaults")
            continue;
        const NodeRef defaults = mappingBehind(forest, child);
        for (const NodeRef each :
             defaults == yaml::kNoNode ? std::span<const NodeRef>() : forest.children(defaults)) {
            const std::string name = keyOf(forest, each);
            const FieldSpec* field = format::fieldNamed(spec->fields, name);
            if (field != nullptr && field->effective && name != "output_dir" &&
                name != "claude_preset")
                reporter
                    .onKey("effect.defaults", each,
                           "Steps do not inherit " + quoted(name) + " in a normal run.")
                    .why = field->engineNote;
        }
    }
}

}  // namespace pe::check
