// SPDX-License-Identifier: MIT
// The stream: byte order mark, directives, document markers, and the comments around them.
#include "parser.hpp"

namespace pe::yaml {

Parser::Parser(std::string_view text, const ParseLimits& limits) : scan_(text), limits_(limits) {}

void Parser::run() {
    push(kNoNode, 0);
    nodes[kStream].style = Style::Stream;
    const Offset bom = scan_.text().starts_with("\xEF\xBB\xBF") ? 3 : 0;
    setBounds(kStream, 0);
    node(kStream).openEnd = node(kStream).rawEnd = bom;
    Offset begin = bom;
    readTrivia(begin);
    while (content_.kind != Content::Kind::End) {
        if (content_.kind == Content::Kind::DocumentEnd) {
            readTrivia(scan_.nextLine(content_.at));
            continue;  // stays with what follows
        }
        parseDocument(begin);
        begin = node(lastDocument_).suffixEnd;
    }
    TreeNode& stream = node(kStream);
    stream.footerBegin = begin;
    stream.footerEnd = stream.suffixEnd = scan_.size();
}

// Lines beginning with % before `---`. True if there are any.
bool Parser::parseDirectives() {
    bool found = false;
    while (content_.column == 0 && scan_.at(content_.at) == '%') {
        found = true;
        checkVersion(content_.at);
        readTrivia(scan_.nextLine(content_.at));
    }
    return found;
}

void Parser::checkVersion(Offset at) {
    const std::string_view line = scan_.text().substr(at, scan_.lineEnd(at) - at);
    if (!line.starts_with("%YAML ") && !line.starts_with("%YAML\t"))
        return;
    const Offset number = scan_.skipBlanks(at + 5);
    if (scan_.at(number) != '1' || scan_.at(number + 1) != '.')
        error("yaml.version", at, scan_.lineEnd(at),
              "Only YAML 1.1 and 1.2 can be read; write %YAML 1.2 or delete this line.");
}

void Parser::parseDocument(Offset begin) {
    const NodeRef document = push(kStream, 0);
    lastDocument_ = document;
    node(document).prefixBegin = begin;
    const auto beginAt = [&](Offset offset) {
        node(document).prefixEnd = node(document).begin = offset;
        setBounds(document, offset);
    };
    const Offset directives = content_.at;
    const bool hasDirectives = parseDirectives();
    Offset headEnd = begin;
    bool inLine = false;
    if (content_.kind == Content::Kind::DocumentStart) {
        headEnd = parseMarker(inLine);
    } else if (hasDirectives) {
        warn("yaml.directive-without-marker", directives, scan_.lineEnd(directives),
             "A line `---` must follow the % lines; strict readers refuse this.");
    }
    beginAt(headEnd);
    if (content_.kind == Content::Kind::Text) {
        if (!inLine && startsBlockCollection(content_.at) && !content_.tabbed) {
            triviaBegin_ = headComments(triviaBegin_);
            beginAt(triviaBegin_);
            parseBlockCollection(document, {});
        } else {
            parseRootScalar(document, inLine);
        }
    } else {
        node(document).suffixEnd = triviaBegin_;
    }
    finishDocument(document);
}

// Behind `---`: the rest of its line is content, or the content begins on a line below.
Offset Parser::parseMarker(bool& inLine) {
    const Offset marker = content_.at;
    pos_ = scan_.skipBlanks(marker + 3);
    inLine = !scan_.isLineEnd(pos_) && !scan_.isComment(pos_);
    if (!inLine) {
        const Offset next = scan_.nextLine(pos_);
        readTrivia(next);
        return next;
    }
    lineStart_ = marker;
    triviaBegin_ = pos_;
    content_ = {Content::Kind::Text, pos_, pos_, columnOf(pos_), false};
    firstCommentColumn_ = -1;
    return pos_;
}

// Comments at the head of a file that a blank line parts from the first entry belong to the
// document.
Offset Parser::headComments(Offset from) const {
    Offset split = from;
    for (Offset line = from; line < content_.lineBegin; line = scan_.nextLine(line))
        if (scan_.isLineEnd(scan_.skipBlanks(line)))
            split = scan_.nextLine(line);
    return split;
}

void Parser::parseRootScalar(NodeRef document, bool inLine) {
    const Offset trivia = triviaBegin_;
    pos_ = content_.at;
    node(document).prefixEnd = node(document).begin = pos_;
    setBounds(document, pos_);
    valueStart_ = inLine ? Content{} : content_;
    valueTrivia_ = trivia;
    const Offset begin = pos_;
    parseInline(document, {});
    if (content_.kind != Content::Kind::Text)
        return;
    error("yaml.text-after-value", content_.at, scan_.lineEnd(content_.at),
          "The document has ended before this line; delete it, or put `---` between.");
    nodes.resize(document + 1);
    pos_ = begin;
    setBounds(document, begin);
    keepValueOpaque(document, {});
}

// Blank lines and comments at the end of the file, or up to `...`, follow the document. Before
// another document they belong to that one.
void Parser::finishDocument(NodeRef document) {
    if (content_.kind == Content::Kind::DocumentStart)
        return;
    Offset end = scan_.size();
    if (content_.kind == Content::Kind::DocumentEnd) {
        const Offset rest = scan_.skipBlanks(content_.at + 3);
        if (!scan_.isLineEnd(rest) && !scan_.isComment(rest))
            error("yaml.text-after-value", rest, scan_.lineEnd(rest),
                  "Nothing but a comment may stand behind `...`; put it on a line of its own.");
        end = scan_.nextLine(content_.at);
        readTrivia(end);
    }
    node(document).suffixEnd = end;
}

}  // namespace pe::yaml
