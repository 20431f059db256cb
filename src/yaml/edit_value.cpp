// SPDX-License-Identifier: MIT
// setValue: the smallest change of entries that gives a node another value.
#include <algorithm>
#include <vector>

#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "pe/yaml/edit.hpp"

namespace pe::yaml {
namespace {

bool sameValue(const Value& a, const Value& b) {
    if (a.kind != b.kind || a.items.size() != b.items.size())
        return false;
    return a == b;
}

bool holds(const Forest& forest, NodeRef node, const Value& value) {
    const Result<Value> current = valueOf(forest, node);
    return current && sameValue(*current, value);
}

Result<void> update(EditBuilder& builder, NodeRef node, const Value& value, Sharing sharing);

Result<void> updateMapping(EditBuilder& builder, NodeRef node, const Value& value,
                           Sharing sharing) {
    const Forest& forest = builder.forest();
    const auto children = forest.children(node);
    std::vector<Value> keys;
    for (const NodeRef child : children)
        keys.push_back(keyValueOf(forest, child));
    // Later entries of a kept key stay: nothing reads them.
    NodeRef after = kNoNode;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const bool wanted = std::any_of(value.entries.begin(), value.entries.end(),
                                        [&](const auto& entry) { return entry.first == keys[i]; });
        if (wanted)
            after = children[i];
        else
            builder.remove(children[i]);
    }
    for (const auto& [key, item] : value.entries) {
        const auto found = std::find(keys.begin(), keys.end(), key);
        if (found == keys.end())
            PE_TRY(builder.insert(node, after, &key, item));
        else
            PE_TRY(update(builder, children[static_cast<std::size_t>(found - keys.begin())], item,
                          sharing));
    }
    return {};
}

Result<void> updateSequence(EditBuilder& builder, NodeRef node, const Value& value,
                            Sharing sharing) {
    const Forest& forest = builder.forest();
    const auto children = forest.children(node);
    const std::size_t before = children.size();
    const std::size_t now = value.items.size();
    std::size_t head = 0;
    while (head < before && head < now && holds(forest, children[head], value.items[head]))
        ++head;
    std::size_t tail = 0;
    while (tail < before - head && tail < now - head &&
           holds(forest, children[before - 1 - tail], value.items[now - 1 - tail]))
        ++tail;
    const std::size_t common = std::min(before, now) - tail;
    for (std::size_t i = head; i < common; ++i)
        PE_TRY(update(builder, children[i], value.items[i], sharing));
    for (std::size_t i = common; i < before - tail; ++i)
        builder.remove(children[i]);
    const NodeRef after = common == 0 ? kNoNode : children[common - 1];
    for (std::size_t i = common; i < now - tail; ++i)
        PE_TRY(builder.insert(node, after, nullptr, value.items[i]));
    return {};
}

Result<void> update(EditBuilder& builder, NodeRef node, const Value& value, Sharing sharing) {
    const Forest& forest = builder.forest();
    const Style style = forest.style(node);
    if (holds(forest, node, value))
        return {};
    if (style == Style::Alias && sharing == Sharing::Refuse)
        return fail(ErrorCode::Refused, "This value is the alias " +
                                            std::string(forest.lexeme(node).raw) +
                                            ". Edit its source, or replace the alias by a copy.");
    if (style == Style::Opaque || style == Style::Stream)
        return fail(ErrorCode::Refused, "This part of the file can only be edited as text.");
    const Lexeme lexeme = forest.lexeme(node);
    if (lexeme.key.starts_with('?') && lexeme.colon.find(':') == std::string_view::npos)
        return fail(ErrorCode::Refused, "An explicit `?` key gets its first value in the text.");
    const bool emptied = isEmptyCollection(value) && !isFlowCollection(style);
    if (isMapping(style) && value.kind == Value::Kind::Mapping && !emptied)
        return updateMapping(builder, node, value, sharing);
    if (isSequence(style) && value.kind == Value::Kind::Sequence && !emptied)
        return updateSequence(builder, node, value, sharing);
    if (isCollection(style) || isCollection(value))
        return builder.replace(node, value);
    return builder.setScalar(node, value);
}

}  // namespace

Result<Edit> setValue(const Forest& forest, NodeRef node, const Value& value, Sharing sharing) {
    if (node == kStream)
        return fail(ErrorCode::InvalidArgument, "The stream itself has no value to set.");
    PE_TRY(checkNotShared(forest, node, sharing));
    EditBuilder builder(forest);
    PE_TRY(update(builder, node, value, sharing));
    return builder.take();
}

Result<Edit> setTypedText(const Forest& forest, NodeRef node, std::string_view text,
                          Sharing sharing) {
    const Style style = forest.style(node);
    const bool quoted = style == Style::SingleQuoted || style == Style::DoubleQuoted;
    const bool firstBreak = quoted && text.find('\n') != std::string_view::npos &&
                            scalarText(forest, node).find('\n') == std::string::npos;
    if (!firstBreak)
        return setValue(forest, node, Value::ofString(std::string(text)), sharing);
    PE_TRY(checkNotShared(forest, node, sharing));
    EditBuilder builder(forest);
    PE_TRY(builder.setText(node, text, Style::Literal));
    return builder.take();
}

}  // namespace pe::yaml
