// SPDX-License-Identifier: MIT
#include "lexical.hpp"

#include "pe/yaml/value.hpp"

namespace pe::format {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isBreak(char c) {
    return c == '\n' || c == '\r';
}

// Texts are short: a plain loop beats the library's searches.
bool hasBreak(std::string_view text) {
    for (const char c : text)
        if (isBreak(c))
            return true;
    return false;
}

// True for keys that stand for themselves.
bool isPlainKey(std::string_view key) {
    switch (key.front()) {
        case '"':
        case '\'':
        case '?':
        case '&':
        case '!':
        case '*':
        case '[':
        case '{':
            return false;
        default:
            return !isBlank(key.back()) && !hasBreak(key);
    }
}

// The text of a quoted scalar that needs no decoding; false if it does.
bool innerText(std::string_view raw, char quote, std::string_view& inner) {
    if (raw.size() < 2 || raw.front() != quote || raw.back() != quote)
        return false;
    inner = raw.substr(1, raw.size() - 2);
    const char escape = quote == '"' ? '\\' : '\'';
    for (const char c : inner)
        if (c == escape || isBreak(c))
            return false;
    return true;
}

}  // namespace

DecodedText DecodedText::ofKey(const yaml::Forest& forest, yaml::NodeRef node,
                               const yaml::Lexeme& lexeme) {
    const std::string_view key = lexeme.key;
    if (key.empty())
        return DecodedText(key);
    std::string_view inner;
    if (key.front() == '"' && innerText(key, '"', inner))
        return DecodedText(inner);
    if (isPlainKey(key))
        return DecodedText(key);
    return DecodedText(yaml::keyText(forest, node));
}

DecodedText DecodedText::ofScalar(const yaml::Forest& forest, yaml::NodeRef node,
                                  const yaml::Lexeme& lexeme) {
    if (!isScalar(lexeme.style))
        return DecodedText(std::string_view());
    std::string_view inner;
    if (lexeme.style == yaml::Style::Plain && !hasBreak(lexeme.raw))
        return DecodedText(lexeme.raw);
    if (lexeme.style == yaml::Style::DoubleQuoted && innerText(lexeme.raw, '"', inner))
        return DecodedText(inner);
    if (lexeme.style == yaml::Style::SingleQuoted && innerText(lexeme.raw, '\'', inner))
        return DecodedText(inner);
    return DecodedText(yaml::scalarText(forest, node));
}

std::string previewOf(std::string_view text, std::size_t limit) {
    std::string preview;
    std::size_t points = 0;
    bool gap = false;
    for (const char c : text) {
        if (isBlank(c)) {
            gap = !preview.empty();
            continue;
        }
        const bool startsPoint = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (startsPoint && points + (gap ? 1 : 0) >= limit)
            return preview + "\u2026";
        if (gap) {
            preview += ' ';
            ++points;
            gap = false;
        }
        preview += c;
        points += startsPoint ? 1 : 0;
    }
    return preview;
}

std::string previewOf(const yaml::Forest& forest, yaml::NodeRef node, std::size_t limit) {
    const yaml::Lexeme lexeme = forest.lexeme(node);
    // Collapsing white space makes the raw lines of plain and block scalars as good as the decoded
    // ones.
    if (lexeme.style == yaml::Style::Plain || yaml::isBlockScalar(lexeme.style))
        return previewOf(lexeme.raw, limit);
    if (lexeme.style == yaml::Style::DoubleQuoted && lexeme.raw.size() > 2 &&
        lexeme.raw.find('\\') == std::string_view::npos)
        return previewOf(lexeme.raw.substr(1, lexeme.raw.size() - 2), limit);
    return previewOf(DecodedText::ofScalar(forest, node, lexeme), limit);
}

yaml::NodeRef entryOf(const yaml::Forest& forest, yaml::NodeRef mapping, std::string_view key) {
    if (mapping == yaml::kNoNode || !yaml::isMapping(forest.lexeme(mapping).style))
        return yaml::kNoNode;
    for (const yaml::NodeRef child : forest.children(mapping)) {
        const yaml::Lexeme lexeme = forest.lexeme(child);
        if (DecodedText::ofKey(forest, child, lexeme).view() == key)
            return child;
    }
    return yaml::kNoNode;
}

}  // namespace pe::format
