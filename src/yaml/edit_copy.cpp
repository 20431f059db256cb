// SPDX-License-Identifier: MIT
// Copies: of an entry behind it, and of a value in the place of an alias that stands for it.
#include <algorithm>
#include <utility>

#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "edit_literal.hpp"
#include "edit_place.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/properties.hpp"
#include "render_entry.hpp"
#include "shift.hpp"
#include "value_anchors.hpp"

namespace pe::yaml {

namespace {

// A name cannot stand for two values, so a copy has no anchors; its aliases keep their meaning.
std::string withoutAnchors(std::string_view text) {
    std::string result;
    while (text.starts_with('&') || text.starts_with('!')) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        const std::size_t next = std::min(text.find_first_not_of(" \t", end), text.size());
        if (text.front() == '!')
            result += text.substr(0, next);
        if (text.front() == '&' && next < text.size() && (text[next] == '\n' || text[next] == '\r'))
            return result.append(text.substr(end));
        text.remove_prefix(next);
    }
    return result.append(text);
}

Entry copyOf(const Forest& forest, NodeRef node) {
    Entry entry = formOf(forest.lexeme(node));
    entry.props = withoutAnchors(entry.props);
    entry.key = withoutAnchors(entry.key);
    for (const NodeRef child : forest.children(node))
        entry.children.push_back(copyOf(forest, child));
    // Without the anchor the properties' line break belongs to what stands before them.
    if (entry.props.find_first_not_of(" \t\r\n") == std::string::npos && hasBreak(entry.props)) {
        std::string& before = entry.key.empty() ? entry.prefix : entry.colon;
        before = std::string(withoutTrailingBlanks(before)) + entry.props;
        entry.props.clear();
    }
    return entry;
}

std::string freeKey(const Forest& forest, NodeRef mapping, const std::string& key) {
    for (int number = 2;; ++number) {
        std::string candidate = key + "_" + std::to_string(number);
        if (checkKeyIsFree(forest, mapping, candidate))
            return candidate;
    }
}

}  // namespace

Result<Edit> duplicateEntry(const Forest& forest, NodeRef node) {
    PE_TRY(checkIsEntry(forest, node));
    PE_TRY(checkNotAnchored(forest, forest.parent(node)));
    EditBuilder builder(forest);
    const NodeRef parent = forest.parent(node);
    Entry copy = copyOf(forest, node);
    if (isMapping(forest.style(parent))) {
        if (copy.key.starts_with('?'))
            return fail(ErrorCode::Refused, "An explicit `?` key can only be copied in the text.");
        const std::string key = freeKey(forest, parent, keyText(forest, node));
        PE_TRY_ASSIGN(copy.key,
                      Former(forest, parent)
                          .key(Value::ofString(key), quotesOf(copy.key), builder.inFlow(node)));
    }
    if (builder.inFlow(node))
        builder.separateFlow(parent, node, copy);
    else
        builder.blankLineBefore(parent, node, copy);
    builder.insertForm(parent, node, std::move(copy));
    return builder.take();
}

namespace {

// Texts of a value that begin in the middle of a line, for another column.
std::string shifted(std::string_view text, int delta) {
    std::string result;
    appendShifted(result, text, delta);
    return result;
}

std::string shiftedLines(std::string_view text, int delta) {
    std::string result;
    while (!text.empty())
        appendShiftedLine(result, takeLine(text), delta);
    return result;
}

// The value as it is written where the anchor stands, with its comments, for the place of an alias.
Entry copyFor(const Forest& forest, NodeRef alias, NodeRef value) {
    const Lexeme place = forest.lexeme(alias);
    Entry copy = copyOf(forest, value);
    const int delta = place.column - copy.column;
    copy.open = isBlockScalar(copy.style) ? std::string(headerIndicators(copy.open))
                                          : shifted(copy.open, delta);
    copy.raw = shiftedScalar(forest.lexeme(value), delta);
    const bool block = isBlockCollection(copy.style);
    copy.footer = block ? shiftedLines(copy.footer, delta) : shifted(copy.footer, delta);
    if (block)
        copy.offset = isItem(place) ? 2 : std::max(copy.offset, isMapping(copy.style) ? 2 : 0);
    return copy;
}

// Whether the value can stand there as it is written.
bool canStand(const EditBuilder& builder, NodeRef alias, NodeRef value) {
    const Forest& forest = builder.forest();
    const Lexeme place = forest.lexeme(alias);
    const auto inside = forest.children(value);
    const bool comment = !inside.empty() && !forest.lexeme(inside.front()).prefix.empty();
    const bool block = isBlockCollection(forest.style(value));
    return !builder.inFlow(alias) && !builder.inFlow(value) && !place.key.starts_with('?') &&
           !(block && comment && isItem(place)) && keepsAliases(forest, value, alias);
}

// The engine knows an anchor when its value is complete.
bool isInsideOwnAnchor(const Forest& forest, NodeRef alias, std::string_view name) {
    for (NodeRef node = forest.parent(alias); node != kNoNode; node = forest.parent(node))
        if (anchorOf(forest.lexeme(node).props) == name)
            return true;
    return false;
}

void placeCopy(EditBuilder& builder, NodeRef alias, NodeRef value) {
    Entry copy = copyFor(builder.forest(), alias, value);
    Frame frame = builder.frameOf(alias);
    if (isBlockCollection(copy.style) && !endsWithBreak(frame.tail) && frame.rest.empty())
        dropFinalBreak(copy);
    std::vector<Entry> children = std::move(copy.children);
    builder.place(alias, std::move(frame), copy);
    // What a list or a mapping is needs no tag.
    if (!isCollection(copy.style) && !copy.props.empty())
        builder.patch(alias, Field::Props).props = copy.props;
    for (Entry& child : children)
        builder.insertForm(alias, kNoNode, std::move(child));
}

}  // namespace

Result<Edit> copyAlias(const Forest& forest, NodeRef alias) {
    const Lexeme lexeme = forest.lexeme(alias);
    if (lexeme.style != Style::Alias)
        return fail(ErrorCode::InvalidArgument, "Only an alias can be replaced by a copy.");
    if (isInsideOwnAnchor(forest, alias, lexeme.raw.substr(1)))
        return fail(ErrorCode::Refused,
                    "The alias " + std::string(lexeme.raw) + " stands inside its own value.");
    const AnchorTarget target = Anchors(forest, documentOf(forest, alias)).valueTarget(alias);
    if (target.node == kNoNode)
        return fail(ErrorCode::Refused,
                    "No anchor above the alias " + std::string(lexeme.raw) + " has its name.");
    EditBuilder builder(forest);
    if (!target.isKey && canStand(builder, alias, target.node)) {
        placeCopy(builder, alias, target.node);
        return builder.take();
    }
    PE_TRY_ASSIGN(const Value value, valueOf(forest, alias));
    PE_TRY(builder.replace(alias, value));
    return builder.take();
}

}  // namespace pe::yaml
