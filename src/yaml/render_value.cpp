// SPDX-License-Identifier: MIT
// The part of Renderer that writes scalars and flow collections.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "render_entry.hpp"
#include "shift.hpp"
#include "value_key.hpp"

namespace pe::yaml {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// A block scalar's header taken apart.
struct Header {
    char style = '|';
    char indent = 0;
    char chomp = 0;
    std::string_view rest;

    explicit Header(std::string_view open) : rest(open) {
        if (rest.empty())
            return;
        style = rest.front();
        rest.remove_prefix(1);
        for (; !rest.empty(); rest.remove_prefix(1)) {
            if (rest.front() >= '1' && rest.front() <= '9')
                indent = rest.front();
            else if (rest.front() == '-' || rest.front() == '+')
                chomp = rest.front();
            else
                break;
        }
    }
    std::string text() const {
        std::string result(1, style);
        if (indent != 0)
            result += indent;
        if (chomp != 0)
            result += chomp;
        return result.append(rest);
    }
};

// Readers find the indent of a text in its first line, unless that line begins with a blank of the
// text.
bool needsIndicator(std::string_view raw, int textColumn) {
    const auto indent = static_cast<std::size_t>(std::max(0, textColumn));
    while (!raw.empty()) {
        const Line line = takeLine(raw);
        if (leadingSpaces(line.body) > indent)
            return true;
        if (leadingSpaces(line.body) < line.body.size())
            return false;
    }
    return false;
}

bool hasText(std::string_view raw) {
    return raw.find_first_not_of(" \t\r\n") != kNone;
}

// The comma of a flow entry's suffix, outside its comments.
std::size_t commaIn(std::string_view suffix) {
    bool comment = false;
    for (std::size_t at = 0; at < suffix.size(); ++at) {
        if (suffix[at] == '\n' || suffix[at] == '\r')
            comment = false;
        else if (suffix[at] == '#')
            comment = true;
        else if (suffix[at] == ',' && !comment)
            return at;
    }
    return kNone;
}

bool startsNewLine(std::string_view text) {
    const std::size_t at = text.find_first_not_of(" \t");
    return at != kNone && (text[at] == '\n' || text[at] == '\r');
}

bool endsInComment(std::string_view text) {
    const std::size_t hash = text.find_last_of("#\r\n");
    return hash != kNone &&
           text[text.find_last_of("\r\n") == kNone ? hash
                                                   : std::max(hash, text.find_last_of("\r\n"))] ==
               '#';
}

// A value may touch the colon only in a flow collection: behind a quoted or bracketed key, or if
// it is bracketed itself.
bool mayTouchColon(const Lexeme& lexeme, bool flow) {
    return lexeme.key.empty() ||
           (flow && (isFlowCollection(lexeme.style) || isClosedKey(lexeme.key)));
}

}  // namespace

void Renderer::gapBeforeValue(NodeRef node, const Lexeme& lexeme, int column) {
    const bool hasValue = !lexeme.raw.empty() || !lexeme.open.empty();
    const NodeRef parent = forest_.parent(node);
    if (!hasValue || lexeme.style == Style::Opaque)
        return;
    const std::string_view before = lexeme.props.empty() ? lexeme.colon : lexeme.props;
    const bool apart = before.ends_with(' ') || before.ends_with('\t') || endsWithBreak(before);
    if (apart && !state_.atLineStart)
        return;
    if (parent == kStream) {
        if (!state_.atLineStart && !out_.ends_with(' ') && !out_.ends_with('\t'))
            out_ += ' ';
        return;
    }
    const bool flow = isFlowCollection(forest_.style(parent));
    if (state_.atLineStart && !flow) {
        out_.append(static_cast<std::size_t>(column) + 2, ' ');
        state_.atLineStart = false;
        return;
    }
    const bool mayTouch =
        lexeme.props.empty() ? mayTouchColon(lexeme, flow) : flow && isFlowCollection(lexeme.style);
    if (!apart && !mayTouch)
        out_ += ' ';
}

void Renderer::leaf(NodeRef node, const Lexeme& lexeme, int column, Marks& marks) {
    const int delta = column - lexeme.column;
    append(lexeme.colon, delta);
    marks.valueBegin = out_.size();
    append(lexeme.props, delta);
    const std::size_t before = out_.size();
    gapBeforeValue(node, lexeme, column);
    if (lexeme.props.empty())
        marks.valueBegin += out_.size() - before;
    if (isBlockScalar(lexeme.style)) {
        blockScalar(lexeme, column);
    } else if (isFlowCollection(lexeme.style)) {
        flowValue(node, lexeme, column);
    } else if (!lexeme.raw.empty() || !lexeme.open.empty()) {
        append(lexeme.open, delta);
        append(lexeme.raw, delta);
        state_.blockTextColumn = -1;
    }
    marks.valueEnd = out_.size();
}

void Renderer::blockScalar(const Lexeme& lexeme, int column) {
    Header header(lexeme.open);
    const int textColumn = lexeme.column + lexeme.offset;
    int offset = lexeme.offset;
    const bool indicate = header.indent == 0 && needsIndicator(lexeme.raw, textColumn);
    if (indicate && (offset < 1 || offset > 9))
        offset = 2;
    if (indicate) {
        header.indent = static_cast<char>('0' + offset);
        out_ += header.text();
    } else {
        out_ += lexeme.open;
    }
    state_.atLineStart = endsWithBreak(lexeme.open);
    if (!lexeme.raw.empty()) {
        ensureLineStart();
        appendShiftedBlock(out_, lexeme.raw, textColumn, column + offset - textColumn);
        state_.atLineStart = endsWithBreak(lexeme.raw);
    }
    state_.blockTextKeeps = header.chomp == '+';
    state_.blockTextEmpty = !hasText(lexeme.raw) && header.indent == 0;
    state_.blockTextColumn = column + (state_.blockTextEmpty ? 1 : offset);
}

// White space, comments and brackets of a flow collection. Nothing may follow a comment on its
// line.
void Renderer::flowText(std::string_view text, int delta, int column) {
    if (state_.inComment && !startsNewLine(text)) {
        out_ += state_.lineBreak;
        out_.append(static_cast<std::size_t>(column) + 2, ' ');
        state_.inComment = false;
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    }
    append(text, delta);
    if (hasBreak(text))
        state_.inComment = false;
    if (endsInComment(text))
        state_.inComment = true;
}

void Renderer::flowSuffix(std::string_view suffix, int delta, int column, bool commaFollows) {
    const std::size_t comma = commaIn(suffix);
    if (commaFollows && comma == kNone) {
        out_ += ',';
        state_.atLineStart = false;
    }
    if (commaFollows || comma == kNone) {
        flowText(suffix, delta, column);
        return;
    }
    flowText(std::string(suffix.substr(0, comma)).append(suffix.substr(comma + 1)), delta, column);
}

void Renderer::flowEntry(NodeRef node, int column, bool commaFollows) {
    const Lexeme lexeme = forest_.lexeme(node);
    const int delta = column - lexeme.column;
    Marks marks;
    marks.entry = out_.size();
    flowText(lexeme.prefix, delta, column);
    marks.keyBegin = out_.size();
    append(lexeme.key, delta);
    marks.keyEnd = out_.size();
    value(node, lexeme, column, marks);
    flowSuffix(lexeme.suffix, delta, column, commaFollows);
    report(node, marks);
}

void Renderer::flowValue(NodeRef node, const Lexeme& lexeme, int column) {
    const auto children = forest_.children(node);
    const bool mapping = lexeme.style == Style::FlowMapping;
    // `[a: 1]` holds a mapping without braces, as long as it has one entry.
    const bool braces = !lexeme.open.empty() || !lexeme.footer.empty() || children.size() != 1;
    if (braces)
        out_ += mapping ? '{' : '[';
    state_.atLineStart = false;
    state_.blockTextColumn = -1;
    const bool trailingComma = lexeme.open.ends_with(',');
    for (const NodeRef child : children)
        flowEntry(child, column, child != children.back());
    if (trailingComma && !children.empty()) {
        flowText({}, 0, column);
        out_ += ',';
    }
    const char bracket = mapping ? '}' : ']';
    flowText(lexeme.footer, column - lexeme.column, column);
    if (braces && !lexeme.footer.ends_with(bracket)) {
        flowText({}, 0, column);
        out_ += bracket;
    }
}

}  // namespace pe::yaml
