// SPDX-License-Identifier: MIT
#include "value_anchors.hpp"

#include <vector>

#include "value_key.hpp"

namespace pe::yaml {

Anchors::Anchors(const Forest& forest, NodeRef document) {
    std::vector<NodeRef> open{document};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        visit(forest, node);
        const auto children = forest.children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
}

void Anchors::bindPending(AnchorTarget target) {
    if (!pending_.empty())
        bind(pending_, target);
    pending_ = {};
}

void Anchors::visit(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    const bool hasKey = !lexeme.key.empty() && lexeme.key != "-";
    if (hasKey) {
        if (lexeme.key.starts_with('*')) {
            const auto found = named_.find(lexeme.key.substr(1));
            if (found != named_.end())
                keys_[node] = found->second;
        }
        bindPending({node, true});
        if (const auto name = anchorOf(simpleKey(lexeme.key).props); !name.empty())
            bind(name, {node, true});
    }
    const auto name = lexeme.props.empty() ? std::string_view{} : anchorOf(lexeme.props);
    const bool isFlowMapping = lexeme.style == Style::FlowMapping && !lexeme.open.empty();
    if (!name.empty())
        bind(name, {node, false});
    if (!name.empty() &&
        (lexeme.style == Style::Empty || (isFlowMapping && !forest.children(node).empty()))) {
        pending_ = name;
    } else if (lexeme.style == Style::Alias) {
        const auto found = named_.find(lexeme.raw.substr(1));
        if (found != named_.end())
            values_[node] = found->second;
    } else if (!isCollection(lexeme.style) && lexeme.style != Style::Empty) {
        bindPending({node, false});
    }
}

}  // namespace pe::yaml
