// SPDX-License-Identifier: MIT
// ChangeCheck: whether a change refers only to what exists and keeps the limits. It runs before
// anything is altered, so that a change is taken whole or not at all.
#pragma once

#include <vector>

#include "content.hpp"
#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"

namespace pe::crdt {

class ChangeCheck {
public:
    // `self` and `confirmed`: ids of this replica above `confirmed` are nobody else's to know.
    ChangeCheck(const NodeStore& nodes, const Content& content, const Change& change,
                ReplicaId self, std::uint32_t confirmed)
        : nodes_(nodes), content_(content), change_(change), self_(self), confirmed_(confirmed) {}

    Result<void> run();

private:
    struct NewElements {
        NodeId node;
        TextKey key;
        std::uint32_t first;
        std::uint32_t end;
    };

    bool check(const Operation& operation, std::uint32_t counter);
    bool fresh(OpId id) const {
        return id.replica == change_.replica && id.counter >= change_.firstCounter;
    }
    bool foreign(OpId id) const {
        return id.replica == self_ && id.counter > confirmed_ && change_.replica != self_;
    }
    // Null, or the id of an operation that its author can have seen.
    bool seen(OpId id) const;
    bool node(NodeId id) const;
    bool childNode(NodeId id) const { return id && node(id); }
    bool sibling(NodeId id) const { return !id || node(id); }
    bool place(const Place& place) const;
    bool text(NodeId node, TextKey key, const ElementRange& range) const;
    bool insertion(const TextInsert& insert) const;
    bool deletion(const TextDelete& erase) const;
    void remember(NodeId node, TextKey key, std::uint32_t first, std::size_t count);

    const NodeStore& nodes_;
    const Content& content_;
    const Change& change_;
    ReplicaId self_;
    std::uint32_t confirmed_;
    std::uint64_t end_ = 0;  // the counter behind the change
    std::vector<std::uint32_t> created_;
    std::vector<NewElements> inserted_;
};

}  // namespace pe::crdt
