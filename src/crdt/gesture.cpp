// SPDX-License-Identifier: MIT
#include "gesture.hpp"

#include <algorithm>

#include "text_store.hpp"

namespace pe::crdt {

Place Gesture::placeBehind(NodeHandle parent, NodeHandle after, NodeHandle moving) const {
    const auto& children = core_.nodes[parent].children;
    std::size_t next = after == kNoNode ? 0 : core_.nodes.indexOf(after) + 1;
    if (next < children.size() && children[next] == moving)
        ++next;
    Place place{core_.nodes[parent].id, {}, {}};
    if (after != kNoNode)
        place.after = core_.nodes[after].id;
    if (next < children.size())
        place.before = core_.nodes[children[next]].id;
    return place;
}

Place Gesture::placeOf(NodeHandle node) const {
    return placeBehind(core_.nodes[node].parent, core_.nodes.leftOf(node), node);
}

NodeHandle Gesture::create(const Place& place, RegisterPack registers,
                           std::vector<InitialText> texts) {
    Create create{place, std::move(registers), std::move(texts)};
    const OpId op = core_.nextOp();
    const NodeHandle node = core_.nodes.add(op);
    core_.content.init(node, create, op, core_.open->change->hlc);
    core_.reducer.create(node, core_.reducer.resolve(place), stamp());
    core_.record(std::move(create));
    return node;
}

void Gesture::move(NodeHandle node, const Place& place, OpId restores) {
    core_.open->change->prior.push_back(
        PriorPlace{nextIndex(), placeOf(node), core_.nodes.placeOrigin(node)});
    core_.reducer.move(node, core_.reducer.resolve(place), restores, stamp());
    core_.record(Move{core_.nodes[node].id, place, restores});
}

void Gesture::remove(NodeHandle node) {
    core_.reducer.remove(node, core_.open->change->base, stamp());
    core_.record(Delete{core_.nodes[node].id, core_.open->change->base});
}

void Gesture::restore(NodeHandle node) {
    core_.reducer.restore(node, stamp());
    core_.record(Restore{core_.nodes[node].id});
}

void Gesture::applyContent(Operation operation) {
    core_.content.apply(operation, core_.nextOp(), true);
    core_.record(std::move(operation));
}

void Gesture::set(Set set) {
    const NodeHandle node = core_.nodes.find(set.node);
    PriorValue prior{nextIndex(), std::nullopt, {}};
    for (const VersionView& each : core_.content.versions(node, set.key)) {
        if (set.supersedes.empty()) {
            prior.origin = each.origin;
            if (!each.absent)
                prior.value = std::string(each.value);
        }
        set.supersedes.push_back(each.op);
    }
    set.hlc = core_.open->change->hlc;
    core_.open->change->prior.push_back(std::move(prior));
    applyContent(std::move(set));
}

// Typing on in one gesture makes the last insertion longer instead of adding one.
void Gesture::recordInsert(TextInsert insert) {
    auto& operations = core_.open->change->operations;
    auto* const last = operations.empty() ? nullptr : std::get_if<TextInsert>(&operations.back());
    const OpId previous{core_.self, core_.open->nextCounter - 1};
    if (last == nullptr || insert.leftOrigin != previous || last->node != insert.node ||
        last->key != insert.key || last->rightOrigin != insert.rightOrigin ||
        last->elements.size() + insert.elements.size() > Limits::kInsertElements)
        return core_.record(std::move(insert));
    last->elements += insert.elements;
    core_.open->nextCounter += static_cast<std::uint32_t>(insert.elements.size());
}

void Gesture::insert(NodeHandle node, TextKey key, std::uint32_t position, ElementsView elements) {
    Text& text = core_.content.ensureText(node, key);
    auto [left, right] = text.store().originsAt(position);
    while (!elements.empty()) {
        const ElementsView piece = elements.substr(0, Limits::kInsertElements);
        elements.remove_prefix(piece.size());
        const OpId first = core_.nextOp();
        core_.content.insertText(text, node, key, first, left, right, piece);
        recordInsert({core_.nodes[node].id, key, left, right, Elements(piece)});
        left = {first.replica, core_.open->nextCounter - 1};
    }
}

void Gesture::erase(NodeHandle node, TextKey key, std::vector<ElementRange> ranges) {
    while (!ranges.empty()) {
        const auto rest =
            ranges.begin() + static_cast<std::ptrdiff_t>(std::min(ranges.size(), Limits::kRanges));
        std::vector<ElementRange> more(rest, ranges.end());
        ranges.erase(rest, ranges.end());
        core_.content.eraseText(node, key, core_.nextOp(), ranges);
        core_.record(TextDelete{core_.nodes[node].id, key, std::move(ranges)});
        ranges = std::move(more);
    }
}

void Gesture::undelete(NodeHandle node, TextKey key, OpId deletion) {
    applyContent(TextUndelete{core_.nodes[node].id, key, deletion});
}

}  // namespace pe::crdt
