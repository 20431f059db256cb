// SPDX-License-Identifier: MIT
#include "pe/yaml/tree.hpp"

#include "tree_data.hpp"

namespace pe::yaml {
namespace {

std::string_view slice(const std::string& text, Offset begin, Offset end) {
    return {text.data() + begin, end - begin};
}

std::string_view openText(const std::string& text, const TreeNode& node) {
    if (node.trailingComma)
        return node.style == Style::FlowMapping ? "{," : "[,";
    return slice(text, node.propsEnd, node.openEnd);
}

// Counting sort by parent; the order among siblings is that of the nodes.
void linkChildren(ParsedText& parsed) {
    auto& nodes = parsed.nodes;
    for (std::size_t i = 1; i < nodes.size(); ++i)
        ++nodes[nodes[i].parent].childCount;
    std::uint32_t next = 0;
    for (TreeNode& node : nodes) {
        node.firstChild = next;
        next += node.childCount;
        node.childCount = 0;
    }
    parsed.childRefs.resize(next);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        TreeNode& parent = nodes[nodes[i].parent];
        parsed.childRefs[parent.firstChild + parent.childCount++] = static_cast<NodeRef>(i);
    }
}

}  // namespace

Tree TreeBuilder::build(ParsedText parsed) {
    linkChildren(parsed);
    return Tree(std::make_unique<Tree::Data>(Tree::Data{std::move(parsed)}));
}

Tree::Tree(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

Lexeme Tree::lexeme(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    const std::string& text = data_->text;
    Lexeme result;
    result.style = node.style;
    result.column = node.column;
    result.offset = node.offset;
    result.prefix = slice(text, node.prefixBegin, node.prefixEnd);
    result.key = slice(text, node.begin, node.keyEnd);
    result.colon = slice(text, node.keyEnd, node.colonEnd);
    result.props = slice(text, node.colonEnd, node.propsEnd);
    result.open = openText(text, node);
    result.raw = slice(text, node.openEnd, node.rawEnd);
    result.footer = slice(text, node.footerBegin, node.footerEnd);
    result.suffix = slice(text, node.footerEnd, node.suffixEnd);
    return result;
}

Style Tree::style(NodeRef ref) const {
    return data_->nodes[ref].style;
}

std::string_view Tree::key(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    return slice(data_->text, node.begin, node.keyEnd);
}

std::span<const NodeRef> Tree::children(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    return std::span(data_->childRefs).subspan(node.firstChild, node.childCount);
}

NodeRef Tree::parent(NodeRef ref) const {
    return data_->nodes[ref].parent;
}

const std::string& Tree::text() const {
    return data_->text;
}

std::size_t Tree::size() const {
    return data_->nodes.size();
}

Span Tree::entrySpan(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    return {node.prefixBegin, node.suffixEnd};
}

std::string_view Tree::entryText(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    return slice(data_->text, node.prefixBegin, node.suffixEnd);
}

Span Tree::keySpan(NodeRef ref) const {
    const TreeNode& node = data_->nodes[ref];
    const bool isItem = isSequence(data_->nodes[node.parent == kNoNode ? 0 : node.parent].style);
    return {node.begin, isItem ? node.begin : node.keyEnd};
}

Span Tree::valueSpan(NodeRef ref) const {
    const TreeNode* node = &data_->nodes[ref];
    Span span{node->colonEnd, node->rawEnd};
    if (isBlockCollection(node->style) && node->childCount > 0 && node->propsEnd == node->colonEnd)
        span.begin = data_->nodes[data_->childRefs[node->firstChild]].begin;
    while (isBlockCollection(node->style) && node->childCount > 0)
        node = &data_->nodes[data_->childRefs[node->firstChild + node->childCount - 1]];
    span.end = isFlowCollection(node->style) ? node->footerEnd : node->rawEnd;
    return span;
}

const std::vector<Problem>& Tree::problems() const {
    return data_->problems;
}

bool Tree::editable() const {
    return data_->editable;
}

}  // namespace pe::yaml
