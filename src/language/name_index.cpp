// SPDX-License-Identifier: MIT
#include "name_index.hpp"

#include <algorithm>

#include "nodes.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {

using format::GraphIndex;
using format::kNoGraphNode;
using format::NodeKind;
using format::ReferenceTarget;
using format::ResolvedReference;
using yaml::kNoNode;
using yaml::NodeRef;

NameIndex::NameIndex(const yaml::Forest& forest, const format::Catalogue& catalogue)
    : forest_(forest),
      graph_(format::deriveGraph(forest, catalogue)),
      references_(format::resolvedReferences(forest, graph_)) {}

NodeRef NameIndex::functionsFor(GraphIndex node) const {
    for (; node != kNoGraphNode; node = graph_.nodes[node].parent) {
        if (graph_.nodes[node].kind != NodeKind::Branch || graph_.nodes[node].type != "pipeline")
            continue;
        const NodeRef wrapped = entryOf(forest_, graph_.nodes[node].ref, "workflow");
        const NodeRef own = entryOf(forest_, wrapped == kNoNode ? graph_.nodes[node].ref : wrapped,
                                    "gemini_functions");
        if (own != kNoNode)
            return own;
    }
    return entryOf(forest_, graph_.workflow, "gemini_functions");
}

NodeRef NameIndex::function(const std::string& name, GraphIndex holder) const {
    return entryOf(forest_, functionsFor(holder), name);
}

std::optional<NodeRef> NameIndex::setter(const std::string& variable) const {
    for (const format::GraphNode& each : graph_.nodes) {
        if (each.type != "set_variable" || each.kind != NodeKind::Step)
            continue;
        const NodeRef entry = entryOf(forest_, entryOf(forest_, each.ref, "variables"), variable);
        if (entry != kNoNode)
            return entry;
    }
    return std::nullopt;
}

std::optional<Target> NameIndex::targetOf(const ResolvedReference& reference) const {
    const std::string& name = reference.reference.name;
    switch (reference.reference.target) {
        case ReferenceTarget::Function: {
            const NodeRef definition = function(name, reference.holder);
            if (definition == kNoNode)
                return std::nullopt;
            return Target{TargetKind::Function, name, definition, {}};
        }
        case ReferenceTarget::File:
            return Target{TargetKind::File, name, reference.reference.at, {}};
        case ReferenceTarget::Input:
        case ReferenceTarget::Constant:
            return std::nullopt;
        default:
            break;
    }
    if (reference.target == kNoGraphNode)
        return std::nullopt;
    if (!reference.variable)
        return Target{TargetKind::Step, name, graph_.nodes[reference.target].ref, {}};
    const auto entry = setter(name);
    return entry ? std::optional(Target{TargetKind::Variable, name, *entry, {}}) : std::nullopt;
}

std::optional<Target> NameIndex::targetDefinedBy(NodeRef entry) const {
    const NodeRef parent = forest_.parent(entry);
    if (parent == kNoNode || !yaml::isMapping(forest_.lexeme(parent).style))
        return std::nullopt;
    const std::string key = yaml::keyText(forest_, entry);
    const auto isStep = [&](NodeRef node) {
        return std::find_if(graph_.nodes.begin(), graph_.nodes.end(), [&](const auto& each) {
            return each.ref == node && each.kind == NodeKind::Step;
        });
    };
    if (key == "name" && isStep(parent) != graph_.nodes.end())
        return Target{TargetKind::Step, textOf(forest_, entry), parent, {}};
    const std::string parentKey = yaml::keyText(forest_, parent);
    const auto setting = isStep(forest_.parent(parent));
    if (parentKey == "variables" && setting != graph_.nodes.end() &&
        setting->type == "set_variable")
        return Target{TargetKind::Variable, key, setter(key).value_or(entry), {}};
    if (parentKey == "gemini_functions")
        return Target{TargetKind::Function, key, entry, {}};
    return std::nullopt;
}

bool NameIndex::means(const ResolvedReference& reference, const Target& target) const {
    if (reference.reference.name != target.name)
        return false;
    switch (target.kind) {
        case TargetKind::Step:
            return format::namesStep(reference.reference.target) && !reference.variable &&
                   reference.target != kNoGraphNode &&
                   graph_.nodes[reference.target].ref == target.node;
        case TargetKind::Variable:
            return reference.variable && reference.target != kNoGraphNode;
        case TargetKind::Function:
            return reference.reference.target == ReferenceTarget::Function &&
                   function(target.name, reference.holder) == target.node;
        case TargetKind::File:
            return reference.reference.target == ReferenceTarget::File;
    }
    return false;
}

std::vector<NodeRef> NameIndex::definitions(const Target& target) const {
    if (target.kind == TargetKind::Step) {
        const NodeRef name = entryOf(forest_, target.node, "name");
        return name == kNoNode ? std::vector<NodeRef>() : std::vector<NodeRef>{name};
    }
    if (target.kind != TargetKind::Variable)
        return {target.node};
    std::vector<NodeRef> entries;
    for (const format::GraphNode& each : graph_.nodes) {
        if (each.type != "set_variable" || each.kind != NodeKind::Step)
            continue;
        const NodeRef entry =
            entryOf(forest_, entryOf(forest_, each.ref, "variables"), target.name);
        if (entry != kNoNode)
            entries.push_back(entry);
    }
    return entries;
}

}  // namespace pe::language
