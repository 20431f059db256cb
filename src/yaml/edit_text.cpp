// SPDX-License-Identifier: MIT
// Entries that come as text: what is pasted keeps its comments and its formatting.
#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "edit_place.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::yaml {

namespace {

constexpr std::string_view kHolder = "items:";

std::string withLineBreaks(std::string_view text, std::string_view lineBreak) {
    std::string result;
    result.reserve(text.size() + kHolder.size() + 2);
    result.append(kHolder).append(lineBreak);
    for (const char byte : text) {
        if (byte == '\n')
            result.append(lineBreak);
        else if (byte != '\r')
            result += byte;
    }
    if (!result.ends_with('\n'))
        result.append(lineBreak);
    return result;
}

// An anchor of the text might be one of the forest too, and an alias would lose its anchor.
bool usesAnchors(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    if (lexeme.style == Style::Alias || lexeme.props.find('&') != std::string_view::npos)
        return true;
    for (const NodeRef child : forest.children(node))
        if (usesAnchors(forest, child))
            return true;
    return false;
}

Entry entryOf(const Forest& forest, NodeRef node) {
    Entry entry = formOf(forest.lexeme(node));
    for (const NodeRef child : forest.children(node))
        entry.children.push_back(entryOf(forest, child));
    return entry;
}

}  // namespace

Result<Edit> insertItems(const Forest& forest, NodeRef list, NodeRef after, std::string_view text) {
    PE_TRY(checkTarget(forest, list, after));
    PE_TRY(checkNotAnchored(forest, list));
    if (!isSequence(forest.style(list)))
        return fail(ErrorCode::InvalidArgument, "Only a list can take items.");
    const Tree items = parse(withLineBreaks(text, lineBreakOf(forest)));
    const NodeRef root = rootDocument(items);
    const NodeRef holder = root == kNoNode ? kNoNode : child(items, root, "items");
    if (!items.editable() || holder == kNoNode || items.children(root).size() != 1 ||
        items.style(holder) != Style::BlockSequence)
        return fail(ErrorCode::InvalidArgument,
                    "The text is no YAML list: each item begins with a dash.");
    if (usesAnchors(items, holder))
        return fail(ErrorCode::Refused,
                    "The text uses anchors; insert it in the text of the file instead.");
    EditBuilder builder(forest);
    if (isFlowCollection(forest.style(list))) {
        if (!forest.children(list).empty() || builder.inFlow(list))
            return fail(ErrorCode::Refused,
                        "This list is written in brackets, which cannot hold the text as it is.");
        builder.openBlock(list);
    }
    const bool last = endsUnbroken(forest, list, after);
    for (const NodeRef item : items.children(holder)) {
        Entry entry = entryOf(items, item);
        builder.blankLineBefore(list, after, entry);
        if (last && item == items.children(holder).back())
            dropFinalBreak(entry);
        builder.insertForm(list, after, std::move(entry));
    }
    return builder.take();
}

}  // namespace pe::yaml
