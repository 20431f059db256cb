// SPDX-License-Identifier: MIT
// What happens at errors: report, keep the bytes, find the next entry.
#include <algorithm>

#include "parser.hpp"

namespace pe::yaml {

void Parser::report(std::string_view code, Severity severity, Offset begin, Offset end,
                    std::string message) {
    if (severity == Severity::Error)
        editable = false;
    const bool known =
        !problems.empty() && problems.back().begin == begin && problems.back().code == code;
    if (known || problems.size() >= limits_.maxProblems)
        return;
    problems.push_back({std::string(code), severity, std::move(message), begin,
                        std::max(begin, std::min(end, scan_.size()))});
}

bool Parser::enter(Offset offset) {
    if (depth_ < limits_.maxDepth) {
        ++depth_;
        return true;
    }
    editable = false;
    if (!isTooDeep)
        error("yaml.too-deep", offset, offset + 1,
              "This stands deeper than " + std::to_string(limits_.maxDepth) +
                  " levels, which is more than can be read; flatten it.");
    isTooDeep = true;
    return false;
}

NodeRef Parser::push(NodeRef parent, int column) {
    TreeNode added;
    added.parent = parent;
    added.column = column;
    nodes.push_back(added);
    return static_cast<NodeRef>(nodes.size() - 1);
}

void Parser::setBounds(NodeRef ref, Offset from) {
    node(ref).keyEnd = from;
    setValueBegin(ref, from);
}

void Parser::setValueBegin(NodeRef ref, Offset from) {
    TreeNode& n = node(ref);
    n.colonEnd = n.propsEnd = n.openEnd = n.rawEnd = from;
    n.footerBegin = n.footerEnd = n.suffixEnd = from;
    n.trailingComma = false;
}

// Words left of this collection that stand in line with nothing around it, while what stands below
// goes on with it: a line that slipped, not the end of all.
bool Parser::isStray(int column) {
    const Offset at = content_.at;
    if (content_.kind != Content::Kind::Text || content_.tabbed || content_.column >= column)
        return false;
    if (strayLine_ != content_.lineBegin) {
        strayLine_ = content_.lineBegin;
        const bool inLine = std::find(openColumns_.begin(), openColumns_.end(), content_.column) !=
                            openColumns_.end();
        const bool isEntry = scan_.at(at) == '-' || scan_.isIndicator(at, '?') ||
                             scan_.isIndicator(at, ':') || scan_.implicitKey(at);
        strayBelow_ = inLine || isEntry ? -1 : columnBelow();
    }
    return strayBelow_ >= column;
}

// Of the next line with content; -1 if there is none in this document.
int Parser::columnBelow() const {
    for (Offset line = scan_.nextLine(content_.at); !scan_.ended(line);) {
        const Offset spaces = scan_.skipSpaces(line);
        const Offset at = scan_.skipBlanks(spaces);
        if (scan_.isLineEnd(at) || scan_.at(at) == '#') {
            line = scan_.nextLine(at);
            continue;
        }
        return scan_.isBoundary(line) ? -1 : static_cast<int>(spaces - line);
    }
    return -1;
}

// Whole lines, from the current content line to the next one at most at `column`.
void Parser::keepLinesOpaque(NodeRef parent, int column) {
    const NodeRef ref = push(parent, column);
    TreeNode& n = node(ref);
    n.style = Style::Opaque;
    n.prefixBegin = triviaBegin_;
    n.prefixEnd = n.begin = content_.lineBegin;
    setBounds(ref, content_.lineBegin);
    Offset end = 0;
    do {
        end = scan_.nextLine(content_.at);
        readTrivia(end);
    } while (content_.column > column);
    node(ref).rawEnd = end;
    node(ref).footerBegin = node(ref).footerEnd = node(ref).suffixEnd = end;
}

// The value's line from pos_ on, and all deeper lines below it.
void Parser::keepValueOpaque(NodeRef ref, const Place& place) {
    editable = false;
    Offset end = scan_.lineEnd(pos_);
    readTrivia(scan_.afterBreak(end));
    while (content_.column > place.parentColumn) {
        end = scan_.lineEnd(content_.at);
        readTrivia(scan_.afterBreak(end));
    }
    TreeNode& n = node(ref);
    n.style = Style::Opaque;
    n.trailingComma = false;
    n.propsEnd = n.openEnd = n.colonEnd;
    n.rawEnd = n.footerBegin = n.footerEnd = end;
    n.suffixEnd = scan_.afterBreak(end);
}

void Parser::explainMissingColon(Offset begin) {
    const Offset end = scan_.lineEnd(begin);
    const auto line = scan_.text().substr(begin, end - begin);
    if (scan_.at(begin) == '-' && !scan_.isSpaceOrEnd(begin + 1)) {
        error("yaml.missing-space", begin, begin + 1,
              "Put a space after the dash of this list item.");
    } else if (scan_.isIndicator(begin, '-')) {
        error("yaml.mixed-collection", begin, begin + 1,
              "A list item cannot stand among the keys of a mapping; indent it below its key.");
    } else if (line.front() == '&' && line.find(": ") != std::string_view::npos) {
        error("yaml.bad-properties", begin, scan_.wordEnd(begin, false),
              "An anchor has a name, and the text of a key follows it; correct or delete it.");
    } else if (line.find(':') != std::string_view::npos && line.front() != '"' &&
               line.front() != '\'') {
        error("yaml.missing-space", begin, end, "Put a space after the colon of this key.");
    } else if ((line.front() == '"' || line.front() == '\'') && !scan_.quotedOnLine(begin)) {
        error("yaml.unclosed-quote", begin, end,
              "This quote is never closed; add the closing one.");
    } else {
        error("yaml.missing-colon", begin, end,
              "A key with a colon is expected here; add `: ` after the key.");
    }
}

void Parser::explainBadLine(int column, bool isRoot) {
    const Offset begin = content_.at;
    const Offset end = scan_.lineEnd(begin);
    if (content_.tabbed) {
        error("yaml.tab-indent", content_.lineBegin, begin,
              "This line is indented by a tab; indent with spaces.");
    } else if (content_.column != column || isRoot) {
        error("yaml.bad-indent", begin, end,
              "This line stands at column " + std::to_string(content_.column + 1) +
                  ", but the entries around it begin at column " + std::to_string(column + 1) +
                  "; align it.");
    } else {
        error("yaml.mixed-collection", begin, end,
              "A list item is expected here; begin it with `- ` or indent it otherwise.");
    }
}

}  // namespace pe::yaml
