// SPDX-License-Identifier: MIT
// Transaction: one gesture while it is made. Each call takes effect in the tree at once, so that
// the next one sees it; commit() makes the whole a pending Change, rollback() or destruction leaves
// no trace. A request that makes no sense (a node that is not there, a move into itself) is
// remembered and returned by commit(), which then rolls back. One transaction at a time; nothing
// else may change the tree meanwhile.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"

namespace pe::crdt {

class TreeCore;

class Transaction {
public:
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // `after` is the sibling the node comes behind; kNoNode puts it first.
    NodeHandle create(NodeHandle parent, NodeHandle after, RegisterPack registers = {},
                      std::vector<InitialText> texts = {});
    void move(NodeHandle node, NodeHandle parent, NodeHandle after);
    void remove(NodeHandle node);
    void restore(NodeHandle node);

    // Setting what is shown already, with no conflict to settle, is no operation.
    void set(NodeHandle node, RegisterKey key, std::string_view value);
    void clear(NodeHandle node, RegisterKey key);
    // Keeps the shown value and dismisses the others.
    void settle(NodeHandle node, RegisterKey key);

    void insertText(NodeHandle node, TextKey key, std::uint32_t position, ElementsView elements);
    void eraseText(NodeHandle node, TextKey key, std::uint32_t position, std::uint32_t count);

    bool failed() const;
    // Nothing was different so far: commit() would give a change without operations.
    bool empty() const;
    // A change without operations (nothing was different) is returned but not kept.
    Result<SharedChange> commit();
    void rollback();

private:
    friend class ReplicatedTree;
    explicit Transaction(TreeCore& core) : core_(&core) {}

    TreeCore* core_;
};

}  // namespace pe::crdt
