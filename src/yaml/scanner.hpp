// SPDX-License-Identifier: MIT
// Scanner: finds where the tokens of YAML end in a text. It knows lines, quotes and indicators, but
// builds nothing. All offsets are bytes; a position at the end of the text reads as NUL.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pe/yaml/line_breaks.hpp"
#include "tree_data.hpp"

namespace pe::yaml {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    Offset size() const { return static_cast<Offset>(text_.size()); }
    char at(Offset offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
    bool ended(Offset offset) const { return offset >= text_.size(); }
    std::string_view text() const { return text_; }

    bool isBlank(Offset offset) const { return at(offset) == ' ' || at(offset) == '\t'; }
    bool isBreak(Offset offset) const { return isLineBreak(at(offset)); }
    bool isLineEnd(Offset offset) const { return ended(offset) || isBreak(offset); }
    bool isSpaceOrEnd(Offset offset) const { return isBlank(offset) || isLineEnd(offset); }
    bool isFlowIndicator(Offset offset) const;
    // A comment begins here: `#` after a blank or at the start of a line.
    bool isComment(Offset offset) const;

    Offset skipBlanks(Offset offset) const;
    Offset skipSpaces(Offset offset) const;
    Offset lineEnd(Offset offset) const;     // of the line's text, before its break
    Offset afterBreak(Offset offset) const;  // behind the break at a line's end
    Offset nextLine(Offset offset) const { return afterBreak(lineEnd(offset)); }

    // `---` or `...` with a blank or a line end behind it.
    bool isDocumentStart(Offset lineBegin) const { return isMarker(lineBegin, '-'); }
    bool isDocumentEnd(Offset lineBegin) const { return isMarker(lineBegin, '.'); }
    bool isBoundary(Offset line) const { return isDocumentStart(line) || isDocumentEnd(line); }
    bool isConflictMarker(Offset lineBegin) const;

    // An indicator (`-`, `?` or `:`) followed by a blank or a line end.
    bool isIndicator(Offset offset, char indicator) const {
        return at(offset) == indicator && isSpaceOrEnd(offset + 1);
    }

    // One line of a plain scalar.
    enum class Stop { LineEnd, Comment, Colon, FlowIndicator };
    struct PlainLine {
        Offset end = 0;   // behind its last character that is no blank
        Offset stop = 0;  // where scanning stopped
        Stop reason = Stop::LineEnd;
    };
    PlainLine plainLine(Offset offset, bool flow) const;

    // Behind the closing quote on the same line; nothing if there is none.
    std::optional<Offset> quotedOnLine(Offset offset) const;
    // Behind `&name`, `*name` or `!tag`.
    Offset wordEnd(Offset offset, bool flow) const;
    Offset skipProperties(Offset offset, bool flow) const;

    // An implicit key of a block mapping: where it ends and where its colon is.
    struct Key {
        Offset end = 0;
        Offset colon = 0;
    };
    std::optional<Key> implicitKey(Offset offset) const;
    // The line begins like a block entry: `word:` or `- `. Used to guess where something unclosed
    // ends.
    bool looksLikeEntry(Offset offset) const;

private:
    bool isMarker(Offset lineBegin, char character) const;
    std::optional<Offset> flowOnLine(Offset offset) const;

    std::string_view text_;
};

}  // namespace pe::yaml
