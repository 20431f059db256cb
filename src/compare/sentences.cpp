// SPDX-License-Identifier: MIT
#include "sentences.hpp"

#include <algorithm>

namespace pe::compare {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::kNoGraphNode;
using format::NodeKind;

constexpr std::size_t kShort = 48;

std::string ticked(std::string_view text) {
    return '`' + std::string(text) + '`';
}

std::string noun(const GraphNode& node) {
    if (node.kind == NodeKind::Task)
        return "task";
    if (node.kind == NodeKind::Branch)
        return node.type == "pipeline" ? "pipeline" : "branch";
    return node.type.ends_with("_loop") ? "loop" : "step";
}

std::size_t positionOf(const Version& version, GraphIndex index) {
    const auto& neighbours = version.below(version.node(index).parent);
    return static_cast<std::size_t>(std::find(neighbours.begin(), neighbours.end(), index) -
                                    neighbours.begin());
}

// " from 1 to 2"; nothing if one of them is long.
std::string fromTo(const Difference& difference) {
    const std::string was = shortly(difference.before);
    const std::string is = shortly(difference.after);
    return was.empty() || is.empty() ? "" : " from " + was + " to " + is;
}

}  // namespace

std::string shortly(std::string_view json) {
    return json.size() <= kShort ? std::string(json) : std::string();
}

std::string called(const Version& version, GraphIndex index) {
    const GraphNode& node = version.node(index);
    if (!node.name.empty())
        return noun(node) + ' ' + ticked(node.name);
    if (node.kind == NodeKind::Branch)
        return noun(node) + ' ' + ticked(node.type) + " of " + called(version, node.parent);
    return noun(node) + ' ' + std::to_string(positionOf(version, index) + 1);
}

std::string placeIn(const Version& version, GraphIndex index) {
    const GraphIndex parent = version.node(index).parent;
    return parent == kNoGraphNode ? " to the top level" : " into " + called(version, parent);
}

std::string placeAmong(const Version& version, GraphIndex index) {
    const std::size_t position = positionOf(version, index);
    if (position == 0)
        return " to the beginning";
    const auto& neighbours = version.below(version.node(index).parent);
    return " after " + called(version, neighbours[position - 1]);
}

std::string fieldSentence(const Difference& difference, const std::string& owner) {
    const std::string field = ticked(difference.field);
    const std::string value = shortly(difference.after);
    switch (difference.kind) {
        case DifferenceKind::FieldAdded:
            return "added " + field + (value.empty() ? "" : " (" + value + ")") + " to " + owner;
        case DifferenceKind::FieldRemoved: {
            const std::string was = shortly(difference.before);
            return "removed " + field + (was.empty() ? "" : " (" + was + ")") + " from " + owner;
        }
        case DifferenceKind::CommentChanged: {
            const std::string verb = difference.before.empty()  ? "added"
                                     : difference.after.empty() ? "removed"
                                                                : "changed";
            const std::string place = difference.field.empty() ? owner : field + " of " + owner;
            return verb + (verb == "changed" ? " the comment at " : " a comment at ") + place;
        }
        default:
            return "changed " + field + " of " + owner + fromTo(difference);
    }
}

}  // namespace pe::compare
