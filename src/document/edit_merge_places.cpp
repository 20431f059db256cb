// SPDX-License-Identifier: MIT
// Where entries come to stand: moves, what is put around entries, what both sides add.
#include <algorithm>

#include "edit_merge.hpp"
#include "merge_text.hpp"

namespace pe::document {

using yaml::Edit;
using yaml::Field;
using yaml::FieldPatch;
using yaml::kNoNode;
using yaml::NodeRef;

// What followed it follows what it followed.
void EditMerge::dropMove(Edit& edit, NodeRef node) {
    const auto move = std::find_if(edit.relocations.begin(), edit.relocations.end(),
                                   [&](const yaml::Relocation& each) { return each.node == node; });
    if (move == edit.relocations.end())
        return;
    const yaml::Relocation dropped = *move;
    edit.relocations.erase(move);
    const auto follow = [&](NodeRef parent, NodeRef& after) {
        if (parent == dropped.parent && after == dropped.node)
            after = dropped.after;
    };
    for (yaml::Relocation& each : edit.relocations)
        follow(each.parent, each.after);
    for (yaml::Insertion& each : edit.insertions)
        follow(each.parent, each.after);
}

// The sibling of the base behind which something stands that the other edit puts behind `after`,
// where `edit` leaves that sibling in its place.
NodeRef EditMerge::anchorFor(const Edit& edit, const Edit& other, NodeRef parent,
                             NodeRef after) const {
    const auto leaves = [&](NodeRef node) {
        const auto is = [node](NodeRef each) { return each == node; };
        return std::any_of(edit.removals.begin(), edit.removals.end(), is) ||
               std::any_of(edit.relocations.begin(), edit.relocations.end(),
                           [&](const yaml::Relocation& each) { return each.node == node; }) ||
               aroundOf(edit, node) != nullptr;
    };
    while (after != kNoNode) {
        if (base_.parent(after) == parent) {
            if (!leaves(after))
                return after;
            const auto siblings = base_.children(parent);
            const auto at = std::find(siblings.begin(), siblings.end(), after);
            after = at == siblings.begin() ? kNoNode : *(at - 1);
            continue;
        }
        const auto move =
            std::find_if(other.relocations.begin(), other.relocations.end(),
                         [&](const yaml::Relocation& each) { return each.node == after; });
        after = move == other.relocations.end() ? kNoNode : move->after;
    }
    return kNoNode;
}

// The blank lines above an entry stand above what is around it now, as the other side has them.
void EditMerge::liftGap(NodeRef node, Edit& other, yaml::Entry& around) const {
    const std::string_view prefix = base_.lexeme(node).prefix;
    const std::string_view was = prefix.substr(0, blankLinesOf(prefix));
    for (FieldPatch& each : other.patches) {
        if (each.node != node || each.field != Field::Prefix)
            continue;
        const std::string gap = each.form.prefix.substr(0, blankLinesOf(each.form.prefix));
        if (gap == was)
            continue;
        around.prefix = gap + around.prefix.substr(blankLinesOf(around.prefix));
        each.form.prefix.replace(0, gap.size(), was);
    }
}

const yaml::Insertion* EditMerge::aroundOf(const Edit& edit, NodeRef node) const {
    const auto found = std::find_if(
        edit.insertions.begin(), edit.insertions.end(), [&](const yaml::Insertion& each) {
            return carries(each, [node](NodeRef carried) { return carried == node; });
        });
    return found == edit.insertions.end() ? nullptr : &*found;
}

// What was put around an entry is in its place, and goes with it where the other side moved it.
void EditMerge::mergeAround(Edit& wrapping, Edit& other, bool oursWraps) {
    for (yaml::Insertion& around : wrapping.insertions) {
        const auto carried = yaml::carriedBy(around.entry);
        for (const NodeRef node : carried) {
            const bool inPlace = around.parent == base_.parent(node) && carried.size() == 1;
            if (inPlace && aroundOf(other, node) == nullptr)
                liftGap(node, other, around.entry);
            const auto move =
                std::find_if(other.relocations.begin(), other.relocations.end(),
                             [&](const yaml::Relocation& each) { return each.node == node; });
            if (move == other.relocations.end())
                continue;
            if (inPlace)
                moveAround(wrapping, other, around, *move);
            else
                tell(node, "Both sides moved it; it stands in the new entry around it.", "",
                     oursWraps ? "(carried)" : "(moved)", oursWraps ? "(moved)" : "(carried)");
            dropMove(other, node);
        }
    }
}

void EditMerge::moveAround(Edit& wrapping, const Edit& other, yaml::Insertion& around,
                           const yaml::Relocation& move) const {
    const NodeRef behind = anchorFor(wrapping, other, around.parent, move.node);
    const auto stay = [&](NodeRef parent, NodeRef& after) {
        if (parent == around.parent && after == move.node)
            after = behind;
    };
    for (yaml::Relocation& each : wrapping.relocations)
        stay(each.parent, each.after);
    for (yaml::Insertion& each : wrapping.insertions)
        stay(each.parent, each.after);
    around.after = anchorFor(wrapping, other, move.parent, move.after);
    around.parent = move.parent;
}

void EditMerge::mergeMoves() {
    mergeAround(ours_, theirs_, true);
    mergeAround(theirs_, ours_, false);
    // What one side deleted stands nowhere.
    for (const NodeRef node : ours_.removals)
        dropMove(theirs_, node);
    for (const NodeRef node : theirs_.removals)
        dropMove(ours_, node);
    std::vector<NodeRef> dropped;
    for (const yaml::Relocation& their : theirs_.relocations)
        for (const yaml::Relocation& mine : ours_.relocations) {
            const bool cycle = mine.node != their.node && inside(mine.parent, their.node) &&
                               inside(their.parent, mine.node);
            if (mine.node != their.node && !cycle)
                continue;
            if (cycle || mine.parent != their.parent || mine.after != their.after)
                tell(mine.node, "Both sides moved it; it stands where we moved it.", "", "(moved)",
                     "(moved elsewhere)");
            dropped.push_back(their.node);
            break;
        }
    for (const NodeRef node : dropped)
        dropMove(theirs_, node);
}

void EditMerge::unite(yaml::Entry& ours, const yaml::Entry& theirs, NodeRef at) {
    if (sameEntry(ours, theirs))
        return;
    const std::string name = identityOf(ours);
    if (classOf(ours.style) != ValueClass::Mapping ||
        classOf(theirs.style) != ValueClass::Mapping ||
        yaml::isFlowCollection(ours.style) != yaml::isFlowCollection(theirs.style)) {
        if (valueText(lexemeOf(ours)) != valueText(lexemeOf(theirs)) ||
            classOf(ours.style) != ValueClass::Scalar)
            tell(at, "Both sides added '" + name + "'; ours is kept.", "",
                 valueText(lexemeOf(ours)), valueText(lexemeOf(theirs)));
        return;
    }
    for (const yaml::Entry& field : theirs.children) {
        const auto same = std::find_if(
            ours.children.begin(), ours.children.end(),
            [&](const yaml::Entry& each) { return identityOf(each) == identityOf(field); });
        if (same != ours.children.end())
            unite(*same, field, at);
        else
            ours.children.push_back(field);
    }
}

// An entry stands in one place only.
bool EditMerge::carriesOurs(const yaml::Insertion& their) {
    for (const NodeRef node : yaml::carriedBy(their.entry))
        if (const yaml::Insertion* mine = aroundOf(ours_, node)) {
            tell(node, "Both sides put something around it; ours is kept.", "",
                 identityOf(mine->entry), identityOf(their.entry));
            return true;
        }
    return false;
}

void EditMerge::mergeInsertions() {
    std::vector<char> used(ours_.insertions.size(), 0);
    std::erase_if(theirs_.insertions, [&](const yaml::Insertion& their) {
        const std::string identity = identityOf(their.entry);
        std::size_t named = ours_.insertions.size();
        for (std::size_t i = 0; i < ours_.insertions.size(); ++i) {
            const yaml::Insertion& mine = ours_.insertions[i];
            if (mine.parent != their.parent || used[i])
                continue;
            if (sameEntry(mine.entry, their.entry)) {
                used[i] = 1;
                return true;
            }
            if (!identity.empty() && identityOf(mine.entry) == identity)
                named = std::min(named, i);
        }
        if (carriesOurs(their))
            return true;
        if (named == ours_.insertions.size())
            return false;
        used[named] = 1;
        unite(ours_.insertions[named].entry, their.entry, their.parent);
        return true;
    });
}

}  // namespace pe::document
