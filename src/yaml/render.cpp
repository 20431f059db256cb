// SPDX-License-Identifier: MIT
#include "pe/yaml/render.hpp"

#include <algorithm>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "render_entry.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

// Collects the spans of a whole rendering.
class SpanTable final : public SpanSink {
public:
    explicit SpanTable(Rendering& rendering) : rendering_(rendering) {}

    void place(NodeRef node, Span entry, Span key, Span value) override {
        if (node >= rendering_.entries.size()) {
            const std::size_t size = std::max<std::size_t>(node + 1, 2 * rendering_.entries.size());
            rendering_.entries.resize(size);
            rendering_.keys.resize(size);
            rendering_.values.resize(size);
        }
        rendering_.entries[node] = entry;
        rendering_.keys[node] = key;
        rendering_.values[node] = value;
        count_ = std::max<std::size_t>(count_, node + 1);
    }
    void finish() {
        rendering_.entries.resize(count_);
        rendering_.keys.resize(count_);
        rendering_.values.resize(count_);
    }

private:
    Rendering& rendering_;
    std::size_t count_ = 0;
};

bool commaFollows(const Forest& forest, NodeRef node) {
    return forest.children(forest.parent(node)).back() != node;
}

// A break in the texts that an entry has before its children, or behind them.
std::string_view breakBefore(const Lexeme& lexeme) {
    for (const std::string_view text :
         {lexeme.prefix, lexeme.key, lexeme.colon, lexeme.props, lexeme.open, lexeme.raw})
        if (const auto found = firstBreak(text); !found.empty())
            return found;
    return {};
}

std::string_view breakBehind(const Lexeme& lexeme) {
    const auto found = firstBreak(lexeme.footer);
    return found.empty() ? firstBreak(lexeme.suffix) : found;
}

std::string_view breakIn(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    std::string_view found = breakBefore(lexeme);
    for (const NodeRef child : forest.children(node)) {
        if (!found.empty())
            return found;
        found = breakIn(forest, child);
    }
    return found.empty() ? breakBehind(lexeme) : found;
}

}  // namespace

std::string_view lineBreakOf(const Forest& forest) {
    const std::string_view found = breakIn(forest, kStream);
    return found.empty() ? "\n" : found;
}

Rendering render(const Forest& forest) {
    Rendering rendering;
    SpanTable table(rendering);
    RenderContext state;
    state.lineBreak = lineBreakOf(forest);
    Renderer(forest, rendering.text, state, &table).stream();
    table.finish();
    return rendering;
}

std::string renderText(const Forest& forest) {
    std::string text;
    RenderContext state;
    state.lineBreak = lineBreakOf(forest);
    Renderer(forest, text, state, nullptr).stream();
    return text;
}

int columnOf(const Forest& forest, NodeRef node) {
    int column = 0;
    for (NodeRef at = forest.parent(node); at != kNoNode && at != kStream; at = forest.parent(at))
        column += childOffset(forest.lexeme(at), forest.parent(at) == kStream);
    return column;
}

bool isInlineFirst(const Forest& forest, NodeRef node) {
    const NodeRef parent = forest.parent(node);
    if (parent == kNoNode)
        return false;
    // An entry may have a parent that does not show it.
    const auto siblings = forest.children(parent);
    return !siblings.empty() && siblings.front() == node && isCompact(forest.lexeme(parent));
}

bool endsText(const Forest& forest, NodeRef node) {
    for (NodeRef parent = forest.parent(node); parent != kNoNode; parent = forest.parent(node)) {
        const Lexeme lexeme = forest.lexeme(parent);
        if (forest.children(parent).back() != node)
            return false;
        if (!lexeme.footer.empty() || !lexeme.suffix.empty())
            return false;
        node = parent;
    }
    return true;
}

void Renderer::head(NodeRef node, int column) {
    const Lexeme lexeme = forest_.lexeme(node);
    if (forest_.parent(node) == kStream) {
        lines(lexeme.prefix, 0, 0);
        collectionHeader(lexeme, column);
        return;
    }
    state_.blockTextColumn = -1;
    state_.atLineStart = false;
    collectionHeader(lexeme, column);
}

void Renderer::tail(NodeRef node, int column) {
    const Lexeme lexeme = forest_.lexeme(node);
    const bool document = forest_.parent(node) == kStream;
    const auto children = forest_.children(node);
    if (!isBlockCollection(lexeme.style) || children.empty()) {
        if (document)
            this->document(node);
        else
            blockEntry(node, column, false);
        return;
    }
    const int inner = column + childOffset(lexeme, document);
    tail(children.back(), inner);
    lines(lexeme.footer, column - lexeme.column, inner);
    restOfLine(lexeme.suffix, column - lexeme.column, column);
}

RenderContext contextBefore(const Forest& forest, NodeRef node) {
    RenderContext context;
    context.lineBreak = lineBreakOf(forest);
    const NodeRef parent = forest.parent(node);
    if (parent == kNoNode)
        return context;
    const Lexeme above = forest.lexeme(parent);
    const NodeRef previous = previousOf(forest, node);
    const int column = columnOf(forest, node);
    std::string scratch;
    if (isFlowCollection(above.style)) {
        context.atLineStart = false;
        if (previous != kNoNode)
            Renderer(forest, scratch, context, nullptr).flowEntry(previous, column, true);
        context.flow = true;
        context.commaFollows = commaFollows(forest, node);
    } else if (previous != kNoNode) {
        Renderer(forest, scratch, context, nullptr).tail(previous, column);
    } else if (parent != kStream) {
        if (forest.parent(parent) == kStream)
            context = contextBefore(forest, parent);
        Renderer(forest, scratch, context, nullptr).head(parent, columnOf(forest, parent));
        context.inlineFirst = isCompact(above);
    }
    context.column = column;
    return context;
}

RenderContext contextAfter(const Forest& forest, NodeRef node) {
    RenderContext context;
    context.lineBreak = lineBreakOf(forest);
    std::string scratch;
    Renderer(forest, scratch, context, nullptr).tail(node, columnOf(forest, node));
    return context;
}

void renderEntry(const Forest& forest, NodeRef node, RenderContext& context, std::string& out,
                 SpanSink* spans) {
    Renderer renderer(forest, out, context, spans);
    if (node == kStream)
        renderer.stream();
    else if (forest.parent(node) == kStream)
        renderer.document(node);
    else if (context.flow)
        renderer.flowEntry(node, context.column, context.commaFollows);
    else
        renderer.blockEntry(node, context.column, context.inlineFirst);
}

}  // namespace pe::yaml
