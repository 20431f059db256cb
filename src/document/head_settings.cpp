// SPDX-License-Identifier: MIT
#include "head_settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pe/format/catalogue.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::kNoGraphNode;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr std::array<std::string_view, 2> kInWorkspace = {"file_ops", "codebase_query"};
constexpr std::array<std::string_view, 5> kWithPreset = {
    "claude_smart", "claude_session", "claude_extract", "claude_batch", "claude_robust"};

template <std::size_t size>
bool isOneOf(std::string_view type, const std::array<std::string_view, size>& types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool worksInWorkspace(const yaml::Forest&, const GraphNode& node) {
    return isOneOf(node.type, kInWorkspace);
}

bool savesOutput(const yaml::Forest& forest, const GraphNode& node) {
    return entryOf(forest, node.ref, "output_to_file") != kNoNode;
}

bool takesPreset(const yaml::Forest& forest, const GraphNode& node) {
    return isOneOf(node.type, kWithPreset) && entryOf(forest, node.ref, "preset") == kNoNode;
}

bool asksForStage(const yaml::Forest& forest, const GraphNode& node) {
    return entryOf(forest, node.ref, "environment_aware") != kNoNode && takesPreset(forest, node);
}

struct Setting {
    std::string_view group;  // the key of the head that holds it; empty: the head itself
    std::string_view key;
    bool (*needs)(const yaml::Forest& forest, const GraphNode& node);
};

constexpr std::array kSettings = {
    Setting{"", "workspace_dir", worksInWorkspace},
    Setting{"defaults", "output_dir", savesOutput},
    Setting{"defaults", "claude_preset", takesPreset},
    Setting{"environment", "mode", asksForStage},
};

NodeRef headAround(const yaml::Forest& forest, NodeRef list) {
    return list == kNoNode ? kNoNode : forest.parent(list);
}

NodeRef headOf(const StepsUnderHead& from) {
    return headAround(from.forest, from.forest.parent(from.steps.front()));
}

// Null where the head does not say it.
yaml::Value valueAt(const yaml::Forest& forest, NodeRef head, std::string_view group,
                    std::string_view key) {
    const NodeRef entry = entryOf(forest, head, group.empty() ? key : group);
    if (entry == kNoNode)
        return yaml::Value::null();
    const auto value = yaml::valueOf(forest, entry);
    if (!value || group.empty())
        return value.value_or(yaml::Value::null());
    const yaml::Value* held = value->find(key);
    return held == nullptr ? yaml::Value::null() : *held;
}

// The steps and what is nested in them, but for the pipelines in them, which have heads of their
// own.
std::vector<const GraphNode*> nodesUnderHead(const StepsUnderHead& from) {
    std::vector<bool> under(from.graph.nodes.size());
    std::vector<const GraphNode*> nodes;
    for (std::size_t i = 0; i < under.size(); ++i) {
        const GraphNode& node = from.graph.nodes[i];
        const bool isPipeline = node.kind == format::NodeKind::Branch && node.type == "pipeline";
        under[i] = std::find(from.steps.begin(), from.steps.end(), node.ref) != from.steps.end() ||
                   (node.parent != kNoGraphNode && under[node.parent] && !isPipeline);
        if (under[i])
            nodes.push_back(&node);
    }
    return nodes;
}

// What a step of a team's type does is not known, so it may depend on all of them.
bool areNeeded(const Setting& setting, const StepsUnderHead& from) {
    const auto nodes = nodesUnderHead(from);
    return std::any_of(nodes.begin(), nodes.end(), [&](const GraphNode* node) {
        const bool known = node->kind != format::NodeKind::Step ||
                           format::Catalogue::builtIn().find(node->type) != nullptr;
        return !known || setting.needs(from.forest, *node);
    });
}

std::string written(const Setting& setting) {
    return "`" + (setting.group.empty() ? "" : std::string(setting.group) + ".") +
           std::string(setting.key) + "`";
}

}  // namespace

std::map<std::string, std::vector<std::string>> settingKeys() {
    std::map<std::string, std::vector<std::string>> keys;
    for (const Setting& each : kSettings) {
        if (each.group.empty())
            keys[std::string(each.key)];
        else
            keys[std::string(each.group)].emplace_back(each.key);
    }
    return keys;
}

std::string settingLines(const StepsUnderHead& from, const std::string& indent) {
    std::string lines;
    std::string_view group;
    const NodeRef head = headOf(from);
    for (const Setting& each : kSettings) {
        const yaml::Value value = valueAt(from.forest, head, each.group, each.key);
        if (!value.isString() || !areNeeded(each, from))
            continue;
        if (!each.group.empty() && each.group != group)
            lines += indent + std::string(each.group) + ":\n";
        group = each.group;
        lines += indent + (group.empty() ? "" : "  ") + std::string(each.key) + ": " +
                 yaml::encodeString(value.text, yaml::naturalStyle(value.text, {}), {}).raw + "\n";
    }
    return lines;
}

std::optional<SettingConflict> settingConflict(const StepsUnderHead& from,
                                               const yaml::Forest& other, NodeRef to) {
    const NodeRef head = headOf(from);
    for (const Setting& each : kSettings) {
        const yaml::Value own = valueAt(from.forest, head, each.group, each.key);
        const yaml::Value there = valueAt(other, headAround(other, to), each.group, each.key);
        if (own == there)
            continue;
        if (!own.isNull())
            return SettingConflict{
                entryOf(from.forest, head, each.group.empty() ? each.key : each.group),
                written(each) +
                    " is another one in the pipeline that takes the steps; write the same in both "
                    "first."};
        if (areNeeded(each, from))
            return SettingConflict{
                from.steps.front(),
                "The steps depend on " + written(each) + ", which is " + yaml::toJson(there) +
                    " in the pipeline that takes them and not set in their own; write the same in "
                    "both first."};
    }
    return std::nullopt;
}

std::vector<std::string> notesOnNesting(const StepsUnderHead& from, const std::string& name) {
    std::vector<std::string> notes;
    const auto nodes = nodesUnderHead(from);
    const bool slow = std::any_of(nodes.begin(), nodes.end(), [](const GraphNode* node) {
        const format::StepType* type = format::Catalogue::builtIn().find(node->type);
        return type != nullptr && type->category == "AI provider";
    });
    if (slow)
        notes.push_back("'" + name +
                        "' fails if its steps take longer than 300 seconds together; a `config` "
                        "with `timeout_seconds` at the step allows more.");
    const yaml::Value resumes = valueAt(from.forest, headOf(from), "", "checkpoint_enabled");
    if (resumes.kind == yaml::Value::Kind::Boolean && resumes.boolean)
        notes.push_back("A run that is resumed within '" + name +
                        "' begins with its first step: a pipeline in a pipeline saves no state "
                        "here.");
    return notes;
}

}  // namespace pe::document
