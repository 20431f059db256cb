// SPDX-License-Identifier: MIT
#include "mending_key.hpp"

#include <algorithm>
#include <string_view>

namespace pe::loader {
namespace {

constexpr std::size_t kNone = std::string::npos;

std::size_t lineStart(std::string_view text, std::size_t at) {
    const std::size_t found = at == 0 ? kNone : text.rfind('\n', at - 1);
    return found == kNone ? 0 : found + 1;
}

std::size_t lineEnd(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::string_view withoutBreak(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    return line;
}

// The deepest collection of a line that stands no deeper than `column`: the column of its dash or
// of its key. Below zero if all of the line stands deeper.
int collectionAt(std::string_view line, int column) {
    std::size_t at = std::min(line.find_first_not_of(' '), line.size());
    int deepest = -1;
    while (at < line.size() && static_cast<int>(at) <= column) {
        deepest = static_cast<int>(at);
        if (line[at] != '-' || at + 1 >= line.size() || line[at + 1] != ' ')
            break;
        at = std::min(line.find_first_not_of(' ', at + 1), line.size());
    }
    return deepest;
}

// The column of the innermost collection that is open at `begin`; below zero at the root.
int openCollection(std::string_view text, std::size_t begin) {
    std::size_t start = lineStart(text, begin);
    const int column = static_cast<int>(begin - start);
    const std::string_view before = text.substr(start, begin - start);
    if (const std::size_t dash = before.rfind('-'); dash != kNone)
        return static_cast<int>(dash);
    while (start > 0) {
        const std::size_t above = lineStart(text, start - 1);
        const std::string_view line = withoutBreak(text.substr(above, start - 1 - above));
        start = above;
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == kNone || line[first] == '#')
            continue;
        if (const int found = collectionAt(line, column); found >= 0)
            return found;
    }
    return -1;
}

// Where the colon of a key stands in the rest of a line; kNone if the line has none, or a comment
// before it.
std::size_t colonIn(std::string_view line, bool& ended) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool beforeBlank = i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\t';
        if (line[i] == ':' && beforeBlank)
            return i;
        ended = line[i] == '#' && i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t');
        if (ended)
            return kNone;
    }
    return kNone;
}

std::string quotedKey(std::string_view key) {
    std::string out = "\"";
    for (const char c : withoutBreak(key)) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + '"';
}

std::string replaced(const std::string& text, std::size_t begin, std::size_t end,
                     std::string_view by) {
    std::string out = text.substr(0, begin);
    out += by;
    out.append(text, end);
    return out;
}

// After a key over several lines the value has to stand deeper than the key began.
bool isValueDeeper(std::string_view text, std::size_t begin, std::size_t colon) {
    const std::size_t value = text.find_first_not_of(" \t", colon + 1);
    if (value == kNone || text[value] == '\n' || text[value] == '\r')
        return true;
    return value - lineStart(text, colon) > begin - lineStart(text, begin);
}

}  // namespace

std::optional<std::string> withPlainKey(const std::string& text, std::size_t begin) {
    const std::string_view all = text;
    const int open = openCollection(all, begin);
    std::string key;
    for (std::size_t at = begin; at < all.size();) {
        const std::size_t end = lineEnd(all, at);
        const std::string_view line = withoutBreak(all.substr(at, end - at));
        bool ended = false;
        const std::size_t colon = colonIn(line, ended);
        if (ended || (colon != kNone && !isValueDeeper(all, begin, at + colon)))
            return std::nullopt;
        key += key.empty() || line.empty() ? "" : " ";
        if (colon != kNone)
            return replaced(text, begin, at + colon,
                            quotedKey(key + std::string(line.substr(0, colon))));
        key += line;
        if (end >= all.size())
            return std::nullopt;
        at = std::min(all.find_first_not_of(" \t", end + 1), all.size());
        const bool isMarker = all.substr(at, 3) == "---" || all.substr(at, 3) == "...";
        const bool isBlank = at < all.size() && (all[at] == '\n' || all[at] == '\r');
        const int column = static_cast<int>(at - (end + 1));
        if (!isBlank && (column <= open || (column == 0 && isMarker)))
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string> withQuotedKey(const std::string& text, std::size_t begin) {
    const char quote = begin < text.size() ? text[begin] : '\0';
    if (quote != '"' && quote != '\'')
        return std::nullopt;
    std::string key(1, quote);
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (text[at] == quote && quote == '\'' && text[at + 1] == quote) {
            key += "''";
            ++at;
        } else if (text[at] == quote) {
            const std::size_t colon = text.find_first_not_of(" \t", at + 1);
            if (colon == kNone || text[colon] != ':' || !isValueDeeper(text, begin, colon))
                return std::nullopt;
            return replaced(text, begin, at, key);
        } else if (text[at] == '\n' || text[at] == '\r') {
            key = std::string(withoutBreak(key)) + ' ';
            at = std::min(text.find_first_not_of(" \t\r\n", at), text.size()) - 1;
        } else {
            key += text[at];
            if (text[at] == '\\' && quote == '"' && at + 1 < text.size())
                key += text[++at];
        }
    }
    return std::nullopt;
}

}  // namespace pe::loader
