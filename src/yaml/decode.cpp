// SPDX-License-Identifier: MIT
// Decoding: from the raw text of a scalar to the text it stands for.
#include <algorithm>
#include <cstdint>

#include "pe/base/utf8.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/scalar.hpp"
#include "scanner.hpp"

namespace pe::yaml {
namespace {

// Folds the breaks of plain and quoted text: one break is a space, further ones are kept; blanks
// around breaks go. `i` stands at a break and ends at the next character that is no white space.
void foldBreaks(const Scanner& raw, Offset& i, std::size_t keep, std::string& out) {
    while (out.size() > keep && (out.back() == ' ' || out.back() == '\t'))
        out.pop_back();
    std::size_t breaks = 0;
    while (raw.isBreak(i)) {
        ++breaks;
        i = raw.skipBlanks(raw.afterBreak(i));
    }
    out.append(breaks == 1 ? 1 : breaks - 1, breaks == 1 ? ' ' : '\n');
}

std::string decodePlain(std::string_view text) {
    if (!hasBreak(text))
        return std::string(text);
    const Scanner raw(text);
    std::string out;
    for (Offset i = 0; i < raw.size();) {
        if (raw.isBreak(i))
            foldBreaks(raw, i, 0, out);
        else
            out += raw.at(i++);
    }
    return out;
}

std::string_view withoutQuotes(std::string_view raw) {
    if (raw.size() >= 2 && raw.back() == raw.front())
        raw.remove_suffix(1);
    return raw.empty() ? raw : raw.substr(1);
}

// The end of the characters from `i` on that stand for themselves.
Offset ordinaryEnd(const Scanner& raw, Offset i, char escape) {
    const std::string_view text = raw.text();
    while (i < text.size() && text[i] != escape && !isLineBreak(text[i]))
        ++i;
    return i;
}

std::string decodeSingleQuoted(std::string_view quoted) {
    const Scanner raw(withoutQuotes(quoted));
    std::string out;
    for (Offset i = 0; i < raw.size();) {
        if (raw.isBreak(i)) {
            foldBreaks(raw, i, 0, out);
        } else if (raw.at(i) == '\'') {
            i += raw.at(i + 1) == '\'' ? 2 : 1;
            out += '\'';
        } else {
            const Offset end = ordinaryEnd(raw, i, '\'');
            out += raw.text().substr(i, end - i);
            i = end;
        }
    }
    return out;
}

std::uint32_t hexValue(const Scanner& raw, Offset begin, int digits) {
    std::uint32_t code = 0;
    for (int i = 0; i < digits; ++i) {
        const char c = raw.at(begin + static_cast<Offset>(i));
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : 0;
        code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    return code;
}

void appendHexEscape(const Scanner& raw, Offset& i, std::string& out) {
    const char kind = raw.at(i++);
    const int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    std::uint32_t code = hexValue(raw, i, digits);
    i = std::min(i + static_cast<Offset>(digits), raw.size());
    const bool isHigh = code >= 0xD800 && code < 0xDC00;
    if (isHigh && raw.at(i) == '\\' && raw.at(i + 1) == 'u') {
        const std::uint32_t low = hexValue(raw, i + 2, 4);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i = std::min(i + 6, raw.size());
        }
    }
    utf8::append(out, code);
}

// `i` stands behind the backslash.
void appendEscape(const Scanner& raw, Offset& i, std::string& out) {
    constexpr std::string_view kNames = "0abt\tnvfre";
    constexpr std::string_view kBytes{"\0\a\b\t\t\n\v\f\r\x1b", 10};
    const char kind = raw.at(i);
    if (kind == 'x' || kind == 'u' || kind == 'U') {
        appendHexEscape(raw, i, out);
        return;
    }
    ++i;
    if (const auto at = kNames.find(kind); at != std::string_view::npos)
        out += kBytes[at];
    else if (kind == 'N' || kind == '_')
        utf8::append(out, kind == 'N' ? 0x85 : 0xA0);
    else if (kind == 'L' || kind == 'P')
        utf8::append(out, kind == 'L' ? 0x2028 : 0x2029);
    else
        out += kind;
}

std::string decodeDoubleQuoted(std::string_view quoted) {
    const Scanner raw(withoutQuotes(quoted));
    std::string out;
    std::size_t keep = 0;  // what an escape wrote is never trimmed
    for (Offset i = 0; i < raw.size();) {
        if (raw.isBreak(i)) {
            foldBreaks(raw, i, keep, out);
        } else if (raw.at(i) != '\\') {
            const Offset end = ordinaryEnd(raw, i, '\\');
            out += raw.text().substr(i, end - i);
            i = end;
        } else if (raw.ended(i + 1)) {
            out += raw.at(i++);
        } else if (raw.isBreak(i + 1)) {
            i = raw.skipBlanks(raw.afterBreak(i + 1));
            for (; raw.isBreak(i); i = raw.skipBlanks(raw.afterBreak(i)))
                out += '\n';
            keep = out.size();
        } else {
            appendEscape(raw, ++i, out);
            keep = out.size();
        }
    }
    return out;
}

// The lines of a block scalar without indentation and breaks.
struct BlockLine {
    std::string_view text;
    bool hasBreak = false;
};

BlockLine nextBlockLine(const Scanner& raw, Offset& i, int column) {
    const Offset spaces = std::min(raw.skipSpaces(i), i + static_cast<Offset>(std::max(column, 0)));
    const Offset end = raw.lineEnd(spaces);
    const BlockLine line{raw.text().substr(spaces, end - spaces), !raw.ended(end)};
    i = raw.afterBreak(end);
    return line;
}

std::string joinLiteral(const Scanner& raw, int column) {
    std::string out;
    out.reserve(raw.size());
    for (Offset i = 0; i < raw.size();) {
        const BlockLine line = nextBlockLine(raw, i, column);
        out += line.text;
        if (line.hasBreak)
            out += '\n';
    }
    return out;
}

// A break between two lines of text is a space; blank lines stay, and so do breaks around lines
// that begin with a blank.
std::string joinFolded(const Scanner& raw, int column) {
    std::string out;
    std::size_t breaks = 0;
    bool hasText = false;
    bool wasSpaced = false;
    for (Offset i = 0; i < raw.size();) {
        const BlockLine line = nextBlockLine(raw, i, column);
        if (line.text.empty()) {
            breaks += line.hasBreak ? 1 : 0;
            continue;
        }
        const bool spaced = line.text.front() == ' ' || line.text.front() == '\t';
        if (!hasText || spaced || wasSpaced)
            out.append(breaks, '\n');
        else
            out.append(breaks == 1 ? 1 : breaks - 1, breaks == 1 ? ' ' : '\n');
        out += line.text;
        breaks = line.hasBreak ? 1 : 0;
        hasText = true;
        wasSpaced = spaced;
    }
    out.append(breaks, '\n');
    return out;
}

char chompingOf(std::string_view header) {
    for (const char c : header.substr(0, header.find_first_of(" \t\r\n#")))
        if (c == '+' || c == '-')
            return c;
    return ' ';
}

std::string decodeBlock(Style style, std::string_view open, std::string_view text, int column) {
    const Scanner raw(text);
    std::string out = style == Style::Literal ? joinLiteral(raw, column) : joinFolded(raw, column);
    const char chomping = chompingOf(open);
    if (chomping == '+')
        return out;
    const std::size_t last = out.find_last_not_of('\n');
    const std::size_t length = last == std::string::npos ? 0 : last + 1;
    const bool keepsOne = chomping == ' ' && length > 0 && length < out.size();
    out.resize(length + (keepsOne ? 1 : 0));
    return out;
}

}  // namespace

std::string decodeScalar(Style style, std::string_view open, std::string_view raw, int textColumn) {
    switch (style) {
        case Style::SingleQuoted:
            return decodeSingleQuoted(raw);
        case Style::DoubleQuoted:
            return decodeDoubleQuoted(raw);
        case Style::Literal:
        case Style::Folded:
            return decodeBlock(style, open, raw, textColumn);
        case Style::Plain:
            return decodePlain(raw);
        default:
            return std::string(raw);
    }
}

}  // namespace pe::yaml
