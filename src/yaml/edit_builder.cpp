// SPDX-License-Identifier: MIT
#include "edit_builder.hpp"

#include <algorithm>

#include "edit_literal.hpp"
#include "edit_words.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/render.hpp"
#include "render_entry.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

bool sameField(const Entry& form, const Lexeme& lexeme, Field field) {
    switch (field) {
        case Field::Prefix:
            return form.prefix == lexeme.prefix;
        case Field::Key:
            return form.key == lexeme.key;
        case Field::Colon:
            return form.colon == lexeme.colon;
        case Field::Props:
            return form.props == lexeme.props;
        case Field::Footer:
            return form.footer == lexeme.footer;
        case Field::Suffix:
            return form.suffix == lexeme.suffix;
        case Field::Column:
            return form.column == lexeme.column;
        case Field::Value:
            break;
    }
    return form.style == lexeme.style && form.offset == lexeme.offset && form.open == lexeme.open &&
           form.raw == lexeme.raw;
}

bool needsBlock(const Value& value) {
    return (isCollection(value) && !isEmptyCollection(value)) ||
           (value.isString() && value.text.find('\n') != std::string::npos);
}

const Value& lastLeaf(const Value& value) {
    if (!value.items.empty())
        return lastLeaf(value.items.back());
    return value.entries.empty() ? value : lastLeaf(value.entries.back().second);
}

}  // namespace

std::string_view leadingWhiteLines(std::string_view prefix) {
    std::string_view rest = prefix;
    std::size_t length = 0;
    while (!rest.empty()) {
        const Line line = takeLine(rest);
        if (!isWhite(line.body) || line.lineBreak.empty())
            break;
        length += line.whole().size();
    }
    return prefix.substr(0, length);
}

Entry& EditBuilder::patch(NodeRef node, Field field) {
    for (FieldPatch& existing : edit_.patches)
        if (existing.node == node && existing.field == field)
            return existing.form;
    edit_.patches.push_back({node, field, formOf(forest_.lexeme(node))});
    return edit_.patches.back().form;
}

void EditBuilder::giveBrackets(NodeRef collection) {
    const Style style = forest_.style(collection);
    if (!isFlowCollection(style) || !forest_.lexeme(collection).open.empty())
        return;
    patch(collection, Field::Value).open = style == Style::FlowMapping ? "{" : "[";
    patch(collection, Field::Footer).footer = style == Style::FlowMapping ? "}" : "]";
}

void EditBuilder::remove(NodeRef node) {
    giveBrackets(forest_.parent(node));
    edit_.removals.push_back(node);
}

void EditBuilder::relocate(NodeRef node, NodeRef parent, NodeRef after) {
    if (parent != forest_.parent(node))
        giveBrackets(forest_.parent(node));
    edit_.relocations.push_back({node, parent, after});
}

Edit EditBuilder::take() {
    std::erase_if(edit_.patches, [this](const FieldPatch& patch) {
        const bool removed = std::find(edit_.removals.begin(), edit_.removals.end(), patch.node) !=
                             edit_.removals.end();
        return removed || sameField(patch.form, forest_.lexeme(patch.node), patch.field);
    });
    return std::move(edit_);
}

bool EditBuilder::inFlow(NodeRef node) const {
    const NodeRef parent = forest_.parent(node);
    return parent != kNoNode && isFlowCollection(forest_.style(parent));
}

bool EditBuilder::insertedBefore(NodeRef parent, NodeRef after) const {
    return std::any_of(edit_.insertions.begin(), edit_.insertions.end(),
                       [&](const Insertion& i) { return i.parent == parent && i.after == after; });
}

// New keys are quoted like the last key of the mapping, if that one need not have been.
Style EditBuilder::keyStyle(NodeRef mapping) const {
    const auto children = forest_.children(mapping);
    if (children.empty())
        return Style::Plain;
    const Style style = quotesOf(forest_.key(children.back()));
    if (style == Style::Plain || !plainIsSafe(keyText(forest_, children.back()), {}))
        return Style::Plain;
    return style;
}

void EditBuilder::separateFlow(NodeRef parent, NodeRef after, Entry& entry) {
    giveBrackets(parent);
    const auto children = forest_.children(parent);
    const bool chained = insertedBefore(parent, after);
    if (children.empty()) {
        if (chained)
            entry.prefix = " ";
        return;
    }
    const std::string_view first = forest_.lexeme(children.front()).prefix;
    const std::string_view second =
        children.size() > 1 ? forest_.lexeme(children[1]).prefix : std::string_view{};
    std::string between(hasBreak(first) ? first : " ");
    if (children.size() > 1 && !hasComment(second))
        between = second;
    if (hasComment(between))
        between = " ";
    entry.prefix = between;
    if (after == kNoNode && !chained) {
        const bool comment = hasComment(first);
        entry.prefix = comment ? std::string_view{} : first;
        if (!comment)
            patch(children.front(), Field::Prefix).prefix = between;
    } else if (after == children.back() && !chained) {
        const std::string_view suffix = forest_.lexeme(after).suffix;
        if (!suffix.empty() && isWhite(suffix)) {
            entry.suffix = suffix;
            patch(after, Field::Suffix).suffix.clear();
        }
    }
}

void EditBuilder::blankLineBefore(NodeRef parent, NodeRef after, Entry& entry) {
    if (entry.children.empty())
        return;
    int apart = 0;
    int close = 0;
    for (const NodeRef child : forest_.children(parent)) {
        if (child == forest_.children(parent).front() || forest_.children(child).empty())
            continue;
        ++(leadingWhiteLines(forest_.lexeme(child).prefix).empty() ? close : apart);
    }
    if (apart <= close)
        return;
    if (after != kNoNode || insertedBefore(parent, after)) {
        if (leadingWhiteLines(entry.prefix).empty())
            entry.prefix.insert(0, lineBreakOf(forest_));
        return;
    }
    const NodeRef first = forest_.children(parent).front();
    std::string& prefix = patch(first, Field::Prefix).prefix;
    if (leadingWhiteLines(prefix).empty())
        prefix.insert(0, lineBreakOf(forest_));
}

void EditBuilder::changeFirst(NodeRef parent, NodeRef first, bool oldFirstStays) {
    const NodeRef old = forest_.children(parent).front();
    const std::string_view oldPrefix = forest_.lexeme(old).prefix;
    const std::string_view newPrefix = forest_.lexeme(first).prefix;
    if (isFlowCollection(forest_.style(parent))) {
        const bool comments = hasComment(oldPrefix) || hasComment(newPrefix);
        if (!comments && !oldFirstStays)
            patch(first, Field::Prefix).prefix = oldPrefix;
        return;
    }
    const std::string_view oldWhite = leadingWhiteLines(oldPrefix);
    const std::string_view newWhite = leadingWhiteLines(newPrefix);
    if (oldWhite == newWhite)
        return;
    patch(first, Field::Prefix).prefix =
        std::string(oldWhite).append(newPrefix.substr(newWhite.size()));
    if (oldFirstStays)
        patch(old, Field::Prefix).prefix =
            std::string(newWhite).append(oldPrefix.substr(oldWhite.size()));
}

void EditBuilder::insertForm(NodeRef parent, NodeRef after, Entry entry) {
    edit_.insertions.push_back({parent, after, std::move(entry)});
}

Result<void> EditBuilder::insert(NodeRef parent, NodeRef after, const Value* key,
                                 const Value& value) {
    Style style = forest_.style(parent);
    if (isFlowCollection(style) && needsBlock(value) && !inFlow(parent) &&
        forest_.children(parent).empty())
        openBlock(parent);
    for (const FieldPatch& done : edit_.patches)
        if (done.node == parent && done.field == Field::Value)
            style = done.form.style;
    const bool flow = isFlowCollection(style);
    const Former former(forest_, parent);
    std::string keyText = flow ? "" : "-";
    if (isMapping(style)) {
        PE_TRY_ASSIGN(keyText,
                      former.key(key == nullptr ? Value::null() : *key, keyStyle(parent), flow));
    }
    if (flow) {
        const int column = forest_.lexeme(parent).column;
        PE_TRY_ASSIGN(Entry entry, former.flow(std::move(keyText), value, column));
        separateFlow(parent, after, entry);
        insertForm(parent, after, std::move(entry));
        return {};
    }
    const int column = columnOf(forest_, parent) + 2;
    PE_TRY_ASSIGN(Entry entry, former.block(std::move(keyText), value, column));
    blankLineBefore(parent, after, entry);
    if (endsUnbroken(forest_, parent, after))
        dropFinalBreak(entry);
    insertForm(parent, after, std::move(entry));
    return {};
}

void EditBuilder::openBlock(NodeRef node) {
    const Lexeme lexeme = forest_.lexeme(node);
    const Habits habits = habitsAt(forest_, forest_.parent(node));
    const bool mapping = isMapping(lexeme.style);
    Entry value;
    value.style = mapping ? Style::BlockMapping : Style::BlockSequence;
    value.offset = mapping ? habits.mappingOffset : habits.sequenceOffset;
    if (isItem(lexeme))
        value.offset = 2;
    if (isDocument(node))
        value.offset = 0;
    place(node, frameOf(node), value);
}

// What stands without quotes, on several lines or with escapes stays so where only words change.
bool EditBuilder::setWords(NodeRef node, const Lexeme& lexeme, const Value& value) {
    const bool kept = lexeme.style == Style::Folded || lexeme.style == Style::Plain ||
                      (!isBlockScalar(lexeme.style) &&
                       lexeme.raw.find_first_of("\n\\") != std::string_view::npos);
    auto raw = value.isString() && kept
                   ? rawWithWords(lexeme, scalarText(forest_, node), value.text)
                   : std::nullopt;
    if (raw)
        patch(node, Field::Value).raw = std::move(*raw);
    return raw.has_value();
}

Result<void> EditBuilder::setScalar(NodeRef node, const Value& value) {
    const Lexeme lexeme = forest_.lexeme(node);
    if (setWords(node, lexeme, value))
        return {};
    const Former former(forest_, forest_.parent(node));
    const ScalarPlace where = former.place(lexeme.column, inFlow(node));
    ScalarText text;
    std::optional<BlockText> block;
    if (!value.isString()) {
        text = encodeAtom(value);
    } else if (isBlockScalar(lexeme.style)) {
        block = rewriteBlock(lexeme, value.text, where, endsText(forest_, node));
        text = encodeString(value.text, Style::DoubleQuoted, where);
    } else if (lexeme.style == Style::SingleQuoted || lexeme.style == Style::DoubleQuoted) {
        text = encodeString(value.text, lexeme.style, where);
    } else if (lexeme.style == Style::Plain && plainIsSafe(value.text, where)) {
        text = encodeString(value.text, Style::Plain, where);
    } else {
        text = former.scalar(value, lexeme.key, where);
    }
    Entry form;
    form.style = text.style;
    form.offset = text.offset;
    form.raw = std::move(text.raw);
    form.open = headerIndicators(text.open);
    if (block) {
        form.style = Style::Literal;
        form.offset = block->offset;
        form.open = std::move(block->indicators);
        form.raw = std::move(block->raw);
    }
    place(node, frameOf(node), form);
    return {};
}

Result<void> EditBuilder::setText(NodeRef node, std::string_view value, Style preferred) {
    const Former former(forest_, forest_.parent(node));
    const ScalarPlace where = former.place(forest_.lexeme(node).column, inFlow(node));
    ScalarText text = encodeString(value, preferred, where);
    Entry form;
    form.style = text.style;
    form.offset = text.offset;
    form.raw = std::move(text.raw);
    form.open = headerIndicators(text.open);
    place(node, frameOf(node), form);
    return {};
}

// Whether the scalar can be written inside `value`, which replaces it, as it is written now.
bool EditBuilder::canStandInside(NodeRef node, const Value& value) const {
    const Lexeme lexeme = forest_.lexeme(node);
    const bool unended =
        isBlockScalar(lexeme.style) && !lexeme.raw.empty() && !endsWithBreak(lexeme.raw);
    const Result<Value> now = valueOf(forest_, node);
    return isScalar(lexeme.style) && !isDocument(node) && now && now->isString() &&
           lexeme.props.find('!') == std::string_view::npos &&
           (!unended || lastLeaf(value) == Value::ofString(scalarText(forest_, node)));
}

// Comments between a key and its value stand above the first entry of a collection there; one on
// the key's own line stays on it.
std::string EditBuilder::commentsAbove(Frame& frame, int column) const {
    const std::size_t begin = frame.colon.find(':') + 1;
    std::string_view rest = std::string_view(frame.colon).substr(begin);
    if (!hasComment(rest))
        return {};
    std::string comments;
    const auto add = [&](std::string_view body) {
        if (isComment(body))
            comments.append(static_cast<std::size_t>(column), ' ')
                .append(withoutTrailingBlanks(body.substr(body.find('#'))))
                .append(lineBreakOf(forest_));
    };
    const std::string own(takeLine(rest).body);
    while (!rest.empty())
        add(takeLine(rest).body);
    if (isComment(own)) {
        add(withoutFinalBreak(frame.tail));
        frame.tail = own + std::string(lineBreakOf(forest_));
    }
    frame.colon.resize(begin);
    return comments;
}

Result<void> EditBuilder::replace(NodeRef node, const Value& value) {
    const Lexeme lexeme = forest_.lexeme(node);
    const bool wasBlock = isBlockCollection(lexeme.style);
    if (lexeme.key.starts_with('?') && (isCollection(value) || isCollection(lexeme.style)))
        return fail(ErrorCode::Refused,
                    "The value of an explicit `?` key can only be changed in the text.");
    for (const NodeRef child : forest_.children(node))
        remove(child);
    if (!isCollection(value))
        return setScalar(node, value);

    Former former(forest_, forest_.parent(node));
    if (canStandInside(node, value))
        former.keep(node);
    const bool item = isItem(lexeme) || (lexeme.key.empty() && !inFlow(node));
    const std::string key(item ? "-" : lexeme.key == "-" ? "'-'" : lexeme.key);
    const bool flow = inFlow(node) || isEmptyCollection(value);
    Entry form;
    if (flow) {
        PE_TRY_ASSIGN(form, former.flow(key, value, lexeme.column));
    } else {
        PE_TRY_ASSIGN(form, former.block(key, value, lexeme.column));
    }
    if (isBlockCollection(form.style) && isDocument(node))
        form.offset = 0;
    Frame frame = frameOf(node);
    if (isBlockCollection(form.style) && !endsWithBreak(frame.tail) && frame.rest.empty())
        dropFinalBreak(form);
    std::vector<Entry> children = std::move(form.children);
    if (isBlockCollection(form.style) && !wasBlock)
        children.front().prefix.insert(0, commentsAbove(frame, children.front().column));
    if (wasBlock && isBlockCollection(form.style)) {
        Entry& patched = patch(node, Field::Value);
        patched.style = form.style;
        if (lexeme.style != form.style && !isDocument(node))
            patched.offset = form.offset;
    } else {
        place(node, std::move(frame), form);
    }
    for (Entry& child : children)
        insertForm(node, kNoNode, std::move(child));
    return {};
}

}  // namespace pe::yaml
