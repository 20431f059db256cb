// SPDX-License-Identifier: MIT
// Conflicts about what stands in front of values: anchors and tags.
#include "alias_settling.hpp"
#include "conflict_words.hpp"
#include "pe/yaml/properties.hpp"

namespace pe::document {

using crdt::OpId;
using yaml::NodeRef;

// Of the entry, or of what it was in; null if it is not deleted.
OpId ConflictWords::deletionOf(NodeRef node) const {
    for (; node != yaml::kStream && node != yaml::kNoNode; node = sources_.tree.parent(node))
        if (const OpId deletion = sources_.tree.deletedBy(node))
            return deletion;
    return {};
}

void ConflictWords::add(const AliasConflict& matter) {
    const OpId id = sources_.tree.id(matter.alias);
    Conflict conflict = begin(ConflictKind::LostAnchor, "alias", id, matter.alias);
    const std::string at = nameOf(matter.alias);
    const OpId used = sources_.tree.shownBy(matter.alias, kValue);
    const OpId by = used ? used : id;
    if (matter.anchor == yaml::kNoNode) {
        conflict.versions.push_back(version("Leave it as text", by));
        conflict.versions.push_back(version("Take it out", by));
        conflict.sentence = "The alias in " + at + " by " + who(by) +
                            " has no anchor any more; it is shown as text.";
    } else if (const OpId deletion = deletionOf(matter.anchor)) {
        conflict.versions.push_back(version("Leave the value in " + at, by));
        conflict.versions.push_back(version("Put back what was deleted", deletion));
        conflict.sentence = "Deleted by " + who(deletion) + " while " + who(by) +
                            " used its anchor: " + nameOf(matter.anchor) + ". The value is in " +
                            at + " now.";
    } else {
        const OpId moved = sources_.tree.placedBy(matter.anchor);
        conflict.versions.push_back(version("Leave the value in " + at, by));
        conflict.versions.push_back(version("Write a copy of it there", moved));
        conflict.sentence = "An alias came to stand in front of its anchor in " +
                            nameOf(matter.anchor) + ". The value is in " + at + " now.";
    }
    conflict.versions.front().shown = true;
    finish(std::move(conflict), matter);
}

void ConflictWords::add(const AnchorConflict& matter) {
    const auto found = mistakenAnchor(matter, sources_.forest);
    if (!found)
        return;
    const bool firstMeant = found->meant == sources_.tree.find(matter.first);
    const OpId meant = firstMeant ? matter.firstNamed : matter.secondNamed;
    const OpId nearest = firstMeant ? matter.secondNamed : matter.firstNamed;
    Conflict conflict = begin(ConflictKind::SameAnchor, "anchor", meant, found->mistaken.front());
    conflict.versions.push_back(version("Let it mean " + nameOf(found->nearest), nearest));
    conflict.versions.back().shown = true;
    conflict.versions.push_back(
        version("Let it mean " + nameOf(found->meant) + ", under a name of its own", meant));
    conflict.sentence = "Two entries were called &" + found->name + " at the same time by " +
                        who(meant) + " and " + who(nearest) + ": " + nameOf(found->meant) +
                        " and " + nameOf(found->nearest) + ". The alias in " +
                        nameOf(found->mistaken.front()) + " means the second.";
    finish(std::move(conflict), matter);
}

void ConflictWords::add(const TagConflict& matter) {
    if (!isMistagged(matter, sources_.forest))
        return;
    const NodeRef node = sources_.tree.find(matter.node);
    const std::string tag(yaml::tagOf(sources_.forest.lexeme(node).props));
    Conflict conflict = begin(ConflictKind::TagAndValue, "tag", matter.tagged, node);
    conflict.versions.push_back(version("Leave the type " + tag, matter.tagged));
    conflict.versions.back().shown = true;
    conflict.versions.push_back(version("The value without the type", matter.valued));
    conflict.sentence = "The type " + tag + " by " + who(matter.tagged) + " and another value by " +
                        who(matter.valued) + " do not go together: " + nameOf(node) + ".";
    finish(std::move(conflict), matter);
}

}  // namespace pe::document
