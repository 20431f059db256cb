// SPDX-License-Identifier: MIT
// Block mappings and block lists, and the blank and comment lines between their entries.
#include "parser.hpp"

namespace pe::yaml {
namespace {

// A tab is no indentation, but whoever typed it meant to stand deeper: the line is kept with the
// entry above it.
constexpr int kTabWidth = 8;

}  // namespace

// From the start of a line over blank and comment lines to the next content; they stay unowned.
void Parser::readTrivia(Offset lineBegin) {
    triviaBegin_ = lineBegin;
    firstCommentColumn_ = -1;
    Offset line = lineBegin;
    while (!scan_.ended(line)) {
        const Offset spaces = scan_.skipSpaces(line);
        const Offset at = scan_.skipBlanks(spaces);
        const int column = static_cast<int>(spaces - line);
        if (scan_.isLineEnd(at) || scan_.at(at) == '#' || conflictMarkerAt(line)) {
            if (scan_.at(at) == '#' && firstCommentColumn_ < 0)
                firstCommentColumn_ = column;
            line = scan_.nextLine(at);
            continue;
        }
        if (column == 0 && scan_.isBoundary(line)) {
            const auto kind = scan_.isDocumentStart(line) ? Content::Kind::DocumentStart
                                                          : Content::Kind::DocumentEnd;
            content_ = {kind, line, at, -1, false};
        } else {
            const bool tabbed = at != spaces;
            content_ = {Content::Kind::Text, line, at, column + (tabbed ? kTabWidth : 0), tabbed};
        }
        lineStart_ = line;
        return;
    }
    content_ = {Content::Kind::End, scan_.size(), scan_.size(), -1, false};
    lineStart_ = line;
}

// Lines that a merge left behind are passed over like comments, so that both sides stay visible.
bool Parser::conflictMarkerAt(Offset line) {
    if (!scan_.isConflictMarker(line))
        return false;
    const char mark = scan_.at(line);
    if (mark != '<' && !inConflict_)
        return false;
    inConflict_ = mark != '>';
    error("yaml.conflict-marker", line, scan_.lineEnd(line),
          "A merge conflict was left here; decide for one side and delete the marker lines.");
    return true;
}

bool Parser::startsBlockCollection(Offset offset) {
    return scan_.isIndicator(offset, '-') || scan_.isIndicator(offset, '?') ||
           scan_.isIndicator(offset, ':') || scan_.implicitKey(offset).has_value();
}

NodeRef Parser::openEntry(NodeRef parent, int column) {
    const NodeRef ref = push(parent, column);
    TreeNode& n = node(ref);
    n.prefixBegin = triviaBegin_;
    n.prefixEnd = content_.lineBegin;
    n.begin = content_.at;
    setBounds(ref, n.begin);
    return ref;
}

// content_ stands at the first entry; afterwards at what follows the collection.
void Parser::parseBlockCollection(NodeRef ref, const Place& place) {
    const int column = content_.column;
    const bool isList = scan_.isIndicator(content_.at, '-');
    if (!enter(content_.at)) {
        pos_ = content_.at;
        node(ref).colonEnd = pos_;
        keepValueOpaque(ref, place);
        return;
    }
    TreeNode& n = node(ref);
    n.style = isList ? Style::BlockSequence : Style::BlockMapping;
    n.offset = column - n.column;
    n.openEnd = n.rawEnd = n.propsEnd;
    openColumns_.push_back(column);
    if (isList)
        parseBlockSequence(ref, column, place);
    else
        parseBlockMapping(ref, column, place.parentColumn < 0);
    openColumns_.pop_back();
    leave();
    closeBlock(ref, place.parentColumn < 0 ? -1 : column);
}

void Parser::parseBlockMapping(NodeRef ref, int column, bool isRoot) {
    while (content_.column >= (isRoot ? 0 : column) || isStray(column)) {
        if (content_.tabbed || content_.column != column) {
            explainBadLine(column, isRoot);
            keepLinesOpaque(ref, column);
        } else {
            parseMappingEntry(ref, column);
        }
    }
}

void Parser::parseMappingEntry(NodeRef parent, int column) {
    const Offset at = content_.at;
    if (scan_.isIndicator(at, '?')) {
        parseExplicitKey(openEntry(parent, column), column);
        return;
    }
    const auto key = scan_.isIndicator(at, '-') ? std::nullopt : scan_.implicitKey(at);
    if (!key && !scan_.isIndicator(at, ':')) {
        explainMissingColon(at);
        keepLinesOpaque(parent, column);
        return;
    }
    const NodeRef entry = openEntry(parent, column);
    if (!key || key->end == at)
        editable = false;  // an empty key: the engine refuses it, the source must be edited
    node(entry).keyEnd = key ? key->end : at;
    pos_ = at;
    warnReservedIndicator();
    pos_ = (key ? key->colon : at) + 1;
    parseValue(entry, {column, true, false});
}

void Parser::parseBlockSequence(NodeRef ref, int column, const Place& place) {
    const bool isRoot = place.parentColumn < 0;
    const bool sharesColumn = place.listAtColumn && column == place.parentColumn;
    while (content_.column >= (isRoot ? 0 : column) || isStray(column)) {
        const bool isDash = scan_.isIndicator(content_.at, '-');
        if (content_.column == column && sharesColumn && !isDash && !content_.tabbed)
            break;
        if (content_.tabbed || content_.column != column || !isDash) {
            if (content_.column == column && scan_.at(content_.at) == '-')
                explainMissingColon(content_.at);
            else
                explainBadLine(column, content_.column != column);
            keepLinesOpaque(ref, column);
            continue;
        }
        const NodeRef item = openEntry(ref, column);
        node(item).keyEnd = pos_ = content_.at + 1;
        parseValue(item, {column, false, true});
    }
}

// The key of `? key` is parsed for its end and its errors only; the entry keeps its text.
void Parser::parseExplicitKey(NodeRef entry, int column) {
    const NodeRef scratch = push(entry, column);
    pos_ = content_.at + 1;
    const Place place{column, true, true};
    if (enter(pos_)) {
        setBounds(scratch, pos_);
        parseValue(scratch, place);
        leave();
    } else {
        setBounds(scratch, pos_);
        keepValueOpaque(scratch, place);
    }
    finishExplicitKey(entry, column, scratch);
}

void Parser::finishExplicitKey(NodeRef entry, int column, NodeRef scratch) {
    const TreeNode key = node(scratch);
    const bool endsInLine = !isBlockCollection(key.style) && !isBlockScalar(key.style);
    nodes.resize(scratch);
    const bool hasValue =
        content_.column == column && !content_.tabbed && scan_.isIndicator(content_.at, ':');
    if (hasValue) {
        node(entry).keyEnd = endsInLine ? key.footerEnd : content_.at;
        pos_ = content_.at + 1;
        parseValue(entry, {column, true, true});
        return;
    }
    setBounds(entry, endsInLine ? key.footerEnd : triviaBegin_);
    node(entry).suffixEnd = triviaBegin_;
}

// Comment lines at the end that stand as deep as the block, and deeper than what follows, are its
// footer.
void Parser::closeBlock(NodeRef ref, int column) {
    const int next = content_.column < 0 ? 0 : content_.column;
    Offset end = triviaBegin_;
    if (firstCommentColumn_ >= column && firstCommentColumn_ > next) {
        firstCommentColumn_ = -1;
        for (Offset line = triviaBegin_; line < content_.lineBegin; line = scan_.nextLine(line)) {
            const Offset at = scan_.skipSpaces(line);
            if (scan_.at(scan_.skipBlanks(at)) != '#')
                continue;
            const int indent = static_cast<int>(at - line);
            if (indent < column || indent <= next) {
                firstCommentColumn_ = indent;
                break;
            }
            end = scan_.nextLine(line);
        }
    }
    TreeNode& n = node(ref);
    n.footerBegin = triviaBegin_;
    n.footerEnd = n.suffixEnd = triviaBegin_ = end;
}

}  // namespace pe::yaml
