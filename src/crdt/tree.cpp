// SPDX-License-Identifier: MIT
#include "pe/crdt/tree.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"
#include "restamp.hpp"
#include "state_hash.hpp"
#include "tree_core.hpp"
#include "undo.hpp"

namespace pe::crdt {

ReplicatedTree::ReplicatedTree(ReplicaId self) : core_(std::make_unique<TreeCore>(self)) {
    PE_ASSERT(self != 0);
}
ReplicatedTree::~ReplicatedTree() = default;
ReplicatedTree::ReplicatedTree(ReplicatedTree&&) noexcept = default;
ReplicatedTree& ReplicatedTree::operator=(ReplicatedTree&&) noexcept = default;

std::span<const NodeHandle> ReplicatedTree::children(NodeHandle node) const {
    return core_->nodes[node].children;
}

NodeHandle ReplicatedTree::parent(NodeHandle node) const {
    return core_->nodes[node].parent;
}

bool ReplicatedTree::isLive(NodeHandle node) const {
    return node < core_->nodes.size() && core_->nodes.isLive(node);
}

NodeId ReplicatedTree::id(NodeHandle node) const {
    return core_->nodes[node].id;
}

NodeHandle ReplicatedTree::find(NodeId id) const {
    return core_->nodes.find(id);
}

NodeHandle ReplicatedTree::end() const {
    return static_cast<NodeHandle>(core_->nodes.size());
}

std::uint32_t ReplicatedTree::indexInParent(NodeHandle node) const {
    return core_->nodes.indexOf(node);
}

NodeHandle ReplicatedTree::lastChild(NodeHandle node) const {
    const auto& all = core_->nodes[node].children;
    return all.empty() ? kNoNode : all.back();
}

std::string_view ReplicatedTree::reg(NodeHandle node, RegisterKey key) const {
    const auto shown = core_->content.shown(node, key);
    return shown && !shown->absent ? shown->value : std::string_view();
}

bool ReplicatedTree::hasReg(NodeHandle node, RegisterKey key) const {
    const auto shown = core_->content.shown(node, key);
    return shown && !shown->absent;
}

std::vector<RegisterKey> ReplicatedTree::registerKeys(NodeHandle node) const {
    auto keys = core_->content.keys(node);
    std::erase_if(keys, [&](RegisterKey key) { return !hasReg(node, key); });
    return keys;
}

std::vector<RegisterVersion> ReplicatedTree::versions(NodeHandle node, RegisterKey key) const {
    std::vector<RegisterVersion> all;
    for (const VersionView& each : core_->content.versions(node, key)) {
        RegisterVersion version{std::nullopt, each.hlc, each.op};
        if (!each.absent)
            version.value = each.value;
        all.push_back(version);
    }
    return all;
}

OpId ReplicatedTree::shownBy(NodeHandle node, RegisterKey key) const {
    const auto shown = core_->content.shown(node, key);
    return shown ? shown->op : OpId{};
}

bool ReplicatedTree::hasConflict(NodeHandle node, RegisterKey key) const {
    const Extra* extra = core_->nodes[node].extra.get();
    if (extra == nullptr)
        return false;
    return std::count_if(
               extra->versions.begin(), extra->versions.end(),
               [key](const Version& each) { return each.key == key && each.hiddenBy == 0; }) > 1;
}

const Text* ReplicatedTree::text(NodeHandle node, TextKey key) const {
    return core_->content.text(node, key);
}

std::vector<TextKey> ReplicatedTree::textKeys(NodeHandle node) const {
    std::vector<TextKey> keys;
    if (const Extra* extra = core_->nodes[node].extra.get())
        for (const TextEntry& each : extra->texts)
            keys.push_back(each.key);
    return keys;
}

OpId ReplicatedTree::placedBy(NodeHandle node) const {
    return core_->nodes[node].placedBy;
}

OpId ReplicatedTree::deletedBy(NodeHandle node) const {
    return core_->nodes.deletedBy(node);
}

TreeSize ReplicatedTree::size() const {
    TreeSize size;
    size.pending = core_->pending.size();
    std::uint64_t present = 0;
    for (NodeHandle node = 1; node < core_->nodes.size(); ++node)
        present += core_->nodes[node].state != NodeState::Absent ? 1 : 0;
    std::vector<NodeHandle> open{kRootHandle};
    while (!open.empty()) {
        const Node& at = core_->nodes[open.back()];
        open.pop_back();
        size.nodes += at.children.size();
        open.insert(open.end(), at.children.begin(), at.children.end());
        if (!at.extra)
            continue;
        for (const TextEntry& each : at.extra->texts)
            size.elements += each.text.length();
    }
    size.deleted = present - size.nodes;
    return size;
}

ReplicaId ReplicatedTree::self() const {
    return core_->self;
}

Sequence ReplicatedTree::sequence() const {
    return core_->sequence;
}

std::uint32_t ReplicatedTree::lastCounter(ReplicaId replica) const {
    return core_->confirmedCounter(replica);
}

std::uint64_t ReplicatedTree::chainHash(ReplicaId replica) const {
    const ReplicaState* state = core_->nodes.replicas.find(replica);
    return state == nullptr ? 0 : state->chain;
}

std::vector<SharedChange> ReplicatedTree::pending() const {
    std::vector<SharedChange> all;
    for (const PendingChange& each : core_->pending)
        all.push_back(each.change);
    return all;
}

Hlc ReplicatedTree::latestHlc() const {
    return core_->clock.latest();
}

std::uint64_t ReplicatedTree::stateHash() {
    PE_ASSERT(!core_->open);
    core_->takeBackAll();
    const std::uint64_t hash = hashState(*core_);
    core_->putBackAll();
    return hash;
}

Transaction ReplicatedTree::begin(std::int64_t nowMs, std::string label, std::string author) {
    core_->beginChange(nowMs, std::move(label), std::move(author));
    return Transaction(*core_);
}

Result<void> ReplicatedTree::apply(const Change& change, Sequence sequence) {
    return core_->apply(change, sequence);
}

Result<void> ReplicatedTree::apply(std::span<const SharedChange> changes, Sequence first) {
    return core_->apply(changes, first);
}

Result<void> ReplicatedTree::resume(SharedChange change) {
    return core_->resume(std::move(change));
}

Result<Undone> ReplicatedTree::undo(const Change& change, std::int64_t nowMs, std::string label) {
    if (core_->open)
        return fail(ErrorCode::Refused, "A gesture is being made.");
    const bool known = core_->isOwn(change.replica) && change.firstCounter != 0 &&
                       (change.replica == core_->self
                            ? change.lastCounter() < core_->nextCounter()
                            : change.lastCounter() <= core_->confirmedCounter(change.replica));
    if (!known)
        return fail(ErrorCode::Refused, "Only what was done here can be undone here.");
    Transaction transaction = begin(nowMs, std::move(label), change.author);
    auto skipped = UndoBuilder(*core_, change).run();
    PE_TRY_ASSIGN(SharedChange made, transaction.commit());
    return Undone{std::move(made), std::move(skipped)};
}

Result<std::vector<SharedChange>> ReplicatedTree::rekey(ReplicaId newReplica, std::int64_t nowMs) {
    if (core_->open)
        return fail(ErrorCode::Refused, "A gesture is being made.");
    if (newReplica == 0 || core_->nodes.replicas.find(newReplica) != nullptr)
        return fail(ErrorCode::InvalidArgument, "The new replica id is in use.");
    core_->formerSelves.push_back(core_->self);
    return Restamp(*core_).rekey(newReplica, nowMs);
}

Result<std::vector<SharedChange>> ReplicatedTree::reject(std::uint32_t firstCounter) {
    if (core_->open)
        return fail(ErrorCode::Refused, "A gesture is being made.");
    const bool known =
        std::any_of(core_->pending.begin(), core_->pending.end(),
                    [&](const auto& each) { return each.change->firstCounter == firstCounter; });
    if (!known)
        return fail(ErrorCode::NotFound, "No pending change has this number.");
    return Restamp(*core_).reject(firstCounter);
}

std::vector<Twin> ReplicatedTree::takeTwins() {
    return std::exchange(core_->twins, {});
}

Effects ReplicatedTree::takeEffects() {
    return std::exchange(core_->effects, {});
}

}  // namespace pe::crdt
