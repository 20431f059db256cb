// SPDX-License-Identifier: MIT
#include "projection.hpp"

#include <algorithm>

namespace pe::document {
namespace {

using yaml::kNoNode;
using yaml::kStream;
using yaml::NodeRef;
using yaml::Span;

struct Placed {
    NodeRef node;
    Span entry;
    Span key;
    Span value;
};

class ScopeSpans final : public yaml::SpanSink {
public:
    void place(NodeRef node, Span entry, Span key, Span value) override {
        placed.push_back({node, entry, key, value});
    }

    std::vector<Placed> placed;
};

Span movedBy(Span span, std::size_t by) {
    return {span.begin + by, span.end + by};
}

std::vector<NodeRef> pathTo(const yaml::Forest& forest, NodeRef node) {
    std::vector<NodeRef> path;
    for (; node != kNoNode; node = forest.parent(node))
        path.push_back(node);
    std::reverse(path.begin(), path.end());
    return path;
}

NodeRef commonAncestor(const yaml::Forest& forest, NodeRef a, NodeRef b) {
    if (a == kNoNode)
        return b;
    const auto left = pathTo(forest, a);
    const auto right = pathTo(forest, b);
    std::size_t i = 0;
    while (i + 1 < left.size() && i + 1 < right.size() && left[i + 1] == right[i + 1])
        ++i;
    return left[i];
}

}  // namespace

std::vector<TextPatch> Projection::renderAll(const yaml::Forest& forest) {
    yaml::Rendering rendering = yaml::render(forest);
    auto patches = patchesBetween(text_, rendering.text);
    text_ = std::move(rendering.text);
    entries_ = std::move(rendering.entries);
    keys_ = std::move(rendering.keys);
    values_ = std::move(rendering.values);
    return patches;
}

RenderScope Projection::scopeOf(const yaml::Forest& forest, NodeRef node) const {
    RenderScope scope;
    // What has no lines of its own is rendered with what holds it.
    while (node != kStream) {
        const NodeRef parent = forest.parent(node);
        if (parent == kStream || parent == kNoNode)
            return scope;
        const bool block = yaml::isBlockCollection(forest.style(parent));
        if (block && !yaml::isInlineFirst(forest, node))
            break;
        node = parent;
    }
    if (node == kStream || entry(node).begin == entry(node).end)
        return scope;
    scope.node = node;
    scope.behind = yaml::contextAfter(forest, node);
    return scope;
}

RenderScope Projection::scopeOf(const yaml::Forest& forest, const yaml::Edit& edit) const {
    NodeRef common = kNoNode;
    const auto touch = [&](NodeRef node) {
        common = node == kNoNode ? kStream : commonAncestor(forest, common, node);
    };
    for (const NodeRef node : edit.removals)
        touch(forest.parent(node));
    for (const auto& move : edit.relocations) {
        touch(forest.parent(move.node));
        touch(move.parent);
    }
    for (const auto& insertion : edit.insertions) {
        touch(insertion.parent);
        for (const NodeRef carried : yaml::carriedBy(insertion.entry))
            touch(forest.parent(carried));
    }
    for (const auto& patch : edit.patches)
        touch(patch.node);
    return common == kNoNode ? RenderScope{} : scopeOf(forest, common);
}

RenderScope Projection::scopeOf(const yaml::Forest& forest, Span bytes) const {
    NodeRef found = kStream;
    for (NodeRef node = kStream;;) {
        const auto children = forest.children(node);
        const auto next = std::upper_bound(
            children.begin(), children.end(), bytes.begin,
            [this](std::size_t offset, NodeRef child) { return offset < entry(child).end; });
        if (next == children.end())
            break;
        node = *next;
        // The line break at the end belongs to the entry, but an edit there may join two entries.
        if (key(node).begin > bytes.begin || entry(node).end <= bytes.end)
            break;
        found = node;
    }
    return scopeOf(forest, found);
}

RenderScope Projection::scopeOf(const yaml::Forest& forest,
                                const std::vector<NodeRef>& nodes) const {
    NodeRef common = kNoNode;
    for (const NodeRef node : nodes)
        common = commonAncestor(forest, common, node);
    return common == kNoNode ? RenderScope{} : scopeOf(forest, common);
}

std::vector<TextPatch> Projection::update(const yaml::Forest& forest, const RenderScope& scope) {
    const bool restStays = scope.node != kStream &&
                           yaml::contextAfter(forest, scope.node).sameTextBefore(scope.behind);
    if (!restStays)
        return renderAll(forest);
    yaml::RenderContext context = yaml::contextBefore(forest, scope.node);
    std::string lines;
    ScopeSpans spans;
    yaml::renderEntry(forest, scope.node, context, lines, &spans);
    const Span before = entry(scope.node);
    const std::size_t length = before.end - before.begin;
    auto patches = patchesBetween(std::string_view(text_).substr(before.begin, length), lines);
    if (!patches.empty()) {
        text_.replace(before.begin, length, lines);
        for (TextPatch& each : patches)
            each.offset += before.begin;
        shiftAfter(before.end,
                   static_cast<std::ptrdiff_t>(lines.size()) - static_cast<std::ptrdiff_t>(length));
    }
    for (const Placed& each : spans.placed) {
        if (each.node >= entries_.size()) {
            entries_.resize(each.node + 1);
            keys_.resize(each.node + 1);
            values_.resize(each.node + 1);
        }
        entries_[each.node] = movedBy(each.entry, before.begin);
        keys_[each.node] = movedBy(each.key, before.begin);
        values_[each.node] = movedBy(each.value, before.begin);
    }
    placeValuesAround(forest, scope.node);
    return patches;
}

// The value of a collection begins with the key of its first entry and ends with the value of its
// last, which are not the borders of their lines.
void Projection::placeValuesAround(const yaml::Forest& forest, NodeRef node) {
    for (NodeRef parent = forest.parent(node); parent != kStream; parent = forest.parent(node)) {
        const auto siblings = forest.children(parent);
        const bool first = siblings.front() == node && forest.lexeme(parent).props.empty();
        const bool last = siblings.back() == node;
        if (first)
            values_[parent].begin = keys_[node].begin;
        if (last)
            values_[parent].end = values_[node].end;
        if (!first && !last)
            return;
        node = parent;
    }
}

void Projection::shiftAfter(std::size_t offset, std::ptrdiff_t by) {
    const auto move = [offset, by](std::vector<Span>& spans) {
        for (Span& span : spans) {
            if (span.begin >= offset)
                span.begin = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(span.begin) + by);
            if (span.end >= offset)
                span.end = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(span.end) + by);
        }
    };
    if (by == 0)
        return;
    move(entries_);
    move(keys_);
    move(values_);
}

NodeRef Projection::nodeAt(const yaml::Forest& forest, std::size_t offset) const {
    NodeRef node = kStream;
    for (;;) {
        const auto children = forest.children(node);
        const auto next = std::upper_bound(
            children.begin(), children.end(), offset,
            [this](std::size_t at, NodeRef child) { return at < entry(child).end; });
        // Behind the last byte of the text stands the last entry.
        const bool behind = next == children.end() && !children.empty() && offset >= text_.size();
        const NodeRef child = behind ? children.back() : next == children.end() ? kNoNode : *next;
        if (child == kNoNode || entry(child).begin > offset)
            return node;
        node = child;
    }
}

}  // namespace pe::document
