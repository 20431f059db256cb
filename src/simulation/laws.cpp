// SPDX-License-Identifier: MIT
#include "laws.hpp"

#include <algorithm>
#include <map>

#include "content_oracle.hpp"
#include "gestures.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"

namespace pe::simulation {
namespace {

using crdt::NodeHandle;
using crdt::ReplicatedTree;
using crdt::SharedChange;

void put(std::string& out, const crdt::OpId& id) {
    out += std::to_string(id.replica) + ':' + std::to_string(id.counter) + ' ';
}

void putContent(std::string& out, const ReplicatedTree& tree, NodeHandle node) {
    for (const crdt::RegisterKey key : tree.registerKeys(node)) {
        out += '\n' + std::to_string(key) + '=';
        for (const crdt::RegisterVersion& each : tree.versions(node, key)) {
            out += std::string(each.value.value_or("-")) + '@';
            put(out, each.op);
        }
    }
    for (const crdt::TextKey key : tree.textKeys(node)) {
        const crdt::Elements elements = tree.text(node, key)->elements();
        if (elements.empty())
            continue;
        out += '\n' + std::to_string(key) + '"';
        for (const crdt::Element each : elements)
            out += std::to_string(each) + ',';
    }
}

// A second tree with the same confirmed state, and the pending changes put on top.
std::optional<ReplicatedTree> copyOf(ReplicatedTree& tree, const std::vector<SharedChange>& pending,
                                     Verdict& verdict) {
    auto copy = crdt::decodeSnapshot(crdt::encodeSnapshot(tree), tree.self());
    if (!verdict.require(copy.has_value(), "a snapshot does not load"))
        return std::nullopt;
    for (const SharedChange& each : pending)
        verdict.require(copy->resume(each).has_value(), "a pending change cannot be put back");
    return std::move(*copy);
}

// Versions have new ids after an undo: what is compared is what they say.
std::string wordsOf(const ReplicatedTree& tree) {
    std::string kept;
    bool skipping = false;
    for (const char each : viewOf(tree)) {
        skipping = each == '@' || (skipping && each != '\n');
        if (!skipping)
            kept.push_back(each);
    }
    return kept;
}

void checkUndo(ReplicatedTree& tree, Random& random, std::int64_t nowMs, Verdict& verdict) {
    const std::string before = viewOf(tree);
    crdt::Transaction dropped = tree.begin(nowMs);
    makeGesture(random, tree, dropped);
    dropped.rollback();
    verdict.require(viewOf(tree) == before, "a gesture that was taken back left a trace");
    crdt::Transaction gesture = tree.begin(nowMs);
    makeGesture(random, tree, gesture);
    const auto change = gesture.commit();
    if (!change || (*change)->operations.empty())
        return;
    const std::string after = wordsOf(tree);
    const auto undone = tree.undo(**change, nowMs);
    if (!verdict.require(undone.has_value(), "an undo of one's own work fails") ||
        !undone->skipped.empty())
        return;
    const auto redone = tree.undo(*undone->change, nowMs);
    if (verdict.require(redone.has_value(), "a redo of one's own work fails") &&
        redone->skipped.empty())
        verdict.require(wordsOf(tree) == after, "undo and redo are not the identity");
}

void checkRejection(ReplicatedTree& tree, const std::vector<SharedChange>& pending, Random& random,
                    Verdict& verdict) {
    if (pending.empty())
        return;
    auto refused = copyOf(tree, pending, verdict);
    if (!refused)
        return;
    const SharedChange& victim = pending[random.below(pending.size())];
    verdict.require(refused->reject(victim->firstCounter).has_value(), "a pending change stays");
    const auto never = copyOf(tree, refused->pending(), verdict);
    verdict.require(never && viewOf(*refused) == viewOf(*never), "a refused change left a trace");
    verdict.require(refused->stateHash() == tree.stateHash(),
                    "a refusal touched what is confirmed");
}

std::vector<SharedChange> decoded(const std::vector<std::string>& log, Verdict& verdict) {
    std::vector<SharedChange> changes;
    for (const std::string& each : log) {
        auto change = crdt::decodeChange(std::string_view(each));
        if (!verdict.require(change.has_value(), "a change in the order does not decode"))
            return {};
        changes.push_back(std::make_shared<const crdt::Change>(std::move(*change)));
    }
    return changes;
}

}  // namespace

std::string viewOf(const ReplicatedTree& tree) {
    std::string out;
    std::vector<std::pair<NodeHandle, int>> open{{crdt::kRootHandle, 0}};
    while (!open.empty()) {
        const auto [node, depth] = open.back();
        open.pop_back();
        out += '\n' + std::string(static_cast<std::size_t>(depth), ' ');
        put(out, tree.id(node));
        putContent(out, tree, node);
        const auto children = tree.children(node);
        for (auto each = children.rbegin(); each != children.rend(); ++each)
            open.emplace_back(*each, depth + 1);
    }
    return out;
}

void checkTree(const ReplicatedTree& tree, std::uint64_t created, Verdict& verdict) {
    std::vector<NodeHandle> live = liveNodes(tree);
    for (const NodeHandle node : live)
        for (const NodeHandle child : tree.children(node))
            verdict.require(tree.parent(child) == node, "a child has another parent");
    std::sort(live.begin(), live.end());
    verdict.require(std::adjacent_find(live.begin(), live.end()) == live.end(),
                    "a node is in the tree twice");
    const crdt::TreeSize size = tree.size();
    verdict.require(size.nodes == live.size() - 1 && size.nodes + size.deleted == created,
                    "a created node is neither in the tree nor deleted");
}

void checkView(ReplicatedTree& tree, Random& random, std::int64_t nowMs, Verdict& verdict) {
    const auto pending = tree.pending();
    auto copy = copyOf(tree, pending, verdict);
    if (!copy)
        return;
    verdict.require(viewOf(*copy) == viewOf(tree),
                    "what is shown is not the confirmed state with the pending changes on top");
    checkRejection(tree, pending, random, verdict);
    checkUndo(*copy, random, nowMs, verdict);
}

void checkReplays(const std::vector<std::string>& log, std::uint64_t hash, Random& random,
                  Verdict& verdict) {
    const std::vector<SharedChange> changes = decoded(log, verdict);
    ReplicatedTree whole(2);
    verdict.require(whole.apply(changes, 1).has_value(), "the order does not fold");
    verdict.require(whole.stateHash() == hash, "a replay from nothing ends elsewhere");
    auto bare = crdt::decodeSnapshot(crdt::encodeSnapshot(whole, {changes.size()}), 5);
    verdict.require(bare.has_value() && bare->stateHash() == hash && viewOf(*bare) == viewOf(whole),
                    "a snapshot without the characters of deleted text shows something else");
    ReplicatedTree pieces(3);
    const std::size_t middle = changes.empty() ? 0 : random.below(changes.size());
    while (pieces.sequence() < changes.size()) {
        const std::size_t at = pieces.sequence();
        if (at >= middle && pieces.self() == 3) {
            auto loaded = crdt::decodeSnapshot(crdt::encodeSnapshot(pieces), 4);
            if (!verdict.require(loaded && loaded->stateHash() == pieces.stateHash(),
                                 "a snapshot loads as something else"))
                return;
            pieces = std::move(*loaded);
        }
        const std::size_t count = std::min<std::size_t>(1 + random.below(30), changes.size() - at);
        const auto applied = pieces.apply(std::span(changes).subspan(at, count), at + 1);
        if (!verdict.require(applied.has_value(), "a piece of the order does not fold"))
            return;
    }
    verdict.require(pieces.stateHash() == hash,
                    "a replay in pieces, from a snapshot, ends elsewhere");
}

void checkContent(const std::vector<std::string>& log, const ReplicatedTree& tree,
                  Verdict& verdict) {
    ContentOracle oracle;
    std::map<crdt::ReplicaId, std::uint32_t> counters;
    for (const SharedChange& each : decoded(log, verdict)) {
        std::uint32_t& last = counters[each->replica];
        verdict.require(each->firstCounter == last + 1, "the counters of a replica have a gap");
        last = each->lastCounter();
        oracle.apply(*each);
    }
    checkTree(tree, oracle.created(), verdict);
    for (const auto& place : oracle.registers()) {
        const auto expected = oracle.versions(place);
        const auto found = tree.versions(tree.find(place.first), place.second);
        bool same = expected.size() == found.size();
        for (std::size_t i = 0; same && i < found.size(); ++i)
            same = found[i].op == expected[i].op && found[i].hlc == expected[i].hlc &&
                   found[i].value == expected[i].value;
        verdict.require(same, "a register has other versions than its definition says");
    }
    for (const auto& place : oracle.texts()) {
        const crdt::Text* const text = tree.text(tree.find(place.first), place.second);
        const crdt::Elements found = text == nullptr ? crdt::Elements() : text->elements();
        verdict.require(found == oracle.text(place),
                        "a text differs from what its definition says");
    }
}

}  // namespace pe::simulation
