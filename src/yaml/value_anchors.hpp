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
// anchor does not stand before it. The engine binds an anchor before a flow mapping to that
// mapping's first key, and an anchor without a value to the next key or scalar; so does this.
class Anchors {
public:
    Anchors(const Forest& forest, NodeRef document);
    AnchorTarget valueTarget(NodeRef alias) const { return find(values_, alias); }
    AnchorTarget keyTarget(NodeRef entry) const { return find(keys_, entry); }

private:
    using Targets = std::unordered_map<NodeRef, AnchorTarget>;
    static AnchorTarget find(const Targets& targets, NodeRef node) {
        const auto found = targets.find(node);
        return found == targets.end() ? AnchorTarget{} : found->second;
    }
    void visit(const Forest& forest, NodeRef node);
    void bind(std::string_view name, AnchorTarget target) { named_[name] = target; }
    void bindPending(AnchorTarget target);

    std::unordered_map<std::string_view, AnchorTarget> named_;
    std::string_view pending_;
    Targets values_;
    Targets keys_;
};

}  // namespace pe::yaml
