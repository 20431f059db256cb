// SPDX-License-Identifier: MIT
#include "value_key.hpp"

#include <algorithm>

#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/schema.hpp"
#include "pe/yaml/tree.hpp"
#include "resolve.hpp"
#include "scanner.hpp"

namespace pe::yaml {
namespace {

std::string_view wordOf(std::string_view props, char mark) {
    const Scanner scan(props);
    for (Offset i = 0; i < scan.size();) {
        if (scan.at(i) == '#') {
            i = scan.lineEnd(i);
        } else if (scan.isBlank(i) || scan.isBreak(i)) {
            ++i;
        } else {
            const Offset end = scan.wordEnd(i, false);
            if (scan.at(i) == mark)
                return props.substr(i, end - i);
            i = end > i ? end : i + 1;
        }
    }
    return {};
}

// Where the properties of a key end and what they belong to begins.
Offset propertiesEnd(const Scanner& scan) {
    const Offset end = scan.skipProperties(0, false);
    const bool begins = scan.at(0) == '&' || scan.at(0) == '!';
    return begins && end == scan.wordEnd(0, false) && scan.ended(end) ? scan.size() : end;
}

}  // namespace

bool isBareWord(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    });
}

std::string_view anchorOf(std::string_view props) {
    const auto word = wordOf(props, '&');
    return word.empty() ? word : word.substr(1);
}

std::string_view tagOf(std::string_view props) {
    return wordOf(props, '!');
}

std::string_view wordAt(std::string_view text, std::size_t at) {
    return text.substr(at, std::min(text.find_first_of(" \t\r\n", at), text.size()) - at);
}

std::string_view anchorOfKey(std::string_view key) {
    return anchorOf(key.substr(0, propertiesEnd(Scanner(key))));
}

SimpleKey simpleKey(std::string_view key) {
    const Scanner scan(key);
    SimpleKey result;
    if (scan.isIndicator(0, '?'))
        return result;
    Offset begin = propertiesEnd(scan);
    if (scan.ended(scan.skipBlanks(begin)))
        begin = scan.size();
    const char first = scan.at(begin);
    if (first == '[' || first == '{' || first == '*')
        return result;
    result.simple = true;
    result.props = key.substr(0, begin);
    result.raw = key.substr(begin);
    result.style = first == '"'        ? Style::DoubleQuoted
                   : first == '\''     ? Style::SingleQuoted
                   : scan.ended(begin) ? Style::Empty
                                       : Style::Plain;
    return result;
}

std::optional<std::string_view> propsOfKey(std::string_view key) {
    const SimpleKey parts = simpleKey(key);
    return parts.simple ? std::optional(parts.props) : std::nullopt;
}

std::string_view keyIdentity(std::string_view key, std::string& buffer) {
    if (isBareWord(key) && plainKind(key) == Value::Kind::String)
        return key;
    const SimpleKey parts = simpleKey(key);
    if (!parts.simple)
        return key;
    const bool isTyped = !parts.props.empty();
    if (parts.style == Style::Plain && !isTyped && plainKind(parts.raw) == Value::Kind::String &&
        !hasBreak(parts.raw))
        return parts.raw;
    buffer = decodeScalar(parts.style, {}, parts.raw, 0);
    const bool isText = parts.style == Style::SingleQuoted || parts.style == Style::DoubleQuoted;
    if (!isText && plainKind(buffer) != Value::Kind::String)
        buffer = '\x01' + toJson(resolvePlain(buffer));
    return buffer;
}

std::optional<Tree> parseKey(std::string_view key, int column) {
    const auto indent = static_cast<std::size_t>(std::max(column, 0));
    std::string text(indent, ' ');
    text += key;
    if (Scanner(key).isIndicator(0, '?'))
        text[indent] = ' ';
    Tree tree = parse(std::move(text), {.maxDepth = 16});
    const auto isError = [](const Problem& each) {
        return each.severity == Severity::Error && each.code != "yaml.undefined-alias";
    };
    if (std::any_of(tree.problems().begin(), tree.problems().end(), isError))
        return std::nullopt;
    return tree;
}

std::string keyText(std::string_view key, int column) {
    const SimpleKey parts = simpleKey(key);
    if (parts.simple)
        return decodeScalar(parts.style, {}, parts.raw, 0);
    const auto tree = parseKey(key, column);
    const auto documents = tree ? tree->children(kStream) : std::span<const NodeRef>{};
    if (documents.size() != 1 || isCollection(tree->style(documents[0])))
        return std::string(key);
    return scalarText(*tree, documents[0]);
}

std::string keyText(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    return keyText(lexeme.key, lexeme.column);
}

bool isClosedKey(std::string_view key) {
    constexpr std::string_view kClosing = "\"']}";
    if (key.empty() || kClosing.find(key.back()) == std::string_view::npos)
        return false;
    const auto isClosed = [](Style style) {
        return style == Style::SingleQuoted || style == Style::DoubleQuoted ||
               isFlowCollection(style);
    };
    const SimpleKey parts = simpleKey(key);
    if (parts.simple)
        return isClosed(parts.style);
    const auto tree = parseKey(key, 0);
    const auto documents = tree ? tree->children(kStream) : std::span<const NodeRef>{};
    return documents.size() == 1 && isClosed(tree->style(documents[0]));
}

std::string scalarText(const Lexeme& lexeme) {
    return decodeScalar(lexeme.style, lexeme.open, lexeme.raw, lexeme.column + lexeme.offset);
}

std::string scalarText(const Forest& forest, NodeRef node) {
    return scalarText(forest.lexeme(node));
}

}  // namespace pe::yaml
