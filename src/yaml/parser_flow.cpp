// SPDX-License-Identifier: MIT
// Flow collections: [] and {}, their entries, commas and the white space and comments between.
#include "parser.hpp"

namespace pe::yaml {

// pos_ stands at the bracket and ends behind the closing one. False: an error was reported, and the
// nodes below `ref` are of no use.
bool Parser::parseFlowCollection(NodeRef ref, const FlowPlace& place) {
    const Offset open = pos_;
    const bool inMapping = scan_.at(open) == '{';
    const char closer = inMapping ? '}' : ']';
    if (!enter(open))
        return false;
    setScalar(ref, inMapping ? Style::FlowMapping : Style::FlowSequence, open, open + 1);
    node(ref).openEnd = ++pos_;
    NodeRef last = kNoNode;
    Offset comma = 0;
    for (;;) {
        const Offset gapBegin = pos_;
        if (!skipFlowGap(place))
            break;
        const char c = scan_.at(pos_);
        if (c == closer) {
            closeFlow(ref, last, comma, gapBegin);
            leave();
            return true;
        }
        if (last != kNoNode && comma == 0) {
            if (c != ',') {
                error("yaml.missing-comma", pos_, pos_ + 1,
                      "A comma or the closing bracket is missing before this.");
                leave();
                return false;
            }
            comma = pos_;
            pos_ = flowSuffixEnd(pos_ + 1);
            node(last).suffixEnd = pos_;
            continue;
        }
        if (scan_.ended(pos_))
            break;
        if (c == ',' || c == ']' || c == '}') {
            error("yaml.unexpected-character", pos_, pos_ + 1,
                  "Nothing stands before this character; delete it or write the missing value.");
            leave();
            return false;
        }
        const NodeRef entry = push(ref, place.column);
        node(entry).prefixBegin = gapBegin;
        node(entry).prefixEnd = node(entry).begin = pos_;
        setBounds(entry, pos_);
        comma = 0;
        if (!parseFlowEntry(entry, inMapping, place)) {
            leave();
            return false;
        }
        TreeNode& done = node(entry);
        done.suffixEnd = done.footerEnd;
        pos_ = done.suffixEnd;
        last = entry;
    }
    error("yaml.unclosed-flow", open, open + 1,
          inMapping ? "This { is never closed; add }." : "This [ is never closed; add ].");
    leave();
    return false;
}

// Blanks and a comment right of a comma belong to the entry before it, if there is a comment.
Offset Parser::flowSuffixEnd(Offset afterComma) const {
    const Offset rest = scan_.skipBlanks(afterComma);
    return scan_.isComment(rest) && rest > afterComma ? scan_.lineEnd(rest) : afterComma;
}

void Parser::closeFlow(NodeRef ref, NodeRef last, Offset comma, Offset gapBegin) {
    TreeNode& n = node(ref);
    n.footerBegin = gapBegin;
    if (last != kNoNode && comma != 0) {
        node(last).suffixEnd = comma;
        n.trailingComma = true;
        n.footerBegin = comma + 1;
    } else if (last != kNoNode) {
        n.footerBegin = node(last).suffixEnd = flowSuffixEnd(gapBegin);
    }
    n.footerEnd = n.suffixEnd = ++pos_;
}

// White space, breaks and comments; false if the collection cannot go on here.
bool Parser::skipFlowGap(const FlowPlace& place) {
    for (;;) {
        pos_ = scan_.skipBlanks(pos_);
        if (scan_.isComment(pos_))
            pos_ = scan_.lineEnd(pos_);
        if (!scan_.isBreak(pos_))
            return true;
        pos_ = lineStart_ = scan_.afterBreak(pos_);
        const Offset spaces = scan_.skipSpaces(pos_);
        const Offset at = scan_.skipBlanks(spaces);
        if (scan_.isBoundary(pos_))
            return false;
        if (scan_.isLineEnd(at) || scan_.at(at) == '#' || at != spaces)
            continue;
        if (!flowLineIsInside(at, static_cast<int>(spaces - pos_), place))
            return false;
    }
}

// A line that stands too far left is still taken, with a warning, unless it looks like the next
// entry.
bool Parser::flowLineIsInside(Offset at, int column, const FlowPlace& place) {
    if (column > place.parentColumn)
        return true;
    if (scan_.looksLikeEntry(at))
        return false;
    warn("yaml.flow-indent", at, at + 1,
         "Indent the lines inside brackets deeper than their key; strict readers refuse this.");
    return true;
}

// One entry: a value, `key: value`, `? key : value`. footerEnd of the entry is where it ends.
bool Parser::parseFlowEntry(NodeRef entry, bool inMapping, const FlowPlace& place) {
    if (scan_.at(pos_) == '?' && (scan_.isSpaceOrEnd(pos_ + 1)))
        return parseFlowExplicit(entry, inMapping, place);
    const Offset begin = pos_;
    const Offset line = lineStart_;
    const bool emptyKey =
        scan_.at(pos_) == ':' && (scan_.isSpaceOrEnd(pos_ + 1) || scan_.isFlowIndicator(pos_ + 1));
    if (!emptyKey && !parseFlowNode(entry, place))
        return false;
    const Offset end = emptyKey ? begin : node(entry).footerEnd;
    const char last = end > begin ? scan_.at(end - 1) : ' ';
    const Style style = node(entry).style;
    const bool jsonLike = style == Style::DoubleQuoted || style == Style::SingleQuoted ||
                          (isFlowCollection(style) && (last == ']' || last == '}'));
    pos_ = end;
    if (!skipFlowGap(place))
        return true;  // the collection finds the same place and says why
    const bool isColon = scan_.at(pos_) == ':' && (jsonLike || scan_.isSpaceOrEnd(pos_ + 1) ||
                                                   scan_.isFlowIndicator(pos_ + 1));
    if (!isColon) {
        if (inMapping) {
            nodes.resize(entry + 1);
            setBounds(entry, end);
            node(entry).style = Style::Empty;
        }
        return true;
    }
    if (!inMapping && lineStart_ != line) {
        error("yaml.multi-line-key", begin, end,
              "A key without braces stands on one line; put the pair in { }.");
        return false;
    }
    if (emptyKey || end == begin)
        editable = false;
    nodes.resize(entry + 1);
    return parseFlowPair(entry, inMapping, end, place);
}

// pos_ stands at the colon. In a list the pair is a mapping without braces.
bool Parser::parseFlowPair(NodeRef entry, bool inMapping, Offset keyEnd, const FlowPlace& place) {
    NodeRef pair = entry;
    if (!inMapping) {
        const Offset begin = node(entry).begin;
        setBounds(entry, begin);
        node(entry).style = Style::FlowMapping;
        pair = push(entry, place.column);
        node(pair).prefixBegin = node(pair).prefixEnd = node(pair).begin = begin;
    }
    setBounds(pair, keyEnd);
    node(pair).style = Style::Empty;
    const Offset afterColon = ++pos_;
    if (!skipFlowGap(place))
        return true;  // the collection finds the same place and says why
    const char c = scan_.at(pos_);
    if (c == ',' || c == ']' || c == '}' || scan_.ended(pos_)) {
        setValueBegin(pair, afterColon);
    } else {
        setValueBegin(pair, pos_);
        if (!parseFlowNode(pair, place))
            return false;
    }
    TreeNode& inner = node(pair);
    inner.suffixEnd = inner.footerEnd;
    if (pair != entry) {
        TreeNode& outer = node(entry);
        outer.footerBegin = outer.footerEnd = outer.suffixEnd = inner.suffixEnd;
    }
    return true;
}

// `? key` and perhaps `: value`; the key's own nodes are dropped, its text stays.
bool Parser::parseFlowExplicit(NodeRef entry, bool inMapping, const FlowPlace& place) {
    Offset keyEnd = pos_ + 1;
    ++pos_;
    if (!skipFlowGap(place))
        return true;
    const char c = scan_.at(pos_);
    if (c != ',' && c != ']' && c != '}' && !scan_.isIndicator(pos_, ':')) {
        const NodeRef scratch = push(entry, place.column);
        setBounds(scratch, pos_);
        if (!parseFlowNode(scratch, place))
            return false;
        keyEnd = node(scratch).footerEnd;
        nodes.resize(scratch);
        pos_ = keyEnd;
        if (!skipFlowGap(place))
            return true;
    }
    if (scan_.at(pos_) == ':')
        return parseFlowPair(entry, inMapping, keyEnd, place);
    const Offset begin = node(entry).begin;
    NodeRef pair = entry;
    if (!inMapping) {
        setBounds(entry, begin);
        node(entry).style = Style::FlowMapping;
        pair = push(entry, place.column);
        node(pair).prefixBegin = node(pair).prefixEnd = node(pair).begin = begin;
        TreeNode& outer = node(entry);
        outer.footerBegin = outer.footerEnd = outer.suffixEnd = keyEnd;
    }
    setBounds(pair, keyEnd);
    return true;
}

// Properties and a scalar, alias or collection at pos_.
bool Parser::parseFlowNode(NodeRef ref, const FlowPlace& place) {
    setValueBegin(ref, pos_);
    if (scan_.at(pos_) == '&' || scan_.at(pos_) == '!') {
        if (!parseProperties(ref, true))
            return false;
        const Offset end = pos_;
        if (!skipFlowGap(place))
            return true;
        const bool isEmpty = scan_.ended(pos_) || scan_.at(pos_) == ',' || scan_.at(pos_) == ']' ||
                             scan_.at(pos_) == '}' || scan_.isIndicator(pos_, ':');
        if (isEmpty)
            pos_ = end;
        TreeNode& n = node(ref);
        n.propsEnd = n.openEnd = n.rawEnd = n.footerBegin = n.footerEnd = n.suffixEnd = pos_;
        if (isEmpty)
            return true;
    }
    const Offset begin = pos_;
    const char first = scan_.at(begin);
    if (first == '[' || first == '{')
        return parseFlowCollection(ref, place);
    if (first == '"' || first == '\'') {
        const bool closed = parseQuoted(place);
        setScalar(ref, first == '"' ? Style::DoubleQuoted : Style::SingleQuoted, begin, pos_);
        return closed;
    }
    if (first == '*') {
        if (node(ref).propsEnd > node(ref).colonEnd) {
            error("yaml.bad-properties", begin, scan_.wordEnd(begin, true),
                  "An alias has no anchor and no tag of its own; delete what stands before it.");
            return false;
        }
        pos_ = scan_.wordEnd(begin, true);
        hasAliases = true;
        setScalar(ref, Style::Alias, begin, pos_);
        return true;
    }
    const bool isIndicator = (first == '-' || first == '?' || first == ':') &&
                             (scan_.isSpaceOrEnd(begin + 1) || scan_.isFlowIndicator(begin + 1));
    if (isIndicator || first == '#' || first == '|' || first == '>') {
        error("yaml.unexpected-character", begin, begin + 1,
              "Inside brackets a value cannot begin with this character; put it in quotes.");
        return false;
    }
    warnReservedIndicator();
    plainText(place, true);
    setScalar(ref, Style::Plain, begin, pos_);
    return true;
}

// Finds where a broken flow collection ends: at its closing bracket, or before a line that looks
// like the next entry. All of it becomes one Opaque value.
void Parser::recoverFlow(NodeRef ref, const Place& place) {
    nodes.resize(ref + 1);
    Offset i = node(ref).propsEnd;
    Offset lineText = i;
    std::size_t open = 0;
    for (; !scan_.ended(i); ++i) {
        const char c = scan_.at(i);
        if (c == '[' || c == '{')
            ++open;
        if ((c == ']' || c == '}') && --open == 0)
            break;
        if (!scan_.isBreak(i))
            continue;
        const Offset next = scan_.afterBreak(i);
        const Offset at = scan_.skipSpaces(next);
        const bool outside = static_cast<int>(at - next) <= place.parentColumn;
        if (scan_.isBoundary(next) || (outside && scan_.looksLikeEntry(at)))
            break;
        i = next - 1;
        if (!scan_.isLineEnd(scan_.skipBlanks(next)))
            lineText = next;
    }
    pos_ = scan_.ended(i) || scan_.isBreak(i) ? lineText : i;
    keepValueOpaque(ref, place);
}

}  // namespace pe::yaml
