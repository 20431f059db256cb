// SPDX-License-Identifier: MIT
// Literal and folded scalars: header, indentation, and where the text ends.
#include <algorithm>

#include "parser.hpp"

namespace pe::yaml {
namespace {

constexpr int kNoColumn = -1;

}  // namespace

// pos_ stands at `|` or `>`.
void Parser::parseBlockScalar(NodeRef ref, const Place& place) {
    const Style style = scan_.at(pos_) == '|' ? Style::Literal : Style::Folded;
    BlockHeader header;
    if (!parseBlockHeader(header)) {
        error("yaml.block-header", pos_, scan_.lineEnd(pos_),
              "After | or > only + or -, one digit from 1 to 9 and a comment may stand; put the "
              "text on the lines below.");
        keepValueOpaque(ref, place);
        return;
    }
    const Offset textBegin = scan_.nextLine(pos_);
    const int column = header.indent > 0
                           ? std::max(place.parentColumn, 0) + header.indent
                           : detectBlockIndent(textBegin, place.parentColumn, node(ref).column);
    if (column == kNoColumn) {
        keepValueOpaque(ref, place);
        return;
    }
    const Offset end = blockTextEnd(textBegin, column, header.chomping == '+');
    setScalar(ref, style, textBegin, end);
    node(ref).offset = column - node(ref).column;
    readTrivia(end);
}

bool Parser::parseBlockHeader(BlockHeader& header) {
    Offset i = pos_ + 1;
    for (; !scan_.isSpaceOrEnd(i); ++i) {
        const char c = scan_.at(i);
        if (c >= '1' && c <= '9' && header.indent == 0)
            header.indent = c - '0';
        else if ((c == '+' || c == '-') && header.chomping == ' ')
            header.chomping = c;
        else
            return false;
    }
    i = scan_.skipBlanks(i);
    return scan_.isLineEnd(i) || scan_.at(i) == '#';
}

// The column of the first line that is not empty; without one, a column that makes all lines empty.
// kNoColumn, with an error, if the lines above it are deeper: no reader could tell where it begins.
int Parser::detectBlockIndent(Offset lineBegin, int parentColumn, int column) {
    int widest = 0;
    Offset widestLine = lineBegin;
    for (Offset line = lineBegin; !scan_.ended(line); line = scan_.nextLine(line)) {
        const Offset at = scan_.skipSpaces(line);
        const int spaces = static_cast<int>(at - line);
        if (scan_.isLineEnd(at)) {
            if (spaces > widest)
                widestLine = line;
            widest = std::max(widest, spaces);
            continue;
        }
        if (spaces <= parentColumn || (spaces == 0 && scan_.isBoundary(line)))
            break;
        if (widest <= spaces)
            return spaces;
        error("yaml.block-indent", widestLine, widestLine + static_cast<Offset>(widest),
              "A blank line above the text has more spaces than the text; delete them.");
        return kNoColumn;
    }
    return std::max(widest, std::max(parentColumn + 1, column + 2));
}

// Behind the last line that belongs to the text. Blank lines at its end are not part of it, unless
// it keeps them or they hold more spaces than its indentation.
Offset Parser::blockTextEnd(Offset line, int column, bool keep) {
    Offset end = line;
    while (!scan_.ended(line)) {
        const Offset at = scan_.skipSpaces(line);
        const int spaces = static_cast<int>(at - line);
        const bool isWhite = scan_.isLineEnd(at);
        if (!isWhite && spaces < column && !conflictMarkerAt(line))
            break;
        if (!isWhite && spaces == 0 && scan_.isBoundary(line))
            break;
        line = scan_.nextLine(at);
        if (!isWhite || keep || spaces > column)
            end = line;
    }
    return end;
}

}  // namespace pe::yaml
