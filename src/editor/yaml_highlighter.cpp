// SPDX-License-Identifier: MIT
#include "yaml_highlighter.hpp"

#include <QRegularExpression>
#include <algorithm>

namespace pe::editor {

namespace {

bool isBlank(QChar c) {
    return c == u' ' || c == u'\t';
}

bool isFlowMark(QChar c) {
    return c == u'[' || c == u']' || c == u'{' || c == u'}' || c == u',';
}

bool isAtomText(QStringView text) {
    static const QRegularExpression pattern(QStringLiteral(
        "\\A(?:[-+]?(?:\\d[\\d_]*(?:\\.\\d*)?(?:[eE][-+]?\\d+)?|\\.\\d+|0x[0-9a-fA-F]+|0o[0-7]+"
        "|\\.(?:inf|Inf|INF))|\\.(?:nan|NaN|NAN)|true|True|TRUE|false|False|FALSE|null|Null|NULL|~)"
        "\\z"));
    return pattern.match(text).hasMatch();
}

// Scans the line left to right; each step consumes at least one character.
class LineScanner {
public:
    LineScanner(const QString& line, LineState state, std::vector<Token>* tokens)
        : line_(line), state_(state), tokens_(tokens) {}

    LineState run() {
        if (state_.inside == LineState::Inside::BlockScalar) {
            if (belongsToBlock()) {
                addText(0, size(), TokenKind::Text);
                return state_;
            }
            state_.inside = LineState::Inside::Nothing;
        }
        if (state_.inside == LineState::Inside::Nothing && isDocumentMark()) {
            add(0, 3, TokenKind::Punctuation);
            at_ = 3;
            state_ = {};
        }
        if (state_.inside != LineState::Inside::Nothing)
            quotedRest(state_.inside == LineState::Inside::SingleQuoted ? u'\'' : u'"', at_);
        while (at_ < size())
            step();
        return state_;
    }

private:
    int size() const { return static_cast<int>(line_.size()); }
    QChar peek(int ahead = 0) const {
        return at_ + ahead < size() ? line_[at_ + ahead] : QChar(u'\n');
    }

    bool belongsToBlock() const {
        int indent = 0;
        while (indent < size() && line_[indent] == u' ')
            ++indent;
        return indent == size() || indent > state_.indent;
    }

    bool isDocumentMark() const {
        return (line_.startsWith(u"---") || line_.startsWith(u"...")) &&
               (size() == 3 || isBlank(line_[3]));
    }

    void add(int begin, int end, TokenKind kind) {
        if (tokens_ != nullptr && end > begin)
            tokens_->push_back({begin, end - begin, kind});
    }

    // A stretch of text with its {{templates}}.
    void addText(int begin, int end, TokenKind kind) {
        if (tokens_ == nullptr)
            return;
        while (begin < end) {
            const auto open = static_cast<int>(line_.indexOf(u"{{", begin));
            const auto close = open < 0 ? -1 : static_cast<int>(line_.indexOf(u"}}", open));
            if (open < 0 || close < 0 || close + 2 > end)
                break;
            add(begin, open, kind);
            add(open, close + 2, TokenKind::Template);
            begin = close + 2;
        }
        add(begin, end, kind);
    }

    void step() {
        const QChar c = peek();
        if (isBlank(c)) {
            ++at_;
        } else if (c == u'#' && (at_ == 0 || isBlank(line_[at_ - 1]))) {
            add(at_, size(), TokenKind::Comment);
            at_ = size();
        } else if (c == u'"' || c == u'\'') {
            quoted(c);
        } else if ((c == u'-' || c == u'?' || c == u':') && !isWordAhead()) {
            if (c == u'-' || c == u'?')
                entryColumn_ = at_;
            add(at_, at_ + 1, TokenKind::Punctuation);
            ++at_;
        } else if (c == u'{' && peek(1) == u'{') {
            plain();
        } else if (isFlowMark(c) && (state_.flow > 0 || c == u'[' || c == u'{')) {
            flowMark(c);
        } else if (c == u'&' || c == u'*' || c == u'!') {
            const int begin = at_;
            skipWord();
            add(begin, at_, TokenKind::Anchor);
        } else if ((c == u'|' || c == u'>') && state_.flow == 0 && isBlockHeader()) {
            blockHeader();
        } else {
            plain();
        }
    }

    bool isWordAhead() const { return !(at_ + 1 >= size() || isBlank(peek(1))); }

    void skipWord() {
        while (at_ < size() && !isBlank(peek()) && !(state_.flow > 0 && isFlowMark(peek())))
            ++at_;
    }

    void flowMark(QChar c) {
        if (c == u'[' || c == u'{')
            ++state_.flow;
        else if (c != u',')
            state_.flow = std::max(0, state_.flow - 1);
        add(at_, at_ + 1, TokenKind::Punctuation);
        ++at_;
    }

    bool isBlockHeader() const {
        static const QRegularExpression rest(
            QStringLiteral("\\G[|>][-+0-9]*(?:[ \\t]+#.*|[ \\t]*)$"));
        return rest.match(line_, at_).hasMatch();
    }

    void blockHeader() {
        const int begin = at_;
        skipWord();
        add(begin, at_, TokenKind::Punctuation);
        state_.inside = LineState::Inside::BlockScalar;
        state_.indent = entryColumn_;
    }

    void quoted(QChar quote) {
        const int begin = at_;
        ++at_;
        quotedRest(quote, begin);
    }

    void quotedRest(QChar quote, int begin) {
        const auto mode =
            quote == u'"' ? LineState::Inside::DoubleQuoted : LineState::Inside::SingleQuoted;
        for (state_.inside = mode; at_ < size(); ++at_) {
            if (quote == u'"' && peek() == u'\\') {
                ++at_;
            } else if (peek() == quote) {
                if (quote == u'\'' && peek(1) == quote) {
                    ++at_;
                    continue;
                }
                ++at_;
                state_.inside = LineState::Inside::Nothing;
                break;
            }
        }
        at_ = std::min(at_, size());
        finishScalar(begin, at_, TokenKind::String);
    }

    void plain() {
        const int begin = at_;
        int end = at_;
        while (at_ < size()) {
            if (peek() == u'{' && peek(1) == u'{') {
                const auto close = static_cast<int>(line_.indexOf(u"}}", at_));
                at_ = close < 0 ? at_ + 2 : close + 2;
                end = at_;
                continue;
            }
            const bool colon = at_ > begin && peek() == u':' &&
                               (!isWordAhead() || (state_.flow > 0 && isFlowMark(peek(1))));
            const bool comment = peek() == u'#' && at_ > begin && isBlank(line_[at_ - 1]);
            if (colon || comment || (state_.flow > 0 && isFlowMark(peek())))
                break;
            if (!isBlank(peek()))
                end = at_ + 1;
            ++at_;
        }
        const bool atom =
            tokens_ != nullptr && isAtomText(QStringView(line_).mid(begin, end - begin));
        finishScalar(begin, end, atom ? TokenKind::Number : TokenKind::Text);
    }

    // A scalar with a colon behind it is a key.
    void finishScalar(int begin, int end, TokenKind kind) {
        int next = end;
        while (next < size() && isBlank(line_[next]))
            ++next;
        const bool colon = next < size() && line_[next] == u':' &&
                           (next + 1 == size() || isBlank(line_[next + 1]) || state_.flow > 0);
        if (!colon) {
            addText(begin, end, kind);
            return;
        }
        add(begin, end, TokenKind::Key);
        add(next, next + 1, TokenKind::Punctuation);
        if (state_.flow == 0)
            entryColumn_ = begin;
        at_ = next + 1;
    }

    const QString& line_;
    LineState state_;
    std::vector<Token>* tokens_;
    int at_ = 0;
    int entryColumn_ = -1;  // of the innermost key or dash so far: a block scalar is deeper
};

}  // namespace

LineState scanLine(const QString& line, LineState state, std::vector<Token>* tokens) {
    return LineScanner(line, state, tokens).run();
}

std::vector<Token> YamlHighlighter::tokens(int line) {
    std::vector<Token> found;
    const LineState state = stateAt(line);
    scanLine(source_(line), state, &found);
    return found;
}

LineState YamlHighlighter::stateAt(int line) {
    const auto index = static_cast<std::size_t>(line);
    while (states_.size() <= index) {
        const auto known = static_cast<int>(states_.size()) - 1;
        states_.push_back(scanLine(source_(known), states_.back(), nullptr));
    }
    return states_[index];
}

void YamlHighlighter::invalidate(int line) {
    const auto keep = static_cast<std::size_t>(std::max(line, 0)) + 1;
    if (states_.size() > keep)
        states_.resize(keep);
}

}  // namespace pe::editor
