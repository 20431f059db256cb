// SPDX-License-Identifier: MIT
#include "change_check.hpp"

#include <algorithm>

#include "text_store.hpp"

namespace pe::crdt {

bool ChangeCheck::seen(OpId id) const {
    if (!id)
        return true;
    if (id.replica == change_.replica)
        return id.counter < end_;
    const ReplicaState* const replica = nodes_.replicas.find(id.replica);
    return replica != nullptr && id.counter <= replica->lastCounter;
}

bool ChangeCheck::node(NodeId id) const {
    if (!id)
        return id.replica == 0;
    if (fresh(id))
        return std::binary_search(created_.begin(), created_.end(), id.counter);
    return !foreign(id) && nodes_.find(id) != kNoNode;
}

bool ChangeCheck::place(const Place& place) const {
    return node(place.parent) && sibling(place.after) && sibling(place.before);
}

bool ChangeCheck::text(NodeId node, TextKey key, const ElementRange& range) const {
    if (fresh(range.first)) {
        return std::any_of(inserted_.begin(), inserted_.end(), [&](const NewElements& each) {
            return each.node == node && each.key == key && range.first.counter >= each.first &&
                   range.first.counter < each.end && range.count <= each.end - range.first.counter;
        });
    }
    if (foreign(range.first) || fresh(node))
        return false;
    const Text* const text = content_.text(nodes_.find(node), key);
    return text != nullptr && text->store().knows(range);
}

bool ChangeCheck::insertion(const TextInsert& insert) const {
    const auto known = [&](OpId id) { return !id || text(insert.node, insert.key, {id, 1}); };
    if (!node(insert.node) || insert.elements.empty() ||
        insert.elements.size() > Limits::kInsertElements)
        return false;
    if (!known(insert.leftOrigin) || !known(insert.rightOrigin))
        return false;
    if (!insert.leftOrigin || !insert.rightOrigin)
        return true;
    if (fresh(insert.leftOrigin) || fresh(insert.rightOrigin))
        return true;
    const Text* const text = content_.text(nodes_.find(insert.node), insert.key);
    return text->store().inOrder(insert.leftOrigin, insert.rightOrigin);
}

// Elements of the change itself may lie in several insertions, so they are looked at one by one.
bool ChangeCheck::deletion(const TextDelete& erase) const {
    if (!node(erase.node) || erase.ranges.empty())
        return false;
    return std::all_of(erase.ranges.begin(), erase.ranges.end(), [&](const ElementRange& range) {
        const std::uint64_t end = std::uint64_t{range.first.counter} + range.count;
        if (range.count == 0 || end > 0xFFFFFFFF)
            return false;
        if (range.first.replica != change_.replica || end <= change_.firstCounter)
            return text(erase.node, erase.key, range);
        if (end > end_)
            return false;
        for (std::uint32_t at = range.first.counter; at < end; ++at)
            if (!text(erase.node, erase.key, {{range.first.replica, at}, 1}))
                return false;
        return true;
    });
}

void ChangeCheck::remember(NodeId node, TextKey key, std::uint32_t first, std::size_t count) {
    // A change of one operation, like a keystroke, cannot refer to itself.
    if (change_.operations.size() > 1)
        inserted_.push_back({node, key, first, first + static_cast<std::uint32_t>(count)});
}

bool ChangeCheck::check(const Operation& operation, std::uint32_t counter) {
    if (const auto* create = std::get_if<Create>(&operation)) {
        if (!place(create->place))
            return false;
        created_.push_back(counter);
        std::uint32_t first = counter + 1;
        for (const InitialText& text : create->texts) {
            remember({change_.replica, counter}, text.key, first, text.elements.size());
            first += static_cast<std::uint32_t>(text.elements.size());
        }
        return true;
    }
    if (const auto* move = std::get_if<Move>(&operation))
        // Beside itself is nowhere: a node has left its old place before it takes the new one.
        return childNode(move->node) && place(move->place) && move->place.after != move->node &&
               move->place.before != move->node && seen(move->restores);
    if (const auto* remove = std::get_if<Delete>(&operation))
        return childNode(remove->node);
    if (const auto* restore = std::get_if<Restore>(&operation))
        return childNode(restore->node);
    if (const auto* set = std::get_if<Set>(&operation))
        return node(set->node) && set->value.size() <= Limits::kValueBytes && seen(set->restores) &&
               std::all_of(set->supersedes.begin(), set->supersedes.end(),
                           [this](OpId id) { return seen(id); });
    if (const auto* insert = std::get_if<TextInsert>(&operation)) {
        if (!insertion(*insert))
            return false;
        remember(insert->node, insert->key, counter, insert->elements.size());
        return true;
    }
    if (const auto* erase = std::get_if<TextDelete>(&operation))
        return deletion(*erase);
    if (const auto* undelete = std::get_if<TextUndelete>(&operation))
        return node(undelete->node) && undelete->deletion && seen(undelete->deletion);
    return true;
}

Result<void> ChangeCheck::run() {
    const std::uint64_t span = change_.counterSpan();
    if (change_.replica == 0 || change_.firstCounter == 0 || change_.operations.empty() ||
        span == 0)
        return fail(ErrorCode::Corrupt, "A change without author, number or operations came in.");
    if (std::uint64_t{change_.firstCounter} + span > 0xFFFFFFFF)
        return fail(ErrorCode::LimitExceeded, "This replica has made too many operations.");
    end_ = change_.firstCounter + span;
    std::uint32_t counter = change_.firstCounter;
    for (const Operation& operation : change_.operations) {
        if (!check(operation, counter))
            return fail(ErrorCode::Corrupt, "A change refers to something that never was.");
        counter += static_cast<std::uint32_t>(counterSpan(operation));
    }
    return {};
}

}  // namespace pe::crdt
