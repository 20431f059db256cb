// SPDX-License-Identifier: MIT
#include "line.hpp"

#include <algorithm>

namespace pe::language {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t firstLine(std::string_view text) {
    return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

// A dash that begins an item.
bool isDash(std::string_view text, std::size_t at, std::size_t end) {
    return at < end && text[at] == '-' && (at + 1 == end || isBlank(text[at + 1]));
}

std::size_t skipBlanks(std::string_view text, std::size_t at, std::size_t end) {
    while (at < end && isBlank(text[at]))
        ++at;
    return at;
}

// The byte after the closing quote; `end` if nothing closes it.
std::size_t pastQuote(std::string_view text, std::size_t at, std::size_t end) {
    const char quote = text[at];
    for (++at; at < end; ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return end;
}

bool endsKey(std::string_view text, std::size_t colon, std::size_t end) {
    return text[colon] == ':' && (colon + 1 >= end || isBlank(text[colon + 1]));
}

// The colon behind a key that begins at `at`; npos if there is none on the line.
std::size_t colonAfter(std::string_view text, std::size_t at, std::size_t end) {
    const char first = text[at];
    if (first == '"' || first == '\'') {
        const std::size_t colon = skipBlanks(text, pastQuote(text, at, end), end);
        return colon < end && endsKey(text, colon, end) ? colon : kNone;
    }
    if (std::string_view("{[|>#&*!%@`,]}").find(first) != kNone)
        return kNone;
    for (; at < end; ++at) {
        if (endsKey(text, at, end))
            return at;
        if (text[at] == '#' && isBlank(text[at - 1]))
            return kNone;
    }
    return kNone;
}

std::size_t skipProperties(std::string_view text, std::size_t at, std::size_t end) {
    while (at < end && (text[at] == '&' || text[at] == '!')) {
        while (at < end && !isBlank(text[at]))
            ++at;
        at = skipBlanks(text, at, end);
    }
    return at;
}

// The value without the comment behind it.
std::string_view withoutComment(std::string_view value) {
    if (!value.empty() && value.front() == '#')
        return {};
    std::size_t from = 0;
    if (!value.empty() && (value.front() == '"' || value.front() == '\''))
        from = pastQuote(value, 0, value.size());
    const std::size_t hash = value.find(" #", from);
    value = value.substr(0, hash);
    while (!value.empty() && (isBlank(value.back()) || value.back() == '\r'))
        value.remove_suffix(1);
    return value;
}

bool isMarker(std::string_view line) {
    return (line.starts_with("---") || line.starts_with("...")) &&
           (line.size() == 3 || isBlank(line[3]));
}

void readLevels(std::string_view text, Line& line) {
    std::size_t at = line.begin + line.indent;
    while (isDash(text, at, line.end)) {
        line.levels.push_back({at - line.begin, at, true, {}});
        at = skipBlanks(text, at + 1, line.end);
    }
    if (at < line.end) {
        const std::size_t key = skipProperties(text, at, line.end);
        const std::size_t colon = key < line.end ? colonAfter(text, key, line.end) : kNone;
        if (colon != kNone) {
            std::string_view written = text.substr(key, colon - key);
            line.levels.push_back({at - line.begin, at, false, unquoted(withoutComment(written))});
            at = skipBlanks(text, colon + 1, line.end);
        }
        at = skipProperties(text, at, line.end);
    }
    line.valueBegin = at;
    line.value = withoutComment(text.substr(at, line.end - at));
}

Line readLine(std::string_view text, std::size_t begin) {
    Line line;
    line.begin = begin;
    line.end = std::min(text.find('\n', begin), text.size());
    if (line.end > begin && text[line.end - 1] == '\r')
        --line.end;
    while (begin + line.indent < line.end && text[begin + line.indent] == ' ')
        ++line.indent;
    const std::string_view rest = text.substr(begin, line.end - begin);
    line.comment = line.indent < rest.size() && rest[line.indent] == '#';
    line.marker = isMarker(rest);
    line.blank = line.comment || line.marker || rest.find_first_not_of(" \t") == kNone;
    if (!line.blank)
        readLevels(text, line);
    return line;
}

// Adds the key that the line holds at that column, if any.
void addKey(const Line& line, std::size_t column, std::vector<KeyLine>& keys) {
    if (line.hasKey() && line.levels.back().column == column)
        keys.push_back({line.levels.back().key, line.value, line.levels.back().begin});
}

}  // namespace

Line lineAt(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const std::size_t before = offset == 0 ? kNone : text.rfind('\n', offset - 1);
    return readLine(text, before == kNone ? firstLine(text) : before + 1);
}

bool lineAbove(std::string_view text, Line& line) {
    if (line.begin <= firstLine(text))
        return false;
    line = lineAt(text, line.begin - 1);
    return true;
}

bool lineBelow(std::string_view text, Line& line) {
    const std::size_t next = text.find('\n', line.end);
    if (next == kNone)
        return false;
    line = readLine(text, next + 1);
    return true;
}

bool isBlockHeader(std::string_view value) {
    return !value.empty() && (value.front() == '|' || value.front() == '>') &&
           value.find_first_not_of("+-0123456789", 1) == kNone;
}

yaml::Style styleOf(std::string_view value) {
    if (isBlockHeader(value))
        return yaml::Style::Literal;
    if (value.starts_with('"'))
        return yaml::Style::DoubleQuoted;
    return value.starts_with('\'') ? yaml::Style::SingleQuoted : yaml::Style::Plain;
}

std::string unquoted(std::string_view value) {
    if (value.size() < 2 || value.front() != value.back() ||
        (value.front() != '"' && value.front() != '\''))
        return std::string(value);
    const char escape = value.front() == '"' ? '\\' : '\'';
    std::string text;
    for (std::size_t i = 1; i + 1 < value.size(); ++i) {
        if (value[i] == escape && i + 2 < value.size())
            ++i;
        text += value[i];
    }
    return text;
}

std::vector<KeyLine> keysAround(std::string_view text, const Line& line, std::size_t column) {
    std::vector<KeyLine> keys;
    const bool startsHere = !line.levels.empty() && line.levels.front().column < column;
    Line at = line;
    while (!startsHere && lineAbove(text, at) && !at.marker) {
        if (at.blank || at.indent > column)
            continue;
        addKey(at, column, keys);
        if (at.indent < column)
            break;
    }
    std::reverse(keys.begin(), keys.end());
    addKey(line, column, keys);
    at = line;
    while (lineBelow(text, at) && !at.marker) {
        if (at.blank || at.indent > column)
            continue;
        if (at.indent < column)
            break;
        addKey(at, column, keys);
    }
    return keys;
}

std::vector<KeyLine> keysOfItem(std::string_view text, std::size_t dash) {
    // Asked for every dash of a line: most can be told without reading it.
    const std::size_t next = skipBlanks(text, dash + 1, text.size());
    if (isDash(text, next, text.size()))
        return {};
    const Line line = lineAt(text, dash);
    for (const Level& each : line.levels)
        if (each.begin > dash)
            return each.dash ? std::vector<KeyLine>() : keysAround(text, line, each.column);
    Line below = line;
    while (lineBelow(text, below) && !below.marker) {
        if (below.blank)
            continue;
        return below.indent > dash - line.begin ? keysAround(text, below, below.indent)
                                                : std::vector<KeyLine>();
    }
    return {};
}

std::string valueOf(const std::vector<KeyLine>& keys, std::string_view key) {
    for (const KeyLine& each : keys)
        if (each.key == key)
            return unquoted(each.value);
    return {};
}

}  // namespace pe::language
