// SPDX-License-Identifier: MIT
#include "positions.hpp"

#include <algorithm>
#include <iterator>

#include "pe/base/utf8.hpp"

namespace pe::lsp {
namespace {

// Bytes between two marks of a line.
constexpr std::size_t kStride = 256;

// Bytes of the character at `at`; at least one, and never past the end.
std::size_t characterSize(std::string_view text, std::size_t at) {
    return utf8::decode(text.substr(at)).length;
}

// Characters above U+FFFF take two units.
std::size_t unitsOf(std::size_t bytes) {
    return bytes == 4 ? 2 : 1;
}

}  // namespace

Positions::Positions(std::string_view text) : text_(text), starts_{0} {
    std::size_t units = 0;
    std::size_t marked = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const std::size_t size = characterSize(text, at);
        if (c != '\n' && c != '\r' && at - marked >= kStride) {
            marks_.push_back({at, units});
            marked = at;
        }
        units += unitsOf(size);
        at += size;
        if (c == '\n' || (c == '\r' && (at == text.size() || text[at] != '\n'))) {
            starts_.push_back(at);
            units = 0;
            marked = at;
        }
    }
}

std::size_t Positions::lineEnd(std::size_t line) const {
    std::size_t end = line + 1 < starts_.size() ? starts_[line + 1] : text_.size();
    if (line + 1 == starts_.size())
        return end;
    --end;
    if (end > starts_[line] && text_[end] == '\n' && text_[end - 1] == '\r')
        --end;
    return end;
}

std::span<const Positions::Mark> Positions::marksOf(std::size_t line) const {
    const auto before = [](const Mark& mark, std::size_t offset) { return mark.offset < offset; };
    const auto first = std::lower_bound(marks_.begin(), marks_.end(), starts_[line], before);
    const auto last = std::lower_bound(first, marks_.end(), lineEnd(line), before);
    return {first, last};
}

template <class Fits>
Positions::Mark Positions::lastPlace(std::size_t line, Fits fits) const {
    const auto marks = marksOf(line);
    const auto beyond = std::partition_point(marks.begin(), marks.end(), fits);
    Mark place = beyond == marks.begin() ? Mark{starts_[line], 0} : *std::prev(beyond);
    for (const std::size_t end = lineEnd(line); place.offset < end;) {
        const std::size_t size = characterSize(text_, place.offset);
        const Mark next{place.offset + size, place.units + unitsOf(size)};
        if (!fits(next))
            break;
        place = next;
    }
    return place;
}

Position Positions::position(std::size_t offset) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(next - starts_.begin()) - 1;
    const auto fits = [&](const Mark& each) { return each.offset <= offset; };
    return {line, lastPlace(line, fits).units};
}

std::size_t Positions::offset(Position position) const {
    if (position.line >= starts_.size())
        return text_.size();
    const auto fits = [&](const Mark& each) { return each.units <= position.character; };
    return lastPlace(position.line, fits).offset;
}

}  // namespace pe::lsp
