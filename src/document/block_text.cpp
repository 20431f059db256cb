// SPDX-License-Identifier: MIT
#include "block_text.hpp"

#include <algorithm>
#include <cstddef>

#include "pe/base/utf8.hpp"

namespace pe::document {
namespace {

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
        while (at < raw.size() && raw[at] != '\n' && raw[at] != '\r') {
            const utf8::CodePoint point = utf8::decode(raw.substr(at));
            out += point.value;
            at += point.length;
        }
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
        utf8::append(out, element);
    }
    if (lineStart && blanks)
        out.append(std::min(blanks, indent), ' ');
    return out;
}

}  // namespace pe::document
