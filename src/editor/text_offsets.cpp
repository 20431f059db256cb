// SPDX-License-Identifier: MIT
#include "text_offsets.hpp"

#include <algorithm>
#include <iterator>

#include "pe/base/utf8.hpp"

namespace pe::editor {

namespace {

struct Glyph {
    std::size_t bytes = 1;
    char32_t shown = 0xfffd;
};

// The character a text widget can hold in place of one that it would take for a separator.
char32_t standIn(char32_t code) {
    if (code < 0x20 && code != '\t')
        return 0x2400 + code;
    switch (code) {
        case 0x7f:
            return 0x2421;
        case 0x85:
        case 0x2028:
        case 0x2029:
            return 0x2424;
        case 0xfdd0:
        case 0xfdd1:
        case 0xfffc:
            return 0xfffd;
        default:
            return code;
    }
}

// The character at `at`, which is inside `text`. A byte that begins no valid UTF-8 stands alone.
Glyph glyphAt(std::string_view text, std::size_t at) {
    const utf8::CodePoint point = utf8::decode(text.substr(at));
    return {point.length, standIn(point.value)};
}

int unitsOf(const Glyph& glyph) {
    return glyph.shown > 0xffff ? 2 : 1;
}

bool isPlainAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
}

// The bytes of a line or paragraph break at the start of pasted text; 0 if there is none.
std::size_t breakLength(std::string_view text) {
    for (std::string_view each : {"\r\n", "\n", "\r", "\xe2\x80\xa8", "\xe2\x80\xa9"})
        if (text.starts_with(each))
            return each.size();
    return 0;
}

// Appends to `starts` the line starts after each break in [begin, end).
void appendStarts(std::string_view text, std::size_t begin, std::size_t end,
                  std::vector<std::size_t>& starts) {
    for (std::size_t at = begin; at < end; ++at) {
        if (text[at] == '\n' ||
            (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n')))
            starts.push_back(at + 1);
    }
}

}  // namespace

TextOffsets::TextOffsets(std::string bytes) : bytes_(std::move(bytes)) {
    starts_.push_back(0);
    appendStarts(bytes_, 0, bytes_.size(), starts_);
}

std::size_t TextOffsets::lineEnd(int line) const {
    const auto index = static_cast<std::size_t>(line);
    if (index + 1 == starts_.size())
        return bytes_.size();
    const std::size_t next = starts_[index + 1];
    const bool pair =
        next - starts_[index] >= 2 && bytes_[next - 1] == '\n' && bytes_[next - 2] == '\r';
    return next - (pair ? 2 : 1);
}

std::string_view TextOffsets::lineBytes(int line) const {
    return std::string_view(bytes_).substr(lineBegin(line), lineEnd(line) - lineBegin(line));
}

std::string_view TextOffsets::lineBreak(int line) const {
    const std::size_t end = lineEnd(line);
    const std::size_t next = line + 1 < lineCount() ? lineBegin(line + 1) : bytes_.size();
    return std::string_view(bytes_).substr(end, next - end);
}

QString TextOffsets::shownLine(int line) const {
    return shownForm(lineBytes(line));
}

QString TextOffsets::shownText() const {
    QString text;
    text.reserve(static_cast<qsizetype>(bytes_.size()));
    for (int line = 0; line < lineCount(); ++line) {
        if (line > 0)
            text += u'\n';
        const std::string_view bytes = lineBytes(line);
        if (isPlainAscii(bytes))
            text += QLatin1String(bytes.data(), static_cast<qsizetype>(bytes.size()));
        else
            text += shownForm(bytes);
    }
    return text;
}

std::size_t TextOffsets::offset(TextPlace place) const {
    if (place.line >= lineCount())
        return bytes_.size();
    const std::size_t begin = lineBegin(std::max(place.line, 0));
    const std::string_view line = lineBytes(std::max(place.line, 0));
    std::size_t at = 0;
    for (int column = 0; at < line.size();) {
        const Glyph glyph = glyphAt(line, at);
        column += unitsOf(glyph);
        if (column > place.column)
            break;
        at += glyph.bytes;
    }
    return begin + at;
}

TextPlace TextOffsets::place(std::size_t offset) const {
    TextPlace place{lineAt(offset), 0};
    const std::string_view line = lineBytes(place.line);
    const std::size_t target = std::min(offset - lineBegin(place.line), line.size());
    for (std::size_t at = 0; at < target;) {
        const Glyph glyph = glyphAt(line, at);
        at += glyph.bytes;
        if (at > target)
            break;
        place.column += unitsOf(glyph);
    }
    return place;
}

int TextOffsets::lineAt(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return static_cast<int>(std::distance(starts_.begin(), after)) - 1;
}

LineChange TextOffsets::replace(std::size_t offset, std::size_t removed,
                                std::string_view inserted) {
    auto first = static_cast<std::size_t>(lineAt(offset));
    // A lone CR before the place joins an LF that comes to stand after it.
    if (first > 0 && offset == starts_[first] && bytes_[offset - 1] == '\r')
        --first;
    const auto last = static_cast<std::size_t>(lineAt(offset + removed));
    const bool reachesEnd = last + 1 == starts_.size();
    const std::size_t oldEnd = reachesEnd ? bytes_.size() : starts_[last + 1];
    const std::size_t shift = inserted.size() - removed;  // modulo 2^n, as the sums below
    bytes_.replace(offset, removed, inserted);

    std::vector<std::size_t> fresh;
    appendStarts(bytes_, starts_[first], oldEnd + shift, fresh);
    // The break that ends the last line touched starts the line after it, which is not new.
    if (!reachesEnd)
        fresh.pop_back();
    for (std::size_t i = last + 1; i < starts_.size(); ++i)
        starts_[i] += shift;
    const auto from = starts_.begin() + static_cast<std::ptrdiff_t>(first) + 1;
    const auto to = starts_.begin() + static_cast<std::ptrdiff_t>(last) + 1;
    const std::size_t common = std::min<std::size_t>(fresh.size(), last - first);
    const auto rest = std::copy_n(fresh.begin(), common, from);
    if (fresh.size() > common)
        starts_.insert(rest, fresh.begin() + static_cast<std::ptrdiff_t>(common), fresh.end());
    else
        starts_.erase(rest, to);
    return {static_cast<int>(first), static_cast<int>(last - first + 1),
            static_cast<int>(fresh.size() + 1)};
}

std::string TextOffsets::encode(const QString& text, int line) const {
    const int above = std::clamp(line, 0, lineCount() - 1);
    std::string_view lineEnding = lineBreak(above);
    if (lineEnding.empty() && above > 0)
        lineEnding = lineBreak(above - 1);
    if (lineEnding.empty())
        lineEnding = "\n";
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(text.size()));
    const QByteArray utf8 = text.toUtf8();
    const std::string_view source(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    for (std::size_t at = 0; at < source.size();) {
        const std::size_t length = breakLength(source.substr(at));
        if (length > 0)
            bytes += lineEnding;
        else
            bytes += source[at];
        at += std::max<std::size_t>(length, 1);
    }
    return bytes;
}

QString shownForm(std::string_view bytes) {
    if (isPlainAscii(bytes))
        return QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QString shown;
    shown.reserve(static_cast<qsizetype>(bytes.size()));
    for (std::size_t at = 0; at < bytes.size();) {
        const Glyph glyph = glyphAt(bytes, at);
        if (glyph.shown > 0xffff) {
            shown += QChar(QChar::highSurrogate(glyph.shown));
            shown += QChar(QChar::lowSurrogate(glyph.shown));
        } else {
            shown += QChar(static_cast<char16_t>(glyph.shown));
        }
        at += glyph.bytes;
    }
    return shown;
}

QString shownForm(const QString& text) {
    QString shown = text;
    for (QChar& c : shown)
        if (c != u'\n')
            c = QChar(static_cast<char16_t>(standIn(c.unicode())));
    return shown;
}

}  // namespace pe::editor
