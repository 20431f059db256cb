// SPDX-License-Identifier: MIT
// Content: the registers and texts of nodes. Its operations commute, so they need no order; those
// that are pending can be taken back, last made first.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node_store.hpp"
#include "pe/crdt/change.hpp"

namespace pe::crdt {

// A version as it is read, be it born with the node or set later.
struct VersionView {
    std::string_view value;
    bool absent = false;
    Hlc hlc;
    OpId op;
    OpId origin;
};

class Content {
public:
    Content(NodeStore& nodes, Effects& effects) : nodes_(nodes), effects_(effects) {}

    // Reading.
    std::optional<VersionView> shown(NodeHandle node, RegisterKey key) const;
    // Newest first: the shown one, then the losers.
    std::vector<VersionView> versions(NodeHandle node, RegisterKey key) const;
    std::vector<RegisterKey> keys(NodeHandle node) const;
    const Text* text(NodeHandle node, TextKey key) const;
    Text& ensureText(NodeHandle node, TextKey key);

    // Writing. `op` is the id of the operation; references were checked.
    void init(NodeHandle node, const Create& create, OpId op, Hlc hlc);
    void clear(NodeHandle node);
    void apply(const Operation& operation, OpId op, bool pending);
    // Into the text of the node with this key.
    void insertText(Text& text, NodeHandle node, TextKey key, OpId first, OpId left, OpId right,
                    ElementsView elements);
    void eraseText(NodeHandle node, TextKey key, OpId op, const std::vector<ElementRange>& ranges);
    void takeBack(const Operation& operation, OpId op);
    // Forgets what a pending Set hid, now that it is confirmed.
    void confirm(const Operation& operation, OpId op);
    void mute(bool muted) { muted_ = muted; }

private:
    void applySet(const Set& set, OpId op, bool pending);
    void takeBackSet(const Set& set, OpId op);
    void bornVersion(NodeHandle node, RegisterKey key);
    bool hasVersions(NodeHandle node, RegisterKey key) const;
    void registerChanged(NodeHandle node, RegisterKey key, OpId op);
    void textChanged(NodeHandle node, TextKey key, OpId op);

    NodeStore& nodes_;
    Effects& effects_;
    std::vector<Splice> splices_;
    bool muted_ = false;
};

}  // namespace pe::crdt
