// SPDX-License-Identifier: MIT
#include "codec_tags.hpp"
#include "hasher.hpp"
#include "id_codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "snapshot_layout.hpp"
#include "text_snapshot.hpp"
#include "text_store.hpp"
#include "tree_core.hpp"

namespace pe::crdt {
namespace {

class SnapshotWriter {
public:
    explicit SnapshotWriter(const TreeCore& core) : core_(core) {}

    Snapshot run() {
        snapshot_.sequence = core_.sequence;
        snapshot_.parts.emplace_back();
        startPart();
        node(kRootHandle);
        for (const auto& [replica, state] : core_.nodes.replicas) {
            if (written_ > 0)
                finishPart();
            for (const ReplicaState::NodeEntry& each : state.nodes) {
                if (each.counter > state.lastCounter)
                    break;
                node(each.node);
                if (++written_ == snapshot::kPartNodes)
                    finishPart();
            }
        }
        finishPart();
        finish(snapshot_.parts[0], header());
        return std::move(snapshot_);
    }

private:
    static void finish(SnapshotPart& part, std::string bytes) {
        part.hash = hashBytes(bytes);
        part.bytes = std::move(bytes);
    }

    void startPart() {
        out_.clear();
        context_ = {};
        for (const auto& [replica, state] : core_.nodes.replicas)
            if (state.lastCounter > 0)
                context_.lanes.emplace_back().replica = replica;
        lanes_ = context_.lanes;
        written_ = 0;
    }

    void finishPart() {
        if (!out_.empty())
            finish(snapshot_.parts.emplace_back(), std::move(out_));
        startPart();
    }

    std::string header() {
        std::string out;
        out.push_back(static_cast<char>(tag::kSnapshotVersion));
        putVarint(out, core_.sequence);
        putFixed64(out, core_.confirmedHlc.value);
        putVarint(out, snapshot_.parts.size() - 1);
        putVarint(out, context_.lanes.size());
        for (const auto& [replica, state] : core_.nodes.replicas) {
            if (state.lastCounter == 0)
                continue;
            putFixed64(out, replica);
            putVarint(out, state.lastCounter);
            putVarint(out, state.finalCounter);
            putFixed64(out, state.chain);
        }
        startPart();
        IdWriter ids(context_, out);
        putVarint(out, core_.unknown.size());
        for (const UnknownEntry& each : core_.unknown) {
            ids.putId(each.op);
            putVarint(out, each.operation.kind);
            putVarint(out, each.operation.span);
            putBytes(out, each.operation.body);
        }
        return out;
    }

    void ids(const std::vector<NodeHandle>& nodes) {
        putVarint(out_, nodes.size());
        for (const NodeHandle each : nodes)
            ids_.putId(core_.nodes[each].id);
    }

    // Versions that are more than what the node was born with.
    std::vector<std::pair<RegisterKey, VersionView>> versions(NodeHandle handle) const {
        std::vector<std::pair<RegisterKey, VersionView>> all;
        const Node& node = core_.nodes[handle];
        if (!node.extra || node.extra->versions.empty())
            return all;
        for (const RegisterKey key : core_.content.keys(handle)) {
            const auto each = core_.content.versions(handle, key);
            if (each.size() == 1 && each[0].op == node.id)
                continue;
            for (const VersionView& version : each)
                all.emplace_back(key, version);
        }
        return all;
    }

    void version(RegisterKey key, const VersionView& version) {
        out_.push_back(static_cast<char>(key));
        const bool other = version.origin != version.op;
        out_.push_back(static_cast<char>((version.absent ? snapshot::kAbsent : 0) |
                                         (other ? snapshot::kOtherOrigin : 0)));
        putFixed64(out_, version.hlc.value);
        ids_.putId(version.op);
        if (other)
            ids_.putId(version.origin);
        if (!version.absent)
            putBytes(out_, version.value);
    }

    void text(const TextStore& store) { TextSnapshotWriter(core_, lanes_, ids_).run(store); }

    std::vector<const TextEntry*> texts(const Node& node) const {
        std::vector<const TextEntry*> all;
        if (!node.extra)
            return all;
        for (const TextEntry& each : node.extra->texts)
            if (!each.text.store().isPristine())
                all.push_back(&each);
        return all;
    }

    void node(NodeHandle handle) {
        const Node& node = core_.nodes[handle];
        const auto versions = this->versions(handle);
        const auto texts = this->texts(node);
        const Placement placement = core_.nodes.placement(handle);
        const bool ghosts = node.extra && !node.extra->ghosts.empty();
        std::uint8_t flags = 0;
        if (node.state == NodeState::Deleted)
            flags |= snapshot::kDeleted;
        if (node.placedBy != node.id)
            flags |= snapshot::kPlaced;
        if (placement.placeOrigin)
            flags |= snapshot::kPlaceOrigin;
        if (!node.pack.empty())
            flags |= snapshot::kRegisters;
        if (!versions.empty())
            flags |= snapshot::kVersions;
        if (!texts.empty())
            flags |= snapshot::kTexts;
        if (ghosts)
            flags |= snapshot::kGhosts;
        if (!node.children.empty())
            flags |= snapshot::kChildren;
        ids_.putId(node.id);
        out_.push_back(static_cast<char>(flags));
        place(flags, node, placement);
        if (flags & snapshot::kChildren)
            ids(node.children);
        if (flags & snapshot::kGhosts)
            putGhosts(node.extra->ghosts);
        if (flags & snapshot::kRegisters)
            putBytes(out_, node.pack);
        if (flags & snapshot::kVersions) {
            putVarint(out_, versions.size());
            for (const auto& [key, each] : versions)
                version(key, each);
        }
        if (!(flags & snapshot::kTexts))
            return;
        putVarint(out_, texts.size());
        for (const TextEntry* each : texts) {
            out_.push_back(static_cast<char>(each->key));
            text(each->text.store());
        }
    }

    void place(std::uint8_t flags, const Node& node, const Placement& placement) {
        putSigned(out_, static_cast<std::int64_t>(node.born.value - context_.hlc.value));
        context_.hlc = node.born;
        putSigned(out_, static_cast<std::int64_t>(node.placedSequence - context_.base));
        context_.base = node.placedSequence;
        if (flags & snapshot::kPlaced)
            ids_.putId(node.placedBy);
        if (flags & snapshot::kPlaceOrigin)
            ids_.putId(placement.placeOrigin);
        if (!(flags & snapshot::kDeleted))
            return;
        ids_.putId(core_.nodes[node.parent].id);
        ids_.putId(placement.deletedBy);
    }

    void putGhosts(const std::vector<Ghost>& ghosts) {
        putVarint(out_, ghosts.size());
        for (const Ghost& each : ghosts) {
            ids_.putId(core_.nodes[each.node].id);
            ids_.putId(each.origin);
            putVarint(out_, each.gap);
            putVarint(out_, each.stamp);
        }
    }

    const TreeCore& core_;
    Snapshot snapshot_;
    std::string out_;
    CodecContext context_;
    std::vector<CodecContext::Lane> lanes_;
    IdWriter ids_{context_, out_};
    std::size_t written_ = 0;
};

}  // namespace

std::uint64_t hashBytes(std::string_view bytes) {
    Hasher hash;
    hash.addBytes(bytes);
    return hash.value();
}

Snapshot encodeSnapshot(ReplicatedTree& tree, const SnapshotOptions& options) {
    TreeCore& core = tree.core();
    if (options.finalDeletions != 0)
        core.nodes.replicas.makeFinal(options.finalDeletions, core.loadedSequence);
    core.takeBackAll();
    Snapshot snapshot = SnapshotWriter(core).run();
    core.putBackAll();
    return snapshot;
}

}  // namespace pe::crdt
