// SPDX-License-Identifier: MIT
// Entries that come, go, change their key or are copied.
#include <algorithm>

#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "edit_place.hpp"
#include "pe/yaml/edit.hpp"
#include "shift.hpp"

namespace pe::yaml {

bool isChild(const Forest& forest, NodeRef parent, NodeRef node) {
    const auto children = forest.children(parent);
    return std::find(children.begin(), children.end(), node) != children.end();
}

Result<void> checkTarget(const Forest& forest, NodeRef parent, NodeRef after) {
    const Style style = forest.style(parent);
    if (!isCollection(style))
        return fail(ErrorCode::InvalidArgument, "Only a list or a mapping can take entries.");
    if (after != kNoNode && !isChild(forest, parent, after))
        return fail(ErrorCode::InvalidArgument, "The entry to stand behind is not in this place.");
    return {};
}

Result<void> checkKeyIsFree(const Forest& forest, NodeRef mapping, std::string_view key,
                            NodeRef except) {
    for (const NodeRef child : forest.children(mapping))
        if (child != except && keyText(forest, child) == key)
            return fail(ErrorCode::Conflict,
                        "There is a key \"" + std::string(key) + "\" here already.");
    return {};
}

Result<void> checkIsEntry(const Forest& forest, NodeRef node) {
    if (node == kStream || forest.parent(node) == kStream)
        return fail(ErrorCode::Refused, "Whole documents are edited in the text.");
    if (forest.style(node) == Style::Opaque)
        return fail(ErrorCode::Refused, "This part of the file can only be edited as text.");
    return {};
}

Result<Edit> insertEntry(const Forest& forest, NodeRef parent, NodeRef after, std::string_view key,
                         const Value& value, Sharing sharing) {
    PE_TRY(checkTarget(forest, parent, after));
    if (isMapping(forest.style(parent)))
        PE_TRY(checkKeyIsFree(forest, parent, key));
    if (sharing == Sharing::Refuse)
        PE_TRY(checkNotAnchored(forest, parent));
    EditBuilder builder(forest);
    const Value name = Value::ofString(std::string(key));
    PE_TRY(builder.insert(parent, after, &name, value));
    return builder.take();
}

Result<Edit> removeEntry(const Forest& forest, NodeRef node, Sharing sharing) {
    PE_TRY(checkIsEntry(forest, node));
    if (sharing == Sharing::Refuse)
        PE_TRY(checkNotAnchored(forest, forest.parent(node)));
    PE_TRY(checkRemovable(forest, {&node, 1}));
    EditBuilder builder(forest);
    builder.remove(node);
    const NodeRef parent = forest.parent(node);
    const auto siblings = forest.children(parent);
    if (siblings.size() > 1 && siblings.front() == node)
        builder.changeFirst(parent, siblings[1], false);
    return builder.take();
}

Result<Edit> renameKey(const Forest& forest, NodeRef node, std::string_view key, Sharing sharing) {
    PE_TRY(checkIsEntry(forest, node));
    const NodeRef parent = forest.parent(node);
    if (!isMapping(forest.style(parent)))
        return fail(ErrorCode::InvalidArgument, "An item of a list has no key.");
    const std::string_view raw = forest.key(node);
    if (raw.empty() || std::string_view("?&!*").find(raw.front()) != std::string_view::npos)
        return fail(ErrorCode::Refused, "This key can only be changed in the text.");
    if (keyText(forest, node) == key)
        return Edit{};
    PE_TRY(checkKeyIsFree(forest, parent, key, node));
    if (sharing == Sharing::Refuse)
        PE_TRY(checkNotAnchored(forest, parent));
    EditBuilder builder(forest);
    const Former former(forest, parent);
    PE_TRY_ASSIGN(
        builder.patch(node, Field::Key).key,
        former.key(Value::ofString(std::string(key)), quotesOf(raw), builder.inFlow(node)));
    return builder.take();
}

}  // namespace pe::yaml
