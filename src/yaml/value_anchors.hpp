// SPDX-License-Identifier: MIT
// Anchors: what each name stands for at each alias, as the engine binds them.
#pragma once

#include <string_view>
#include <unordered_map>

#include "pe/yaml/forest.hpp"

namespace pe::yaml {

struct AnchorTarget {
    NodeRef node = kNoNode;
    bool isKey = false;  // the key of the entry, not its value
};

// For every alias (as the value or the key of a node) of the document, its target; kNoNode if its
// anchor does not stand before it. Bound as the engine does it: an anchor waits for the next key or
// scalar, or for the next collection that begins on a later line; so before `[` on its own line it
// means the first value inside, and without a value the key behind it. A collection counts when it
// is complete: an alias inside means what the name meant before.
class Anchors {
public:
    Anchors(const Forest& forest, NodeRef document);
    AnchorTarget valueTarget(NodeRef alias) const { return find(values_, alias); }
    AnchorTarget keyTarget(NodeRef entry) const { return find(keys_, entry); }
    // The first anchor that follows another one that still waits, which the engine refuses; its
    // node is kNoNode if there is none.
    const AnchorTarget& clash() const { return clash_; }

private:
    using Targets = std::unordered_map<NodeRef, AnchorTarget>;
    static AnchorTarget find(const Targets& targets, NodeRef node) {
        const auto found = targets.find(node);
        return found == targets.end() ? AnchorTarget{} : found->second;
    }
    // Whether the node is a collection that the waiting anchor means once it is complete.
    bool enter(NodeRef node);
    bool isSeen(NodeRef node, const Lexeme& lexeme) const;
    void enterKey(NodeRef node, std::string_view key);
    void leave(NodeRef node);
    void anchor(std::string_view name, AnchorTarget place);
    void scalar(AnchorTarget target);
    // Text between two values: a line may end in it.
    void pass(std::string_view text);
    AnchorTarget named(std::string_view alias) const;

    const Forest& forest_;
    std::unordered_map<std::string_view, AnchorTarget> named_;
    std::string_view waiting_;  // an anchor that means nothing yet
    bool onLaterLine_ = false;  // than that anchor
    Targets values_;
    Targets keys_;
    AnchorTarget clash_;
};

}  // namespace pe::yaml
