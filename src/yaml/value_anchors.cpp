// SPDX-License-Identifier: MIT
#include "value_anchors.hpp"

#include <vector>

#include "pe/yaml/line_breaks.hpp"
#include "value_key.hpp"

namespace pe::yaml {

Anchors::Anchors(const Forest& forest, NodeRef document) : forest_(forest) {
    struct Visit {
        NodeRef node;
        bool leaves = false;
        std::string_view meansIt = {};  // an anchor that means the collection that is left
    };
    std::vector<Visit> open{{document}};
    while (!open.empty()) {
        const Visit visit = open.back();
        open.pop_back();
        if (visit.leaves) {
            if (!visit.meansIt.empty())
                named_[visit.meansIt] = {visit.node, false};
            leave(visit.node);
            continue;
        }
        const bool taken = enter(visit.node);
        open.push_back({visit.node, true, taken ? waiting_ : std::string_view{}});
        if (taken)
            waiting_ = {};
        const auto children = forest.children(visit.node);
        for (auto child = children.rbegin(); child != children.rend(); ++child)
            open.push_back({*child});
    }
}

void Anchors::anchor(std::string_view name, AnchorTarget place) {
    if (!waiting_.empty() && clash_.node == kNoNode)
        clash_ = place;
    waiting_ = name;
    onLaterLine_ = false;
}

void Anchors::scalar(AnchorTarget target) {
    if (!waiting_.empty())
        named_[waiting_] = target;
    waiting_ = {};
}

void Anchors::pass(std::string_view text) {
    onLaterLine_ = onLaterLine_ || (!waiting_.empty() && hasBreak(text));
}

AnchorTarget Anchors::named(std::string_view alias) const {
    const auto found = named_.find(alias.substr(1));
    return found == named_.end() ? AnchorTarget{} : found->second;
}

void Anchors::enterKey(NodeRef node, std::string_view key) {
    if (key.empty() || key == "-")
        return;
    if (key.starts_with('*')) {
        keys_[node] = named(key);
        return;
    }
    if (const auto name = anchorOf(simpleKey(key).props); !name.empty())
        anchor(name, {node, true});
    scalar({node, true});
}

// Whether the engine sees an empty value behind an anchor: between commas, or under a tag.
bool Anchors::isSeen(NodeRef node, const Lexeme& lexeme) const {
    const NodeRef parent = forest_.parent(node);
    return lexeme.props.find('!') != std::string_view::npos ||
           (parent != kNoNode && forest_.style(parent) == Style::FlowSequence);
}

bool Anchors::enter(NodeRef node) {
    const Lexeme lexeme = forest_.lexeme(node);
    pass(lexeme.prefix);
    enterKey(node, lexeme.key);
    // Where nothing stands, the engine sees the value at its dash.
    const bool later = onLaterLine_;
    pass(lexeme.colon);
    const auto name = anchorOf(lexeme.props);
    if (!name.empty())
        anchor(name, {node, false});
    pass(lexeme.props);
    if (isCollection(lexeme.style)) {
        const bool taken = !waiting_.empty() && onLaterLine_;
        pass(lexeme.open);
        return taken;
    }
    if (lexeme.style == Style::Alias)
        values_[node] = named(lexeme.raw);
    else if (lexeme.style == Style::Empty ? isSeen(node, lexeme) || (name.empty() && later)
                                          : lexeme.style != Style::Opaque)
        scalar({node, false});
    return false;
}

void Anchors::leave(NodeRef node) {
    const Lexeme lexeme = forest_.lexeme(node);
    pass(lexeme.footer);
    pass(lexeme.suffix);
}

}  // namespace pe::yaml
