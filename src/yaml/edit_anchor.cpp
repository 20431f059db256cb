// SPDX-License-Identifier: MIT
#include "edit_anchor.hpp"

#include <algorithm>
#include <map>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/properties.hpp"
#include "value_key.hpp"

namespace pe::yaml {
namespace {

// One anchor or alias, in document order.
struct Mention {
    NodeRef node = kNoNode;
    std::string name;
    bool alias = false;
};

void mentionsOf(const Lexeme& lexeme, NodeRef node, std::vector<Mention>& out) {
    for (const auto name : {anchorOfKey(lexeme.key), anchorOf(lexeme.props)})
        if (!name.empty())
            out.push_back({node, std::string(name), false});
    if (lexeme.key.starts_with('*'))
        out.push_back({node, std::string(wordAt(lexeme.key, 1)), true});
    if (lexeme.style == Style::Alias)
        out.push_back({node, std::string(wordAt(lexeme.raw, 1)), true});
}

void collect(const Forest& forest, NodeRef node, std::vector<Mention>& out,
             const Relocation* move = nullptr) {
    mentionsOf(forest.lexeme(node), node, out);
    const bool target = move != nullptr && move->parent == node;
    if (target && move->after == kNoNode)
        collect(forest, move->node, out);
    for (const NodeRef child : forest.children(node)) {
        if (move != nullptr && child == move->node)
            continue;
        collect(forest, child, out, move);
        if (target && child == move->after)
            collect(forest, move->node, out);
    }
}

// Each alias with the anchor it means: the last one of its name before it.
std::vector<std::pair<NodeRef, NodeRef>> links(const std::vector<Mention>& mentions) {
    std::map<std::string, NodeRef> anchors;
    std::vector<std::pair<NodeRef, NodeRef>> result;
    for (const Mention& mention : mentions) {
        if (!mention.alias) {
            anchors[mention.name] = mention.node;
            continue;
        }
        const auto found = anchors.find(mention.name);
        result.emplace_back(mention.node, found == anchors.end() ? kNoNode : found->second);
    }
    std::sort(result.begin(), result.end());
    return result;
}

bool hasAnchor(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    return !anchorOf(lexeme.props).empty() || !anchorOfKey(lexeme.key).empty();
}

std::string nameAt(const Forest& forest, NodeRef anchor) {
    const Lexeme lexeme = forest.lexeme(anchor);
    const auto name = anchorOf(lexeme.props);
    return std::string(name.empty() ? anchorOfKey(lexeme.key) : name);
}

tl::unexpected<Error> shared(const Forest& forest, NodeRef anchor) {
    return fail(ErrorCode::Refused,
                "The anchor &" + nameAt(forest, anchor) +
                    " is used by an alias elsewhere, which would change or break with it. Replace "
                    "the alias by a copy of the value first, or edit the text.");
}

}  // namespace

std::vector<std::pair<NodeRef, NodeRef>> aliasTargets(const Forest& forest, NodeRef node) {
    std::vector<Mention> all;
    collect(forest, documentOf(forest, node), all);
    return links(all);
}

std::string anchorAlone(std::string_view props) {
    const std::string_view name = anchorOf(props);
    return name.empty() ? std::string{} : "&" + std::string(name) + " ";
}

Result<void> checkNotShared(const Forest& forest, NodeRef node, Sharing sharing) {
    std::vector<Mention> inside;
    collect(forest, node, inside);
    bool anchored = std::any_of(inside.begin(), inside.end(), [](auto& m) { return !m.alias; });
    for (NodeRef at = node; at != kStream && !anchored; at = forest.parent(at))
        anchored = hasAnchor(forest, at);
    if (!anchored)
        return {};
    std::vector<Mention> all;
    collect(forest, documentOf(forest, node), all);
    for (const auto& [alias, anchor] : links(all)) {
        if (anchor == kNoNode)
            continue;
        const bool around = sharing == Sharing::Refuse && isWithin(forest, node, anchor);
        const bool within =
            anchor != node && isWithin(forest, anchor, node) && !isWithin(forest, alias, node);
        if (around || within)
            return shared(forest, anchor);
    }
    return {};
}

Result<void> checkNotAnchored(const Forest& forest, NodeRef node) {
    bool anchored = false;
    for (NodeRef at = node; at != kStream && !anchored; at = forest.parent(at))
        anchored = hasAnchor(forest, at);
    if (!anchored)
        return {};
    std::vector<Mention> all;
    collect(forest, documentOf(forest, node), all);
    for (const auto& [alias, anchor] : links(all))
        if (anchor != kNoNode && isWithin(forest, node, anchor))
            return shared(forest, anchor);
    return {};
}

Result<void> checkRemovable(const Forest& forest, std::span<const NodeRef> nodes) {
    std::vector<Mention> inside;
    for (const NodeRef node : nodes)
        collect(forest, node, inside);
    if (std::none_of(inside.begin(), inside.end(), [](auto& m) { return !m.alias; }))
        return {};
    const auto removed = [&](NodeRef ref) {
        return std::any_of(nodes.begin(), nodes.end(),
                           [&](NodeRef node) { return isWithin(forest, ref, node); });
    };
    std::vector<Mention> all;
    collect(forest, documentOf(forest, nodes.front()), all);
    for (const auto& [alias, anchor] : links(all))
        if (anchor != kNoNode && removed(anchor) && !removed(alias))
            return shared(forest, anchor);
    return {};
}

bool keepsAliases(const Forest& forest, NodeRef value, NodeRef place) {
    std::vector<Mention> all;
    collect(forest, documentOf(forest, place), all);
    std::map<std::string, NodeRef> anchors;
    std::map<std::string, NodeRef> meant;  // by the aliases in the value
    for (const Mention& mention : all) {
        if (mention.node == place)
            break;
        if (!mention.alias)
            anchors[mention.name] = mention.node;
        else if (isWithin(forest, mention.node, value))
            meant[mention.name] = anchors[mention.name];
    }
    return std::all_of(meant.begin(), meant.end(),
                       [&](const auto& each) { return anchors[each.first] == each.second; });
}

Result<void> checkMovable(const Forest& forest, const Relocation& move) {
    std::vector<Mention> inside;
    collect(forest, move.node, inside);
    if (inside.empty())
        return {};
    std::vector<Mention> before;
    std::vector<Mention> after;
    collect(forest, kStream, before);
    collect(forest, kStream, after, &move);
    if (links(before) == links(after))
        return {};
    return fail(
        ErrorCode::Refused,
        "There an alias would stand before its anchor &" + inside.front().name +
            ", or mean another one. Move the anchor first, or replace the alias by a copy.");
}

}  // namespace pe::yaml
