// SPDX-License-Identifier: MIT
// Moving entries: mostly one Relocation; only an entry that changes between lists and mappings, or
// between block and flow style, gets other texts.
#include <algorithm>
#include <vector>

#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "edit_place.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/render.hpp"
#include "render_entry.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

struct Move {
    NodeRef node;
    NodeRef parent;
    NodeRef after;
    std::string key;  // as text; `-` or empty for items
};

// The order of a collection's children after a move.
std::vector<NodeRef> orderAfter(const Forest& forest, NodeRef collection, const Move& move) {
    std::vector<NodeRef> order;
    if (collection == move.parent && move.after == kNoNode)
        order.push_back(move.node);
    for (const NodeRef child : forest.children(collection)) {
        if (child != move.node)
            order.push_back(child);
        if (collection == move.parent && child == move.after)
            order.push_back(move.node);
    }
    return order;
}

// A name of an anchor, an alias or a tag that ends early inside brackets, as in `&a]`.
bool holdsBracketNames(const Forest& forest, NodeRef node) {
    const auto hasBracket = [](std::string_view text) {
        return text.find_first_of(",[]{}") != std::string_view::npos;
    };
    const Lexeme lexeme = forest.lexeme(node);
    const bool named = !lexeme.key.empty() &&
                       std::string_view("&!*").find(lexeme.key.front()) != std::string_view::npos;
    if (hasBracket(lexeme.props) || (lexeme.style == Style::Alias && hasBracket(lexeme.raw)) ||
        (named && hasBracket(lexeme.key)))
        return true;
    const auto children = forest.children(node);
    return std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsBracketNames(forest, child); });
}

// In one flow collection the white space stays where it is and the values change places.
void reorderFlow(EditBuilder& builder, const Move& move) {
    const Forest& forest = builder.forest();
    const auto now = forest.children(move.parent);
    const auto order = orderAfter(forest, move.parent, move);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (order[i] == now[i])
            continue;
        const Lexeme mine = forest.lexeme(order[i]);
        const Lexeme there = forest.lexeme(now[i]);
        if (!hasComment(mine.prefix) && !hasComment(there.prefix))
            builder.patch(order[i], Field::Prefix).prefix = there.prefix;
        if (!hasComment(mine.suffix) && !hasComment(there.suffix))
            builder.patch(order[i], Field::Suffix).suffix = there.suffix;
    }
}

// A value that stands in a flow collection from now on, with everything in it.
void reformAsFlow(EditBuilder& builder, NodeRef node, std::string_view key, int column) {
    const Forest& forest = builder.forest();
    const Lexeme lexeme = forest.lexeme(node);
    const Former former(forest, forest.parent(node));
    Entry form = formOf(lexeme);
    if (isCollection(lexeme.style)) {
        const bool mapping = isMapping(lexeme.style);
        form.style = mapping ? Style::FlowMapping : Style::FlowSequence;
        form.open = mapping ? "{" : "[";
        form.footer = mapping ? "}" : "]";
    } else if (lexeme.style != Style::Alias && lexeme.style != Style::Empty) {
        const std::string text = scalarText(forest, node);
        const ScalarPlace place = former.place(column, true);
        const bool keeps = lexeme.style == Style::Plain && !resolvePlain(lexeme.raw).isString();
        if (!keeps) {
            const bool plain = lexeme.style == Style::Plain && plainIsSafe(text, place);
            const Style style = plain                                 ? Style::Plain
                                : lexeme.style == Style::SingleQuoted ? Style::SingleQuoted
                                                                      : former.habits().quotes;
            const ScalarText scalar = encodeString(text, style, place);
            form.style = scalar.style;
            form.raw = scalar.raw;
        }
        form.open.clear();
    } else if (lexeme.style == Style::Empty && key.empty()) {
        form.style = Style::Plain;  // nothing at all is no item of a flow list
        form.raw = "null";
    }
    builder.patch(node, Field::Value) = form;
    builder.patch(node, Field::Value).offset = 0;
    builder.patch(node, Field::Footer).footer = form.footer;
    const std::string anchor = anchorAlone(lexeme.props);
    const bool multiline = hasBreak(lexeme.props);
    if (multiline)
        builder.patch(node, Field::Props).props = anchor;
    builder.patch(node, Field::Column).column = column;
    builder.patch(node, Field::Prefix).prefix.clear();
    builder.patch(node, Field::Suffix).suffix.clear();
    builder.patch(node, Field::Key).key = key;
    builder.patch(node, Field::Colon).colon = key.empty() ? "" : ": ";
    const auto children = forest.children(node);
    for (const NodeRef child : children) {
        std::string childKey(isItem(forest.lexeme(child)) ? "" : forest.key(child));
        if (isMapping(lexeme.style) && quotesOf(childKey) == Style::Plain &&
            childKey.find_first_of(",[]{}:?") != std::string::npos) {
            const auto text = former.key(keyValueOf(forest, child), Style::Plain, true);
            if (text)
                childKey = *text;
        }
        reformAsFlow(builder, child, childKey, column);
        if (child != children.front())
            builder.patch(child, Field::Prefix).prefix = " ";
    }
}

void moveIntoFlow(EditBuilder& builder, const Move& move) {
    const Forest& forest = builder.forest();
    const Lexeme target = forest.lexeme(move.parent);
    Entry spacing;
    builder.separateFlow(move.parent, move.after, spacing);
    reformAsFlow(builder, move.node, move.key, target.column);
    builder.patch(move.node, Field::Prefix).prefix = spacing.prefix;
    builder.patch(move.node, Field::Suffix).suffix = spacing.suffix;
}

// The lines of a scalar may stand anywhere in brackets; below a key they stand to its right.
std::string standingRight(std::string_view raw, int column) {
    std::string text(takeLine(raw).whole());
    while (!raw.empty()) {
        const Line line = takeLine(raw);
        const std::size_t begin = std::min(line.body.find_first_not_of(" \t"), line.body.size());
        if (begin < line.body.size())
            text.append(static_cast<std::size_t>(column) + 2, ' ');
        text += line.whole().substr(begin);
    }
    return text;
}

// What stands in front of a value, on its line if nothing keeps it from there.
std::string propsRight(std::string_view props, int column) {
    if (!hasComment(props))
        return std::string(props.substr(0, endOfWords(props))) + " ";
    const std::string text = standingRight(props, column);
    return std::string(withoutTrailingBlanks(text)) +
           std::string(static_cast<std::size_t>(column) + 2, ' ');
}

// An entry of a flow collection becomes a line of its own; its value stays in flow style.
void moveOutOfFlow(EditBuilder& builder, const Move& move) {
    const Forest& forest = builder.forest();
    const Lexeme lexeme = forest.lexeme(move.node);
    builder.giveBrackets(move.node);
    if (hasBreak(lexeme.raw))
        builder.patch(move.node, Field::Value).raw = standingRight(lexeme.raw, lexeme.column);
    if (hasBreak(lexeme.props))
        builder.patch(move.node, Field::Props).props = propsRight(lexeme.props, lexeme.column);
    builder.patch(move.node, Field::Prefix).prefix.clear();
    builder.patch(move.node, Field::Key).key = move.key;
    builder.patch(move.node, Field::Colon).colon = move.key == "-" ? " " : ": ";
    builder.patch(move.node, Field::Suffix).suffix = lineBreakOf(forest);
}

// A list item becomes a key's entry or the other way round.
void changeKind(EditBuilder& builder, const Move& move, bool toItem) {
    const Forest& forest = builder.forest();
    const Lexeme lexeme = forest.lexeme(move.node);
    const std::size_t base = toItem ? std::min(lexeme.colon.find(':'), lexeme.colon.size()) : 0;
    const std::string_view behind =
        toItem ? lexeme.colon.substr(std::min(base + 1, lexeme.colon.size())) : lexeme.colon;
    builder.patch(move.node, Field::Key).key = move.key;
    const auto setColon = [&](std::string text) {
        builder.patch(move.node, Field::Colon).colon = std::move(text);
    };
    if (!isBlockCollection(lexeme.style)) {
        setColon((toItem ? "" : ":") + std::string(behind));
        return;
    }
    const Habits habits = habitsAt(forest, move.parent);
    const bool mapping = lexeme.style == Style::BlockMapping;
    const int underKey = mapping ? habits.mappingOffset : habits.sequenceOffset;
    builder.patch(move.node, Field::Value).offset = toItem ? 2 : underKey;
    const bool plain = behind.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (!lexeme.props.empty())
        setColon(toItem ? " " : ": ");
    else if (toItem)
        setColon(plain ? " " : std::string(behind));
    else
        setColon(":" + (plain ? std::string(lineBreakOf(forest)) : std::string(behind)));
}

Result<std::string> keyAtTarget(const Forest& forest, NodeRef node, NodeRef parent,
                                std::optional<std::string_view> key) {
    const Lexeme target = forest.lexeme(parent);
    const bool flow = isFlowCollection(target.style);
    if (!isMapping(target.style))
        return std::string(flow ? "" : "-");
    const bool hasKey = isMapping(forest.style(forest.parent(node)));
    if (!key && !hasKey)
        return fail(ErrorCode::InvalidArgument, "A list item needs a key to stand in a mapping.");
    const std::string text = key ? std::string(*key) : keyText(forest, node);
    PE_TRY(checkKeyIsFree(forest, parent, text, node));
    const std::string_view raw = forest.key(node);
    const bool same = hasKey && keyText(forest, node) == text;
    const bool fromFlow = isFlowCollection(forest.style(forest.parent(node)));
    if (same && raw != "-" && (!flow || fromFlow))
        return std::string(raw);
    if (hasKey && !same && !raw.empty() &&
        std::string_view("?&!*").find(raw.front()) != std::string_view::npos)
        return fail(ErrorCode::Refused, "This key can only be changed in the text.");
    const Value value = same ? keyValueOf(forest, node) : Value::ofString(text);
    return Former(forest, parent).key(value, hasKey ? quotesOf(raw) : Style::Plain, flow);
}

// Leaves the place that the entry comes from, and the place it goes to, in order.
void settleFirst(EditBuilder& builder, const Move& move, NodeRef source) {
    const Forest& forest = builder.forest();
    const auto rest = orderAfter(forest, source, move);
    const NodeRef oldFirst = forest.children(source).front();
    if (rest.empty() || rest.front() == oldFirst)
        return;
    builder.changeFirst(source, rest.front(), source == move.parent);
}

void reshape(EditBuilder& builder, const Move& move, NodeRef source) {
    const Forest& forest = builder.forest();
    const bool fromFlow = isFlowCollection(forest.style(source));
    bool toFlow = isFlowCollection(forest.style(move.parent));
    if (toFlow && fromFlow && source == move.parent) {
        reorderFlow(builder, move);
        return;
    }
    if (toFlow && !fromFlow && forest.children(move.parent).empty() &&
        !builder.inFlow(move.parent)) {
        builder.openBlock(move.parent);
        toFlow = false;
    }
    settleFirst(builder, move, source);
    if (toFlow)
        moveIntoFlow(builder, move);
    else if (fromFlow)
        moveOutOfFlow(builder, move);
    else if (isItem(forest.lexeme(move.node)) != (move.key == "-"))
        changeKind(builder, move, move.key == "-");
}

}  // namespace

Result<Edit> moveEntry(const Forest& forest, NodeRef node, NodeRef parent, NodeRef after,
                       std::optional<std::string_view> key, Sharing sharing) {
    PE_TRY(checkIsEntry(forest, node));
    PE_TRY(checkTarget(forest, parent, after));
    if (isWithin(forest, parent, node))
        return fail(ErrorCode::Refused, "An entry cannot be moved into itself.");
    const NodeRef source = forest.parent(node);
    const bool stays = source == parent && (after == node || after == previousOf(forest, node));
    if (stays)
        return key ? renameKey(forest, node, *key, sharing) : Result<Edit>(Edit{});
    if (source != parent && sharing == Sharing::Refuse) {
        PE_TRY(checkNotAnchored(forest, parent));
        PE_TRY(checkNotAnchored(forest, source));
    }
    PE_TRY(checkMovable(forest, {node, parent, after}));
    PE_TRY_ASSIGN(std::string text, keyAtTarget(forest, node, parent, key));
    const bool emptyFlow = forest.children(parent).empty() && text.empty();
    const bool blockItem = !isFlowCollection(forest.style(source));
    EditBuilder builder(forest);
    if (emptyFlow && blockItem && !builder.inFlow(parent))
        text = "-";
    const bool toFlow = isFlowCollection(forest.style(parent)) && text != "-";
    if (toFlow && blockItem && holdsComments(forest, node))
        return fail(ErrorCode::Refused,
                    "The place is written in brackets, where the comments of this entry would be "
                    "lost. Write that place with line breaks first.");
    if (toFlow && blockItem && holdsBracketNames(forest, node))
        return fail(ErrorCode::Refused,
                    "The place is written in brackets, and a name behind `&`, `*` or `!` in this "
                    "entry has a bracket or a comma. Change that name first.");
    const Move move{node, parent, after, std::move(text)};
    builder.relocate(node, parent, after);
    reshape(builder, move, source);
    if (isMapping(forest.style(parent)))
        builder.patch(node, Field::Key).key = move.key;
    return builder.take();
}

}  // namespace pe::yaml
