// SPDX-License-Identifier: MIT
#include "edit_rebase.hpp"

#include <algorithm>

namespace pe::document {

using yaml::kNoNode;
using yaml::NodeRef;

EditRebase::EditRebase(const yaml::Forest& base, const ReplicatedForest& now,
                       const yaml::Edit& other)
    : base_(base), now_(now) {
    for (const yaml::Relocation& each : other.relocations)
        moved_.insert(each.node);
    for (const yaml::Insertion& each : other.insertions)
        for (const NodeRef node : yaml::carriedBy(each.entry))
            carried_.insert(node);
}

bool EditRebase::isLive(NodeRef node) const {
    return node == yaml::kStream || now_.tree().isLive(node);
}

// What the other edit deleted needs no change any more.
void EditRebase::dropDead(yaml::Edit& edit) const {
    std::erase_if(edit.removals, [&](NodeRef node) { return !isLive(node); });
    std::erase_if(edit.patches, [&](const yaml::FieldPatch& each) { return !isLive(each.node); });
    std::erase_if(edit.insertions,
                  [&](const yaml::Insertion& each) { return !isLive(each.parent); });
    std::erase_if(edit.relocations, [&](const yaml::Relocation& each) {
        return !isLive(each.node) || !isLive(each.parent);
    });
}

NodeRef EditRebase::leftInBase(NodeRef node) const {
    const auto siblings = base_.children(base_.parent(node));
    const auto at = std::find(siblings.begin(), siblings.end(), node);
    return at == siblings.begin() ? kNoNode : *(at - 1);
}

// Behind a neighbour of the base that stands where it stood, or behind what was put around it.
NodeRef EditRebase::place(NodeRef parent, NodeRef after) const {
    const NodeRef asked = after;  // what is carried away may still show the place
    while (after != kNoNode && base_.parent(after) == parent) {
        const bool stays = isLive(after) && moved_.count(after) == 0;
        if (stays && now_.parent(after) == parent && (own_.count(after) == 0 || after == asked))
            return after;
        if (stays && carried_.count(after) != 0)
            for (NodeRef around = now_.parent(after); around != kNoNode;
                 around = now_.parent(around))
                if (now_.parent(around) == parent)
                    return around;
        after = leftInBase(after);
    }
    return kNoNode;
}

yaml::Edit EditRebase::rebased(yaml::Edit edit) {
    dropDead(edit);
    std::set<NodeRef> brought;
    own_.insert(edit.removals.begin(), edit.removals.end());
    for (const yaml::Relocation& each : edit.relocations) {
        own_.insert(each.node);
        brought.insert(each.node);
    }
    for (const yaml::Insertion& each : edit.insertions)
        for (const NodeRef node : yaml::carriedBy(each.entry))
            own_.insert(node);
    for (yaml::Relocation& each : edit.relocations)
        if (brought.count(each.after) == 0)
            each.after = place(each.parent, each.after);
    for (yaml::Insertion& each : edit.insertions)
        if (brought.count(each.after) == 0)
            each.after = place(each.parent, each.after);
    return edit;
}

}  // namespace pe::document
