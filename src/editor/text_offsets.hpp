// SPDX-License-Identifier: MIT
// TextOffsets: the bytes of a text, the lines a text widget shows for them, and the one place where
// byte offsets and UTF-16 positions convert. The bytes are the truth: whatever cannot be shown
// (NUL, invalid UTF-8, characters that a text widget takes for separators) has a stand-in of one
// UTF-16 unit, which maps back to exactly the bytes it stands for. Line breaks are LF, CRLF and CR;
// they are never shown. A value; no widget, no thread.
#pragma once

#include <QString>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pe::editor {

// Line and column from 0; the column counts UTF-16 units of the shown line.
struct TextPlace {
    int line = 0;
    int column = 0;
    bool operator==(const TextPlace&) const = default;
};

// Lines [first, first + before) became lines [first, first + after).
struct LineChange {
    int first = 0;
    int before = 0;
    int after = 0;
};

class TextOffsets {
public:
    explicit TextOffsets(std::string bytes = {});

    const std::string& bytes() const { return bytes_; }
    int lineCount() const { return static_cast<int>(starts_.size()); }
    std::size_t lineBegin(int line) const { return starts_[static_cast<std::size_t>(line)]; }
    // The end of the line's characters, before its break.
    std::size_t lineEnd(int line) const;
    // The bytes of the line without its break.
    std::string_view lineBytes(int line) const;
    // The break of the line; empty for the last.
    std::string_view lineBreak(int line) const;
    QString shownLine(int line) const;
    // All lines joined by LF.
    QString shownText() const;

    // Places beyond the end of a line or text give that end.
    std::size_t offset(TextPlace place) const;
    // An offset inside a character gives its start, one inside a break the end of the line. O(log
    // lines).
    TextPlace place(std::size_t offset) const;
    int lineAt(std::size_t offset) const;

    // The range must lie in the text. O(lines after it + bytes of the lines it touches).
    LineChange replace(std::size_t offset, std::size_t removed, std::string_view inserted);

    // The bytes for typed or pasted text at a place: UTF-8, with the line break of that place's
    // surroundings for every break in `text`.
    std::string encode(const QString& text, int line) const;

private:
    std::string bytes_;
    std::vector<std::size_t> starts_;
};

// What a text widget shows for bytes without line breaks.
QString shownForm(std::string_view bytes);
// What a text widget shows for a decoded text; LF stays. As many UTF-16 units as the text.
QString shownForm(const QString& text);

}  // namespace pe::editor
