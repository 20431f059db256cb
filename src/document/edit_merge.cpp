// SPDX-License-Identifier: MIT
#include "edit_merge.hpp"

#include <algorithm>

#include "merge_text.hpp"
#include "pe/base/trimmed.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using yaml::Edit;
using yaml::Field;
using yaml::FieldPatch;
using yaml::kNoNode;
using yaml::NodeRef;

const FieldPatch* patchOf(const Edit& edit, NodeRef node, Field field) {
    for (const FieldPatch& each : edit.patches)
        if (each.node == node && each.field == field)
            return &each;
    return nullptr;
}

// The patches by node and field, for edits that have many.
std::map<std::pair<NodeRef, Field>, std::size_t> indexOf(const Edit& edit) {
    std::map<std::pair<NodeRef, Field>, std::size_t> index;
    for (std::size_t i = 0; i < edit.patches.size(); ++i)
        index[{edit.patches[i].node, edit.patches[i].field}] = i;
    return index;
}

template <class T>
void eraseMarked(std::vector<T>& all, const std::vector<char>& marked) {
    std::size_t i = 0;
    std::erase_if(all, [&](const T&) { return marked[i++] != 0; });
}

}  // namespace

void EditMerge::run() {
    mergeKinds();
    mergeRemovals();
    mergeMoves();
    mergeInsertions();
    rebaseColumns(ours_, theirs_);
    rebaseColumns(theirs_, ours_);
    mergePatches();
}

void EditMerge::tell(NodeRef node, std::string what, std::string base, std::string ours,
                     std::string theirs) {
    conflicts_.push_back(
        {node, std::move(what), std::move(base), std::move(ours), std::move(theirs)});
}

bool EditMerge::inside(NodeRef node, NodeRef ancestor) const {
    for (; node != kNoNode; node = base_.parent(node))
        if (node == ancestor)
            return true;
    return false;
}

bool EditMerge::isNoticeable(const FieldPatch& patch) const {
    const yaml::Lexeme was = base_.lexeme(patch.node);
    const int delta = patch.form.column - was.column;
    const auto differs = [](std::string_view a, std::string_view b) {
        return trimmed(a) != trimmed(b);
    };
    switch (patch.field) {
        case Field::Prefix:
            return shiftedLines(was.prefix, delta, true) != patch.form.prefix &&
                   differs(was.prefix, patch.form.prefix);
        case Field::Footer:
            return shiftedLines(was.footer, delta, true) != patch.form.footer &&
                   differs(was.footer, patch.form.footer);
        case Field::Key:
            return differs(was.key, patch.form.key);
        case Field::Colon:
            return differs(was.colon, patch.form.colon);
        case Field::Props:
            return differs(was.props, patch.form.props);
        case Field::Suffix:
            return differs(was.suffix, patch.form.suffix);
        case Field::Column:
            return false;
        case Field::Value:
            return classOf(was.style) != classOf(patch.form.style) ||
                   (yaml::isFlowCollection(was.style) !=
                    yaml::isFlowCollection(patch.form.style)) ||
                   valueText(was) != valueText(lexemeOf(patch.form)) ||
                   was.style != patch.form.style;
    }
    return false;
}

bool EditMerge::carries(const yaml::Insertion& insertion,
                        const std::function<bool(NodeRef)>& condition) const {
    const auto carried = yaml::carriedBy(insertion.entry);
    return std::any_of(carried.begin(), carried.end(), condition);
}

bool EditMerge::touchesInside(const Edit& edit, NodeRef node) const {
    const auto within = [&](NodeRef each) { return each != node && inside(each, node); };
    return std::any_of(
               edit.patches.begin(), edit.patches.end(),
               [&](const FieldPatch& each) { return within(each.node) && isNoticeable(each); }) ||
           std::any_of(edit.insertions.begin(), edit.insertions.end(),
                       [&](const yaml::Insertion& each) {
                           return inside(each.parent, node) || carries(each, within);
                       }) ||
           std::any_of(edit.relocations.begin(), edit.relocations.end(),
                       [&](const yaml::Relocation& each) {
                           return within(each.node) || inside(each.parent, node);
                       }) ||
           std::any_of(edit.removals.begin(), edit.removals.end(), within);
}

bool EditMerge::touches(const Edit& edit, NodeRef node, const Edit& other) const {
    // What the other side has carried out of the entry goes on elsewhere.
    const auto carriedOut = [&](NodeRef each) {
        const auto holdsIt = [&](NodeRef moved) {
            return inside(each, moved) && inside(moved, node);
        };
        return std::any_of(other.relocations.begin(), other.relocations.end(),
                           [&](const yaml::Relocation& move) {
                               return holdsIt(move.node) && !inside(move.parent, node);
                           }) ||
               std::any_of(other.insertions.begin(), other.insertions.end(),
                           [&](const yaml::Insertion& insertion) {
                               return !inside(insertion.parent, node) &&
                                      carries(insertion, holdsIt);
                           });
    };
    const auto within = [&](NodeRef each) { return inside(each, node) && !carriedOut(each); };
    return std::any_of(
               edit.patches.begin(), edit.patches.end(),
               [&](const FieldPatch& each) { return within(each.node) && isNoticeable(each); }) ||
           std::any_of(edit.insertions.begin(), edit.insertions.end(),
                       [&](const yaml::Insertion& each) {
                           return within(each.parent) || carries(each, within);
                       }) ||
           std::any_of(
               edit.relocations.begin(), edit.relocations.end(), [&](const yaml::Relocation& each) {
                   const bool orderOnly = each.node == node && each.parent == base_.parent(node);
                   return (within(each.node) && !orderOnly) || within(each.parent);
               });
}

void EditMerge::dropInside(Edit& edit, NodeRef node, bool withItself) {
    const auto strictly = [&](NodeRef each) { return each != node && inside(each, node); };
    std::erase_if(edit.patches, [&](const FieldPatch& each) {
        return strictly(each.node) || (withItself && each.node == node);
    });
    std::erase_if(edit.insertions,
                  [&](const yaml::Insertion& each) { return inside(each.parent, node); });
    std::erase_if(edit.relocations, [&](const yaml::Relocation& each) {
        return strictly(each.node) || inside(each.parent, node);
    });
    std::erase_if(edit.removals, strictly);
}

// A value that becomes another kind of thing on one side goes with all that is in it.
void EditMerge::mergeKindsOf(const Edit& changing, Edit& other, bool oursChanges) {
    std::vector<NodeRef> decided;
    for (const FieldPatch& patch : changing.patches) {
        const yaml::Lexeme was = base_.lexeme(patch.node);
        if (patch.field != Field::Value || classOf(was.style) == classOf(patch.form.style))
            continue;
        const FieldPatch* same = patchOf(other, patch.node, Field::Value);
        const bool collides = (same && isNoticeable(*same)) || touchesInside(other, patch.node);
        if (!collides)
            continue;
        const std::string mine = valueText(lexemeOf(patch.form));
        const std::string theirs = same ? valueText(lexemeOf(same->form)) : "(changed inside)";
        const bool equal = same && classOf(patch.form.style) == ValueClass::Scalar &&
                           classOf(same->form.style) == ValueClass::Scalar && mine == theirs;
        if (!equal)
            tell(patch.node, "Both sides changed this value; ours is kept.", valueText(was),
                 oursChanges ? mine : theirs, oursChanges ? theirs : mine);
        decided.push_back(patch.node);
    }
    Edit& loser = oursChanges ? other : theirs_;
    for (const NodeRef node : decided)
        dropInside(loser, node, true);
}

void EditMerge::mergeKinds() {
    mergeKindsOf(ours_, theirs_, true);
    const Edit changing = theirs_;
    mergeKindsOf(changing, ours_, false);
}

void EditMerge::keepEdited(Edit& removing, const Edit& editing, bool oursRemoves) {
    std::erase_if(removing.removals, [&](NodeRef node) {
        if (!touches(editing, node, removing))
            return false;
        const char* what = oursRemoves ? "We deleted it, they changed it; it is kept."
                                       : "They deleted it, we changed it; it is kept.";
        tell(node, what, "(there)", oursRemoves ? "(deleted)" : "(changed)",
             oursRemoves ? "(changed)" : "(deleted)");
        return true;
    });
}

void EditMerge::mergeRemovals() {
    std::erase_if(theirs_.removals, [&](NodeRef node) {
        return std::find(ours_.removals.begin(), ours_.removals.end(), node) !=
               ours_.removals.end();
    });
    keepEdited(ours_, theirs_, true);
    keepEdited(theirs_, ours_, false);
}

// Where the other side re-indents an entry, the texts of this side's patches are written for its
// column.
void EditMerge::rebaseColumns(Edit& edit, const Edit& other) const {
    std::map<NodeRef, int> columns;
    for (const FieldPatch& each : other.patches)
        if (each.field == Field::Column)
            columns[each.node] = each.form.column;
    if (columns.empty())
        return;
    std::set<NodeRef> own;
    for (const FieldPatch& each : edit.patches)
        if (each.field == Field::Column)
            own.insert(each.node);
    for (FieldPatch& each : edit.patches) {
        const auto column = columns.find(each.node);
        if (column == columns.end() || own.count(each.node) != 0)
            continue;
        yaml::Entry& form = each.form;
        const int delta = column->second - form.column;
        form.prefix = shiftedLines(form.prefix, delta, true);
        form.footer = shiftedLines(form.footer, delta, true);
        form.colon = shiftedLines(form.colon, delta, false);
        form.suffix = shiftedLines(form.suffix, delta, false);
        if (yaml::isBlockScalar(form.style))
            form.raw = blockAt(form.raw, form.column + form.offset, column->second + form.offset);
        form.column = column->second;
    }
}

void EditMerge::mergePatches() {
    const auto mine = indexOf(ours_);
    std::vector<char> dropMine(ours_.patches.size(), 0);
    std::vector<char> dropTheirs(theirs_.patches.size(), 0);
    for (std::size_t i = 0; i < theirs_.patches.size(); ++i) {
        FieldPatch& their = theirs_.patches[i];
        const auto found = mine.find({their.node, their.field});
        if (found == mine.end())
            continue;
        FieldPatch& our = ours_.patches[found->second];
        if (mergePatch(our, their))
            dropTheirs[i] = 1;
        else
            dropMine[found->second] = 1;
    }
    eraseMarked(ours_.patches, dropMine);
    eraseMarked(theirs_.patches, dropTheirs);
}

}  // namespace pe::document
