// SPDX-License-Identifier: MIT
#include "only_item.hpp"

#include <algorithm>
#include <utility>

#include "fixes.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/line_breaks.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

// Text with anchors or aliases cannot be carried to another place as it is.
bool isShared(const yaml::Forest& forest, NodeRef node) {
    const auto children = forest.children(node);
    return forest.style(node) == yaml::Style::Alias ||
           forest.lexeme(node).props.find('&') != std::string_view::npos ||
           std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return isShared(forest, child); });
}

// The lines of a block mapping as those of an item: a dash before its first key.
std::string itemText(const Subject& subject, NodeRef mapping) {
    const std::size_t begin = subject.entrySpan(subject.forest().children(mapping).front()).begin;
    const std::size_t key = subject.keySpan(subject.forest().children(mapping).front()).begin;
    const std::size_t end = subject.entrySpan(mapping).end;
    std::string text(subject.text().substr(begin, key - begin));
    std::string_view indent = "- ";
    for (const std::string_view line : document::linesOf(subject.text().substr(key, end - key))) {
        text += yaml::isLineBreak(line.front()) ? "" : indent;
        text += line;
        indent = "  ";
    }
    return text;
}

}  // namespace

std::optional<Fix> onlyItemFix(std::string title, const PipelineContext& context, NodeRef entry) {
    const yaml::Forest& forest = context.forest;
    if (forest.style(entry) != yaml::Style::BlockMapping || isShared(forest, entry)) {
        auto value = yaml::valueOf(forest, entry);
        if (!value)
            return std::nullopt;
        return setValueFix(std::move(title), entry, Value::sequence({std::move(*value)}),
                           Safety::Safe);
    }
    document::Batch batch;
    batch.commands.push_back({document::SetValue{entry, Value::sequence()}, title, 0});
    batch.commands.push_back(
        {document::InsertText{entry, yaml::kNoNode, itemText(context.subject, entry)}, title, 0});
    document::Command command{std::move(batch), title, 0};
    return Fix{std::move(title), true, std::move(command)};
}

}  // namespace pe::check
