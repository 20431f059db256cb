// SPDX-License-Identifier: MIT
// YamlHighlighter: what each stretch of a YAML line is, for colouring. Lines are scanned one at a
// time from the state at their start, and only as far down as somebody looks, so that opening a
// large file costs nothing. It never judges: text that is no valid YAML is coloured as well as it
// can be.
#pragma once

#include <QString>
#include <functional>
#include <vector>

namespace pe::editor {

enum class TokenKind {
    Key,
    String,  // quoted
    Text,    // plain text and block scalars
    Number,  // numbers, booleans, null
    Comment,
    Anchor,       // anchors, aliases, tags
    Template,     // {{...}}
    Punctuation,  // dashes, colons, brackets, block headers, document marks
};

struct Token {
    int begin = 0;  // UTF-16 units
    int length = 0;
    TokenKind kind = TokenKind::Text;
};

// What the lines above leave open at the start of a line.
struct LineState {
    enum class Inside : unsigned char { Nothing, BlockScalar, SingleQuoted, DoubleQuoted };
    Inside inside = Inside::Nothing;
    int indent = -1;  // BlockScalar: lines deeper than this belong to it
    int flow = 0;     // open brackets
    bool operator==(const LineState&) const = default;
};

// Scans one line; adds its tokens to `tokens` unless that is null. Returns the state of the next
// line.
LineState scanLine(const QString& line, LineState state, std::vector<Token>* tokens);

class YamlHighlighter {
public:
    using LineSource = std::function<QString(int line)>;
    explicit YamlHighlighter(LineSource source) : source_(std::move(source)) {}

    std::vector<Token> tokens(int line);
    LineState stateAt(int line);
    // The text changed from this line on.
    void invalidate(int line);

private:
    LineSource source_;
    std::vector<LineState> states_ = {LineState{}};  // at the start of each line scanned so far
};

}  // namespace pe::editor
