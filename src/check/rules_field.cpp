// SPDX-License-Identifier: MIT
// Fields against the catalogue: unknown, misplaced, missing, of the wrong kind or out of bounds.
// Fields that are documented without effect are left to the rules about effects.
#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "described_fields.hpp"
#include "field_value.hpp"
#include "fields.hpp"
#include "fixes.hpp"
#include "pe/yaml/pointer.hpp"
#include "rule.hpp"
#include "unknown_field.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;

constexpr RuleInfo kInfos[] = {
    {"field.missing", Severity::Error, "A needed field is missing",
     "The ordinary loader does not ask for this field, but the step fails without it.", "D18"},
    {"field.outside-workflow", Severity::Warning, "A section beside workflow",
     "The engine reads the key `workflow` and what stands below it; everything beside it is "
     "ignored.",
     ""},
};

constexpr int kMaxDepth = 24;

// The fields that a mapping may have, and how sentences name the mapping.
struct Known {
    std::span<const FieldSpec> own;
    std::span<const FieldSpec> common;  // but for those that are its own
    std::array<std::string_view, 3> name;

    const FieldSpec* find(std::string_view key) const {
        for (const auto fields : {own, common})
            for (const FieldSpec& each : fields)
                if (each.key == key)
                    return &each;
        return nullptr;
    }
    std::vector<const FieldSpec*> all() const {
        std::vector<const FieldSpec*> specs;
        for (const auto fields : {own, common})
            for (const FieldSpec& each : fields)
                if (find(each.key) == &each)
                    specs.push_back(&each);
        return specs;
    }
    std::string words() const {
        std::string text;
        for (const std::string_view each : name)
            text += each;
        return text;
    }
};

// Walks one step, or the workflow, along its specification.
class FieldWalk {
public:
    FieldWalk(const PipelineContext& context, const StepContext* step, Reporter& reporter)
        : context_(context),
          forest_(context.forest),
          step_(step),
          reporter_(reporter),
          values_(context.forest, reporter) {}

    void mapping(NodeRef mapping, const Known& known, const FieldPlace& place, int depth) {
        if (depth > kMaxDepth)
            return;
        for (const NodeRef entry : forest_.children(mapping)) {
            const auto key = yaml::DecodedText::ofKey(forest_, entry);
            if (forest_.style(entry) == yaml::Style::Opaque || isOwn(key, place))
                continue;
            const FieldSpec* spec = known.find(key);
            if (spec == nullptr)
                unknown(mapping, entry, key.string(), known);
            else if (spec->effective && !isNull(forest_, entry))
                field(entry, *spec, place, depth);
        }
    }

    void workflow(NodeRef mapping, const FieldPlace& place, int depth) {
        this->mapping(mapping, {context_.catalogue.workflowFields(), {}, {"the workflow"}}, place,
                      depth);
    }

private:
    // `type` stands in no list of fields.
    bool isOwn(std::string_view key, const FieldPlace& place) const {
        return key == "type" && place.group.empty() && !place.type.empty();
    }

    void unknown(NodeRef mapping, NodeRef entry, const std::string& key, const Known& known) {
        reportUnknownField(context_, {entry, mapping, key, known.words(), known.all(), step_},
                           reporter_);
    }

    void field(NodeRef entry, const FieldSpec& spec, const FieldPlace& place, int depth) {
        // Of the steps of the workflow the rules of the loader say what is no list and no step.
        if ((spec.kind == FieldKind::StepList && place.type.empty()) ||
            !values_.check(entry, spec, place))
            return;
        const NodeRef value = valueBehind(forest_, entry);
        const FieldPlace inner{place.type, spec.key};
        switch (spec.kind) {
            case FieldKind::Group:
                if (!spec.fields.empty())
                    mapping(value, {spec.fields, {}, {"`", spec.key, "`"}}, inner, depth + 1);
                return;
            case FieldKind::TaskList:
                return tasks(value, spec, inner, depth);
            case FieldKind::StepList:
                return steps(value);
            case FieldKind::GroupList:
                return groups(value, spec, inner, depth);
            case FieldKind::Map:
                if (!spec.fields.empty())
                    mapValues(value, spec, inner, depth);
                return;
            case FieldKind::Prompt:
                return prompt(entry, value, spec, depth);
            case FieldKind::Pipeline:
                return pipeline(entry, value, inner, depth);
            default:
                return;
        }
    }

    void groups(NodeRef list, const FieldSpec& spec, const FieldPlace& place, int depth) {
        for (const NodeRef item : forest_.children(list)) {
            const NodeRef entries = mappingBehind(forest_, item);
            if (entries != yaml::kNoNode) {
                mapping(entries, {spec.fields, {}, {"an item of `", spec.key, "`"}}, place,
                        depth + 1);
                missing(entries, item, spec.fields, "An item of `" + spec.key + "`");
            } else if (spec.key != "outputs" &&
                       (spec.key == "operations" || !isNull(forest_, item))) {
                reporter_.onValue("field.type", item,
                                  "The items of `" + spec.key + "` must be mappings.");
            }
        }
    }

    void steps(NodeRef list) {
        for (const NodeRef item : forest_.children(list))
            if (mappingBehind(forest_, item) == yaml::kNoNode &&
                forest_.style(item) != yaml::Style::Opaque)
                reporter_.onValue("field.type", item, "A step must be a mapping.");
    }

    void tasks(NodeRef list, const FieldSpec& spec, const FieldPlace& place, int depth) {
        for (const NodeRef item : forest_.children(list)) {
            const NodeRef entries = mappingBehind(forest_, item);
            if (entries != yaml::kNoNode)
                mapping(entries, {spec.fields, {}, {"a task"}}, place, depth + 1);
            else if (!isNull(forest_, item))
                reporter_.onValue("field.type", item, "A task must be a mapping.");
        }
    }

    void mapValues(NodeRef map, const FieldSpec& spec, const FieldPlace& place, int depth) {
        for (const NodeRef entry : forest_.children(map)) {
            const NodeRef entries = mappingBehind(forest_, entry);
            if (entries != yaml::kNoNode)
                mapping(entries, {spec.fields, {}, {"an entry of `", spec.key, "`"}}, place,
                        depth + 1);
        }
    }

    // Of the engine's own types the rules of the loader say what is no prompt.
    void prompt(NodeRef entry, NodeRef list, const FieldSpec& spec, int depth) {
        if (!yaml::isSequence(forest_.style(list))) {
            if (step_ != nullptr && isTeamStep(*step_))
                noPrompt(entry, spec);
            return;
        }
        for (const NodeRef item : forest_.children(list)) {
            const NodeRef part = mappingBehind(forest_, item);
            const auto type = textOf(forest_, entryOf(forest_, part, "type"));
            if (!type)
                continue;
            for (const FieldSpec& known : context_.catalogue.promptParts())
                if (known.key == *type)
                    mapping(part, {known.fields, {}, {"a `", *type, "` part"}}, {"prompt part", ""},
                            depth + 1);
        }
    }

    void noPrompt(NodeRef entry, const FieldSpec& spec) {
        Diagnostic& found = reporter_.onValue("field.type", entry,
                                              "`" + spec.key + "` must be a list of prompt parts.");
        if (const auto text = textOf(forest_, entry))
            found.fixes.push_back(setValueFix("Make it a list with one static part", entry,
                                              yaml::Value::sequence({staticPart(*text)}),
                                              Safety::Safe));
    }

    void pipeline(NodeRef entry, NodeRef value, const FieldPlace& place, int depth) {
        const NodeRef wrapped = entryOf(forest_, value, "workflow");
        const NodeRef inner = isNull(forest_, wrapped) ? value : mappingBehind(forest_, wrapped);
        if (isNull(forest_, entryOf(forest_, forest_.parent(entry), "pipeline_file")) &&
            isNull(forest_, entryOf(forest_, inner, "steps")))
            stepsMissing(entry,
                         inner != value && !isNull(forest_, entryOf(forest_, value, "steps")));
        if (inner != yaml::kNoNode)
            FieldWalk(context_, nullptr, reporter_).workflow(inner, place, depth + 1);
    }

    void stepsMissing(NodeRef pipeline, bool beside) {
        reporter_.onKey("field.missing", pipeline,
                        std::string("A pipeline written in place needs `steps`, a list of steps") +
                            (beside ? "; the one beside `workflow` is not read." : "."));
    }

    void missing(NodeRef entries, NodeRef item, const std::vector<FieldSpec>& fields,
                 const std::string& subject) {
        for (const FieldSpec& spec : fields)
            if (spec.required && isNull(forest_, entryOf(forest_, entries, spec.key)))
                reporter_.onValue("field.missing", item, subject + " needs `" + spec.key + "`.");
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    const StepContext* step_;
    Reporter& reporter_;
    FieldValueCheck values_;
};

Diagnostic& reportMissing(const StepContext& context, std::string_view key,
                          const std::string& message, Reporter& reporter) {
    const NodeRef type = entryOf(context.pipeline.forest, context.step, "type");
    const NodeRef empty = entryOf(context.pipeline.forest, context.step, key);
    return reporter.onValue("field.missing", empty == yaml::kNoNode ? type : empty, message);
}

// The guides let `delete` take `files`; the engine reads one `path`.
std::optional<Fix> onlyFileFix(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef files = entryOf(forest, context.step, "files");
    if (files == yaml::kNoNode || !yaml::isSequence(forest.style(files)) ||
        forest.children(files).size() != 1 ||
        entryOf(forest, context.step, "path") != yaml::kNoNode)
        return std::nullopt;
    const NodeRef item = forest.children(files).front();
    const NodeRef path = entryOf(forest, item, "path");
    const auto text = textOf(forest, path == yaml::kNoNode ? item : path);
    if (!text || (path != yaml::kNoNode && forest.children(item).size() != 1))
        return std::nullopt;
    const std::string title = "Write `path: " + shortened(*text) + "`";
    document::Batch batch;
    batch.commands.push_back({document::RenameKey{files, "path"}, title, 0});
    batch.commands.push_back({document::SetValue{files, yaml::Value::ofString(*text)}, title, 0});
    return Fix{title, true, document::Command{std::move(batch), title, 0}};
}

// What an operation of file_ops works on.
void checkFileOperation(const StepContext& context, Reporter& reporter) {
    struct Needs {
        std::string_view operation;
        std::array<std::string_view, 3> keys;
    };
    constexpr std::array<Needs, 7> kNeeds{{{"copy", {"source", "destination", ""}},
                                           {"move", {"source", "destination", ""}},
                                           {"delete", {"path", "", ""}},
                                           {"validate", {"files", "", ""}},
                                           {"convert", {"source", "destination", "format"}},
                                           {"stream_copy", {"source", "destination", ""}},
                                           {"stream_process", {"source", "", ""}}}};
    const yaml::Forest& forest = context.pipeline.forest;
    const auto operation = textOf(forest, entryOf(forest, context.step, "operation"));
    for (const Needs& each : kNeeds)
        for (const std::string_view key : each.keys)
            if (operation && *operation == each.operation && !key.empty() &&
                isNull(forest, entryOf(forest, context.step, key))) {
                Diagnostic& found = reportMissing(
                    context, key, "`" + *operation + "` needs `" + std::string(key) + "`.",
                    reporter);
                if (*operation == "delete")
                    if (auto fix = onlyFileFix(context))
                        found.fixes.push_back(std::move(*fix));
            }
}

void checkRequired(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const auto absent = [&](std::string_view key) {
        return isNull(forest, entryOf(forest, context.step, key));
    };
    // What the loader demands is said by the loader's rules; it demands nothing of a team's types.
    const auto loaders = [&](const FieldSpec& spec) {
        return (spec.key == "prompt" || spec.key == "parallel_tasks") && !isTeamStep(context);
    };
    for (const FieldSpec& spec : context.spec->fields)
        if (spec.required && !loaders(spec) && absent(spec.key))
            reportMissing(context, spec.key,
                          "A `" + context.spec->id + "` step needs `" + spec.key + "`.", reporter);
    if (context.type == "pipeline" && absent("pipeline_file") && absent("pipeline") &&
        absent("pipeline_ref"))
        reportMissing(context, "pipeline_file",
                      "A `pipeline` step needs `pipeline_file`, or a `pipeline` written in place.",
                      reporter);
    if (context.type == "file_ops")
        checkFileOperation(context, reporter);
}

void checkStepFields(const StepContext& context, Reporter& reporter) {
    if (context.spec == nullptr || context.step == yaml::kNoNode)
        return;
    const Known known{context.spec->fields,
                      context.pipeline.catalogue.commonFields(),
                      {"a `", context.spec->id, "` step"}};
    FieldWalk(context.pipeline, &context, reporter)
        .mapping(context.step, known, {context.type, ""}, 0);
    if (context.spec->loadable)
        checkRequired(context, reporter);
}

void checkWorkflowFields(const PipelineContext& context, Reporter& reporter) {
    const NodeRef root = yaml::rootDocument(context.forest);
    const NodeRef entry = entryOf(context.forest, root, "workflow");
    const NodeRef workflow = mappingBehind(context.forest, entry);
    if (workflow == yaml::kNoNode)
        return;
    for (const NodeRef beside : context.forest.children(root)) {
        if (context.forest.style(beside) == yaml::Style::Opaque)
            continue;
        const std::string key = keyOf(context.forest, beside);
        const bool own = key.starts_with("x-") || key.starts_with('_') || key.starts_with('.');
        const bool anchored = context.forest.lexeme(beside).props.find('&') != std::string::npos;
        if (beside != entry && key != "workflow" && !own && !anchored)
            reporter.onKey(
                "field.outside-workflow", beside,
                "`" + shortened(key) + "` stands beside `workflow`, where nothing reads it.");
    }
    FieldWalk(context, nullptr, reporter).workflow(workflow, {}, 0);
}

std::vector<RuleInfo> allInfos() {
    std::vector<RuleInfo> infos(std::begin(kInfos), std::end(kInfos));
    for (const auto& more : {fieldValueInfos(), unknownFieldInfos()})
        infos.insert(infos.end(), more.begin(), more.end());
    return infos;
}

}  // namespace

const RuleSet& fieldRules() {
    static const std::vector<RuleInfo> kAll = allInfos();
    static const RuleSet kSet{kAll, {checkStepFields}, {checkWorkflowFields}};
    return kSet;
}

}  // namespace pe::check
