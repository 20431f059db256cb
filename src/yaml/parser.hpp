// SPDX-License-Identifier: MIT
// Parser: one pass of recursive descent over a text that appends TreeNodes in document order and
// gives every byte to one of them. Where the text is no valid YAML it reports a problem, keeps the
// lines as an Opaque node and goes on at the next entry of a sensible column.
//
// The cursor has two levels. Inside a line it is pos_. Between entries it is content_, the next
// line that is neither blank nor comment, and triviaBegin_, from where blank and comment lines are
// still unowned.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner.hpp"
#include "tree_data.hpp"

namespace pe::yaml {

class Parser {
public:
    Parser(std::string_view text, const ParseLimits& limits);
    void run();

    std::vector<TreeNode> nodes;
    std::vector<Problem> problems;
    bool editable = true;
    bool hasAliases = false;
    bool isTooDeep = false;

private:
    struct Content {
        enum class Kind { Text, DocumentStart, DocumentEnd, End };
        Kind kind = Kind::End;
        Offset lineBegin = 0;
        Offset at = 0;        // first character that is no blank
        int column = -1;      // leading spaces, more if tabbed; -1 if the kind is not Text
        bool tabbed = false;  // a tab stands in the indentation
    };
    // Where a value stands.
    struct Place {
        int parentColumn = -1;      // its lines stand deeper than this
        bool listAtColumn = false;  // but a block list may stand at this column
        bool compact = false;       // a block collection may begin on the indicator's line
    };
    struct FlowPlace {
        int parentColumn = -1;
        int column = 0;  // of the block entry around
    };

    // parser_document.cpp
    void parseDocument(Offset begin);
    bool parseDirectives();
    void checkVersion(Offset at);
    Offset parseMarker(bool& inLine);
    Offset headComments(Offset from) const;
    void parseRootScalar(NodeRef document, bool inLine);
    void finishDocument(NodeRef document);

    // parser_block.cpp
    void readTrivia(Offset lineBegin);
    bool conflictMarkerAt(Offset lineBegin);
    bool startsBlockCollection(Offset offset);
    NodeRef openEntry(NodeRef parent, int column);
    void parseBlockCollection(NodeRef node, const Place& place);
    void parseBlockMapping(NodeRef node, int column, bool isRoot);
    void parseBlockSequence(NodeRef node, int column, const Place& place);
    void parseMappingEntry(NodeRef parent, int column);
    void parseExplicitKey(NodeRef entry, int column);
    void finishExplicitKey(NodeRef entry, int column, NodeRef scratch);
    void closeBlock(NodeRef node, int column);

    // parser_value.cpp
    void parseValue(NodeRef node, const Place& place);
    void parseValueBelow(NodeRef node, const Place& place, Offset indicatorEnd);
    void parseInline(NodeRef node, const Place& place);
    bool parseProperties(NodeRef node, bool flow);
    void parsePlainValue(NodeRef node, const Place& place);
    bool restartAsMapping(NodeRef node, const Place& place, const Content& first, Offset trivia);
    void parseBlockScalar(NodeRef node, const Place& place);
    struct BlockHeader {
        int indent = 0;  // 0: to be detected
        char chomping = ' ';
    };
    bool parseBlockHeader(BlockHeader& header);
    int detectBlockIndent(Offset lineBegin, int parentColumn, int column);
    Offset blockTextEnd(Offset lineBegin, int textColumn, bool keep);
    Scanner::PlainLine plainText(const FlowPlace& place, bool flow);
    bool continuesPlain(Offset lineBegin, Offset at, const FlowPlace& place, bool flow);
    bool parseQuoted(const FlowPlace& place);
    bool quotedLineIsInside(Offset lineBegin, int parentColumn);
    void checkEscape(Offset backslash);
    void warnReservedIndicator();
    void setScalar(NodeRef node, Style style, Offset begin, Offset end);
    void parseScalarOrFlow(NodeRef node, const Place& place);
    void finishLine(NodeRef node, const Place& place);

    // parser_flow.cpp
    bool parseFlowCollection(NodeRef node, const FlowPlace& place);
    bool parseFlowEntry(NodeRef entry, bool inMapping, const FlowPlace& place);
    bool parseFlowNode(NodeRef node, const FlowPlace& place);
    bool parseFlowPair(NodeRef entry, bool inMapping, Offset keyEnd, const FlowPlace& place);
    bool parseFlowExplicit(NodeRef entry, bool inMapping, const FlowPlace& place);
    bool skipFlowGap(const FlowPlace& place);
    bool flowLineIsInside(Offset at, int column, const FlowPlace& place);
    void closeFlow(NodeRef node, NodeRef last, Offset comma, Offset gapBegin);
    Offset flowSuffixEnd(Offset afterComma) const;
    void recoverFlow(NodeRef node, const Place& place);

    // parser_recover.cpp
    bool isStray(int column);
    int columnBelow() const;
    void keepLinesOpaque(NodeRef parent, int column);
    void keepValueOpaque(NodeRef node, const Place& place);
    void report(std::string_view code, Severity severity, Offset begin, Offset end,
                std::string message);
    void error(std::string_view code, Offset begin, Offset end, std::string message) {
        report(code, Severity::Error, begin, end, std::move(message));
    }
    void warn(std::string_view code, Offset begin, Offset end, std::string message) {
        report(code, Severity::Warning, begin, end, std::move(message));
    }
    void explainBadLine(int column, bool isRoot);
    void explainMissingColon(Offset begin);
    bool enter(Offset offset);  // counts nesting; reports and refuses beyond the bound
    void leave() { --depth_; }

    NodeRef push(NodeRef parent, int column);
    TreeNode& node(NodeRef ref) { return nodes[ref]; }
    void setBounds(NodeRef ref, Offset from);      // all behind the key begins and ends here
    void setValueBegin(NodeRef ref, Offset from);  // the same, but for the key
    int columnOf(Offset offset) const { return static_cast<int>(offset - lineStart_); }

    Scanner scan_;
    ParseLimits limits_;
    Offset pos_ = 0;
    Offset lineStart_ = 0;  // of the line that holds pos_
    Offset triviaBegin_ = 0;
    Content content_;
    int firstCommentColumn_ = -1;  // in the unowned trivia; -1: no comment there
    std::size_t depth_ = 0;
    std::vector<int> openColumns_;   // of the block collections around the cursor
    Offset strayLine_ = ~Offset{0};  // the line that was looked at last
    int strayBelow_ = -1;            // and the column of the lines below, if it is a stray one
    NodeRef lastDocument_ = kNoNode;
    bool inConflict_ = false;
    Content valueStart_;      // where the value in hand began, if a block may begin there
    Offset valueTrivia_ = 0;  // and the unowned trivia above it
};

}  // namespace pe::yaml
