// SPDX-License-Identifier: MIT
#include "pe/yaml/fit.hpp"

#include <cstddef>

#include "render_entry.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

bool isQuoted(Style style) {
    return style == Style::SingleQuoted || style == Style::DoubleQuoted;
}

// A value that has text of its own and begins on a line with something else.
bool isInlineValue(Style style) {
    return style == Style::Plain || isQuoted(style) || style == Style::Alias ||
           isFlowCollection(style);
}

// Blanks, a comment and one break: what may follow a value on its line.
bool isRestOfLine(std::string_view text) {
    const Line line = takeLine(text);
    if (!text.empty())
        return false;
    const std::size_t at = line.body.find_first_not_of(" \t");
    return at == std::string_view::npos || line.body[at] == '#';
}

// `[a: 1]` holds a mapping without braces.
bool lacksBraces(const Lexeme& lexeme, const Surroundings& around) {
    if (!isFlowCollection(lexeme.style) || !lexeme.open.empty())
        return false;
    return around.above != Style::FlowSequence || lexeme.style != Style::FlowMapping ||
           around.children != 1;
}

// Whole lines without content.
bool isTrivia(std::string_view text) {
    if (!text.empty() && !endsWithBreak(text))
        return false;
    while (!text.empty())
        if (const Line line = takeLine(text); !isWhite(line.body) && !isComment(line.body))
            return false;
    return true;
}

bool isClosed(const Lexeme& lexeme) {
    const char close = lexeme.style == Style::FlowMapping ? '}' : ']';
    return lexeme.open.empty() || lexeme.footer.ends_with(close);
}

bool valueFits(const Lexeme& lexeme, const Surroundings& around) {
    if (isFlowCollection(lexeme.style))
        return isClosed(lexeme) && !lacksBraces(lexeme, around);
    if (isBlockCollection(lexeme.style))
        return isTrivia(lexeme.footer);
    if (lexeme.style == Style::Alias)
        return lexeme.props.empty();
    if (isBlockScalar(lexeme.style))
        return !lexeme.open.empty();
    return true;
}

bool isExplicit(std::string_view key) {
    return key.starts_with('?');
}

// A key without quotes ends at what brackets are made of.
bool isFlowKey(std::string_view key) {
    const std::string_view quotes = "?\"'[{*&!";
    return key.empty() || quotes.find(key.front()) != std::string_view::npos ||
           key.find_first_of(",[]{}") == std::string_view::npos;
}

bool fitsInBlock(const Lexeme& lexeme, const Surroundings& around) {
    const bool list = around.above == Style::BlockSequence;
    if (list != isItem(lexeme) || !valueFits(lexeme, around))
        return false;
    const bool hasColon = lexeme.colon.find(':') != std::string_view::npos;
    if (!list && !isExplicit(lexeme.key) && (!hasColon || hasBreak(lexeme.key)))
        return false;
    if (!lexeme.prefix.empty() && !endsWithBreak(lexeme.prefix))
        return false;
    if (isBlockCollection(lexeme.style) || isBlockScalar(lexeme.style))
        return lexeme.suffix.empty() && !(isBlockScalar(lexeme.style) && lexeme.props.empty() &&
                                          endsWithBreak(lexeme.colon));
    if (!isRestOfLine(lexeme.suffix))
        return false;
    if (!isInlineValue(lexeme.style))
        return !endsWithBreak(lexeme.colon) || !lexeme.props.empty();
    const std::string_view before = lexeme.props.empty() ? lexeme.colon : lexeme.props;
    const bool touches = before.empty() || before.ends_with(':');
    return !endsWithBreak(before) && !touches;
}

bool fitsInFlow(const Lexeme& lexeme, const Surroundings& around) {
    const bool list = around.above == Style::FlowSequence;
    if (isBlockCollection(lexeme.style) || isBlockScalar(lexeme.style))
        return false;
    if (lexeme.key.empty() != list || endsWithBreak(lexeme.suffix) || !valueFits(lexeme, around))
        return false;
    if (list ? !lexeme.colon.empty() : !isFlowKey(lexeme.key))
        return false;
    if (lexeme.style == Style::Plain)
        return lexeme.raw.find_first_of(",[]{}") == std::string_view::npos;
    return lexeme.style != Style::Empty || !list || !lexeme.props.empty();
}

}  // namespace

bool fits(const Lexeme& lexeme, const Surroundings& around) {
    if (lexeme.style == Style::Opaque)
        return true;
    if (isFlowCollection(around.above))
        return fitsInFlow(lexeme, around);
    return !isBlockCollection(around.above) || fitsInBlock(lexeme, around);
}

}  // namespace pe::yaml
