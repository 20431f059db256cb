// SPDX-License-Identifier: MIT
// The value behind a key, a dash or a document marker: where it begins, its properties, and how its
// last line ends.
#include "parser.hpp"
#include "value_key.hpp"

namespace pe::yaml {

// pos_ stands right behind the indicator.
void Parser::parseValue(NodeRef ref, const Place& place) {
    const Offset indicatorEnd = pos_;
    pos_ = scan_.skipBlanks(pos_);
    if (scan_.isLineEnd(pos_) || scan_.isComment(pos_)) {
        parseValueBelow(ref, place, indicatorEnd);
        return;
    }
    setValueBegin(ref, pos_);
    valueStart_ = {};
    if (place.compact) {
        content_ = {Content::Kind::Text, pos_, pos_, columnOf(pos_), false};
        triviaBegin_ = pos_;
        firstCommentColumn_ = -1;
        valueStart_ = content_;
        valueTrivia_ = pos_;
        if (startsBlockCollection(pos_)) {
            if (scan_.skipSpaces(indicatorEnd) != pos_) {
                error("yaml.tab-indent", indicatorEnd, pos_,
                      "A tab stands before this entry; indent with spaces.");
                keepValueOpaque(ref, place);
            } else {
                parseBlockCollection(ref, place);
            }
            return;
        }
    }
    parseInline(ref, place);
}

// The value stands on the lines below, or there is none. pos_ stands at the comment or end of the
// line.
void Parser::parseValueBelow(NodeRef ref, const Place& place, Offset indicatorEnd) {
    const bool hasProps = node(ref).propsEnd != node(ref).colonEnd;
    const Offset headerEnd = scan_.nextLine(pos_);
    readTrivia(headerEnd);
    const bool isList = place.listAtColumn && content_.column == place.parentColumn &&
                        scan_.isIndicator(content_.at, '-');
    const auto beginAt = [&](Offset offset) {
        if (!hasProps)
            setValueBegin(ref, offset);
        TreeNode& n = node(ref);
        n.propsEnd = n.openEnd = n.rawEnd = n.footerBegin = n.footerEnd = n.suffixEnd = offset;
    };
    if (content_.column <= place.parentColumn && !isList) {
        beginAt(indicatorEnd);
        node(ref).suffixEnd = headerEnd;
        return;
    }
    pos_ = content_.at;
    const bool isBlock = startsBlockCollection(pos_);
    const int spaces = static_cast<int>(scan_.skipSpaces(content_.lineBegin) - content_.lineBegin);
    if (content_.tabbed && (isBlock || spaces <= place.parentColumn)) {
        explainBadLine(content_.column, false);
        beginAt(pos_);
        keepValueOpaque(ref, place);
    } else if (!isBlock) {
        beginAt(pos_);
        valueStart_ = hasProps ? Content{} : content_;
        valueTrivia_ = headerEnd;
        parseInline(ref, place);
    } else {
        beginAt(headerEnd);
        parseBlockCollection(ref, place);
    }
}

// Properties, then a scalar, an alias or a flow collection that begins on this line.
void Parser::parseInline(NodeRef ref, const Place& place) {
    if (scan_.at(pos_) != '&' && scan_.at(pos_) != '!') {
        parseScalarOrFlow(ref, place);
        return;
    }
    if (!parseProperties(ref, false)) {
        keepValueOpaque(ref, place);
        return;
    }
    const Offset end = pos_;
    pos_ = scan_.skipBlanks(pos_);
    TreeNode& n = node(ref);
    n.propsEnd = n.openEnd = n.rawEnd = n.footerBegin = n.footerEnd = pos_;
    valueStart_ = {};
    if (scan_.isLineEnd(pos_) || scan_.isComment(pos_))
        parseValueBelow(ref, place, end);
    else
        parseScalarOrFlow(ref, place);
}

// Reads `&anchor` and `!tag` in any order; pos_ ends behind the last of them.
bool Parser::parseProperties(NodeRef ref, bool flow) {
    const TreeNode& before = node(ref);
    const auto known = scan_.text().substr(before.colonEnd, before.propsEnd - before.colonEnd);
    int anchors = anchorOf(known).empty() ? 0 : 1;
    int tags = tagOf(known).empty() ? 0 : 1;
    Offset next = pos_;
    while (scan_.at(next) == '&' || scan_.at(next) == '!') {
        const Offset end = scan_.wordEnd(next, flow);
        const bool isTag = scan_.at(next) == '!';
        const auto word = scan_.text().substr(next, end - next);
        if (isTag && !word.starts_with("!<") && word.find_first_of(",[]{}") != word.npos) {
            error("yaml.bad-properties", next, end,
                  "A tag holds no comma and no bracket; correct it or put the value in quotes.");
            return false;
        }
        if (++(isTag ? tags : anchors) > 1 || (!isTag && word.size() == 1)) {
            error("yaml.bad-properties", next, end,
                  "A value has at most one anchor with a name and one tag; delete the others.");
            return false;
        }
        pos_ = end;
        next = scan_.skipBlanks(end);
        if (next != end)
            continue;
        if (scan_.isSpaceOrEnd(end) || (flow && scan_.isFlowIndicator(end)))
            break;
        error("yaml.bad-properties", end, scan_.wordEnd(end, flow),
              "A blank stands behind a tag; put it here.");
        return false;
    }
    node(ref).propsEnd = pos_;
    return true;
}

void Parser::parseScalarOrFlow(NodeRef ref, const Place& place) {
    const Offset begin = pos_;
    const char first = scan_.at(pos_);
    if (first == '"' || first == '\'') {
        if (!parseQuoted({place.parentColumn, 0})) {
            pos_ = begin;
            keepValueOpaque(ref, place);
            return;
        }
        setScalar(ref, first == '"' ? Style::DoubleQuoted : Style::SingleQuoted, begin, pos_);
        finishLine(ref, place);
    } else if (first == '|' || first == '>') {
        parseBlockScalar(ref, place);
    } else if (first == '[' || first == '{') {
        if (parseFlowCollection(ref, {place.parentColumn, node(ref).column}))
            finishLine(ref, place);
        else
            recoverFlow(ref, place);
    } else if (first == '*' && begin > node(ref).colonEnd) {
        error("yaml.bad-properties", begin, scan_.wordEnd(begin, false),
              "An alias has no anchor and no tag of its own; delete what stands before it.");
        keepValueOpaque(ref, place);
    } else if (first == '*') {
        pos_ = scan_.wordEnd(begin, false);
        hasAliases = true;
        setScalar(ref, Style::Alias, begin, pos_);
        finishLine(ref, place);
    } else {
        parsePlainValue(ref, place);
    }
}

void Parser::setScalar(NodeRef ref, Style style, Offset begin, Offset end) {
    TreeNode& n = node(ref);
    n.style = style;
    n.openEnd = begin;
    n.rawEnd = n.footerBegin = n.footerEnd = n.suffixEnd = end;
}

// After a value that ends inside a line: blanks, a comment, the break.
void Parser::finishLine(NodeRef ref, const Place& place) {
    const Offset rest = scan_.skipBlanks(pos_);
    if (scan_.at(rest) == '#' && rest == pos_) {
        warn("yaml.comment-without-space", rest, rest + 1,
             "Put a space before the # of this comment; strict readers refuse it.");
    } else if (!scan_.isLineEnd(rest) && scan_.at(rest) != '#') {
        if (scan_.at(rest) == ':' || scan_.at(rest) == '\'')
            error("yaml.text-after-value", rest, scan_.lineEnd(rest),
                  "Text follows a value that has ended; put the whole value in quotes.");
        else
            error("yaml.text-after-value", rest, scan_.lineEnd(rest),
                  "Text follows a value that has ended; delete it, put it in the quotes or the "
                  "brackets, or make it a comment.");
        nodes.resize(ref + 1);
        keepValueOpaque(ref, place);
        return;
    }
    node(ref).suffixEnd = scan_.nextLine(rest);
    readTrivia(node(ref).suffixEnd);
}

}  // namespace pe::yaml
