// SPDX-License-Identifier: MIT
#include "form.hpp"

#include <utility>

#include "edit_literal.hpp"
#include "render_entry.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

constexpr int kMaxDepth = 500;
// Readers look for the colon of an implicit key in the first 1024 characters only.
constexpr std::size_t kMaxKeyBytes = 1000;

bool isLongText(const Value& value) {
    return value.isString() && value.text.find('\n') != std::string::npos;
}

bool holdsOnlyShortScalars(const Value& value) {
    for (const Value& item : value.items)
        if (isCollection(item) || isLongText(item))
            return false;
    for (const auto& [key, item] : value.entries)
        if (isCollection(item) || isLongText(item))
            return false;
    return true;
}

tl::unexpected<Error> tooDeep() {
    return fail(ErrorCode::LimitExceeded, "The value is nested too deeply to be written.");
}

}  // namespace

bool isCollection(const Value& value) {
    return value.kind == Value::Kind::Sequence || value.kind == Value::Kind::Mapping;
}

bool isEmptyCollection(const Value& value) {
    return isCollection(value) && value.items.empty() && value.entries.empty();
}

Style quotesOf(std::string_view raw) {
    if (raw.starts_with('"'))
        return Style::DoubleQuoted;
    return raw.starts_with('\'') ? Style::SingleQuoted : Style::Plain;
}

Value keyValueOf(const Forest& forest, NodeRef node) {
    const std::string_view raw = forest.key(node);
    const bool plain =
        !raw.empty() && std::string_view("\"'?&!*").find(raw.front()) == std::string_view::npos;
    return plain ? resolvePlain(raw) : Value::ofString(keyText(forest, node));
}

void dropFinalBreak(Entry& entry) {
    if (isBlockCollection(entry.style) && !entry.children.empty()) {
        dropFinalBreak(entry.children.back());
        return;
    }
    std::string& text = isBlockScalar(entry.style) ? entry.raw : entry.suffix;
    if (isBlockScalar(entry.style) && entry.open.find('-') == std::string::npos)
        return;
    text = withoutFinalBreak(text);
}

Result<std::string> Former::key(const Value& key, Style preferred, bool flow) const {
    ScalarPlace where = place(0, flow);
    where.key = true;
    if (isCollection(key))
        return fail(ErrorCode::InvalidArgument, "A key must be a text, a number or a word.");
    std::string text =
        key.isString() ? encodeString(key.text, preferred, where).raw : encodeAtom(key).raw;
    if (text.size() > kMaxKeyBytes)
        return fail(ErrorCode::LimitExceeded, "A key may have at most 1000 characters.");
    return text;
}

ScalarPlace Former::place(int column, bool flow) const {
    return {flow, false, column, habits_.textOffset, habits_.lineBreak};
}

bool Former::keeps(const Value& value, const ScalarPlace& place) const {
    if (kept_ == kNoNode || !value.isString() || scalarText(forest_, kept_) != value.text)
        return false;
    const Style style = forest_.style(kept_);
    return !place.flow || isFlowCollection(forest_.style(forest_.parent(kept_))) ||
           style == Style::SingleQuoted || style == Style::DoubleQuoted ||
           (style == Style::Plain && plainIsSafe(value.text, place));
}

ScalarText Former::keptText(int column) const {
    const Lexeme lexeme = forest_.lexeme(kept_);
    ScalarText text;
    text.style = lexeme.style;
    text.offset = lexeme.offset;
    if (isBlockScalar(lexeme.style))
        text.open = std::string(headerIndicators(lexeme.open)).append(habits_.lineBreak);
    text.raw = shiftedScalar(lexeme, column - lexeme.column);
    return text;
}

// A text that begins on a line of its own does so here, too.
std::string Former::keptColon(int column) const {
    const Lexeme lexeme = forest_.lexeme(kept_);
    if (isItem(lexeme) || isBlockScalar(lexeme.style) || !hasBreak(lexeme.colon) ||
        hasComment(lexeme.colon))
        return ": ";
    std::string colon;
    appendShifted(colon, lexeme.colon, column - lexeme.column);
    return colon;
}

ScalarText Former::scalar(const Value& value, std::string_view key,
                          const ScalarPlace& where) const {
    if (!value.isString())
        return encodeAtom(value);
    if (keeps(value, where))
        return keptText(where.column);
    if (naturalStyle(value.text, where) == Style::Literal)
        return encodeString(value.text, Style::Literal, where);
    Style preferred = habits_.strings;
    const NodeRef cousin = key == "-" ? kNoNode : exampleFor(forest_, collection_, key);
    const Style example = cousin == kNoNode ? Style::Empty : forest_.style(cousin);
    if (example == Style::SingleQuoted || example == Style::DoubleQuoted ||
        (example == Style::Plain && plainIsSafe(forest_.lexeme(cousin).raw, where)))
        preferred = example;
    if (preferred == Style::Plain && !plainIsSafe(value.text, where))
        preferred = habits_.quotes;
    return encodeString(value.text, preferred, where);
}

// Only the outermost new collection has an example; inner ones are block style.
bool Former::prefersFlow(std::string_view key, const Value& value, int depth) const {
    if (isEmptyCollection(value))
        return true;
    if (depth > 0 || !holdsOnlyShortScalars(value))
        return false;
    if (key == "-") {
        for (const NodeRef sibling : forest_.children(collection_))
            if (const Style style = forest_.style(sibling); isCollection(style))
                return isFlowCollection(style) && !forest_.children(sibling).empty();
        return false;
    }
    const NodeRef cousin = cousinWithKey(forest_, collection_, key);
    return cousin != kNoNode && isFlowCollection(forest_.style(cousin)) &&
           !forest_.children(cousin).empty();
}

Result<void> Former::blockChildren(Entry& entry, const Value& value, int column, int depth) const {
    for (const Value& item : value.items) {
        PE_TRY_ASSIGN(Entry child, block("-", item, column, depth + 1));
        entry.children.push_back(std::move(child));
    }
    for (const auto& [name, item] : value.entries) {
        PE_TRY_ASSIGN(std::string text, key(name, Style::Plain, false));
        PE_TRY_ASSIGN(Entry child, block(std::move(text), item, column, depth + 1));
        entry.children.push_back(std::move(child));
    }
    return {};
}

Result<Entry> Former::block(std::string key, const Value& value, int column, int depth) const {
    if (depth > kMaxDepth)
        return tooDeep();
    const bool item = key == "-";
    Entry entry;
    if (isCollection(value) && prefersFlow(key, value, depth)) {
        PE_TRY_ASSIGN(entry, flow(std::move(key), value, column, depth));
        entry.colon = item ? " " : ": ";
        entry.suffix = habits_.lineBreak;
        return entry;
    }
    entry.column = column;
    entry.key = std::move(key);
    if (isCollection(value)) {
        const bool mapping = value.kind == Value::Kind::Mapping;
        entry.style = mapping ? Style::BlockMapping : Style::BlockSequence;
        entry.colon = item ? " " : ":" + std::string(habits_.lineBreak);
        entry.offset = item ? 2 : (mapping ? habits_.mappingOffset : habits_.sequenceOffset);
        PE_TRY(blockChildren(entry, value, column + entry.offset, depth));
        return entry;
    }
    const ScalarPlace where = place(column, false);
    ScalarText text = scalar(value, entry.key, where);
    entry.style = text.style;
    entry.offset = text.offset;
    entry.colon = item ? " " : keeps(value, where) ? keptColon(column) : ": ";
    entry.open = std::move(text.open);
    entry.raw = std::move(text.raw);
    if (!isBlockScalar(text.style))
        entry.suffix = habits_.lineBreak;
    return entry;
}

Result<void> Former::flowChildren(Entry& entry, const Value& value, int column, int depth) const {
    for (const Value& item : value.items) {
        PE_TRY_ASSIGN(Entry child, flow({}, item, column, depth + 1));
        entry.children.push_back(std::move(child));
    }
    for (const auto& [name, item] : value.entries) {
        PE_TRY_ASSIGN(std::string text, key(name, Style::Plain, true));
        PE_TRY_ASSIGN(Entry child, flow(std::move(text), item, column, depth + 1));
        entry.children.push_back(std::move(child));
    }
    for (std::size_t at = 1; at < entry.children.size(); ++at)
        entry.children[at].prefix = " ";
    return {};
}

Result<Entry> Former::flow(std::string key, const Value& value, int column, int depth) const {
    if (depth > kMaxDepth)
        return tooDeep();
    Entry entry;
    entry.column = column;
    entry.colon = key.empty() ? "" : ": ";
    entry.key = std::move(key);
    if (isCollection(value)) {
        const bool mapping = value.kind == Value::Kind::Mapping;
        entry.style = mapping ? Style::FlowMapping : Style::FlowSequence;
        entry.open = mapping ? "{" : "[";
        entry.footer = mapping ? "}" : "]";
        PE_TRY(flowChildren(entry, value, column, depth));
        return entry;
    }
    ScalarText text = scalar(value, entry.key, place(column, true));
    entry.style = text.style;
    entry.raw = std::move(text.raw);
    return entry;
}

}  // namespace pe::yaml
