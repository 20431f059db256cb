// SPDX-License-Identifier: MIT
// Plain and quoted scalars.
#include <charconv>
#include <cstring>
#include <optional>

#include "parser.hpp"

namespace pe::yaml {
namespace {

// The number in `\x12`, `\u1234` or `\U12345678`; nothing if it is incomplete.
std::optional<std::uint32_t> hexEscape(std::string_view text, std::size_t backslash) {
    if (backslash + 1 >= text.size() || text[backslash] != '\\')
        return std::nullopt;
    const char kind = text[backslash + 1];
    const std::size_t count = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    const std::string_view digits = text.substr(backslash + 2, count);
    std::uint32_t code = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, code, 16);
    const bool complete = digits.size() == count && count > 0 && read.ptr == end;
    return complete ? std::optional(code) : std::nullopt;
}

// UTF-16 writes one character as two escapes, which stand side by side.
enum class Half { None, High, Low };

Half utf16Half(std::optional<std::uint32_t> code) {
    if (!code || *code < 0xD800 || *code >= 0xE000)
        return Half::None;
    return *code < 0xDC00 ? Half::High : Half::Low;
}

}  // namespace

void Parser::warnReservedIndicator() {
    const char first = scan_.at(pos_);
    if (first == '@' || first == '`' || first == '%')
        warn("yaml.reserved-indicator", pos_, pos_ + 1,
             "A text that begins with @, ` or % needs quotes; strict readers refuse it.");
}

void Parser::parsePlainValue(NodeRef ref, const Place& place) {
    const Offset begin = pos_;
    const char first = scan_.at(begin);
    const Content start = valueStart_;
    const Offset trivia = valueTrivia_;
    if (std::strchr(",]}", first) != nullptr) {
        error("yaml.unexpected-character", begin, begin + 1,
              "A value cannot begin with this character; put it in quotes or delete it.");
        keepValueOpaque(ref, place);
        return;
    }
    if ((first == '-' || first == '?' || first == ':') && scan_.isSpaceOrEnd(begin + 1)) {
        error("yaml.block-in-line", begin, begin + 1,
              "A list or mapping begins on a line of its own below its key; a text needs quotes.");
        keepValueOpaque(ref, place);
        return;
    }
    warnReservedIndicator();
    const Scanner::PlainLine text = plainText({place.parentColumn, 0}, false);
    if (text.reason == Scanner::Stop::Colon) {
        error("yaml.colon-in-value", text.stop, text.stop + 1,
              "A second colon stands in this line; put the value in quotes.");
        keepValueOpaque(ref, place);
        return;
    }
    setScalar(ref, Style::Plain, begin, pos_);
    finishLine(ref, place);
    restartAsMapping(ref, place, start, trivia);
}

// A lone text followed by keys at its own column was meant as a key: report the missing colon
// there, and read the lines as the mapping they are.
bool Parser::restartAsMapping(NodeRef ref, const Place& place, const Content& first,
                              Offset trivia) {
    if (node(ref).style != Style::Plain || first.kind != Content::Kind::Text ||
        content_.column != first.column || content_.column <= place.parentColumn ||
        content_.tabbed || !scan_.implicitKey(content_.at))
        return false;
    TreeNode& n = node(ref);
    const bool inLine = first.lineBegin == first.at;
    const Offset from = inLine ? first.at : trivia;
    n.style = Style::BlockMapping;
    if (n.parent == kStream)
        n.prefixEnd = n.begin = n.keyEnd = from;
    setValueBegin(ref, from);
    if (inLine) {
        triviaBegin_ = from;
        firstCommentColumn_ = -1;
    } else {
        readTrivia(from);
    }
    content_ = first;
    lineStart_ = first.at - static_cast<Offset>(first.column);
    parseBlockCollection(ref, place);
    return true;
}

// From pos_ over all lines of a plain scalar; pos_ ends behind its last character.
Scanner::PlainLine Parser::plainText(const FlowPlace& place, bool flow) {
    Scanner::PlainLine line = scan_.plainLine(pos_, flow);
    pos_ = line.end;
    while (line.reason == Scanner::Stop::LineEnd && !scan_.ended(line.stop)) {
        Offset begin = scan_.afterBreak(line.stop);
        Offset at = scan_.skipBlanks(begin);
        while (scan_.isBreak(at)) {
            begin = scan_.afterBreak(at);
            at = scan_.skipBlanks(begin);
        }
        if (scan_.ended(at) || !continuesPlain(begin, at, place, flow))
            break;
        const Scanner::PlainLine more = scan_.plainLine(at, flow);
        if (more.end == at || (!flow && more.reason == Scanner::Stop::Colon))
            break;
        line = more;
        pos_ = line.end;
        lineStart_ = begin;
    }
    return line;
}

bool Parser::continuesPlain(Offset lineBegin, Offset at, const FlowPlace& place, bool flow) {
    if (scan_.at(at) == '#' || scan_.isBoundary(lineBegin))
        return false;
    const int column = static_cast<int>(scan_.skipSpaces(lineBegin) - lineBegin);
    if (column > place.parentColumn)
        return true;
    return flow && !scan_.isFlowIndicator(at) && flowLineIsInside(at, column, place);
}

// pos_ stands at the quote and ends behind the closing one.
bool Parser::parseQuoted(const FlowPlace& place) {
    const Offset begin = pos_;
    const char quote = scan_.at(begin);
    Offset i = begin + 1;
    while (!scan_.ended(i)) {
        const char c = scan_.at(i);
        if (c == quote && quote == '\'' && scan_.at(i + 1) == '\'') {
            i += 2;
        } else if (c == quote) {
            pos_ = i + 1;
            return true;
        } else if (c == '\\' && quote == '"') {
            checkEscape(i);
            i += scan_.isLineEnd(i + 1) ? 1 : 2;
        } else if (c == '\n' || c == '\r') {
            i = scan_.afterBreak(i);
            if (!quotedLineIsInside(i, place.parentColumn))
                break;
            lineStart_ = i;
        } else {
            ++i;
        }
    }
    error("yaml.unclosed-quote", begin, scan_.lineEnd(begin),
          "This quote is never closed; add the closing one.");
    return false;
}

// A line that stands too far left is still taken, with a warning, unless it looks like the next
// entry.
bool Parser::quotedLineIsInside(Offset lineBegin, int parentColumn) {
    const Offset at = scan_.skipBlanks(lineBegin);
    if (scan_.isLineEnd(at))
        return true;
    if (scan_.isBoundary(lineBegin))
        return false;
    const int column = static_cast<int>(scan_.skipSpaces(lineBegin) - lineBegin);
    if (column > parentColumn)
        return true;
    if (scan_.looksLikeEntry(at))
        return false;
    warn("yaml.quote-indent", lineBegin, at,
         "Indent the lines of a quoted text deeper than its key; strict readers refuse this.");
    return true;
}

void Parser::checkEscape(Offset backslash) {
    const char kind = scan_.at(backslash + 1);
    if (scan_.isLineEnd(backslash + 1) || std::strchr("0abt\tnvfre \"/\\N_LP", kind) != nullptr)
        return;
    if (kind != 'x' && kind != 'u' && kind != 'U') {
        warn("yaml.unknown-escape", backslash, backslash + 2,
             "YAML knows no such escape; write \\\\ for a backslash.");
        return;
    }
    const auto code = hexEscape(scan_.text(), backslash);
    const auto half = [this](Offset at) { return utf16Half(hexEscape(scan_.text(), at)); };
    const bool isAlone =
        (utf16Half(code) == Half::High && half(backslash + 6) != Half::Low) ||
        (utf16Half(code) == Half::Low && (backslash < 6 || half(backslash - 6) != Half::High));
    if (!code || *code > 0x10FFFF || isAlone)
        error("yaml.bad-escape", backslash, backslash + 2,
              "This escape needs the hexadecimal digits of a character: \\x2, \\u4 or \\U8.");
}

}  // namespace pe::yaml
