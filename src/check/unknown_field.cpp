// SPDX-License-Identifier: MIT
#include "unknown_field.hpp"

#include <utility>

#include "fields.hpp"
#include "fixes.hpp"
#include "nearest.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;

constexpr RuleInfo kInfos[] = {
    {"field.unknown", Severity::Warning, "Unknown field",
     "The engine reads the fields it knows and says nothing about others, so a mistyped field is "
     "simply missing. Names that begin with `x-` or `_` are taken as the author's own.",
     "D96"},
    {"field.misplaced", Severity::Warning, "A field at the wrong place",
     "The field exists, but the engine looks for it somewhere else: in an options mapping, or at "
     "the step itself.",
     "D96"},
    {"field.other-type", Severity::Warning, "A field of another step type",
     "The field belongs to other step types; on this one it has no effect.", "D96"},
};

const FieldSpec* effectiveField(const std::vector<FieldSpec>& fields, std::string_view key) {
    for (const FieldSpec& each : fields)
        if (each.key == key && each.effective)
            return &each;
    return nullptr;
}

// The options mapping of the step's type that has such a field.
const FieldSpec* groupWith(const StepContext& step, std::string_view key) {
    for (const FieldSpec& group : step.spec->fields)
        if (group.kind == FieldKind::Group && group.effective &&
            effectiveField(group.fields, key) != nullptr)
            return &group;
    return nullptr;
}

document::Move moved(const UnknownField& unknown, NodeRef mapping, NodeRef after) {
    document::Move move;
    move.node = unknown.entry;
    move.parent = mapping;
    move.after = after;
    move.key = unknown.key;
    return move;
}

Fix moveFix(const yaml::Forest& forest, const UnknownField& unknown, const std::string& group) {
    const std::string title = "Move into `" + group + "`";
    const NodeRef target = entryOf(forest, unknown.mapping, group);
    document::Command command{document::Batch{}, title, 0};
    auto& commands = std::get<document::Batch>(command.what).commands;
    if (target != yaml::kNoNode) {
        const auto children = forest.children(target);
        const NodeRef last = children.empty() ? yaml::kNoNode : children.back();
        commands.push_back({moved(unknown, target, last), "", 0});
    } else if (auto value = yaml::valueOf(forest, unknown.entry)) {
        auto options =
            yaml::Value::mapping({{yaml::Value::ofString(unknown.key), std::move(*value)}});
        commands.push_back(
            {document::Insert{unknown.mapping, unknown.entry, group, std::move(options)}, "", 0});
        commands.push_back({document::Remove{unknown.entry}, "", 0});
    }
    return {title, false, std::move(command)};
}

bool reportMisplaced(const PipelineContext& context, const UnknownField& unknown,
                     Reporter& reporter) {
    const StepContext* step = unknown.step;
    if (step == nullptr || step->spec == nullptr)
        return false;
    const yaml::Forest& forest = context.forest;
    if (unknown.mapping == step->step) {
        const FieldSpec* group = groupWith(*step, unknown.key);
        if (group == nullptr)
            return false;
        Diagnostic& found = reporter.onKey(
            "field.misplaced", unknown.entry,
            "`" + unknown.key + "` belongs into `" + group->key + "`; here nothing reads it.");
        const NodeRef target = entryOf(forest, unknown.mapping, group->key);
        const bool fits =
            target == yaml::kNoNode || (yaml::isMapping(forest.style(target)) &&
                                        entryOf(forest, target, unknown.key) == yaml::kNoNode);
        if (fits)
            found.fixes.push_back(moveFix(forest, unknown, group->key));
        return true;
    }
    const FieldSpec* own = context.catalogue.field(step->type, unknown.key);
    if (own == nullptr || !own->effective)
        return false;
    Diagnostic& found = reporter.onKey(
        "field.misplaced", unknown.entry,
        "`" + unknown.key + "` is a field of the step itself, not of " + unknown.holder + ".");
    if (entryOf(forest, step->step, unknown.key) == yaml::kNoNode)
        found.fixes.push_back(
            {"Move to the step", false,
             document::Command{moved(unknown, step->step, forest.children(step->step).back()),
                               "Move to the step", 0}});
    return true;
}

bool reportOtherType(const PipelineContext& context, const UnknownField& unknown,
                     Reporter& reporter) {
    if (unknown.step == nullptr || unknown.mapping != unknown.step->step)
        return false;
    std::string types;
    int count = 0;
    for (const format::StepType& each : context.catalogue.stepTypes())
        if (each.loadable && effectiveField(each.fields, unknown.key) != nullptr && ++count <= 3)
            types += (types.empty() ? "`" : ", `") + each.id + "`";
    if (count == 0)
        return false;
    reporter.onKey("field.other-type", unknown.entry,
                   "`" + unknown.key + "` is a field of " + types +
                       (count > 3    ? " and other steps"
                        : count == 1 ? " steps"
                                     : "") +
                       "; " + unknown.holder + " does not read it.");
    return true;
}

// Whether the value could be one of the field that its key seems to mean.
bool couldBe(const yaml::Forest& forest, NodeRef entry, const UnknownField& unknown,
             std::string_view name) {
    const NodeRef value = valueBehind(forest, entry);
    if (value == yaml::kNoNode)
        return false;
    const bool collection = yaml::isCollection(forest.style(value));
    for (const FieldSpec* each : unknown.fields) {
        if (each->key != name)
            continue;
        const bool single = each->kind == FieldKind::Text || each->kind == FieldKind::LongText ||
                            each->kind == FieldKind::Integer || each->kind == FieldKind::Number ||
                            each->kind == FieldKind::Boolean || each->kind == FieldKind::Choice ||
                            each->kind == FieldKind::FilePath ||
                            each->kind == FieldKind::StepReference;
        return !(single && collection);
    }
    return false;
}

}  // namespace

bool isPrivate(std::string_view key) {
    return key.starts_with("x-") || key.starts_with('_') || key.starts_with('.') || key == "<<";
}

std::span<const RuleInfo> unknownFieldInfos() {
    return kInfos;
}

void reportUnknownField(const PipelineContext& context, const UnknownField& unknown,
                        Reporter& reporter) {
    if (isPrivate(unknown.key))
        return;
    std::vector<std::string_view> names;
    for (const FieldSpec* each : unknown.fields)
        if (each->effective && entryOf(context.forest, unknown.mapping, each->key) == yaml::kNoNode)
            names.push_back(each->key);
    const std::string near{nearest(unknown.key, names)};
    const bool slip = !near.empty() && isSlip(unknown.key, near);
    if (!slip && (reportMisplaced(context, unknown, reporter) ||
                  reportOtherType(context, unknown, reporter)))
        return;
    Diagnostic& found = reporter.onKey(
        "field.unknown", unknown.entry,
        "`" + shortened(unknown.key) + "` is no field of " + unknown.holder +
            (near.empty() ? "; nothing reads it." : "; did you mean `" + near + "`?"));
    const bool sure = slip && couldBe(context.forest, unknown.entry, unknown, near);
    if (!near.empty())
        found.fixes.push_back(renameKeyFix("Rename to `" + near + "`", unknown.entry, near,
                                           sure ? Safety::Safe : Safety::Choice));
}

}  // namespace pe::check
