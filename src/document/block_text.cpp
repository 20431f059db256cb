// SPDX-License-Identifier: MIT
#include "block_text.hpp"

#include <algorithm>
#include <cstddef>

namespace pe::document {
namespace {

char32_t decodeOne(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80)
        return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    char32_t point = lead & (0x3f >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3f);
    return point;
}

void encodeOne(char32_t point, std::string& out) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xc0 | (point >> 6));
        out += static_cast<char>(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xe0 | (point >> 12));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (point & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (point >> 18));
        out += static_cast<char>(0x80 | ((point >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (point & 0x3f));
    }
}

bool isBreak(char32_t element) {
    return element == '\n' || element == kCarriageReturn || element == kCarriageReturnLineFeed;
}

bool isShortBlanks(char32_t element) {
    return element >= kShortBlanks && element < kShortBlanksEnd;
}

// Reads the indentation of the line at `at`: drops it, or keeps it as a mark on a short white line.
void takeIndent(std::string_view raw, std::size_t column, std::size_t& at, Elements& out) {
    std::size_t blanks = 0;
    while (blanks < column && at + blanks < raw.size() && raw[at + blanks] == ' ')
        ++blanks;
    at += blanks;
    const bool white = at == raw.size() || raw[at] == '\n' || raw[at] == '\r';
    if (!white || blanks == 0)
        return;
    // A full indentation on a white line is a mark too: without it the line would come back empty.
    out += kShortBlanks + static_cast<char32_t>(std::min<std::size_t>(blanks, 0xffff));
}

}  // namespace

Elements toElements(std::string_view raw, int column) {
    Elements out;
    out.reserve(raw.size());
    const auto indent = static_cast<std::size_t>(std::max(column, 0));
    std::size_t at = 0;
    while (at < raw.size()) {
        takeIndent(raw, indent, at, out);
        while (at < raw.size() && raw[at] != '\n' && raw[at] != '\r')
            out += decodeOne(raw, at);
        if (at == raw.size())
            break;
        if (raw[at] == '\n') {
            out += U'\n';
            ++at;
        } else if (at + 1 < raw.size() && raw[at + 1] == '\n') {
            out += kCarriageReturnLineFeed;
            at += 2;
        } else {
            out += kCarriageReturn;
            ++at;
        }
    }
    return out;
}

std::string toRaw(const Elements& elements, int column) {
    std::string out;
    out.reserve(elements.size() + elements.size() / 8);
    const auto indent = static_cast<std::size_t>(std::max(column, 0));
    bool lineStart = true;
    std::size_t blanks = 0;
    for (const char32_t element : elements) {
        if (isShortBlanks(element)) {
            blanks = element - kShortBlanks;
            continue;
        }
        if (isBreak(element)) {
            if (lineStart)
                out.append(std::min(blanks, indent), ' ');
            out += element == U'\n' ? "\n" : element == kCarriageReturn ? "\r" : "\r\n";
            lineStart = true;
            blanks = 0;
            continue;
        }
        if (lineStart)
            out.append(indent, ' ');
        lineStart = false;
        encodeOne(element, out);
    }
    if (lineStart && blanks)
        out.append(std::min(blanks, indent), ' ');
    return out;
}

}  // namespace pe::document
