// SPDX-License-Identifier: MIT
#include "scanner.hpp"

#include <array>
#include <cstring>
#include <utility>

namespace pe::yaml {
namespace {

// Characters at which a plain scalar may stop or which may be white: all others are skipped
// quickly.
constexpr auto kPlainSpecial = [] {
    std::array<bool, 256> table{};
    for (const char c : {'\n', '\r', ' ', '\t', ':', '#', ',', '[', ']', '{', '}'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

}  // namespace

bool Scanner::isFlowIndicator(Offset offset) const {
    const char c = at(offset);
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

bool Scanner::isComment(Offset offset) const {
    return at(offset) == '#' &&
           (offset == 0 || isBlank(offset - 1) || isBreak(offset - 1) || offset == 3);
}

Offset Scanner::skipBlanks(Offset offset) const {
    while (isBlank(offset))
        ++offset;
    return offset;
}

Offset Scanner::skipSpaces(Offset offset) const {
    while (at(offset) == ' ')
        ++offset;
    return offset;
}

// In pieces, so that two searches for one character each stay linear.
Offset Scanner::lineEnd(Offset offset) const {
    constexpr std::size_t kPiece = 64;
    while (offset < text_.size()) {
        std::string_view piece = text_.substr(offset, kPiece);
        const std::size_t size = piece.size();
        piece = piece.substr(0, piece.find('\n'));
        piece = piece.substr(0, piece.find('\r'));
        offset += static_cast<Offset>(piece.size());
        if (piece.size() < size)
            break;
    }
    return offset;
}

Offset Scanner::afterBreak(Offset offset) const {
    if (at(offset) == '\r')
        return at(offset + 1) == '\n' ? offset + 2 : offset + 1;
    return at(offset) == '\n' ? offset + 1 : offset;
}

bool Scanner::isMarker(Offset lineBegin, char character) const {
    return at(lineBegin) == character && at(lineBegin + 1) == character &&
           at(lineBegin + 2) == character && isSpaceOrEnd(lineBegin + 3);
}

bool Scanner::isConflictMarker(Offset lineBegin) const {
    const char c = at(lineBegin);
    if (c != '<' && c != '=' && c != '>' && c != '|')
        return false;
    for (Offset i = 1; i < 7; ++i)
        if (at(lineBegin + i) != c)
            return false;
    return isSpaceOrEnd(lineBegin + 7);
}

Scanner::PlainLine Scanner::plainLine(Offset offset, bool flow) const {
    PlainLine line{offset, offset, Stop::LineEnd};
    Offset i = offset;
    for (;; ++i) {
        if (i >= text_.size())
            break;
        const char c = text_[i];
        if (!kPlainSpecial[static_cast<unsigned char>(c)]) {
            line.end = i + 1;
            continue;
        }
        if (c == '\n' || c == '\r')
            break;
        if (c == ' ' || c == '\t')
            continue;
        if (c == ':' && (isSpaceOrEnd(i + 1) || (flow && isFlowIndicator(i + 1)))) {
            line.reason = Stop::Colon;
            break;
        }
        if (c == '#' && i > offset && isBlank(i - 1)) {
            line.reason = Stop::Comment;
            break;
        }
        if (flow && isFlowIndicator(i)) {
            line.reason = Stop::FlowIndicator;
            break;
        }
        line.end = i + 1;
    }
    line.stop = i;
    return line;
}

std::optional<Offset> Scanner::quotedOnLine(Offset offset) const {
    const char quote = at(offset);
    for (Offset i = offset + 1; !isLineEnd(i); ++i) {
        if (quote == '"' && at(i) == '\\' && !isLineEnd(i + 1)) {
            ++i;
        } else if (at(i) == quote) {
            if (quote == '\'' && at(i + 1) == '\'')
                ++i;
            else
                return i + 1;
        }
    }
    return std::nullopt;
}

Offset Scanner::wordEnd(Offset offset, bool flow) const {
    if (at(offset) == '!' && at(offset + 1) == '<') {
        Offset i = offset;
        while (!isSpaceOrEnd(i) && at(i) != '>')
            ++i;
        return at(i) == '>' ? i + 1 : i;
    }
    while (!isSpaceOrEnd(offset) && !(flow && isFlowIndicator(offset)))
        ++offset;
    return offset;
}

Offset Scanner::skipProperties(Offset offset, bool flow) const {
    bool anchored = false;
    bool tagged = false;
    while (at(offset) == '&' || at(offset) == '!') {
        // One of each: what follows is none of this key's.
        if (std::exchange(at(offset) == '&' ? anchored : tagged, true))
            return offset;
        const Offset end = wordEnd(offset, flow);
        if (at(offset) == '&' && end == offset + 1)
            return offset;  // an anchor has a name
        const Offset next = skipBlanks(end);
        if (isLineEnd(next) || next == end)
            return end;
        offset = next;
    }
    return offset;
}

// Brackets are matched on one line only: a key may not span lines.
std::optional<Offset> Scanner::flowOnLine(Offset offset) const {
    std::size_t depth = 0;
    for (Offset i = offset; !isLineEnd(i); ++i) {
        const char c = at(i);
        if ((c == '"' || c == '\'') && (isFlowIndicator(i - 1) || isBlank(i - 1))) {
            const auto end = quotedOnLine(i);
            if (!end)
                return std::nullopt;
            i = *end - 1;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if ((c == ']' || c == '}') && --depth == 0) {
            return i + 1;
        } else if (isComment(i)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<Scanner::Key> Scanner::implicitKey(Offset offset) const {
    const Offset begin = skipProperties(offset, false);
    std::optional<Offset> end;
    const char first = at(begin);
    if (begin > offset && (isIndicator(begin, '-') || isIndicator(begin, '?')))
        return std::nullopt;
    if (first == '"' || first == '\'') {
        end = quotedOnLine(begin);
    } else if (first == '[' || first == '{') {
        end = flowOnLine(begin);
    } else if (first == '*' && begin == offset) {
        end = wordEnd(begin, false);
    } else if (begin > offset && isSpaceOrEnd(begin) && !isLineEnd(skipBlanks(begin))) {
        end = begin;  // properties of an empty key
    } else if (isLineEnd(begin) || first == '|' || first == '>' || first == '#' ||
               (first != ':' && std::strchr(",]}&!*", first) != nullptr)) {
        return std::nullopt;
    } else {
        const PlainLine line = plainLine(begin, false);
        if (line.reason != Stop::Colon)
            return std::nullopt;
        return Key{line.end, line.stop};
    }
    if (!end)
        return std::nullopt;
    const Offset colon = skipBlanks(*end);
    if (!isIndicator(colon, ':'))
        return std::nullopt;
    return Key{*end, colon};
}

bool Scanner::looksLikeEntry(Offset offset) const {
    const char first = at(offset);
    if (isIndicator(offset, '-'))
        return true;
    if (std::strchr("\"'[]{},:#&*!|>%", first) != nullptr)
        return false;
    const PlainLine line = plainLine(offset, false);
    if (line.reason != Stop::Colon)
        return false;
    for (Offset i = offset; i < line.end; ++i)
        if (isBlank(i))
            return false;
    return true;
}

}  // namespace pe::yaml
