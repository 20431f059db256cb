// SPDX-License-Identifier: MIT
// Renderer: appends entries to one string and carries the state of the text before from each to the
// next.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/render.hpp"
#include "shift.hpp"

namespace pe::yaml {

class Renderer {
public:
    Renderer(const Forest& forest, std::string& out, RenderContext& state, SpanSink* spans)
        : forest_(forest), out_(out), state_(state), spans_(spans) {}

    // Where the parts of an entry came to stand.
    struct Marks {
        std::size_t entry = 0;
        std::size_t keyBegin = 0;
        std::size_t keyEnd = 0;
        std::size_t valueBegin = 0;
        std::size_t valueEnd = 0;
    };

    void stream();
    void document(NodeRef node);
    Marks blockEntry(NodeRef node, int column, bool inlineFirst);
    void flowEntry(NodeRef node, int column, bool commaFollows);

    // The state before the first child of an entry, and behind a whole entry, found from few of its
    // lines.
    void head(NodeRef node, int column);
    void tail(NodeRef node, int column);

private:
    void beginEntry(NodeRef node, const Lexeme& lexeme, int column, bool inlineFirst);
    void hoistPrefixes(NodeRef node, const Lexeme& lexeme, int column);
    void value(NodeRef node, const Lexeme& lexeme, int column, Marks& marks);

    std::size_t collectionHeader(const Lexeme& lexeme, int column);
    void blockChildren(NodeRef node, const Lexeme& lexeme, int column, Marks& marks);
    void emptyCollection(const Lexeme& lexeme, int delta, Marks& marks);

    void leaf(NodeRef node, const Lexeme& lexeme, int column, Marks& marks);
    void gapBeforeValue(NodeRef node, const Lexeme& lexeme, int column);
    void blockScalar(const Lexeme& lexeme, int column);
    void flowValue(NodeRef node, const Lexeme& lexeme, int column);
    void flowSuffix(std::string_view suffix, int delta, int column, bool commaFollows);
    void flowText(std::string_view text, int delta, int column);

    void lines(std::string_view text, int delta, int column);
    void whiteLine(const Line& line);
    void restOfLine(std::string_view text, int delta, int column);
    void startLine(int column);
    void ensureLineStart();
    void append(std::string_view text, int delta);
    void report(NodeRef node, const Marks& marks);

    const Forest& forest_;
    std::string& out_;
    RenderContext& state_;
    SpanSink* spans_;
};

// An item of a block list.
bool isItem(const Lexeme& lexeme);
// An Opaque entry without key and colon: its text holds whole lines, from their start.
bool holdsWholeLines(const Lexeme& lexeme);
// Column of a block collection's entries minus that of the entry that holds it, made legal.
int childOffset(const Lexeme& parent, bool parentIsDocument);
// True if the first entry of this block collection stands on the line of the dash (or of the `?`).
bool isCompact(const Lexeme& parent);
// Behind the last word of a text between a key and its value; blanks, comments and breaks follow.
std::size_t endOfWords(std::string_view text);

}  // namespace pe::yaml
