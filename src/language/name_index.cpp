// SPDX-License-Identifier: MIT
#include "name_index.hpp"

#include <algorithm>

#include "nodes.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {

using format::GraphIndex;
using format::kNoGraphNode;
using format::NodeKind;
using format::ReferenceTarget;
using format::ResolvedReference;
using yaml::kNoNode;
using yaml::NodeRef;

namespace {

// Names that are keys of a mapping in the head of a pipeline, or of what it is given.
bool hasKeyKind(ReferenceTarget target) {
    return target == ReferenceTarget::Function || target == ReferenceTarget::Input ||
           target == ReferenceTarget::Constant;
}

TargetKind keyKindOf(ReferenceTarget target) {
    return target == ReferenceTarget::Function ? TargetKind::Function
           : target == ReferenceTarget::Input  ? TargetKind::Input
                                               : TargetKind::Constant;
}

}  // namespace

NameIndex::NameIndex(const yaml::Forest& forest, const format::Catalogue& catalogue)
    : forest_(forest),
      graph_(format::deriveGraph(forest, catalogue)),
      references_(format::resolvedReferences(forest, graph_)) {}

NodeRef NameIndex::keysFor(TargetKind kind, GraphIndex node) const {
    const std::string_view header =
        kind == TargetKind::Function ? "gemini_functions" : "global_vars";
    for (; node != kNoGraphNode; node = graph_.nodes[node].parent) {
        const format::GraphNode& around = graph_.nodes[node];
        if (around.kind != NodeKind::Branch || around.type != "pipeline")
            continue;
        if (kind == TargetKind::Input)
            return entryOf(forest_, graph_.nodes[around.parent].ref, "inputs");
        const NodeRef own = entryOf(forest_, format::workflowOf(forest_, around.ref), header);
        if (own != kNoNode)
            return own;
    }
    return kind == TargetKind::Input ? kNoNode : entryOf(forest_, graph_.workflow, header);
}

// The templates of an inline pipeline are filled in by the pipelines around it first.
NodeRef NameIndex::keyNamed(TargetKind kind, const std::string& name, GraphIndex holder) const {
    if (kind == TargetKind::Function)
        return entryOf(forest_, keysFor(kind, holder), name);
    NodeRef found = kNoNode;
    for (GraphIndex at = format::pipelineAround(graph_, holder);;
         at = format::pipelineAround(graph_, at)) {
        if (const NodeRef entry = entryOf(forest_, keysFor(kind, at), name); entry != kNoNode)
            found = entry;
        if (at == kNoGraphNode)
            return found;
    }
}

std::vector<NodeRef> NameIndex::setters(const std::string& variable, GraphIndex pipeline) const {
    std::vector<NodeRef> entries;
    for (auto& [name, entry] : format::variablesSet(forest_, graph_, pipeline))
        if (name == variable)
            entries.push_back(entry);
    return entries;
}

GraphIndex NameIndex::pipelineOf(NodeRef setter) const {
    const NodeRef step = forest_.parent(forest_.parent(setter));
    for (GraphIndex i = 0; i < graph_.nodes.size(); ++i)
        if (graph_.nodes[i].ref == step)
            return format::pipelineAround(graph_, i);
    return kNoGraphNode;
}

std::optional<Target> NameIndex::targetOf(const ResolvedReference& reference) const {
    const std::string& name = reference.reference.name;
    switch (reference.reference.target) {
        case ReferenceTarget::Function:
        case ReferenceTarget::Input:
        case ReferenceTarget::Constant: {
            const TargetKind kind = keyKindOf(reference.reference.target);
            const NodeRef definition = keyNamed(kind, name, reference.holder);
            if (definition == kNoNode)
                return std::nullopt;
            return Target{kind, name, definition, {}};
        }
        case ReferenceTarget::File:
            return Target{TargetKind::File, name, reference.reference.at, {}};
        default:
            break;
    }
    if (reference.target == kNoGraphNode)
        return std::nullopt;
    if (!reference.variable)
        return Target{TargetKind::Step, name, graph_.nodes[reference.target].ref, {}};
    const auto entries = setters(name, format::pipelineAround(graph_, reference.target));
    return entries.empty() ? std::nullopt
                           : std::optional(Target{TargetKind::Variable, name, entries.front(), {}});
}

std::optional<Target> NameIndex::targetDefinedBy(NodeRef entry) const {
    const NodeRef parent = forest_.parent(entry);
    if (parent == kNoNode || !yaml::isMapping(forest_.style(parent)))
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
        setting->type == "set_variable") {
        const auto entries = setters(key, pipelineOf(entry));
        return Target{TargetKind::Variable, key, entries.empty() ? entry : entries.front(), {}};
    }
    return keyDefinedBy(entry, key);
}

std::optional<Target> NameIndex::keyDefinedBy(NodeRef entry, const std::string& key) const {
    const NodeRef mapping = forest_.parent(entry);
    const std::string name = yaml::keyText(forest_, mapping);
    const TargetKind kind = name == "gemini_functions" ? TargetKind::Function
                            : name == "global_vars"    ? TargetKind::Constant
                                                       : TargetKind::Input;
    if (kind == TargetKind::Input && name != "inputs")
        return std::nullopt;
    if (keysFor(kind, kNoGraphNode) == mapping)
        return Target{kind, key, entry, {}};
    for (GraphIndex i = 0; i < graph_.nodes.size(); ++i)
        if (graph_.nodes[i].kind == NodeKind::Branch && keysFor(kind, i) == mapping)
            return Target{kind, key, entry, {}};
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
            return reference.variable && reference.target != kNoGraphNode &&
                   format::pipelineAround(graph_, reference.target) == pipelineOf(target.node);
        case TargetKind::Function:
        case TargetKind::Input:
        case TargetKind::Constant:
            return hasKeyKind(reference.reference.target) &&
                   keyKindOf(reference.reference.target) == target.kind &&
                   keyNamed(target.kind, target.name, reference.holder) == target.node;
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
    return setters(target.name, pipelineOf(target.node));
}

}  // namespace pe::language
