// SPDX-License-Identifier: MIT
#include "pe/yaml/scalar.hpp"

#include <algorithm>
#include <array>

#include "encode.hpp"

namespace pe::yaml {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

// Words that some reader takes for a boolean, null, a special number, a merge key or a default
// value.
bool isReservedWord(std::string_view text) {
    static constexpr std::array<std::string_view, 13> kWords = {
        "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", ""};
    if (std::any_of(kWords.begin(), kWords.end(),
                    [text](auto word) { return equalsIgnoringCase(text, word); }))
        return true;
    if (text.starts_with('+') || text.starts_with('-'))
        text.remove_prefix(1);
    return equalsIgnoringCase(text, ".inf") || equalsIgnoringCase(text, ".nan");
}

// Wider than every reader's numbers, dates and times: a needless quote does no harm.
bool looksLikeNumber(std::string_view text) {
    if (text.find_first_not_of("+-.0123456789_eE") == std::string_view::npos)
        return true;
    if (text.starts_with('+') || text.starts_with('-'))
        text.remove_prefix(1);
    if (text.starts_with('.'))
        text.remove_prefix(1);
    if (text.empty() || !isDigit(text.front()))
        return false;
    return text.find_first_not_of("0123456789abcdefABCDEFxXoO_.:+-tTzZ ") == std::string_view::npos;
}

bool beginsLikeText(std::string_view text) {
    const char first = text.front();
    if (std::string_view(",[]{}#&*!|>'\"%@` \t?:").find(first) != std::string_view::npos)
        return false;
    if (text.starts_with("---") || text.starts_with("..."))
        return false;
    return first != '-' || (text.size() > 1 && text[1] != ' ');
}

bool continuesLikeText(std::string_view text, const ScalarPlace& place) {
    if (text.back() == ' ' || text.back() == ':')
        return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
        return false;
    return !place.flow || text.find_first_of(",[]{}:") == std::string_view::npos;
}

// A line that ends a document where it stands at the margin.
bool hasDocumentMark(std::string_view text) {
    const auto isMark = [](std::string_view line) {
        return line.starts_with("---") || line.starts_with("...");
    };
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        if (isMark(text))
            return true;
        text.remove_prefix(end + 1);
    }
    return isMark(text);
}

bool literalIsPossible(std::string_view text, const TextTraits& traits, const ScalarPlace& place) {
    if (place.flow || place.key || traits.hasSpecial || !traits.hasVisible)
        return false;
    if (text.ends_with("\n\n"))
        return false;
    if (place.column + place.textOffset <= 0 && hasDocumentMark(text))
        return false;
    const bool indicated = text.front() == ' ' || text.front() == '\t' || text.front() == '\n';
    return !indicated || (place.textOffset >= 1 && place.textOffset <= 9);
}

ScalarText literal(std::string_view text, const ScalarPlace& place) {
    ScalarText result{Style::Literal, "|", {}, place.textOffset};
    const bool indicated = text.front() == ' ' || text.front() == '\t' || text.front() == '\n';
    if (indicated)
        result.open += static_cast<char>('0' + place.textOffset);
    if (!text.ends_with('\n'))
        result.open += '-';
    result.open += place.lineBreak;
    const auto indent = static_cast<std::size_t>(std::max(0, place.column + place.textOffset));
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0)
            result.raw.append(indent, ' ').append(text.substr(0, end));
        result.raw += place.lineBreak;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

}  // namespace

bool plainIsSafe(std::string_view text, const ScalarPlace& place) {
    if (isReservedWord(text) || looksLikeNumber(text))
        return false;
    if (!beginsLikeText(text) || !continuesLikeText(text, place))
        return false;
    const TextTraits traits = traitsOf(text);
    return !traits.hasBreak && !traits.hasTab && !traits.hasSpecial;
}

ScalarText encodeString(std::string_view text, Style preferred, const ScalarPlace& place) {
    if (preferred == Style::Plain && plainIsSafe(text, place))
        return {Style::Plain, {}, std::string(text), 0};
    const TextTraits traits = traitsOf(text);
    const bool oneLine = !traits.hasBreak && !traits.hasTab && !traits.hasSpecial;
    if (preferred == Style::SingleQuoted && oneLine)
        return {Style::SingleQuoted, {}, singleQuoted(text), 0};
    if (isBlockScalar(preferred) && literalIsPossible(text, traits, place))
        return literal(text, place);
    return {Style::DoubleQuoted, {}, doubleQuoted(text), 0};
}

ScalarText encodeAtom(const Value& value) {
    switch (value.kind) {
        case Value::Kind::Boolean:
            return {Style::Plain, {}, value.boolean ? "true" : "false", 0};
        case Value::Kind::Integer:
            return {Style::Plain, {}, value.text, 0};
        case Value::Kind::Atom:
            if (value.text == "nan")
                return {Style::Plain, {}, ".nan", 0};
            return {Style::Plain, {}, value.text == "-inf" ? "-.inf" : ".inf", 0};
        case Value::Kind::Float:
            break;
        default:
            return {Style::Plain, {}, "null", 0};
    }
    // Readers of YAML 1.1 want a point in a float and a sign in its exponent.
    std::string text = value.text;
    const std::size_t exponent = text.find_first_of("eE");
    if (exponent != std::string::npos && kDigits.find(text[exponent + 1]) != std::string_view::npos)
        text.insert(exponent + 1, "+");
    if (text.find('.') == std::string::npos)
        text.insert(std::min(exponent, text.size()), ".0");
    return {Style::Plain, {}, text, 0};
}

Style naturalStyle(std::string_view text, const ScalarPlace& place) {
    if (plainIsSafe(text, place))
        return Style::Plain;
    const TextTraits traits = traitsOf(text);
    if (traits.hasBreak && literalIsPossible(text, traits, place))
        return Style::Literal;
    return Style::DoubleQuoted;
}

}  // namespace pe::yaml
