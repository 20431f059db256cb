// SPDX-License-Identifier: MIT
#include "render_entry.hpp"

#include <algorithm>

#include "shift.hpp"

namespace pe::yaml {

// An item of a list, and not an entry of a mapping whose key is `-`: that one has a colon.
bool isItem(const Lexeme& lexeme) {
    const std::size_t next = lexeme.colon.find_first_not_of(" \t");
    const bool hasColon = next != std::string_view::npos && lexeme.colon[next] == ':';
    return lexeme.key == "-" && !hasColon;
}

bool isCompact(const Lexeme& parent) {
    if (!isBlockCollection(parent.style) || !parent.props.empty() || endsWithBreak(parent.colon))
        return false;
    if (isItem(parent))
        return isWhite(parent.colon);
    return parent.key.starts_with('?') && !parent.colon.empty();
}

bool holdsWholeLines(const Lexeme& lexeme) {
    return lexeme.style == Style::Opaque && lexeme.key.empty() && lexeme.colon.empty();
}

int childOffset(const Lexeme& parent, bool parentIsDocument) {
    if (isFlowCollection(parent.style))
        return 0;
    if (parentIsDocument)
        return std::max(0, parent.offset);
    const bool mayShareColumn = parent.style == Style::BlockSequence && !isItem(parent);
    const int least = mayShareColumn ? 0 : (isCompact(parent) ? 2 : 1);
    return parent.offset < least ? 2 : parent.offset;
}

void Renderer::append(std::string_view text, int delta) {
    if (text.empty())
        return;
    appendShifted(out_, text, delta);
    state_.atLineStart = endsWithBreak(text);
}

void Renderer::ensureLineStart() {
    if (state_.atLineStart)
        return;
    out_ += state_.lineBreak;
    state_.atLineStart = true;
}

void Renderer::startLine(int column) {
    ensureLineStart();
    out_.append(static_cast<std::size_t>(column), ' ');
    state_.blockTextColumn = -1;
    state_.inComment = false;
}

// A white line behind a block scalar must not become a line of its text.
void Renderer::whiteLine(const Line& line) {
    const auto indent = static_cast<std::size_t>(std::max(0, state_.blockTextColumn));
    // A tab is no indentation: no text goes on behind a line that has one too far to the left.
    if (line.body.find('\t') != std::string_view::npos && leadingSpaces(line.body) < indent)
        state_.blockTextColumn = -1;
    const bool following = state_.blockTextColumn >= 0;
    if (following && state_.blockTextKeeps)
        return;
    const bool isText = following && !state_.blockTextEmpty && line.body.size() > indent &&
                        leadingSpaces(line.body) >= indent;
    out_ += isText ? line.body.substr(0, indent) : line.body;
    out_ += line.lineBreak;
    state_.atLineStart = !line.lineBreak.empty();
}

// Whole lines of comments and blanks that belong to an entry at `column`.
void Renderer::lines(std::string_view text, int delta, int column) {
    if (text.empty())
        return;
    ensureLineStart();
    if (delta == 0 && state_.blockTextColumn < 0) {
        out_ += text;
        state_.atLineStart = endsWithBreak(text);
        return;
    }
    while (!text.empty()) {
        const Line line = takeLine(text);
        if (isWhite(line.body)) {
            whiteLine(line);
            continue;
        }
        const int stands = std::max(0, static_cast<int>(leadingSpaces(line.body)) + delta);
        const bool isText = state_.blockTextColumn >= 0 && stands >= state_.blockTextColumn;
        appendShiftedLine(out_, line, isText ? delta + column - stands : delta);
        state_.blockTextColumn = -1;
        state_.atLineStart = !line.lineBreak.empty();
    }
}

// What follows a value: first the rest of its line, then whole lines.
void Renderer::restOfLine(std::string_view text, int delta, int column) {
    if (text.empty())
        return;
    if (!state_.atLineStart) {
        const Line line = takeLine(text);
        out_ += line.whole();
        state_.atLineStart = !line.lineBreak.empty();
    }
    lines(text, delta, column);
}

void Renderer::report(NodeRef node, const Marks& marks) {
    if (spans_ == nullptr)
        return;
    spans_->place(node, {marks.entry, out_.size()}, {marks.keyBegin, marks.keyEnd},
                  {marks.valueBegin, marks.valueEnd});
}

void Renderer::stream() {
    const Lexeme lexeme = forest_.lexeme(kStream);
    Marks marks;
    marks.entry = marks.keyBegin = marks.keyEnd = marks.valueBegin = out_.size();
    out_ += lexeme.open;
    for (const NodeRef child : forest_.children(kStream))
        document(child);
    marks.valueEnd = out_.size();
    lines(lexeme.footer, 0, 0);
    report(kStream, marks);
}

void Renderer::document(NodeRef node) {
    const Lexeme lexeme = forest_.lexeme(node);
    Marks marks;
    marks.entry = out_.size();
    lines(lexeme.prefix, 0, 0);
    marks.keyBegin = marks.keyEnd = out_.size();
    value(node, lexeme, 0, marks);
    restOfLine(lexeme.suffix, 0, 0);
    report(node, marks);
}

// Comments of entries that stand on this entry's dash line go above that line.
void Renderer::hoistPrefixes(NodeRef node, const Lexeme& lexeme, int column) {
    if (!isCompact(lexeme))
        return;
    const auto children = forest_.children(node);
    if (children.empty())
        return;
    const Lexeme first = forest_.lexeme(children.front());
    lines(first.prefix, column - first.column, column);
    hoistPrefixes(children.front(), first, column);
}

void Renderer::beginEntry(NodeRef node, const Lexeme& lexeme, int column, bool inlineFirst) {
    if (inlineFirst)
        return;
    lines(lexeme.prefix, column - lexeme.column, column);
    hoistPrefixes(node, lexeme, column);
    startLine(holdsWholeLines(lexeme) ? 0 : column);
}

Renderer::Marks Renderer::blockEntry(NodeRef node, int column, bool inlineFirst) {
    const Lexeme lexeme = forest_.lexeme(node);
    const int delta = column - lexeme.column;
    Marks marks;
    marks.entry = out_.size();
    beginEntry(node, lexeme, column, inlineFirst);
    marks.keyBegin = out_.size();
    append(lexeme.key, delta);
    state_.atLineStart = endsWithBreak(lexeme.key);
    marks.keyEnd = isItem(lexeme) ? marks.keyBegin : out_.size();
    value(node, lexeme, column, marks);
    restOfLine(lexeme.suffix, delta, column);
    report(node, marks);
    return marks;
}

void Renderer::value(NodeRef node, const Lexeme& lexeme, int column, Marks& marks) {
    if (!isBlockCollection(lexeme.style))
        leaf(node, lexeme, column, marks);
    else if (forest_.children(node).empty())
        emptyCollection(lexeme, column - lexeme.column, marks);
    else
        blockChildren(node, lexeme, column, marks);
}

// The colon and the properties of a block collection, up to where its first entry begins. Returns
// where the properties begin.
std::size_t Renderer::collectionHeader(const Lexeme& lexeme, int column) {
    const bool compact = isCompact(lexeme);
    if (compact && isItem(lexeme) && lexeme.colon.find('\t') == std::string_view::npos) {
        out_.append(static_cast<std::size_t>(childOffset(lexeme, false) - 1), ' ');
        return out_.size();
    }
    append(lexeme.colon, column - lexeme.column);
    const std::size_t propsBegin = out_.size();
    append(lexeme.props, column - lexeme.column);
    if (compact || state_.atLineStart)
        return propsBegin;
    const std::string_view last = lexeme.props.empty() ? lexeme.colon : lexeme.props;
    out_.resize(out_.size() - (last.size() - withoutTrailingBlanks(last).size()));
    ensureLineStart();
    return propsBegin;
}

void Renderer::blockChildren(NodeRef node, const Lexeme& lexeme, int column, Marks& marks) {
    const std::size_t propsBegin = collectionHeader(lexeme, column);
    const int inner = column + childOffset(lexeme, forest_.parent(node) == kStream);
    bool inlineFirst = isCompact(lexeme);
    const auto children = forest_.children(node);
    Marks last;
    for (const NodeRef child : children) {
        last = blockEntry(child, inner, inlineFirst);
        inlineFirst = false;
        if (child == children.front())
            marks.valueBegin = lexeme.props.empty() ? last.keyBegin : propsBegin;
    }
    marks.valueEnd = last.valueEnd;
    lines(lexeme.footer, column - lexeme.column, inner);
}

std::size_t endOfWords(std::string_view text) {
    std::size_t end = 0;
    std::size_t begin = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const Line line = takeLine(rest);
        std::size_t comment = 0;
        while (comment < line.body.size() &&
               !(line.body[comment] == '#' &&
                 (comment == 0 || isWhite(line.body.substr(comment - 1, 1)))))
            ++comment;
        const auto words = withoutTrailingBlanks(line.body.substr(0, comment));
        if (!words.empty())
            end = begin + words.size();
        begin += line.whole().size();
    }
    return end;
}

// `key: # note` becomes `key: [] # note`.
void Renderer::emptyCollection(const Lexeme& lexeme, int delta, Marks& marks) {
    const bool inProps = !lexeme.props.empty();
    const std::string_view text = inProps ? lexeme.props : lexeme.colon;
    if (inProps)
        append(lexeme.colon, delta);
    const std::string_view before = text.substr(0, endOfWords(text));
    append(before, delta);
    if (!state_.atLineStart || !before.empty())
        out_ += ' ';
    marks.valueBegin = out_.size();
    out_ += lexeme.style == Style::BlockMapping ? "{}" : "[]";
    marks.valueEnd = out_.size();
    state_.atLineStart = false;
    state_.blockTextColumn = -1;
    const std::string_view after = text.substr(before.size());
    if (!isWhite(after))
        append(after, delta);
    ensureLineStart();
    lines(lexeme.footer, delta, lexeme.column + delta);
}

}  // namespace pe::yaml
