// SPDX-License-Identifier: MIT
#include "alias_settling.hpp"

#include <algorithm>
#include <set>

#include "pe/yaml/properties.hpp"
#include "pe/yaml/value.hpp"
#include "property_words.hpp"
#include "step_names.hpp"

namespace pe::document {
namespace {

using yaml::Field;
using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Style;

// Every shown entry, in the order of the text.
std::vector<NodeRef> entriesOf(const yaml::Forest& forest) {
    std::vector<NodeRef> all;
    std::vector<NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        all.push_back(node);
        const auto children = forest.children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    return all;
}

crdt::ReplicaId authorOf(const crdt::ReplicatedTree& tree, NodeRef node) {
    const crdt::OpId valued = tree.shownBy(node, kValue);
    return valued ? valued.replica : tree.id(node).replica;
}

void setAnchor(const SettlingTools& tools, NodeRef node, const std::string& name) {
    yaml::Entry form = yaml::formOf(tools.forest.lexeme(node));
    form.props = withAnchor(form.props, name);
    tools.writer.write(yaml::Edit{{}, {}, {}, {{node, Field::Props, form}}});
}

void setAlias(const SettlingTools& tools, NodeRef node, const std::string& name) {
    yaml::Entry form = yaml::formOf(tools.forest.lexeme(node));
    form.raw = "*" + name;
    tools.writer.write(yaml::Edit{{}, {}, {}, {{node, Field::Value, form}}});
}

}  // namespace

std::vector<AliasConflict> aliasConflicts(const ReplicatedForest& forest) {
    std::vector<AliasConflict> all;
    for (const auto& [alias, anchor] : forest.loans())
        all.push_back({alias, anchor});
    for (const auto& [node, form] : forest.standIns()) {
        const bool wasAlias = unpackValue(forest.tree().reg(node, kValue)).style == Style::Alias;
        const bool lost = wasAlias && form.style != Style::Alias;
        const bool lostKey = forest.tree().reg(node, kKey).starts_with('*');
        if ((lost || lostKey) && forest.borrowedFrom(node) == kNoNode)
            all.push_back({node, kNoNode});
    }
    std::sort(all.begin(), all.end(), [&](const AliasConflict& a, const AliasConflict& b) {
        return forest.tree().id(a.alias) < forest.tree().id(b.alias);
    });
    return all;
}

std::optional<MistakenAnchor> mistakenAnchor(const AnchorConflict& matter,
                                             const ReplicatedForest& forest) {
    const crdt::ReplicatedTree& tree = forest.tree();
    const NodeRef first = tree.find(matter.first);
    const NodeRef second = tree.find(matter.second);
    if (first == kNoNode || second == kNoNode || !tree.isLive(first) || !tree.isLive(second))
        return std::nullopt;
    MistakenAnchor found;
    found.name = yaml::anchorOf(forest.lexeme(first).props);
    if (found.name.empty() || yaml::anchorOf(forest.lexeme(second).props) != found.name)
        return std::nullopt;
    const auto namer = [&](NodeRef node) {
        return node == first ? matter.firstNamed.replica : matter.secondNamed.replica;
    };
    NodeRef nearest = kNoNode;
    NodeRef before = kNoNode;
    for (const NodeRef node : entriesOf(forest)) {
        const yaml::Lexeme lexeme = forest.lexeme(node);
        if (yaml::anchorOf(lexeme.props) == found.name) {
            before = nearest;
            nearest = node == first || node == second ? node : kNoNode;
        }
        if (lexeme.style != Style::Alias || lexeme.raw.substr(1) != found.name ||
            nearest == kNoNode)
            continue;
        const bool another = before != kNoNode && authorOf(tree, node) == namer(before) &&
                             namer(before) != namer(nearest);
        if (another) {
            found.meant = before;
            found.nearest = nearest;
            found.mistaken.push_back(node);
        } else if (before == kNoNode) {
            found.others.push_back(node);
        }
    }
    return found.mistaken.empty() ? std::nullopt : std::optional(std::move(found));
}

bool isMistagged(const TagConflict& matter, const ReplicatedForest& forest) {
    const crdt::ReplicatedTree& tree = forest.tree();
    const NodeRef node = tree.find(matter.node);
    return node != kNoNode && tree.isLive(node) && tree.shownBy(node, kProps) == matter.tagged &&
           tree.shownBy(node, kValue) == matter.valued && !yaml::valueOf(forest, node);
}

void settle(const AliasConflict& matter, std::size_t version, const SettlingTools& tools) {
    const crdt::ReplicatedTree& tree = tools.forest.tree();
    if (version == 0)
        return tools.writer.keepShown(matter.alias);
    if (matter.anchor == kNoNode)
        return tools.transaction.remove(matter.alias);
    if (tree.isLive(matter.anchor))
        return tools.writer.copyLoan(matter.alias);
    for (NodeRef at = matter.anchor; at != yaml::kStream && at != kNoNode; at = tree.parent(at))
        if (tree.deletedBy(at))
            tools.transaction.restore(at);
}

void settle(const AnchorConflict& matter, std::size_t version, const SettlingTools& tools) {
    const auto found = mistakenAnchor(matter, tools.forest);
    if (version == 0 || !found)
        return;
    std::set<std::string> taken;
    for (const NodeRef node : entriesOf(tools.forest))
        taken.emplace(yaml::anchorOf(tools.forest.lexeme(node).props));
    const std::string name = uniqueName(found->name, taken);
    setAnchor(tools, found->meant, name);
    for (const auto* aliases : {&found->mistaken, &found->others})
        for (const NodeRef alias : *aliases)
            setAlias(tools, alias, name);
}

void settle(const TagConflict& matter, std::size_t version, const SettlingTools& tools) {
    const NodeRef node = tools.forest.tree().find(matter.node);
    if (version == 0 || node == kNoNode)
        return;
    tools.writer.setProps(node, withoutTag(tools.forest.lexeme(node).props));
}

}  // namespace pe::document
