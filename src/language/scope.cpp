// SPDX-License-Identifier: MIT
#include "pe/language/scope.hpp"

#include <algorithm>
#include <set>

#include "nodes.hpp"
#include "pe/format/references.hpp"
#include "pe/yaml/value.hpp"
#include "scope_reader.hpp"

namespace pe::language {
namespace {

using format::NodeKind;
using yaml::kNoNode;
using yaml::NodeRef;

void addOnce(std::vector<Name>& names, Name name) {
    if (name.name.empty())
        return;
    for (const Name& each : names)
        if (each.kind == name.kind && each.name == name.name)
            return;
    names.push_back(std::move(name));
}

// What `outputs` of a pipeline step hands back, or without it the steps of the inline pipeline.
std::vector<format::ResultField> pipelineResults(const yaml::Forest& forest, NodeRef step) {
    std::vector<format::ResultField> results;
    const NodeRef outputs = entryOf(forest, step, "outputs");
    if (outputs != kNoNode && yaml::isSequence(forest.style(outputs))) {
        for (const NodeRef each : forest.children(outputs)) {
            std::string name = textOf(forest, entryOf(forest, each, "as"));
            if (name.empty())
                name = textOf(forest, entryOf(forest, each, "path"));
            results.push_back({name.empty() ? textOf(forest, each) : name, "Output."});
        }
        return results;
    }
    const NodeRef pipeline = entryOf(forest, step, "pipeline");
    const NodeRef wrapped = entryOf(forest, pipeline, "workflow");
    const NodeRef steps = entryOf(forest, wrapped == kNoNode ? pipeline : wrapped, "steps");
    if (steps == kNoNode)
        return results;
    for (const NodeRef each : forest.children(steps))
        results.push_back({textOf(forest, entryOf(forest, each, "name")), "Step of the pipeline."});
    std::erase_if(results, [](const auto& each) { return each.path.empty(); });
    return results;
}

}  // namespace

std::vector<format::ResultField> resultsOf(const yaml::Forest& forest,
                                           const format::Catalogue& catalogue, NodeRef step) {
    const format::StepType* type = catalogue.find(textOf(forest, entryOf(forest, step, "type")));
    if (type == nullptr)
        return {};
    std::vector<format::ResultField> results;
    if (type->id == "pipeline")
        results = pipelineResults(forest, step);
    std::string field = textOf(forest, entryOf(forest, step, "output_field"));
    if (!field.empty())
        results.push_back({std::move(field), "The data that came out."});
    results.insert(results.end(), type->results.begin(), type->results.end());
    return results;
}

std::vector<Name> scopeAt(const check::Subject& subject, const format::Catalogue& catalogue,
                          std::size_t offset) {
    const Place place = placeAt(subject.text(), offset);
    ScopeReader reader(subject, catalogue, place.path, offset);
    std::vector<Name> names;
    for (const NameKind kind : {NameKind::Step, NameKind::LoopItem, NameKind::Variable,
                                NameKind::Input, NameKind::Constant, NameKind::Function})
        for (Name& each : reader.of(kind))
            names.push_back(std::move(each));
    for (Name& each : names)
        if (each.kind == NameKind::Step)
            each.results = resultsOf(subject.forest(), catalogue, each.node);
    return names;
}

const format::Graph& ScopeReader::graph() {
    if (!derived_)
        graph_ = format::deriveGraph(forest_, catalogue_);
    derived_ = true;
    return graph_;
}

// The byte of its dash or key: the first that is neither comment nor blank.
std::size_t ScopeReader::beginOf(NodeRef node) const {
    const std::string_view prefix = forest_.lexeme(node).prefix;
    std::size_t at = subject_.entrySpan(node).begin + prefix.size();
    while (at < subject_.text().size() && subject_.text()[at] == ' ')
        ++at;
    return at;
}

bool ScopeReader::isAround(std::size_t begin) const {
    return std::any_of(path_.begin(), path_.end(),
                       [&](const PathStep& each) { return each.begin == begin; });
}

std::vector<Name> ScopeReader::steps() {
    std::vector<Name> names;
    const auto& nodes = graph().nodes;
    std::vector<bool> around(nodes.size());
    std::vector<std::size_t> visible;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::size_t begin = beginOf(nodes[i].ref);
        if (begin >= offset_)
            break;
        around[i] = isAround(begin);
        const auto parent = nodes[i].parent;
        const bool seen = parent == format::kNoGraphNode || around[parent];
        if (seen && !around[i] && nodes[i].kind == NodeKind::Step)
            visible.push_back(i);
    }
    std::set<std::string_view> known;
    for (auto i = visible.rbegin(); i != visible.rend(); ++i)
        if (!nodes[*i].name.empty() && known.insert(nodes[*i].name).second)
            names.push_back({NameKind::Step,
                             nodes[*i].name,
                             nodes[*i].type,
                             nodes[*i].preview,
                             {},
                             nodes[*i].ref});
    return names;
}

void ScopeReader::addLoops(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes) {
        if (node.type != "for_loop" || !isAround(beginOf(node.ref)))
            continue;
        const NodeRef iterator = entryOf(forest_, node.ref, "iterator");
        addOnce(names, {NameKind::LoopItem,
                        textOf(forest_, iterator),
                        {},
                        "Item of the loop " + node.name + ".",
                        {},
                        iterator});
    }
}

void ScopeReader::addKeys(NodeRef mapping, NameKind kind, std::vector<Name>& names) const {
    if (mapping == kNoNode || !yaml::isMapping(forest_.style(mapping)))
        return;
    for (const NodeRef each : forest_.children(mapping))
        addOnce(names, {kind, yaml::keyText(forest_, each), {}, textOf(forest_, each), {}, each});
}

void ScopeReader::addVariables(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes) {
        if (node.type != "set_variable" || beginOf(node.ref) >= offset_)
            continue;
        addKeys(entryOf(forest_, node.ref, "variables"), NameKind::Variable, names);
    }
}

// Inside an inline pipeline what its step hands in; elsewhere what the file itself asks for.
void ScopeReader::addInputs(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes)
        if (node.type == "pipeline" && node.kind == NodeKind::Step && isAround(beginOf(node.ref)))
            addKeys(entryOf(forest_, node.ref, "inputs"), NameKind::Input, names);
    for (const format::HeldReference& each : format::allReferences(forest_, graph_))
        if (each.reference.target == format::ReferenceTarget::Input)
            addOnce(names, {NameKind::Input, each.reference.name, {}, {}, {}, each.reference.at});
}

std::vector<Name> ScopeReader::of(NameKind kind) {
    const yaml::NodeRef workflow = graph().workflow;
    std::vector<Name> names;
    switch (kind) {
        case NameKind::Step:
            return steps();
        case NameKind::Variable:
            addVariables(names);
            break;
        case NameKind::Input:
            addInputs(names);
            break;
        case NameKind::LoopItem:
            addLoops(names);
            break;
        case NameKind::Constant:
            addKeys(entryOf(forest_, workflow, "global_vars"), kind, names);
            break;
        case NameKind::Function:
            addKeys(entryOf(forest_, workflow, "gemini_functions"), kind, names);
            break;
    }
    return names;
}

}  // namespace pe::language
