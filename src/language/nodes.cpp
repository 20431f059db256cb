// SPDX-License-Identifier: MIT
#include "nodes.hpp"

#include <algorithm>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {

using yaml::kNoNode;
using yaml::NodeRef;

NodeRef nodeAt(const check::Subject& subject, std::size_t offset) {
    NodeRef node = yaml::kStream;
    for (;;) {
        const auto children = subject.forest().children(node);
        const auto next = std::partition_point(children.begin(), children.end(), [&](NodeRef each) {
            return subject.entrySpan(each).end <= offset;
        });
        auto found = next;
        // The end of the text belongs to the last entry.
        if (found == children.end() && !children.empty() && offset >= subject.text().size())
            --found;
        if (found == children.end() || subject.entrySpan(*found).begin > offset)
            return node;
        node = *found;
    }
}

bool holds(yaml::Span span, std::size_t offset) {
    return span.begin <= offset && offset <= span.end && span.begin < span.end;
}

std::string textOf(const yaml::Forest& forest, NodeRef node) {
    return node == kNoNode ? std::string() : yaml::DecodedText::ofScalar(forest, node).string();
}

std::vector<PathStep> pathTo(const yaml::Forest& forest, NodeRef node) {
    std::vector<PathStep> path;
    for (; node != kNoNode && node != yaml::kStream; node = forest.parent(node)) {
        const NodeRef parent = forest.parent(node);
        if (parent == yaml::kStream || parent == kNoNode)
            break;
        PathStep step;
        step.item = yaml::isSequence(forest.style(parent));
        if (step.item)
            step.type = textOf(forest, entryOf(forest, node, "type"));
        else
            step.key = yaml::keyText(forest, node);
        path.push_back(std::move(step));
    }
    std::reverse(path.begin(), path.end());
    return path;
}

yaml::Span bareSpan(const check::Subject& subject, NodeRef node) {
    yaml::Span span = subject.entrySpan(node);
    const std::string_view text = subject.text();
    span.begin = std::min(span.begin + subject.forest().lexeme(node).prefix.size(), span.end);
    while (span.begin < span.end && text[span.begin] == ' ')
        ++span.begin;
    while (span.end > span.begin &&
           std::string_view(" \t\r\n").find(text[span.end - 1]) != std::string_view::npos)
        --span.end;
    return span;
}

yaml::Span innerSpan(std::string_view text, yaml::Span span) {
    const bool quoted = span.end - span.begin >= 2 && span.end <= text.size() &&
                        (text[span.begin] == '"' || text[span.begin] == '\'') &&
                        text[span.end - 1] == text[span.begin];
    return quoted ? yaml::Span{span.begin + 1, span.end - 1} : span;
}

}  // namespace pe::language
