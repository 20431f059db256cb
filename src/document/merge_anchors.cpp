// SPDX-License-Identifier: MIT
#include "merge_anchors.hpp"

#include "alias_settling.hpp"
#include "conflict_book.hpp"
#include "pe/yaml/properties.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;

crdt::OpId deletionOf(const crdt::ReplicatedTree& tree, NodeRef node) {
    for (; node != yaml::kStream && node != yaml::kNoNode; node = tree.parent(node))
        if (const crdt::OpId deletion = tree.deletedBy(node))
            return deletion;
    return {};
}

EditConflict lostAnchor(const ReplicatedForest& forest, const AliasConflict& each,
                        crdt::ReplicaId ours) {
    const std::string alias(unpackValue(forest.tree().reg(each.alias, kValue)).raw);
    EditConflict conflict;
    conflict.node = each.alias;
    const auto deletion =
        each.anchor == yaml::kNoNode ? crdt::OpId{} : deletionOf(forest.tree(), each.anchor);
    if (!deletion) {
        conflict.what = each.anchor == yaml::kNoNode
                            ? "This alias has lost its anchor; it is a text now."
                            : "This alias came to stand in front of its anchor; the value is "
                              "here now.";
        return conflict;
    }
    const bool byUs = deletion.replica == ours;
    conflict.what = byUs ? "We deleted the entry whose anchor they use here; its value is here now."
                         : "They deleted the entry whose anchor we use here; its value is here "
                           "now.";
    conflict.ours = byUs ? "(deleted)" : alias;
    conflict.theirs = byUs ? alias : "(deleted)";
    return conflict;
}

}  // namespace

std::vector<EditConflict> anchorConflicts(const ReplicatedForest& forest,
                                          const crdt::SharedChange& ours,
                                          const crdt::SharedChange& theirs) {
    std::vector<EditConflict> all;
    for (const AliasConflict& each : aliasConflicts(forest))
        all.push_back(lostAnchor(forest, each, ours->replica));
    ConflictBook book;
    book.compare(*ours, std::span(&theirs, 1), forest.tree());
    for (const AnchorConflict& each : book.facts().anchored)
        if (const auto found = mistakenAnchor(each, forest))
            all.push_back({found->mistaken.front(),
                           "Both sides named an entry &" + found->name +
                               "; this alias means the second of them now.",
                           {},
                           {},
                           {}});
    for (const TagConflict& each : book.facts().tagged)
        if (isMistagged(each, forest))
            all.push_back({forest.tree().find(each.node),
                           "One side gave this value a type, the other another value; they do "
                           "not go together.",
                           {},
                           {},
                           {}});
    return all;
}

}  // namespace pe::document
