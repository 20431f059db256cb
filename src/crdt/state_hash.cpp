// SPDX-License-Identifier: MIT
#include "state_hash.hpp"

#include "hasher.hpp"
#include "text_store.hpp"

namespace pe::crdt {
namespace {

void hashText(Hasher& hash, const TextStore& text) {
    const auto spans = text.spans();
    hash.add(spans.size());
    for (const TextStore::Span& span : spans) {
        hash.add(span.first);
        hash.add(span.count);
        hash.add(span.leftOrigin);
        hash.add(span.rightOrigin);
    }
    // Of what is deleted only that it is: its characters may have been left out of a snapshot.
    for (const ElementRange& each : text.rangesAt(0, text.length())) {
        hash.add(each.first);
        hash.add(each.count);
    }
    hash.addElements(text.slice(0, text.length()));
}

void hashVersion(Hasher& hash, RegisterKey key, const VersionView& version) {
    hash.add(key);
    hash.add(version.absent ? 1 : 0);
    hash.addBytes(version.value);
    hash.add(version.hlc);
    hash.add(version.op);
    hash.add(version.origin);
}

void hashRegisters(Hasher& hash, const TreeCore& core, NodeHandle handle) {
    const Node& node = core.nodes[handle];
    if (!node.extra || node.extra->versions.empty()) {
        for (std::string_view pack = node.pack; !pack.empty();) {
            const auto [key, value] = RegisterPack::takeFront(pack);
            hashVersion(hash, key, {value, false, node.born, node.id, node.id});
        }
        return;
    }
    for (const RegisterKey key : core.content.keys(handle))
        for (const VersionView& each : core.content.versions(handle, key))
            hashVersion(hash, key, each);
}

void hashPlace(Hasher& hash, const NodeStore& nodes, NodeHandle handle) {
    const Node& node = nodes[handle];
    hash.add(node.id);
    hash.add(node.placedBy);
    hash.add(node.placedSequence);
    hash.add(nodes.placeOrigin(handle));
    hash.add(nodes.deletedBy(handle));
    hash.add(static_cast<std::uint64_t>(node.state));
    if (handle != kRootHandle)
        hash.add(nodes[node.parent].id);
    hash.add(node.children.size());
    for (const NodeHandle child : node.children)
        hash.add(nodes[child].id);
    if (!node.extra)
        return;
    for (const Ghost& ghost : node.extra->ghosts) {
        hash.add(nodes[ghost.node].id);
        hash.add(ghost.origin);
        hash.add(ghost.gap);
        hash.add(ghost.stamp);
    }
}

void hashNode(Hasher& hash, const TreeCore& core, NodeHandle handle) {
    hashPlace(hash, core.nodes, handle);
    hashRegisters(hash, core, handle);
    const Extra* extra = core.nodes[handle].extra.get();
    if (extra == nullptr)
        return;
    for (const TextEntry& each : extra->texts) {
        if (each.text.store().isPristine())
            continue;
        hash.add(each.key);
        hashText(hash, each.text.store());
    }
}

}  // namespace

std::uint64_t hashState(const TreeCore& core) {
    Hasher hash;
    hash.add(core.sequence);
    hashNode(hash, core, kRootHandle);
    for (const auto& [replica, state] : core.nodes.replicas) {
        if (state.lastCounter == 0)
            continue;
        hash.add(replica);
        hash.add(state.lastCounter);
        hash.add(state.chain);
        for (const ReplicaState::NodeEntry& each : state.nodes)
            if (each.counter <= state.lastCounter)
                hashNode(hash, core, each.node);
    }
    for (const UnknownEntry& each : core.unknown) {
        hash.add(each.op);
        hash.add(each.operation.kind);
        hash.addBytes(each.operation.body);
    }
    return hash.value();
}

}  // namespace pe::crdt
