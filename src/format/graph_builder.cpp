// SPDX-License-Identifier: MIT
#include "graph_builder.hpp"

#include <utility>

#include "pe/format/scope.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::format {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;

std::string_view branchType(FieldRole role) {
    switch (role) {
        case FieldRole::Default:
            return "default";
        case FieldRole::OnError:
            return "on_error";
        case FieldRole::ErrorHandler:
            return "error_handler";
        default:
            return "on_not_found";
    }
}

}  // namespace

Graph GraphBuilder::build() {
    graph_.workflow = findWorkflow();
    if (graph_.workflow == yaml::kNoNode)
        return std::move(graph_);
    const yaml::Style style = forest_.style(graph_.workflow);
    graph_.steps =
        yaml::isSequence(style) ? graph_.workflow : entryOf(forest_, graph_.workflow, "steps");
    if (graph_.steps != yaml::kNoNode)
        walkSteps(graph_.steps, Place{});
    return std::move(graph_);
}

// The `workflow` entry. A file without one but with steps at its root is drawn all the same.
NodeRef GraphBuilder::findWorkflow() const {
    const NodeRef document = yaml::rootDocument(forest_);
    if (document == yaml::kNoNode)
        return yaml::kNoNode;
    const NodeRef workflow = entryOf(forest_, document, "workflow");
    if (workflow != yaml::kNoNode)
        return workflow;
    const bool list = yaml::isSequence(forest_.style(document));
    return list || entryOf(forest_, document, "steps") != yaml::kNoNode ? document : yaml::kNoNode;
}

GraphIndex GraphBuilder::add(GraphNode node) {
    graph_.nodes.push_back(std::move(node));
    return static_cast<GraphIndex>(graph_.nodes.size() - 1);
}

NodeRef GraphBuilder::mappingOf(NodeRef item) {
    const Lexeme lexeme = forest_.lexeme(item);
    if (yaml::isMapping(lexeme.style))
        return item;
    if (lexeme.style != yaml::Style::Alias)
        return yaml::kNoNode;
    const NodeRef target = anchors_.target(lexeme.raw);
    const bool good = target != yaml::kNoNode && yaml::isMapping(forest_.style(target));
    return good ? target : yaml::kNoNode;
}

void GraphBuilder::walkSteps(NodeRef list, Place place) {
    if (!yaml::isSequence(forest_.style(list)))
        return;
    GraphIndex previous = kNoGraphNode;
    for (const NodeRef item : forest_.children(list))
        walkStep(item, place, previous);
}

std::string GraphBuilder::textOf(const StepFacts& facts, FieldRole role, bool& followed) {
    NodeRef entry = facts.of(role);
    if (entry == yaml::kNoNode)
        return {};
    if (const Lexeme lexeme = forest_.lexeme(entry); lexeme.style == yaml::Style::Alias) {
        followed = true;
        entry = anchors_.target(lexeme.raw);
    }
    return entry == yaml::kNoNode ? std::string()
                                  : yaml::DecodedText::ofScalar(forest_, entry).string();
}

const EntrySummary* GraphBuilder::summaryOf(NodeRef item, bool task, EntrySummary& read) {
    if (memory_ != nullptr)
        if (const auto known = memory_->byEntry.find(item); known != memory_->byEntry.end())
            return &known->second;
    const NodeRef mapping = mappingOf(item);
    if (mapping == yaml::kNoNode)
        return nullptr;
    const StepFacts facts(forest_, mapping);
    bool followed = mapping != item;
    if (task) {
        for (const FieldRole role : {FieldRole::TaskId, FieldRole::Id, FieldRole::Name})
            if (read.name.empty())
                read.name = textOf(facts, role, followed);
        read.type = "task";
    } else {
        read.name = textOf(facts, FieldRole::Name, followed);
        read.type = textOf(facts, FieldRole::Type, followed);
    }
    if (memory_ == nullptr)
        read.preview = facts.preview(read.type);
    read.conditional = facts.has(FieldRole::Condition);
    // The nested steps of an alias stand elsewhere in the file, once.
    const bool own = mapping == item;
    read.isAlias = !own;
    if (own && !task)
        read.nested.assign(facts.begin(), facts.end());
    return !followed && memory_ != nullptr ? &(memory_->byEntry[item] = std::move(read)) : &read;
}

void GraphBuilder::walkStep(NodeRef entry, Place place, GraphIndex& previous) {
    EntrySummary read;
    const EntrySummary* const facts = summaryOf(entry, false, read);
    if (facts == nullptr)
        return;
    GraphNode node;
    node.ref = entry;
    node.parent = place.parent;
    node.depth = place.depth;
    node.name = facts->name;
    node.type = facts->type;
    node.preview = facts->preview;
    node.conditional = facts->conditional;
    const StepType* type = facts->isAlias ? nullptr : catalogue_.find(node.type);
    node.container = !facts->nested.empty() || (type != nullptr && type->nests);
    const GraphIndex index = add(std::move(node));
    if (previous != kNoGraphNode)
        graph_.edges.push_back({previous, index, EdgeKind::Sequence, entry});
    previous = index;
    for (const auto& [role, nested] : facts->nested)
        walkNested(role, nested, {index, place.depth + 1});
}

void GraphBuilder::walkNested(FieldRole role, NodeRef node, Place place) {
    switch (role) {
        case FieldRole::Steps:
            return walkSteps(node, place);
        case FieldRole::Tasks:
        case FieldRole::ParallelTasks:
            return walkTasks(node, place);
        case FieldRole::Pipeline: {
            const NodeRef name = entryOf(forest_, workflowOf(forest_, node), "name");
            return walkBranch(
                node,
                name == yaml::kNoNode ? "" : yaml::DecodedText::ofScalar(forest_, name).string(),
                "pipeline", place);
        }
        case FieldRole::Cases:
            forEachEntry(forest_, node, [&](NodeRef child, const Lexeme&, std::string_view key) {
                walkBranch(child, std::string(key), "case", place);
            });
            return;
        default:
            return walkBranch(node, std::string(branchType(role)), branchType(role), place);
    }
}

void GraphBuilder::walkBranch(NodeRef entry, std::string name, std::string_view type, Place place) {
    GraphNode node;
    node.ref = entry;
    node.parent = place.parent;
    node.kind = NodeKind::Branch;
    node.container = true;
    node.name = std::move(name);
    node.type = type;
    node.depth = place.depth;
    const GraphIndex index = add(std::move(node));
    const NodeRef list =
        type == "pipeline" ? entryOf(forest_, workflowOf(forest_, entry), "steps") : entry;
    if (list != yaml::kNoNode)
        walkSteps(list, {index, place.depth + 1});
}

void GraphBuilder::walkTasks(NodeRef list, Place place) {
    for (const NodeRef item : forest_.children(list)) {
        EntrySummary read;
        const EntrySummary* const facts = summaryOf(item, true, read);
        if (facts == nullptr)
            continue;
        GraphNode node;
        node.ref = item;
        node.parent = place.parent;
        node.kind = NodeKind::Task;
        node.depth = place.depth;
        node.name = facts->name;
        node.type = facts->type;
        node.preview = facts->preview;
        add(std::move(node));
    }
}

}  // namespace pe::format
