// SPDX-License-Identifier: MIT
#include <algorithm>

#include "codec_tags.hpp"
#include "id_codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "snapshot_layout.hpp"
#include "text_snapshot.hpp"
#include "tree_core.hpp"

namespace pe::crdt {
namespace {

// Reads all parts into an empty core. Links between nodes are kept as ids until all nodes are
// there.
class SnapshotReader {
public:
    explicit SnapshotReader(TreeCore& core) : core_(core) {}

    bool run(const Snapshot& snapshot) {
        if (snapshot.parts.size() < 2 || !header(snapshot))
            return false;
        for (std::size_t i = 1; i < snapshot.parts.size(); ++i)
            if (!part(snapshot.parts[i].bytes))
                return false;
        return link() && isTree();
    }

private:
    struct Link {
        NodeHandle node;
        NodeId parent;  // of a deleted node
        std::vector<NodeId> children;
        std::vector<std::pair<NodeId, Ghost>> ghosts;
    };

    bool header(const Snapshot& snapshot) {
        ByteReader bytes(snapshot.parts[0].bytes);
        if (bytes.byte() != tag::kSnapshotVersion)
            return false;
        core_.sequence = core_.loadedSequence = bytes.varint();
        core_.confirmedHlc = Hlc{bytes.fixed64()};
        core_.clock.observe(core_.confirmedHlc);
        if (bytes.varint() != snapshot.parts.size() - 1 || core_.sequence != snapshot.sequence)
            return false;
        const std::size_t count = bytes.count(Limits::kReplicas, 18);
        ReplicaId last = 0;
        for (std::size_t i = 0; i < count && bytes.ok(); ++i) {
            const ReplicaId replica = bytes.fixed64();
            if (replica <= last)
                return false;
            last = replica;
            lanes_.emplace_back().replica = replica;
            ReplicaState& state = core_.nodes.replicas.at(replica);
            state.lastCounter = state.loadedCounter = bytes.varint32();
            state.finalCounter = bytes.varint32();
            state.chain = bytes.fixed64();
        }
        CodecContext context{lanes_, {}, 0, {}, {}};
        IdReader ids(context, bytes);
        const std::size_t unknown = bytes.count(Limits::kOperations, 5);
        for (std::size_t i = 0; i < unknown && bytes.ok(); ++i) {
            UnknownEntry entry{ids.takeId(), {}};
            entry.operation.kind = bytes.varint32();
            entry.operation.span = bytes.varint32();
            entry.operation.body = bytes.bytes(Limits::kUnknownBytes);
            core_.unknown.push_back(std::move(entry));
        }
        return bytes.ok() && bytes.atEnd();
    }

    bool part(const std::string& from) {
        ByteReader bytes(from);
        CodecContext context{lanes_, {}, 0, {}, {}};
        IdReader ids(context, bytes);
        while (bytes.ok() && !bytes.atEnd())
            if (!node(ids))
                return false;
        return bytes.ok() && context.lanes.size() == lanes_.size();
    }

    // The handle for the next node of the snapshot; kNoNode if it cannot be.
    NodeHandle handleFor(NodeId id) {
        if (!id)
            return std::exchange(rootSeen_, true) ? kNoNode : kRootHandle;
        const auto& known = core_.nodes.replicas.at(id.replica).nodes;
        if (!known.empty() && known.back().counter >= id.counter)
            return kNoNode;
        return core_.nodes.add(id);
    }

    bool node(IdReader& ids) {
        ByteReader& bytes = ids.bytes();
        const NodeId id = ids.takeId();
        const std::uint8_t flags = bytes.byte();
        if (!bytes.ok())
            return false;
        const NodeHandle handle = handleFor(id);
        if (handle == kNoNode)
            return false;
        Link link{handle, {}, {}, {}};
        if (!place(ids, flags, handle, link))
            return false;
        if (flags & snapshot::kChildren)
            children(ids, link);
        if (flags & snapshot::kGhosts)
            ghosts(ids, link);
        links_.push_back(std::move(link));
        if (flags & snapshot::kRegisters) {
            const auto pack = bytes.bytes(Limits::kPackBytes);
            if (!RegisterPack::fromBytes(pack))
                return false;
            core_.nodes[handle].pack = core_.nodes.keep(pack);
        }
        if (flags & snapshot::kVersions)
            versions(ids, handle);
        return !(flags & snapshot::kTexts) || texts(ids, handle);
    }

    bool place(IdReader& ids, std::uint8_t flags, NodeHandle handle, Link& link) {
        ByteReader& bytes = ids.bytes();
        CodecContext& context = ids.context();
        Node& node = core_.nodes[handle];
        context.hlc.value += static_cast<std::uint64_t>(bytes.signedVarint());
        context.base += static_cast<std::uint64_t>(bytes.signedVarint());
        node.born = context.hlc;
        node.placedSequence = context.base;
        node.placedBy = flags & snapshot::kPlaced ? ids.takeId() : node.id;
        const OpId origin = flags & snapshot::kPlaceOrigin ? ids.takeId() : OpId{};
        if (origin)
            core_.nodes.extra(handle).placeOrigin = origin;
        if (handle == kRootHandle)
            return (flags & snapshot::kDeleted) == 0 && bytes.ok();
        node.state = NodeState::Attached;
        if (!(flags & snapshot::kDeleted))
            return bytes.ok();
        node.state = NodeState::Deleted;
        link.parent = ids.takeId();
        core_.nodes.extra(handle).deletedBy = ids.takeId();
        return bytes.ok();
    }

    static void children(IdReader& ids, Link& link) {
        const std::size_t count = ids.bytes().count(SIZE_MAX, 2);
        link.children.reserve(count);
        for (std::size_t i = 0; i < count && ids.bytes().ok(); ++i)
            link.children.push_back(ids.takeId());
    }

    static void ghosts(IdReader& ids, Link& link) {
        const std::size_t count = ids.bytes().count(Limits::kGhosts, 5);
        for (std::size_t i = 0; i < count && ids.bytes().ok(); ++i) {
            const NodeId id = ids.takeId();
            const OpId origin = ids.takeId();
            const std::uint32_t gap = ids.bytes().varint32();
            link.ghosts.push_back({id, {kNoNode, origin, gap, ids.bytes().varint32()}});
        }
    }

    void versions(IdReader& ids, NodeHandle handle) {
        ByteReader& bytes = ids.bytes();
        const std::size_t count = bytes.count(SIZE_MAX, 12);
        auto& versions = core_.nodes.extra(handle).versions;
        for (std::size_t i = 0; i < count && bytes.ok(); ++i) {
            Version version;
            version.key = bytes.byte();
            const std::uint8_t flags = bytes.byte();
            version.absent = (flags & snapshot::kAbsent) != 0;
            version.hlc.value = bytes.fixed64();
            version.op = ids.takeId();
            version.origin = flags & snapshot::kOtherOrigin ? ids.takeId() : version.op;
            if (!version.absent)
                version.value = bytes.bytes(Limits::kValueBytes);
            versions.push_back(std::move(version));
        }
    }

    bool texts(IdReader& ids, NodeHandle handle) {
        const std::size_t count = ids.bytes().count(256, 5);
        int last = -1;
        for (std::size_t i = 0; i < count; ++i) {
            const TextKey key = ids.bytes().byte();
            if (key <= last || !text(ids, handle, key))
                return false;
            last = key;
        }
        return ids.bytes().ok();
    }

    bool text(IdReader& ids, NodeHandle handle, TextKey key) {
        return TextSnapshotReader(lanes_, ids).run(core_.content.ensureText(handle, key).store());
    }

    bool link() {
        if (!rootSeen_)
            return false;
        for (Link& link : links_) {
            Node& node = core_.nodes[link.node];
            node.children.reserve(link.children.size());
            for (const NodeId& id : link.children) {
                const NodeHandle child = id ? core_.nodes.find(id) : kNoNode;
                if (child == kNoNode || core_.nodes[child].parent != kNoNode)
                    return false;
                if (!core_.nodes.isAttached(child))
                    return false;
                core_.nodes[child].parent = link.node;
                core_.nodes[child].indexHint = static_cast<std::uint32_t>(node.children.size());
                node.children.push_back(child);
            }
            std::uint32_t gap = 0;
            for (auto& [id, ghost] : link.ghosts) {
                ghost.node = id ? core_.nodes.find(id) : kNoNode;
                if (ghost.node == kNoNode || ghost.gap < gap || ghost.gap > node.children.size())
                    return false;
                gap = ghost.gap;
                core_.nodes.extra(link.node).ghosts.push_back(ghost);
            }
            if (node.state != NodeState::Deleted)
                continue;
            node.parent = core_.nodes.find(link.parent);
            if (node.parent == kNoNode)
                return false;
        }
        return true;
    }

    // Every node has a parent, and going up from it ends at the root.
    bool isTree() const {
        std::vector<bool> reaches(core_.nodes.size(), false);
        reaches[kRootHandle] = true;
        std::vector<NodeHandle> path;
        for (NodeHandle node = 1; node < core_.nodes.size(); ++node) {
            path.clear();
            for (NodeHandle at = node; !reaches[at]; at = core_.nodes[at].parent) {
                path.push_back(at);
                if (core_.nodes[at].parent == kNoNode || path.size() > core_.nodes.size())
                    return false;
            }
            for (const NodeHandle each : path)
                reaches[each] = true;
        }
        return true;
    }

    TreeCore& core_;
    std::vector<CodecContext::Lane> lanes_;
    std::vector<Link> links_;
    bool rootSeen_ = false;
};

}  // namespace

Result<ReplicatedTree> decodeSnapshot(const Snapshot& snapshot, ReplicaId self) {
    const bool intact =
        std::all_of(snapshot.parts.begin(), snapshot.parts.end(),
                    [](const SnapshotPart& part) { return hashBytes(part.bytes) == part.hash; });
    ReplicatedTree tree(self);
    if (!intact || !SnapshotReader(tree.core()).run(snapshot))
        return fail(ErrorCode::Corrupt, "A stored snapshot is damaged.");
    return tree;
}

}  // namespace pe::crdt
